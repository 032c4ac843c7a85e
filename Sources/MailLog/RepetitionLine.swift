// Lines that stand for several.
//   postfix/smtpd[9]: message repeated 3 times: [ NOQUEUE: reject: …]     rsyslog ($RepeatedMsgReduction)
//   last message repeated 3 times                                          sysklogd, the BSDs, older rsyslogs
//   --- last message repeated 3 times ---                                  FreeBSD, macOS

import Bytes

enum RepetitionLine {
  /// `message` behind a mail program's tag. rsyslog quotes what came again, of this very program.
  static func read(_ message: ByteView, into record: inout LogRecord) -> Bool {
    guard message.hasPrefix("message repeated "), let (count, end) = count(message, at: 17),
      message.from(end).hasPrefix(" times: [")
    else { return false }
    var quoted = message.from(end + 9)
    if quoted.at(0) == 0x20 { quoted = quoted.from(1) }
    // A line that was cut has no bracket.
    if quoted.hasSuffix("]") { quoted = quoted.prefix(quoted.count - 1) }
    // One repetition within another is nobody's.
    guard !quoted.hasPrefix("message repeated ") else { return false }
    record = .repetition(RepetitionRecord(count: count, message: quoted))
    return true
  }

  /// A line whose tag is its first word.
  static func read(untagged message: ByteView, _ tag: ByteView) -> LogRecord? {
    var text = message
    switch tag {
    case "last": break
    case "---":
      guard text.hasPrefix("last ") else { return nil }
      text = text.from(5)
    default: return nil
    }
    guard text.hasPrefix("message repeated "), let (count, end) = count(text, at: 17) else { return nil }
    let rest = text.from(end)
    guard rest == " times" || rest == " time" || rest == " times ---" || rest == " time ---" else { return nil }
    return .repetition(RepetitionRecord(count: count, message: nil))
  }

  /// A count of at least 1, and the offset behind it.
  private static func count(_ text: ByteView, at start: Int) -> (Int, end: Int)? {
    var end = start
    while let byte = text.at(end), byte.isASCIIDigit, end - start < 10 { end += 1 }
    guard let value = text[start..<end].decimal, value > 0 else { return nil }
    return (value, end)
  }
}
