public import Bytes

/// A three-digit SMTP reply code, 200 to 599 (RFC 5321, section 4.2.1).
public struct ReplyCode: Hashable, Sendable, CustomStringConvertible {
  public let value: UInt16

  /// nil outside of 200...599.
  @inlinable
  public init?(_ value: Int) {
    guard (200...599).contains(value) else { return nil }
    self.value = UInt16(value)
  }

  /// The code at the start of `text`, followed by a space, a hyphen, a line's end or the text's end.
  @inlinable
  public init?(prefixOf text: ByteView) {
    guard text.count >= 3, let value = text.prefix(3).decimal else { return nil }
    if let next = text.at(3), next != 0x20, next != 0x2D, next != 0x0D, next != 0x0A { return nil }
    self.init(value)
  }

  /// 2, 3, 4 or 5.
  @inlinable
  public var severity: Int { Int(value) / 100 }
  @inlinable
  public var isTransient: Bool { severity == 4 }
  @inlinable
  public var isPermanent: Bool { severity == 5 }

  public var description: String { String(value) }
}
