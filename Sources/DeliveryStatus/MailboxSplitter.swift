// Where one message ends and the next begins in a file of mail.

public import Bytes

/// Finds the messages of an mbox (RFC 4155), line by line. A file that does not begin with `From ` is one message.
/// O(line), and no more than its first 400 bytes.
public struct MailboxSplitter: Sendable {
  private var isMailbox = false
  private var isFirst = true
  private var wasBlank = true

  public init() {}

  /// True if `line`, given without its line feed, begins a message and another came before it.
  public mutating func beginsNext(_ line: ByteView) -> Bool {
    defer {
      isFirst = false
      wasBlank = line.isEmpty || line == "\r"
    }
    guard !isFirst else {
      isMailbox = line.hasPrefix("From ")
      return false
    }
    return isMailbox && wasBlank && MailboxSplitter.isSeparator(line)
  }

  /// `From ann@example.org Mon Nov 23 14:53:38 2026`: a time of day and a year are asked for, because a text can
  /// have a line that starts with "From ".
  static func isSeparator(_ line: ByteView) -> Bool {
    guard line.hasPrefix("From "), line.count < 400 else { return false }
    var hasTime = false
    var hasYear = false
    var digits = 0
    for index in 5..<(line.count + 1) {
      let byte = line.at(index) ?? 0x20
      if byte.isASCIIDigit {
        digits += 1
        continue
      }
      if byte == 0x3A, digits == 2 { hasTime = true }
      if byte == 0x20 || byte == 0x0D, digits == 4 { hasYear = true }
      digits = 0
    }
    return hasTime && hasYear
  }
}
