import Bytes
import Classification
import SMTPTypes

/// Whose servers an attempt spoke to, or would have: from the relay; else the host that the reason names; else what
/// was last learnt for the recipient's domain; else the domain table; else the domain itself. So an outage is
/// attributed even where the log says `relay=none`.
struct ProviderLedger: ~Copyable {
  /// Entries of each cache; a full one is emptied and learns anew.
  static var cacheLimit: Int { 100_000 }

  private let map: ProviderMap
  /// Provider names, in the order in which they were met. Names are few: providers and registrable domains.
  private var names = NameStore(limit: 500_000)
  private var lower = ByteBuffer()
  private var byHost = ByteTable<Int>(limit: ProviderLedger.cacheLimit)
  private var learnt = ByteTable<Int>(limit: ProviderLedger.cacheLimit)
  private var byDomain = ByteTable<Int>(limit: ProviderLedger.cacheLimit)

  init(map: ProviderMap) {
    self.map = map
  }

  /// The provider's name, valid as long as the ledger; empty when nothing is known.
  mutating func provider(relayHost: ByteView?, reasonHost: ByteView?, domain: ByteView?) -> ByteView {
    if let relayHost, let index = ofHost(relayHost) {
      if let domain { learn(domain, index) }
      return names[index]
    }
    if let reasonHost, let domain, reasonHost != domain, let index = ofHost(reasonHost) {
      learn(domain, index)
      return names[index]
    }
    guard let domain else { return .empty }
    if let known = learnt.index(of: domain) { return names[learnt[known]] }
    if let index = ofDomain(domain) { return names[index] }
    return .empty
  }

  /// Takes over what an earlier run had learnt.
  mutating func restore(domain: ByteView, provider: ByteView) {
    if let index = name(provider) { learn(domain, index) }
  }

  /// The index of a name, which is kept in lower case: the same host may be logged in any.
  private mutating func name(_ text: ByteView) -> Int? {
    if let known = names.index(of: text) { return known }
    lower.removeAll()
    for byte in text.buffer { lower.append(byte.lowercasedASCII) }
    return names.insert(lower.view)
  }

  private mutating func learn(_ domain: ByteView, _ provider: Int) {
    if let known = learnt.index(of: domain) {
      learnt[known] = provider
      return
    }
    if learnt.count >= learnt.limit { learnt.removeAll() }
    _ = learnt.insert(domain, default: provider)
  }

  private mutating func ofHost(_ host: ByteView) -> Int? {
    if let known = byHost.index(of: host) {
      let index = byHost[known]
      return index < 0 ? nil : index
    }
    let found = map.provider(ofHost: host).flatMap { name($0) }
    if byHost.count >= byHost.limit { byHost.removeAll() }
    _ = byHost.insert(host, default: found ?? -1)
    return found
  }

  private mutating func ofDomain(_ domain: ByteView) -> Int? {
    if let known = byDomain.index(of: domain) {
      let index = byDomain[known]
      return index < 0 ? nil : index
    }
    let found = (map.provider(ofDomain: domain) ?? map.provider(ofHost: domain)).flatMap { name($0) }
    if byDomain.count >= byDomain.limit { byDomain.removeAll() }
    _ = byDomain.insert(domain, default: found ?? -1)
    return found
  }
}
