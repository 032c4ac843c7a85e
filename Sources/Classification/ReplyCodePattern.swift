import Bytes
public import SMTPTypes

/// A set of reply codes as a rule writes it: `421`, `45*`, `4**`.
public struct ReplyCodePattern: Hashable, Sendable, CustomStringConvertible {
  public let lowest: UInt16
  public let highest: UInt16

  /// nil unless `text` has three characters, a digit 2 to 5, then digits or `*`, no digit after a `*`.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 3, (0x32...0x35).contains(bytes[0]) else { return nil }
    var lowest: UInt16 = 0
    var highest: UInt16 = 0
    var isOpen = false
    for byte in bytes {
      if byte == UInt8(ascii: "*") {
        isOpen = true
        lowest = lowest * 10
        highest = highest * 10 + 9
      } else if byte.isASCIIDigit, !isOpen {
        lowest = lowest * 10 + UInt16(byte - 0x30)
        highest = highest * 10 + UInt16(byte - 0x30)
      } else {
        return nil
      }
    }
    self.lowest = lowest
    self.highest = highest
  }

  public func matches(_ code: ReplyCode) -> Bool { lowest <= code.value && code.value <= highest }

  public var description: String {
    if lowest == highest { return String(lowest) }
    return highest - lowest == 9 ? "\(lowest / 10)*" : "\(lowest / 100)**"
  }
}
