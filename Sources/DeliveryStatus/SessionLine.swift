// A line of the session that a notice shows, as MDaemon writes it.

import Bytes
import SMTPTypes

/// A line with its time: ` Mon 2026-11-23 14:00:01: <-- 550 5.1.1 no such user`. Borrowed.
struct SessionLine {
  enum Meaning {
    /// A server's reply of 4xx or 5xx.
    case refusal
    /// What the client met itself: `*  Winsock Error 10060 The connection timed out.`
    case failure
    case other
  }

  var meaning = Meaning.other
  /// Without the time and the mark.
  var said: ByteView

  /// Reads a trimmed line; nil if it begins with no time.
  init?(_ line: ByteView) {
    guard let end = SessionLine.timeEnd(line) else { return nil }
    said = line.from(end).trimmed
    if said.hasPrefix("<-- ") {
      said = said.from(4).trimmed
      if let code = ReplyCode(prefixOf: said), code.value >= 400 { meaning = .refusal }
      return
    }
    let isRemark = said.at(0) == 0x2A
    if isRemark { said = said.from(1).trimmed }
    // Fields of the message are shown too (`Subject: …`).
    guard isRemark || said.firstIndex(of: 0x3A) == nil else { return }
    if SessionLine.troubles.contains(where: { said.containsIgnoringCase($0) }) { meaning = .failure }
  }

  /// The offset behind `Mon 2026-11-23 14:00:01: `, without the day of the week and with fractions of a second too; nil if
  /// `line` begins otherwise.
  private static func timeEnd(_ line: ByteView) -> Int? {
    let start = line.at(3) == 0x20 && (line.at(0) ?? 0).isASCIILetter ? 4 : 0
    var at = start
    for mark in "dddd-dd-dd dd:dd:dd".utf8 {
      guard let byte = line.at(at), mark == 0x64 ? byte.isASCIIDigit : byte == mark else { return nil }
      at += 1
    }
    if line.at(at) == 0x2E {
      at += 1
      while let byte = line.at(at), byte.isASCIIDigit { at += 1 }
    }
    return line.at(at) == 0x3A && line.at(at + 1) == 0x20 ? at + 2 : nil
  }

  /// Words of what went wrong, in lower case.
  private static let troubles: [StaticString] = [
    "error", "fail", "timed out", "timeout", "refused", "closed", "reset", "unable", "unreachable", "dropped",
    "aborted",
  ]
}
