import Bytes
import CLinux

/// A Postfix queue id at the start of a message: short (`3F2A1B0C9D`, file number and microseconds in hexadecimal,
/// at least six characters) or long (`4WxYz12AbCzQ9`, `enable_long_queue_ids`). Source: global/mail_queue.h.
enum QueueID {
  /// The id and what follows its colon and space; nil if the message does not start with `id: `.
  ///
  /// Five characters are taken for an id, because old versions made such on file systems with small numbers.
  @inline(__always)
  static func scan(_ message: ByteView) -> (id: ByteView, rest: ByteView)? {
    let base = message.start
    let at = end(message)
    guard at >= 5, at + 1 < message.count, base[at] == 0x3A, base[at + 1] == 0x20 else { return nil }
    let id = ByteView(base, count: at)
    if base[0] >= 0x61, !isIDInSmallLetters(id) { return nil }
    if at == 7, id == "NOQUEUE" { return nil }
    return (id, ByteView(base + at + 2, count: message.count - at - 2))
  }

  /// True for letters and digits that are not all small letters, as those of `warning`, `reject`, `statistics` are;
  /// `dict_ldap_connect` and other names of functions have more than letters and digits. Most ids do not come here.
  private static func isIDInSmallLetters(_ text: ByteView) -> Bool {
    var hasDigitOrCapital = false
    for index in 0..<text.count where text[index] < 0x61 {
      guard text[index].isASCIILetter || text[index].isASCIIDigit else { return false }
      hasDigitOrCapital = true
    }
    return hasDigitOrCapital
  }

  /// The offset of the first byte that no id has, or of the message's end. Between digits and letters some signs are
  /// let pass (`<=>?@[\]^_` and the back quote): the words in front of a colon that have such begin with a small letter.
  @inline(__always)
  private static func end(_ message: ByteView) -> Int {
    let base = message.start
    let limit = min(message.count, 40)
    var at = 0
    while at &+ 16 <= limit {
      let stop = softbounce_equal16(base + at, 0x3A) | softbounce_outside16(base + at, 0x30, 0x7A - 0x30)
      if stop != 0 { return at &+ stop.trailingZeroBitCount }
      at &+= 16
    }
    while at < limit, base[at] != 0x3A, base[at] >= 0x30, base[at] <= 0x7A { at += 1 }
    return at
  }

  /// True if `text` could be a queue id.
  static func isPlausible(_ text: ByteView) -> Bool {
    guard (5...40).contains(text.count) else { return false }
    for index in 0..<text.count where !(text[index].isASCIILetter || text[index].isASCIIDigit) { return false }
    return true
  }
}
