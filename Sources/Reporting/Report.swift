// A report as plain values: what renderers show and other programs may ask. Texts are as they came; a renderer
// escapes them.

public import Classification
public import Journal
public import SMTPTypes

public struct Report: Sendable {
  public var period = Period()
  /// What was read, as the user named it.
  public var inputs: [String] = []
  /// The conditions, as the user would write them.
  public var conditions: [String] = []
  public var hosts: [String] = []
  /// What mail the conditions leave in sight.
  public var reach = Reach()
  /// Attempts at other sites' servers.
  public var outbound = Traffic()
  /// Messages and recipients that were put off at least once within the period.
  public var messagesHit = Estimate()
  public var recipientsHit = Estimate()
  public var cohort = Cohort()
  public var recoveries = Recoveries()
  /// What the queue gave up, by the cause of the last failure, most first.
  public var expiries: [Expiry] = []
  /// The weightiest causes and the provider with most deferrals, whatever tables were asked for.
  public var causes: [Row] = []
  public var leadingProvider: Row?
  /// The rules that named most causes.
  public var rules: [Row] = []
  /// What rules advise, by their name; filled in by whoever has the rules.
  public var hints: [String: Hint] = [:]
  public var tables: [Table] = []
  /// True if only counts were asked for: nothing is known of lives, messages and recipients.
  public var isQuick = false
  /// True if summaries of sealed segments were counted that do not tell all figures: those are nil, or not to be shown
  /// (what tallies say without a cut, hosts, queues).
  public var lacksDetails = false
  /// True if the tables are those that were asked for, rather than the usual ones.
  public var isOneCut = false
  public var hours: [Hour] = []
  /// Deliveries to our own mailboxes and programs.
  public var `internal` = Traffic()
  public var internalTables: [Table] = []
  public var inbound = Rejections()
  public var inboundTables: [Table] = []
  /// What servers further on reported in DSNs.
  public var delayNotices = 0
  public var remoteBounces = 0
  public var unmatchedNotices = 0
  /// Deferrals that only the queue told of; no attempts. Their causes, the commonest first.
  public var unloggedDeferrals = 0
  public var unloggedCauses: [CauseCount] = []
  public var deletions = 0
  /// What each host's queue held when it was last looked at within the period.
  public var queues: [Queue] = []
  public var alerts: [Notice] = []
  public var alertCount = 0
  public var gaps: [Notice] = []
  public var gapCount = 0
  public var events = 0
  /// The most frequent replies that no rule knows, how many replies those and all others like them are, and how many
  /// templates are not shown.
  public var unknownReplies: [UnknownReply] = []
  public var unknownReplyCount = 0
  public var hiddenUnknownReplies = 0
  /// Deferrals that rules judged by their reply code or stage alone; filled in by whoever has the rules.
  public var deferralsJudgedByCode: Int?
  /// Log lines read, and those of mail programs that no parser knew.
  public var lines = 0
  public var unknownLines = 0
  /// Log lines that announced trouble without naming a recipient, by its kind, most frequent first.
  public var trouble: [Trouble] = []
  /// Why a rate is missing or a figure is not complete; sentences.
  public var remarks: [String] = []
  /// Another period beside this one, if that was asked for.
  public var comparison: Comparison?

  public init() {}

  /// True if what tallies count without a cut is not known: conditions leave it out, so with some it isn't asked for.
  var hidesTallied: Bool { lacksDetails && conditions.isEmpty }

  /// A rule's advice.
  public struct Hint: Sendable, Equatable {
    public var text: String
    /// The provider's page about the reply.
    public var documentation: String?

    public init(text: String, documentation: String? = nil) {
      self.text = text
      self.documentation = documentation
    }
  }

  /// How often the log announced one kind of trouble.
  public struct Trouble: Sendable, Equatable {
    /// `resource`, `filter`, `configuration` …; untrusted text.
    public var kind: String
    public var lines: Int
  }

  /// A host's queue at one moment.
  public struct Queue: Sendable, Equatable {
    public var host: String
    public var gauge: QueueGauge

    public init(host: String, gauge: QueueGauge) {
      self.host = host
      self.gauge = gauge
    }
  }

  public struct Period: Sendable, Equatable {
    public var since: Timestamp?
    public var until: Timestamp?
    /// The first and last moment of what was counted; in a quick report the hours that they lie in, within the period.
    public var first: Timestamp?
    public var last: Timestamp?
    public init() {}
  }

  public struct CauseCount: Sendable, Equatable {
    public var cause: Cause
    public var count: Int
  }

  /// A number that is exact or about right.
  public struct Estimate: Sendable, Equatable {
    public var count = 0
    public var isExact = true
    public init() {}
  }

  /// Attempts and what became of them. nil where the filter combines what tallies keep apart.
  public struct Traffic: Sendable, Equatable {
    public var attempts: Int?
    public var deliveries: Int?
    public var bounces = 0
    public var deferrals = 0
    public var firstAttempts: Int?
    /// nil where a sealed segment does not tell it, as `suspensions`.
    public var firstDeferrals: Int? = 0
    /// Held back by the queue manager without a try; no attempts.
    public var suspensions: Int? = 0
    /// Given up by the queue at the end of a message's lifetime.
    public var expirations = 0
    public init() {}

    /// Share of attempts that were put off, 0 to 1.
    public var deferralRate: Double? { Report.rate(deferrals, attempts) }
    /// Share of first attempts that were put off, 0 to 1.
    public var firstDeferralRate: Double? { firstDeferrals.flatMap { Report.rate($0, firstAttempts) } }
    public var isEmpty: Bool {
      (attempts ?? 0) == 0 && deferrals == 0 && bounces == 0 && (suspensions ?? 0) == 0 && expirations == 0
    }
  }

  /// Recipients of lives first put off within the period; the five ends sum to `recipients`.
  public struct Cohort: Sendable, Equatable {
    public var recipients = 0
    public var recovered = 0
    public var expired = 0
    public var bounced = 0
    public var deleted = 0
    public var open = 0
    /// From the first deferral to the delivery, of those that recovered.
    public var times: Percentiles?
    /// Put off within the period too, but first put off before it, or their start was not seen; not in `recipients`.
    public var earlier = 0
    /// Lives that could not be followed because too many were open at once.
    public var unfollowed = 0
    public init() {}
  }

  /// Recoveries that happened within the period, whenever they began.
  public struct Recoveries: Sendable, Equatable {
    public var count = 0
    public var times: Percentiles?
    public init() {}
  }

  /// Percentiles of durations in seconds. Those that are still open are not among them, and will only add longer ones.
  public struct Percentiles: Sendable, Equatable {
    public var count: Int
    public var median: Double
    public var p90: Double
    public var p99: Double
    /// Relative, at most, where they are estimates; nil where they are durations that occurred.
    public var error: Double?

    public init(count: Int, median: Double, p90: Double, p99: Double, error: Double? = nil) {
      self.count = count
      self.median = median
      self.p90 = p90
      self.p99 = p99
      self.error = error
    }
  }

  /// Recipients that the queue gave up, by the cause of their last failure.
  public struct Expiry: Sendable, Equatable {
    public var cause: Cause
    public var recipients: Int
    /// The provider that most of them were at, and how many.
    public var mainProvider: String?
    public var mainProviderCount = 0
    /// From the first deferral to the end.
    public var times: Percentiles?
  }

  /// Clients that our own server put off.
  public struct Rejections: Sendable, Equatable {
    public var total = 0
    /// Of `total`, those that tallies counted without an event each.
    public var tallied = 0
    public init() {}
  }

  /// One cut.
  public struct Table: Sendable, Equatable {
    /// The field's name, `tag.NAME` for a tag.
    public var name: String
    public var rows: [Row]
    /// Rows that are not shown, and the deferrals in them.
    public var hiddenRows = 0
    public var hiddenDeferrals = 0
    /// True if every key that was tried can have a row: none that is missing was tried.
    public var tellsAttempts = false
    /// True if some rows have a rate of their own.
    public var hasRates = false
    /// True if rows know how their recipients ended.
    public var hasOutcomes = false

    public init(name: String, rows: [Row]) {
      self.name = name
      self.rows = rows
    }
  }

  public struct Row: Sendable, Equatable {
    public var key: String
    public var deferrals = 0
    public var attempts: Int?
    public var rate: Double?
    public var firstAttempts: Int?
    /// nil where a sealed segment does not tell it.
    public var firstDeferrals: Int? = 0
    public var suspensions = 0
    public var bounces = 0
    public var expirations = 0
    public var recipients = 0
    public var recovered = 0
    public var expired = 0
    public var bounced = 0
    public var deleted = 0
    public var open = 0
    /// Times to recover, where the table has them.
    public var times: Percentiles?
    public var mainCause: Cause?
    public var mainCauseCount = 0

    public init(key: String) { self.key = key }

    /// Share of the recipients first put off within the period that have arrived by now, 0 to 1.
    public var recoveryRate: Double? { Report.rate(recovered, recipients > 0 ? recipients : nil) }
  }

  public struct Hour: Sendable, Equatable {
    public var start: Timestamp
    public var attempts: Int?
    public var deferrals = 0
    public var suspensions = 0
    public var rejections = 0

    public init(start: Timestamp) { self.start = start }

    public var rate: Double? { Report.rate(deferrals, attempts) }
  }

  static func rate(_ part: Int, _ whole: Int?) -> Double? {
    guard let whole, whole > 0, part <= whole else { return nil }
    return Double(part) / Double(whole)
  }

  /// True if the period holds nothing at all: no event that meets the conditions, no alert, no gap, and, where every
  /// line is asked for, no trouble that the log announced.
  public var isEmpty: Bool {
    outbound.isEmpty && `internal`.isEmpty && inbound.total == 0 && events == 0 && alertCount == 0 && gapCount == 0
      && (trouble.isEmpty || !conditions.isEmpty)
  }
}
