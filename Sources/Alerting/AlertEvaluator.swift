// When a threshold is crossed.
//
// Pure: counts come in as tallies, failures as events, time as an argument; what comes out is what changed. Windows
// are kept in minutes, and no more keys than `keyLimit` a rule, so that strangers' domains can't fill the memory.

import Bytes
public import Journal
public import SMTPTypes

import Classification

/// Evaluates rules over sliding windows.
public struct AlertEvaluator {
  public let rules: [AlertRule]
  private var groups: [[String: AlertWindow]]

  /// Keys that one rule keeps; traffic of further ones is not watched.
  static let keyLimit = 10_000

  public init(rules: [AlertRule]) {
    self.rules = rules
    groups = Array(repeating: [:], count: rules.count)
  }

  /// The longest window of all rules, seconds.
  public var longestWindow: Int { rules.map(\.window).max() ?? 0 }

  // MARK: Taking in

  /// Adds the counts of `tally` to its minute.
  public mutating func add(_ tally: borrowing Tally) {
    let minute = tally.minute.seconds / 60
    for index in rules.indices {
      AlertEvaluator.forEachCount(of: tally, by: rules[index].grouping) { key, counts in
        update(index, key) { $0.add(counts, minute: minute) }
      }
    }
  }

  /// Notes what a failure says of its cause, for those who read the alert.
  public mutating func add(_ event: borrowing Event) {
    guard event.type == .transientFailure, event.isAttempt else { return }
    let minute = event.time.seconds / 60
    for index in rules.indices {
      guard let key = AlertEvaluator.key(of: event, by: rules[index].grouping) else { continue }
      update(index, key) { $0.add(event.cause ?? .unclassified, sample: event.reply?.text, minute: minute) }
    }
  }

  /// Takes up an alert that an earlier run wrote: one that fired goes on firing.
  public mutating func restore(_ event: borrowing Event) {
    guard event.type == .alert, let name = event.rule,
      let index = rules.firstIndex(where: { rule in rule.name.withByteView { $0 == name } }),
      let state = event.state.flatMap({ Alert.State(name: $0) })
    else { return }
    let key = AlertEvaluator.alertKey(of: event, by: rules[index].grouping)
    update(index, key) { $0.firingSince = state == .firing ? event.time : nil }
  }

  // MARK: Judging

  /// What changed until `now`.
  public mutating func evaluate(now: Timestamp) -> [Alert] {
    evaluate(now: now, pending: rules.map { _ in [:] })
  }

  /// What changed until `now`, with the counts of `tally`, which is not complete yet, on top.
  public mutating func evaluate(now: Timestamp, unfinished tally: borrowing Tally) -> [Alert] {
    var pending: [[String: Tally.Counts]] = []
    for rule in rules {
      var counts: [String: Tally.Counts] = [:]
      AlertEvaluator.forEachCount(of: tally, by: rule.grouping) { key, value in
        counts[String(key), default: Tally.Counts()] += value
      }
      pending.append(counts)
    }
    return evaluate(now: now, pending: pending)
  }

  private mutating func evaluate(now: Timestamp, pending: [[String: Tally.Counts]]) -> [Alert] {
    var alerts: [Alert] = []
    for index in rules.indices {
      let rule = rules[index]
      let oldest = (now.seconds - Int64(rule.window)) / 60 + 1
      var known = Set(groups[index].keys)
      known.formUnion(pending[index].keys)
      for key in known.sorted() {
        var window = groups[index][key] ?? AlertWindow()
        window.forget(before: oldest)
        var counts = window.counts
        if let more = pending[index][key] { counts += more }
        let value = rule.value(of: counts)
        let isNews: Alert.State?
        if window.firingSince == nil {
          isNews = rule.weight(of: counts) >= rule.minimum && value >= rule.threshold ? .firing : nil
        } else {
          isNews = value < rule.clearBelow ? .cleared : nil
        }
        if let state = isNews {
          let since = window.firingSince ?? now
          window.firingSince = state == .firing ? now : nil
          alerts.append(
            Alert(
              rule: rule, key: rule.grouping == .all ? nil : key, state: state, time: now, since: since,
              counts: counts, value: value, causes: window.causes, sample: window.sample))
        }
        if window.isEmpty { groups[index][key] = nil } else { groups[index][key] = window }
      }
    }
    return alerts
  }

  // MARK: Keys

  private mutating func update(_ index: Int, _ key: ByteView, _ change: (inout AlertWindow) -> Void) {
    let key = String(key)
    guard groups[index][key] != nil || groups[index].count < AlertEvaluator.keyLimit else { return }
    change(&groups[index][key, default: AlertWindow()])
  }

  private static func forEachCount(
    of tally: borrowing Tally, by grouping: AlertRule.Grouping, _ body: (ByteView, Tally.Counts) -> Void
  ) {
    switch grouping {
    case .all: if tally.total.attempts > 0 { body(.empty, tally.total) }
    case .cut(let cut): tally.forEachCount(of: cut, body)
    }
  }

  /// The key that `event` counts under; nil if it lacks it. Tags have several and take none.
  private static func key(of event: borrowing Event, by grouping: AlertRule.Grouping) -> ByteView? {
    switch grouping {
    case .all: return .empty
    case .cut(.provider): return event.provider
    case .cut(.domain): return event.domain
    case .cut(.relay): return event.relay?.host
    case .cut(.senderDomain): return event.sender.map { MailAddress.domain(of: $0) ?? ByteView("<>") }
    case .cut(.service): return event.service
    case .cut(.user): return event.user
    case .cut(.tag): return nil
    }
  }

  /// The key that an `alert` event is about.
  private static func alertKey(of event: borrowing Event, by grouping: AlertRule.Grouping) -> ByteView {
    grouping == .all ? .empty : event.key ?? .empty
  }
}
