import Bytes
import SMTPTypes

/// local(8), virtual(8), pipe(8), discard(8): mailboxes and commands of our own. A command's output is what it said.
enum LocalAccount {
  static func account(_ reason: ByteView) -> Account {
    var text = reason
    for framing in framings where text.hasPrefix(framing) && text.count > framing.utf8CodeUnitCount {
      text = text.from(framing.utf8CodeUnitCount)
      break
    }
    return Account(speaker: .local, reply: Reply(parsing: text.trimmed))
  }

  private static let framings: [StaticString] = [
    "temporary failure. Command output: ", "data format error. Command output: ",
    "service unavailable. Command output: ", "permission denied. Command output: ",
    "internal software error. Command output: ", "system resource problem. Command output: ",
  ]
}
