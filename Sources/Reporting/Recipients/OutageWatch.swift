import Bytes
import Classification
import Journal
import SMTPTypes

/// Which domains were tried within a stretch of time, and which of them could not be reached: where most can't, it is
/// our resolver or our uplink. Remembers two stretches; memory is bounded by the domains of both, `limit` each.
struct OutageWatch: ~Copyable {
  static let limit = 200_000

  struct Seen: OptionSet {
    let rawValue: UInt8
    static let delivered = Seen(rawValue: 1)
    static let connectFailed = Seen(rawValue: 2)
    static let lookupFailed = Seen(rawValue: 4)
  }

  struct Stretch: ~Copyable {
    var number = Int64.min
    var domains = ByteTable<Seen>(limit: OutageWatch.limit)
  }

  private let seconds: Int64
  private var older = Stretch()
  private var newer = Stretch()

  init(seconds: Int) { self.seconds = OutageWatch.stretchSeconds(seconds) }

  /// Seconds of a stretch, if `seconds` were asked for.
  static func stretchSeconds(_ seconds: Int) -> Int64 { Int64(max(seconds, 60)) }

  /// - Parameter time: seconds since 1970.
  func stretch(of time: Int64) -> Int64 { time / seconds }

  /// The newest stretch that was heard of; nothing more is expected of those before the one before it.
  var newest: Int64 { newer.number }

  /// What a delivery tells, a try that did not reach the domain (`cause` is connect-failure or dns-failure), or one that
  /// failed otherwise.
  static func seen(_ cause: Cause, isDelivery: Bool) -> Seen {
    if isDelivery { return .delivered }
    switch cause {
    case .connectFailure: return .connectFailed
    case .dnsFailure: return .lookupFailed
    default: return []
    }
  }

  /// Notes what was seen of `domain`. The same twice is as once.
  mutating func note(_ domain: ByteView, _ seen: Seen, at time: Int64) {
    let number = stretch(of: time)
    if number > newer.number { turn(to: number) }
    if number == newer.number {
      OutageWatch.insert(domain, seen, &newer.domains)
    } else if number == older.number {
      OutageWatch.insert(domain, seen, &older.domains)
    }
  }

  private static func insert(_ domain: ByteView, _ seen: Seen, _ domains: inout ByteTable<Seen>) {
    if let index = domains.insert(domain, default: []) { domains[index].formUnion(seen) }
  }

  private mutating func turn(to number: Int64) {
    swap(&older, &newer)
    newer.domains.removeAll()
    newer.number = number
  }

  /// True if more than `share` of the domains that were tried in `stretch` failed for `cause`, and had no delivery.
  func isOutage(_ cause: Cause, in stretch: Int64, share: Double) -> Bool {
    if stretch == newer.number { return OutageWatch.isOutage(cause, newer.domains, share) }
    if stretch == older.number { return OutageWatch.isOutage(cause, older.domains, share) }
    return false
  }

  private static func isOutage(_ cause: Cause, _ domains: borrowing ByteTable<Seen>, _ share: Double) -> Bool {
    let mark: Seen = cause == .dnsFailure ? .lookupFailed : .connectFailed
    var failed = 0
    for index in 0..<domains.count {
      let seen = domains[index]
      if seen.contains(mark), !seen.contains(.delivered) { failed += 1 }
    }
    return Double(failed) > share * Double(domains.count)
  }
}
