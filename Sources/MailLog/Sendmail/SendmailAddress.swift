import Bytes
import SMTPTypes

/// Addresses as Sendmail logs them: `<a@b>`, `a@b`, `"|/usr/bin/prog"`, several with commas between.
enum SendmailAddress {
  /// The address at `start` without angle brackets, and the offset of the comma or end behind it.
  static func scan(_ text: ByteView, at start: Int) -> (address: ByteView, end: Int) {
    var at = start
    var depth = 0
    while let byte = text.at(at) {
      switch byte {
      case 0x22:
        let end = DeliveryLine.endOfQuoted(text, at: at)
        at = end > at ? end : at + 1
        continue
      case 0x3C: depth += 1
      case 0x3E: depth = max(depth - 1, 0)
      case 0x2C:
        if depth == 0 { return (MailAddress.unbracketed(text[start..<at]), at) }
      default: break
      }
      at += 1
    }
    return (MailAddress.unbracketed(text.from(start)), text.count)
  }
}
