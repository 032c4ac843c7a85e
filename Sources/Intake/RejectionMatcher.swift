// Pairs what the milter and the log say of the same rejected recipient.

import Bytes
import SMTPTypes

/// Rejections that wait for their other half: same client, sender and recipient, within two seconds, one to one.
///
/// A log rejection waits for the milter at most `patience`, since smtpd logs it just before it tells the milter; a
/// milter's waits until the log has passed its time by `lateness`. Each side holds at most `limit`; beyond, an event
/// is given out unpaired at once. Every operation is amortised O(1), whatever strangers send.
struct RejectionMatcher {
  /// Seconds between the two views of one rejection.
  static let tolerance = 2.0
  /// Seconds of the log's own time that a log rejection waits for the milter.
  static let patience = 2.0
  /// Seconds by which the log has to pass a milter's rejection before it stands alone.
  static let lateness = 5.0
  /// Seconds for which a log rejection that was given out is remembered, so that a late view of the milter is not
  /// taken for another one.
  static let memory = 60.0
  /// Seconds for which a milter's rejection that stood alone is remembered, so that a line which a gap held up is not
  /// taken for another one.
  static let gapMemory = 3600.0
  static let limit = 20_000

  /// A log rejection: its event's journal line while it waits, nil once that was given out.
  struct Logged {
    var key: UInt64
    var time: Timestamp
    var host: Int
    var line: [UInt8]?
  }

  struct Observed {
    var key: UInt64
    var rejection: ObservedRejection
  }

  private var logged = WaitingRoom<Logged>()
  private var observed = WaitingRoom<Observed>()
  /// Times of rejections that were given out as the milter saw them.
  private var told = WaitingRoom<Timestamp>()

  var hasRoomForLogged: Bool { logged.count < RejectionMatcher.limit }
  var hasRoomForObserved: Bool { observed.count < RejectionMatcher.limit }

  static func key(client: ByteView, sender: ByteView, recipient: ByteView) -> UInt64 {
    client.tableHash &* 31 &+ sender.tableHash &* 0x9E37_79B9_7F4A_7C15 &+ recipient.tableHash
  }

  /// Takes the milter's view of a log rejection at `time` out of those that wait.
  mutating func takeObserved(_ key: UInt64, at time: Timestamp) -> ObservedRejection? {
    observed.take(key) { abs($0.rejection.time.since(time)) <= RejectionMatcher.tolerance }?.rejection
  }

  /// Takes the log's view of a milter rejection at `time`, waiting or given out.
  mutating func takeLogged(_ key: UInt64, at time: Timestamp) -> Logged? {
    logged.take(key) { abs($0.time.since(time)) <= RejectionMatcher.tolerance }
  }

  mutating func hold(_ entry: Logged) { logged.add(entry, key: entry.key) }
  mutating func hold(_ entry: Observed) { observed.add(entry, key: entry.key) }

  /// Takes the next log rejection whose wait ended at `now` (nil: all waits end); it stays known for `memory`.
  mutating func nextDueLogged(_ now: Timestamp?) -> Logged? {
    if let now { logged.drop { now.since($0.time) > RejectionMatcher.memory } }
    return logged.nextUnreleased { entry in
      if let now, now.since(entry.time) < RejectionMatcher.patience { return false }
      return true
    } release: {
      $0.line = nil
    }
  }

  /// Takes the next milter rejection that the log has passed at `now`.
  mutating func nextDueObserved(_ now: Timestamp) -> ObservedRejection? {
    let due = observed.takeFirst { now.since($0.rejection.time) >= RejectionMatcher.lateness }
    if let due { noteTold(due.key, at: due.rejection.time) }
    return due?.rejection
  }

  /// Remembers a rejection that was given out as the milter saw it at `time`.
  mutating func noteTold(_ key: UInt64, at time: Timestamp) {
    while told.takeFirst(where: { time.since($0) > RejectionMatcher.gapMemory }) != nil {}
    guard told.count < RejectionMatcher.limit else { return }
    told.add(time, key: key)
  }

  /// True, once, if a log rejection at `time` was given out as the milter saw it.
  mutating func takeTold(_ key: UInt64, at time: Timestamp) -> Bool {
    told.take(key) { abs($0.since(time)) <= RejectionMatcher.tolerance } != nil
  }
}

/// Entries in the order of arrival, findable by key.
private struct WaitingRoom<Entry> {
  /// nil where an entry was taken. The first has the number `base`.
  private var entries: [Entry?] = []
  private var keys: [UInt64] = []
  private var head = 0
  private var base = 0
  /// Number of the first entry that may not have been released.
  private var released = 0
  private var numbers: [UInt64: [Int]] = [:]
  private(set) var count = 0

  mutating func add(_ entry: Entry, key: UInt64) {
    numbers[key, default: []].append(base + entries.count)
    entries.append(entry)
    keys.append(key)
    count += 1
  }

  /// Takes the oldest entry with `key` that fits.
  mutating func take(_ key: UInt64, where fits: (Entry) -> Bool) -> Entry? {
    guard let known = numbers[key] else { return nil }
    for number in known {
      if let entry = entries[number - base], fits(entry) {
        remove(number)
        return entry
      }
    }
    return nil
  }

  /// Takes the oldest entry if it is due.
  mutating func takeFirst(where isDue: (Entry) -> Bool) -> Entry? {
    skipTaken()
    guard head < entries.count, let entry = entries[head], isDue(entry) else { return nil }
    remove(base + head)
    return entry
  }

  /// The oldest entry that was not released, if it is due; it is released and stays.
  mutating func nextUnreleased(where isDue: (Entry) -> Bool, release: (inout Entry) -> Void) -> Entry? {
    released = max(released, base + head)
    while released - base < entries.count {
      guard var entry = entries[released - base] else {
        released += 1
        continue
      }
      guard isDue(entry) else { return nil }
      let due = entry
      release(&entry)
      entries[released - base] = entry
      released += 1
      return due
    }
    return nil
  }

  /// Drops the oldest entries as long as they are stale.
  mutating func drop(while isStale: (Entry) -> Bool) {
    skipTaken()
    // What was not released yet is never stale.
    while head < entries.count, base + head < released, let entry = entries[head], isStale(entry) {
      remove(base + head)
      skipTaken()
    }
  }

  private mutating func remove(_ number: Int) {
    let key = keys[number - base]
    entries[number - base] = nil
    count -= 1
    if let left = numbers[key]?.filter({ $0 != number }), !left.isEmpty {
      numbers[key] = left
    } else {
      numbers[key] = nil
    }
  }

  private mutating func skipTaken() {
    while head < entries.count, entries[head] == nil { head += 1 }
    guard head > 1024, head * 2 > entries.count else { return }
    entries.removeFirst(head)
    keys.removeFirst(head)
    base += head
    head = 0
  }
}
