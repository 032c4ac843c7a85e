import Bytes

/// The machine whose addresses are known. Lines of another one may name the same addresses (a private network's), and
/// are not about it.
public struct OwnMachine: Equatable, Sendable {
  /// Its addresses beside loopback: deliveries to them are internal hops.
  public var addresses: Set<String>
  /// What the lines of its log call it, with or without domain; none where every line is its own.
  public var names: Set<String>

  public init(addresses: Set<String> = [], names: Set<String> = []) {
    self.addresses = addresses
    self.names = names
  }

  /// True if a line of `host` is this machine's: the first label is the same, as logs have it or the whole name, or the
  /// host is `localhost`. O(`names`).
  func isCalled(_ host: ByteView) -> Bool {
    if names.isEmpty || host.equalsIgnoringCase(ByteView("localhost")) { return true }
    let label = OwnMachine.label(of: host)
    return names.contains { name in name.withByteView { OwnMachine.label(of: $0).equalsIgnoringCase(label) } }
  }

  private static func label(of name: ByteView) -> ByteView { name.prefix(name.firstIndex(of: 0x2E) ?? name.count) }
}
