import Bytes
import Classification
import SMTPTypes

/// Whose servers an attempt spoke to, or would have: from the relay; else the host that the reason names; else what
/// was last learnt for the recipient's domain; else the domain table; else the domain itself. So an outage is
/// attributed even where the log says `relay=none`. Through whose submission port a message goes says nothing of where
/// its recipient's mail is.
struct ProviderLedger: ~Copyable {
  /// Entries of each cache; a full one is emptied and learns anew.
  static var cacheLimit: Int { 100_000 }

  private let map: ProviderMap
  /// Provider names, in the order in which they were met. Names are few: providers and registrable domains.
  private var names = NameStore(limit: 500_000)
  private var lower = ByteBuffer()
  /// What is known of a host or a domain.
  struct Known {
    /// The provider's number; negative if it has none.
    var provider: Int
    /// Its own.
    var number: UInt32
  }

  private var byHost = ByteTable<Known>(limit: ProviderLedger.cacheLimit)
  private var learnt = ByteTable<Known>(limit: ProviderLedger.cacheLimit)
  private var lastNumber: UInt32 = 0
  private var byDomain = ByteTable<Int>(limit: ProviderLedger.cacheLimit)

  init(map: ProviderMap) {
    self.map = map
  }

  /// The provider's name, valid as long as the ledger; empty when nothing is known.
  /// - Parameter teaches: false if the server is known not to be the domain's own, so that nothing is learnt of it.
  mutating func provider(
    relayHost: ByteView?, reasonHost: ByteView?, domain: ByteView?, teaches: Bool = true
  ) -> ByteView {
    var numbers = NameNumbers()
    return provider(relayHost: relayHost, reasonHost: reasonHost, domain: domain, teaches: teaches, &numbers)
  }

  /// The same, with the numbers of those names that have any.
  mutating func provider(
    relayHost: ByteView?, reasonHost: ByteView?, domain: ByteView?, teaches: Bool, _ numbers: inout NameNumbers
  ) -> ByteView {
    var found: Int?
    if let relayHost {
      let known = ofHost(relayHost)
      numbers.relay = known.number
      if known.provider >= 0 { found = known.provider }
    }
    if found == nil, let reasonHost, let domain, reasonHost != domain {
      let known = ofHost(reasonHost)
      if known.provider >= 0 { found = known.provider }
    }
    if let domain {
      if let found {
        numbers.domain = teaches ? learn(domain, found) : number(of: domain)
      } else if let known = learnt.index(of: domain) {
        numbers.domain = learnt[known].number
        found = learnt[known].provider >= 0 ? learnt[known].provider : ofDomain(domain)
      } else {
        found = ofDomain(domain)
      }
    }
    guard let found else { return .empty }
    numbers.provider = UInt32(truncatingIfNeeded: found + 1)
    return names[found]
  }

  /// Takes over what an earlier run had learnt.
  mutating func restore(domain: ByteView, provider: ByteView) {
    if let index = name(provider) { _ = learn(domain, index) }
  }

  /// The index of a name, which is kept in lower case: the same host may be logged in any.
  private mutating func name(_ text: ByteView) -> Int? {
    if let known = names.index(of: text) { return known }
    lower.removeAll()
    for byte in text.buffer { lower.append(byte.lowercasedASCII) }
    return names.insert(lower.view)
  }

  /// Returns the domain's number.
  private mutating func learn(_ domain: ByteView, _ provider: Int) -> UInt32 {
    if let known = learnt.index(of: domain) {
      learnt[known].provider = provider
      return learnt[known].number
    }
    if learnt.count >= learnt.limit { learnt.removeAll() }
    let known = Known(provider: provider, number: newNumber())
    _ = learnt.insert(domain, default: known)
    return known.number
  }

  /// The domain's number, whatever was learnt of it.
  private mutating func number(of domain: ByteView) -> UInt32 {
    if let known = learnt.index(of: domain) { return learnt[known].number }
    return learn(domain, -1)
  }

  private mutating func ofHost(_ host: ByteView) -> Known {
    if let index = byHost.index(of: host) { return byHost[index] }
    let found = map.provider(ofHost: host).flatMap { name($0) }
    if byHost.count >= byHost.limit { byHost.removeAll() }
    let known = Known(provider: found ?? -1, number: newNumber())
    _ = byHost.insert(host, default: known)
    return known
  }

  /// A number that no name had before, whatever was forgotten since; 0 once there are no more.
  private mutating func newNumber() -> UInt32 {
    guard lastNumber < .max else { return 0 }
    lastNumber += 1
    return lastNumber
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

/// Numbers by which a ledger's names are told apart without a look at them: of relays, domains and providers each, equal
/// numbers mean equal names. 0 is no number.
struct NameNumbers {
  var relay: UInt32 = 0
  var domain: UInt32 = 0
  var provider: UInt32 = 0
}
