public import Bytes

/// Views of an envelope address as a log or a milter shows it (RFC 5321, section 4.1.2), without angle brackets.
public enum MailAddress {
  /// What follows the last `@`, without a trailing dot; nil if there is none or it is empty.
  @inlinable
  public static func domain(of address: ByteView) -> ByteView? {
    guard let at = address.lastIndex(of: 0x40) else { return nil }
    var domain = address.from(at + 1)
    if domain.hasSuffix(".") { domain = domain.prefix(domain.count - 1) }
    return domain.isEmpty ? nil : domain
  }

  /// `<a@b>` to `a@b`; anything else unchanged. ESMTP parameters after the bracket are dropped.
  @inlinable
  public static func unbracketed(_ path: ByteView) -> ByteView {
    guard path.at(0) == 0x3C else { return path }
    let close = path.lastIndex(of: 0x3E) ?? path.count
    return path[1..<max(close, 1)]
  }
}
