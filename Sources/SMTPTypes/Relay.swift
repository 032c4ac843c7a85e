public import Bytes

/// The next hop of an attempt as Postfix names it: `host[address]:port`, `host[/path]`, `local`, `none`. Borrowed.
public struct Relay {
  /// The host name, a transport's name, or empty when unknown.
  public var host: ByteView
  /// The address or socket path between the brackets; empty without one.
  public var address: ByteView
  /// 1 to 65535, or nil.
  public var port: UInt16?

  public init(host: ByteView, address: ByteView = .empty, port: UInt16? = nil) {
    self.host = host
    self.address = address
    self.port = port
  }

  /// Reads `host[address]:port`; nil for `none`.
  @inlinable
  public init?(parsing text: ByteView) {
    if text == "none" || text.isEmpty { return nil }
    guard let open = text.firstIndex(of: 0x5B), let close = text.firstIndex(of: 0x5D, from: open) else {
      self.init(host: text)
      return
    }
    self.init(host: text.prefix(open), address: text[(open + 1)..<close])
    if text.at(close + 1) == 0x3A, let port = text.from(close + 2).decimal, (1...65535).contains(port) {
      self.port = UInt16(port)
    }
  }

  /// True for a loopback address, a UNIX socket or no address at all (local, virtual, a pipe's transport).
  @inlinable
  public var isLoopback: Bool {
    address.isEmpty || address.at(0) == 0x2F || address.hasPrefix("127.") || address == "::1"
      || address.hasPrefix("private/") || address.hasPrefix("::ffff:127.")
  }
}
