public import Bytes

/// Whose servers they are: host and domain suffixes to provider names.
public final class ProviderMap: Sendable {
  public init() {}

  /// The provider of a relay's host name, or the registrable domain of the host as its own provider; nil for an
  /// address or an empty name. Valid while the map, or `host`, is.
  public func provider(ofHost host: ByteView) -> ByteView? { nil }

  /// The provider of a recipient domain that is known to be its own (gmail.com), or nil.
  public func provider(ofDomain domain: ByteView) -> ByteView? { nil }
}
