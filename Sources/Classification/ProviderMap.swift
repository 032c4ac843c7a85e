// Whose servers they are.

public import Bytes
import CPSL
import SMTPTypes

/// Host and domain suffixes to provider names; a host that no provider of ours owns belongs to its registrable domain
/// (Public Suffix List), which then is the provider's name. A host under a recipient domain that a provider holds for
/// itself is that provider's as well: smtp.live.com is as much Microsoft's as an address at live.com.
public final class ProviderMap: Sendable {
  /// The longest host name that is looked at (RFC 1035 allows 253).
  private static let longest = 255

  // Sendable: the tables are filled in `init` alone; a look-up only reads. libpsl's built-in list is constant.
  private nonisolated(unsafe) let hosts: ByteTable<Int32>
  private nonisolated(unsafe) let domains: ByteTable<Int32>
  private nonisolated(unsafe) let suffixes: OpaquePointer?
  private let names: ByteStore

  /// Our own table.
  public convenience init() { self.init(ProviderEntry.builtIn()) }

  init(_ entries: [ProviderEntry]) {
    var hosts = ByteTable<Int32>()
    var domains = ByteTable<Int32>()
    for (index, entry) in entries.enumerated() {
      for host in entry.hosts { host.withByteView { _ = hosts.insert($0, default: Int32(index)) } }
      for domain in entry.domains {
        DomainName.canonical(domain).withByteView { _ = domains.insert($0, default: Int32(index)) }
      }
    }
    self.hosts = hosts
    self.domains = domains
    names = ByteStore(entries.map(\.name))
    suffixes = psl_builtin()
  }

  /// The names of the providers that have a name of their own.
  public var providers: [String] { (0..<names.count).map { String(names[$0]) } }

  /// The provider of a relay's host name, or the registrable domain of the host as its own provider; nil for an
  /// address, a socket's path or an empty name. Valid while the map and `host` are. O(labels).
  public func provider(ofHost host: ByteView) -> ByteView? {
    let host = host.at(host.count - 1) == UInt8(ascii: ".") ? host.prefix(host.count - 1) : host
    guard (1...ProviderMap.longest).contains(host.count), ProviderMap.isName(host) else { return nil }
    return withLowercased(host) { lower in
      var at = 0
      while true {
        if let index = hosts[lower.from(at)] { return names[Int(index)] }
        guard let dot = lower.firstIndex(of: UInt8(ascii: "."), from: at) else { break }
        at = dot + 1
      }
      guard let start = registrableDomainStart(lower) else { return nil }
      if let index = domains[lower.from(start)] { return names[Int(index)] }
      return host.from(start)
    }
  }

  /// The provider of a recipient domain that is known to be its own (gmail.com), however it is spelt, or nil.
  public func provider(ofDomain domain: ByteView) -> ByteView? {
    guard (1...ProviderMap.longest).contains(domain.count) else { return nil }
    if !domain.isASCII {
      return DomainName.canonical(String(domain)).withByteView { domains[$0].map { names[Int($0)] } }
    }
    return withLowercased(domain) { lower in domains[lower].map { names[Int($0)] } }
  }

  /// Where the registrable domain of `host` (lower case, terminated) starts: one label more than its public suffix.
  private func registrableDomainStart(_ host: ByteView) -> Int? {
    if let suffixes {
      return host.start.withMemoryRebound(to: CChar.self, capacity: host.count + 1) { text in
        psl_registrable_domain(suffixes, text).map { $0 - text }
      }
    }
    guard let last = host.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    return host.prefix(last).lastIndex(of: UInt8(ascii: ".")).map { $0 + 1 } ?? 0
  }

  /// A dot, no character that a host name has not, and not all digits and dots or a bracketed or IPv6 address.
  private static func isName(_ host: ByteView) -> Bool {
    var hasDot = false
    var hasLetter = false
    for byte in host.buffer {
      switch byte {
      case UInt8(ascii: "."): hasDot = true
      case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "_"): break
      case 0x41...0x5A, 0x61...0x7A, 0x80...: hasLetter = true
      default: return false
      }
    }
    return hasDot && hasLetter
  }

  /// Calls `body` with a lower-case copy that a zero byte follows.
  private func withLowercased<Result>(_ text: ByteView, _ body: (ByteView) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ProviderMap.longest + 1) { scratch in
      for index in 0..<text.count { scratch[index] = text[index].lowercasedASCII }
      scratch[text.count] = 0
      guard let start = scratch.baseAddress else { return body(.empty) }
      return body(ByteView(UnsafePointer(start), count: text.count))
    }
  }
}
