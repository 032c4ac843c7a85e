import Bytes
import SMTPTypes

/// local(8), virtual(8), pipe(8), discard(8): mailboxes and commands of our own. A command's output is what it said.
enum LocalAccount {
  static func account(_ reason: ByteView) -> Account {
    var text = reason
    // `temporary failure. Command output: …`, whatever the exit status is called (global/sys_exits.c); but how a
    // command died (`Command died with signal 9: "/bin/x". Command output: …`) is told with its output.
    if let framing = reason.firstRange(of: ". Command output: "), framing.upperBound < reason.count,
      reason.firstIndex(of: 0x22).map({ $0 > framing.lowerBound }) ?? true
    {
      text = reason.from(framing.upperBound)
    }
    return Account(speaker: .local, reply: Reply(parsing: text.trimmed))
  }
}
