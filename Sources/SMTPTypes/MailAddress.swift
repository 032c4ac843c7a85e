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

  /// Appends `local@domain` as addresses are compared, see `LocalPart` and `DomainName`: two spellings of one address
  /// are alike. A local part may hold an `@` then; the last one parts it from the domain.
  public static func append(canonical local: ByteView, at domain: ByteView, to buffer: inout ByteBuffer) {
    LocalPart.append(canonical: local, to: &buffer)
    buffer.append(0x40)
    DomainName.append(canonical: domain, to: &buffer)
  }

  /// Appends `address` as addresses are compared; one without an `@` is a local part.
  public static func append(canonical address: ByteView, to buffer: inout ByteBuffer) {
    if let at = address.lastIndex(of: 0x40) {
      append(canonical: address.prefix(at), at: address.from(at + 1), to: &buffer)
    } else {
      LocalPart.append(canonical: address, to: &buffer)
    }
  }

  /// The same as a text.
  public static func canonical(_ address: ByteView) -> String {
    var buffer = ByteBuffer(capacity: address.count)
    append(canonical: address, to: &buffer)
    return String(buffer.view)
  }

  /// Appends an address that is as addresses are compared, with the quotes that it is written with.
  public static func append(written canonical: ByteView, to buffer: inout ByteBuffer) {
    let at = canonical.lastIndex(of: 0x40) ?? canonical.count
    LocalPart.append(written: canonical.prefix(at), to: &buffer)
    buffer.append(canonical.from(at))
  }

  /// The same as a text.
  public static func written(_ canonical: ByteView) -> String {
    var buffer = ByteBuffer(capacity: canonical.count + 2)
    append(written: canonical, to: &buffer)
    return String(buffer.view)
  }
}
