import Bytes
import Classification
import Journal
import SMTPTypes

/// One rule's window over one key.
struct AlertWindow {
  private struct Minute {
    var minute: Int64
    var counts = Tally.Counts()
    var causes: [Cause: Int] = [:]
  }

  /// Ascending.
  private var minutes: [Minute] = []
  var firingSince: Timestamp?
  private(set) var sample: String?

  /// Longest sample that is kept, bytes.
  static let sampleLimit = 500

  var isEmpty: Bool { minutes.isEmpty && firingSince == nil }

  var counts: Tally.Counts {
    minutes.reduce(into: Tally.Counts()) { $0 += $1.counts }
  }

  /// Most frequent first, at most five.
  var causes: [Alert.CauseCount] {
    var sums: [Cause: Int] = [:]
    for minute in minutes { sums.merge(minute.causes, uniquingKeysWith: +) }
    return sums.map { Alert.CauseCount(cause: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.cause.rawValue) < ($0.count, $1.cause.rawValue) }
      .prefix(5).map { $0 }
  }

  mutating func add(_ counts: Tally.Counts, minute: Int64) {
    let index = index(of: minute)
    minutes[index].counts += counts
  }

  mutating func add(_ cause: Cause, sample text: ByteView?, minute: Int64) {
    let index = index(of: minute)
    minutes[index].causes[cause, default: 0] += 1
    if let text, !text.isEmpty { sample = String(text.prefix(AlertWindow.sampleLimit)) }
  }

  /// Drops the minutes before `oldest`.
  mutating func forget(before oldest: Int64) {
    minutes.removeAll { $0.minute < oldest }
    if minutes.isEmpty { sample = nil }
  }

  private mutating func index(of minute: Int64) -> Int {
    var index = minutes.count
    while index > 0, minutes[index - 1].minute > minute { index -= 1 }
    if index > 0, minutes[index - 1].minute == minute { return index - 1 }
    minutes.insert(Minute(minute: minute), at: index)
    return index
  }
}
