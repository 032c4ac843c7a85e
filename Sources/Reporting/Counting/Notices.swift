import Bytes
import Journal
public import SMTPTypes

/// Something that the journal says in a sentence: an alert, or what is missing.
public struct Notice: Sendable, Equatable {
  public var time: Timestamp
  public var host: String?
  public var source: String?
  /// Of an alert: `firing` or `cleared`.
  public var state: String?
  /// Of an alert: the provider, domain … that it is about.
  public var key: String?
  /// Untrusted text; renderers escape it.
  public var text: String
  /// How many lines, events or bytes are missing, if known.
  public var count: Int?

  public init(time: Timestamp, host: String? = nil, source: String? = nil, text: String, count: Int? = nil) {
    self.time = time
    self.host = host
    self.source = source
    self.text = text
    self.count = count
  }
}

/// The latest alerts and gaps, and how many there were.
struct Notices {
  static let limit = 100
  private static let textLimit = 400

  private(set) var alerts: [Notice] = []
  private(set) var gaps: [Notice] = []
  var alertCount = 0
  var gapCount = 0

  var isEmpty: Bool { alertCount == 0 && gapCount == 0 }

  /// Adds what came after.
  mutating func add(_ later: Notices) {
    alertCount += later.alertCount
    gapCount += later.gapCount
    for alert in later.alerts { Notices.append(alert, to: &alerts) }
    for gap in later.gaps { Notices.append(gap, to: &gaps) }
  }

  mutating func addAlert(_ event: borrowing Event) {
    alertCount += 1
    Notices.append(Notices.notice(event), to: &alerts)
  }

  mutating func addGap(_ event: borrowing Event) {
    gapCount += 1
    Notices.append(Notices.notice(event), to: &gaps)
  }

  private static func notice(_ event: borrowing Event) -> Notice {
    var notice = Notice(
      time: event.time, host: event.host.map { String($0.prefix(textLimit)) }, source: event.source?.description,
      text: String((event.note ?? .empty).prefix(textLimit)), count: event.count)
    notice.state = event.state.map { String($0.prefix(20)) }
    notice.key = event.key.map { String($0.prefix(200)) }
    return notice
  }

  private static func append(_ notice: Notice, to list: inout [Notice]) {
    list.append(notice)
    if list.count > 2 * limit { list.removeFirst(limit) }
  }

  static func latest(_ list: [Notice]) -> [Notice] {
    Array(list.sorted { $0.time < $1.time }.suffix(limit))
  }
}
