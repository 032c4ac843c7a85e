// The raw bytes of a message from the null sender, as long as it may be a delivery report.

import Bytes

/// Collects header fields and body up to a limit, and notices what makes a message a likely report. A class, so that
/// the many sessions that have none carry one word for it.
final class ReportCapture {
  /// The message's identity, once it was told.
  var told: ObservedMessage?
  private(set) var content: [UInt8] = []
  private(set) var isTruncated = false
  /// True for a multipart/report, or what older mailers send instead of one (RFC 3464 was not always there).
  private(set) var looksLikeReport = false
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// How many bytes the next calls may add, for whoever keeps the books of memory.
  var room: Int { limit - content.count }

  func header(_ name: ByteView, _ value: ByteView) {
    if !looksLikeReport { looksLikeReport = Self.isSign(name, value) }
    append(name)
    append(": ")
    // A milter sees folded lines parted by a bare newline (Sendmail, Postfix); the body has CRLF.
    var rest = value
    while let newline = rest.firstIndex(of: 0x0A) {
      let line = rest.prefix(newline)
      append(line.hasSuffix("\r") ? line.prefix(line.count - 1) : line)
      append("\r\n")
      rest = rest.from(newline + 1)
    }
    append(rest)
    append("\r\n")
  }

  func endOfHeader() { append("\r\n") }

  func body(_ chunk: ByteView) { append(chunk) }

  /// Says that more followed than was kept.
  func cut() { isTruncated = true }

  func append(_ bytes: ByteView) {
    let kept = bytes.prefix(limit - content.count)
    content.append(contentsOf: kept.buffer)
    if kept.count < bytes.count { isTruncated = true }
  }

  private func append(_ literal: StaticString) { append(ByteView(literal)) }

  /// Fields that a report has and other mail from the null sender (an absence note, a read receipt) hardly ever.
  static func isSign(_ name: ByteView, _ value: ByteView) -> Bool {
    let text = value.trimmed
    switch name.count {
    case 4 where name.equalsIgnoringCase(ByteView("From")):
      return text.containsIgnoringCase("mailer-daemon") || text.containsIgnoringCase("postmaster")
        || text.containsIgnoringCase("mail delivery sub")
    case 7 where name.equalsIgnoringCase(ByteView("Subject")):
      return subjects.contains { text.containsIgnoringCase($0) }
    case 12 where name.equalsIgnoringCase(ByteView("Content-Type")):
      return text.hasPrefixIgnoringCase("multipart/report")
        && !text.containsIgnoringCase("disposition-notification")
    case 19 where name.equalsIgnoringCase(ByteView("X-Failed-Recipients")):  // Exim
      return true
    default:
      return false
    }
  }

  private static let subjects: [StaticString] = [
    "undeliver", "returned mail", "delivery status", "delivery failure", "delivery failed", "delivery delayed",
    "failure notice", "mail delivery", "delivery notification", "delivery report", "non-delivery",
    "could not be delivered", "could not send message",
  ]
}

extension ByteView {
  /// True if `needle`, which is in lower case, occurs in the first 1,024 bytes, whatever the letters' case.
  fileprivate func containsIgnoringCase(_ needle: StaticString) -> Bool {
    let length = needle.utf8CodeUnitCount
    let text = prefix(1024)
    guard text.count >= length else { return false }
    let first = needle.utf8Start[0]
    for start in 0...(text.count - length) where text.buffer[start].lowercasedASCII == first {
      if text[start..<start + length].hasPrefixIgnoringCase(needle) { return true }
    }
    return false
  }
}
