public import Bytes
public import SMTPTypes

/// A minute's counts, so that every rate has its denominator: attempts on external hops with their outcomes, in
/// total and cut one way at a time. Several tallies of one minute add up.
public struct Tally: ~Copyable {
  /// Counts of one cut.
  @frozen
  public struct Counts: Equatable, Sendable {
    /// Logged outcomes for one recipient: sent, deferred or bounced.
    public var attempts = 0
    public var deliveries = 0
    public var bounces = 0
    /// First attempts, and how many of them were deferred.
    public var firstAttempts = 0
    public var firstDeferred = 0

    @inlinable
    public init() {}

    /// Attempts after which the MTA will retry.
    @inlinable
    public var deferrals: Int { attempts - deliveries - bounces }

    @inlinable
    public static func += (left: inout Counts, right: Counts) {
      // Without a check for each, several are added at once.
      left.attempts &+= right.attempts
      left.deliveries &+= right.deliveries
      left.bounces &+= right.bounces
      left.firstAttempts &+= right.firstAttempts
      left.firstDeferred &+= right.firstDeferred
    }
  }

  /// What the counts are cut by. The tag cut's keys are `name=value`.
  public enum Cut: UInt8, NamedValue {
    case provider, domain, relay, senderDomain, service, user, tag

    public var name: StaticString {
      switch self {
      case .provider: "provider"
      case .domain: "domain"
      case .relay: "relay"
      case .senderDomain: "sender-domain"
      case .service: "service"
      case .user: "user"
      case .tag: "tag"
      }
    }
  }

  /// Some of the cuts.
  public struct Cuts: Sendable {
    private var bits: UInt8

    private init(bits: UInt8) { self.bits = bits }

    public init(_ cuts: [Cut]) { bits = cuts.reduce(0) { $0 | 1 << $1.rawValue } }

    public static let all = Cuts(Cut.allCases)

    public func contains(_ cut: Cut) -> Bool { bits & 1 << cut.rawValue != 0 }

    public func union(_ other: Cuts) -> Cuts { Cuts(bits: bits | other.bits) }
  }

  /// Keys that one cut of one tally holds; what is beyond is counted under `~other`.
  public static var keyLimit: Int { 1000 }

  /// Upper bounds in seconds of the histogram of a clean delivery's delay; the last class is open.
  public static let delayBounds: [Double] = [1, 5, 15, 60, 300, 1800, 7200]

  /// The start of the minute.
  public var minute: Timestamp
  public var total = Counts()
  public var byProvider: ByteTable<Counts>
  public var byDomain: ByteTable<Counts>
  public var byRelay: ByteTable<Counts>
  public var bySenderDomain: ByteTable<Counts>
  public var byService: ByteTable<Counts>
  public var byUser: ByteTable<Counts>
  public var byTag: ByteTable<Counts>
  /// Deliveries that were never deferred, by `delayBounds`.
  public var delayHistogram: [Int]
  /// Outcomes on internal hops.
  public var internalHops = Counts()
  /// Suspension lines after the first of a life and recipient.
  public var suspended = 0
  /// Rejections beyond the limit of events a minute, by `cause/stage`.
  public var rejections: ByteTable<Int>
  /// Lines that announced trouble without naming a recipient, by kind (`resource`, `filter`, `configuration` …).
  public var trouble: ByteTable<Int>
  /// Log lines read, and those that no parser knew.
  public var lines = 0
  public var unknownLines = 0
  /// What the queue held, if it was looked at.
  public var queue: QueueGauge?

  public init(minute: Timestamp) {
    self.minute = minute
    byProvider = ByteTable(limit: Tally.keyLimit + 1)
    byDomain = ByteTable(limit: Tally.keyLimit + 1)
    byRelay = ByteTable(limit: Tally.keyLimit + 1)
    bySenderDomain = ByteTable(limit: Tally.keyLimit + 1)
    byService = ByteTable(limit: Tally.keyLimit + 1)
    byUser = ByteTable(limit: Tally.keyLimit + 1)
    byTag = ByteTable(limit: Tally.keyLimit + 1)
    rejections = ByteTable(limit: 256)
    trouble = ByteTable(limit: 32)
    delayHistogram = Array(repeating: 0, count: Tally.delayBounds.count + 1)
  }
}
