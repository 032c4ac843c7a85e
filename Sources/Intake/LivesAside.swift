// Lives that their queue id alone does not lead to.
//
// A line of the log may stand behind one that is younger by a moment: what several processes write at once is not
// sorted. So a life whose end came while recipients were open waits here for their outcomes. And two instances of
// Postfix on one host may use the same short queue id at the same time: the second one's life stands here too.

import Bytes
import SMTPTypes

/// Found by host and queue id, several under one if need be. All operations are expected O(1).
struct LivesAside: ~Copyable {
  /// Seconds of the log's time for which an end waits (DESIGN: the log has passed its time by 5 s).
  static let patience = 5.0
  /// Ends that wait; beyond, the oldest is told at once.
  static let departureLimit = 10_000
  /// Lives beside others of their id; beyond, a new one closes the other.
  static let twinLimit = 1_000

  /// A message that left the queue, or whose queue id was used again, while recipients were open.
  struct Departure {
    let life: Int
    let key: UInt64
    /// The line's.
    let time: Timestamp
    /// The life's.
    let instance: SharedText
    let offset: Int?
    let line: Int
    let note: StaticString
  }

  private var lives = HashCells<Int32>()
  private var departures: [Departure] = []
  /// Departures before it were taken.
  private var head = 0
  private(set) var twinCount = 0

  var isEmpty: Bool { lives.isEmpty }
  var hasRoomForTwin: Bool { twinCount < LivesAside.twinLimit }
  var isFull: Bool { departures.count - head > LivesAside.departureLimit }

  static func key(host: Int, queueID: ByteView) -> UInt64 {
    queueID.tableHash &+ UInt64(truncatingIfNeeded: host) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The first under `key` of which `body` says so, the oldest first.
  @inline(__always)
  func first(_ key: UInt64, where body: (Int) -> Bool) -> Int? {
    lives.first(key) { body(Int($0)) }.map { Int($0) }
  }

  /// All of them.
  var all: [Int] {
    var all: [Int] = []
    lives.forEach { _, life in all.append(Int(life)) }
    return all
  }

  mutating func addTwin(_ life: Int, key: UInt64) {
    lives.add(Int32(life), key)
    twinCount += 1
  }

  mutating func removeTwin(_ life: Int, key: UInt64) {
    remove(life, key: key)
    twinCount -= 1
  }

  mutating func add(_ departure: Departure) {
    lives.add(Int32(departure.life), departure.key)
    departures.append(departure)
  }

  /// The departure that has waited longest.
  var oldest: Departure? { head < departures.count ? departures[head] : nil }

  /// Takes the one that has waited longest.
  mutating func removeOldest() {
    guard let departure = oldest else { return }
    remove(departure.life, key: departure.key)
    head += 1
    guard head == departures.count || head > 1024 && head * 2 > departures.count else { return }
    departures.removeFirst(head)
    head = 0
  }

  private mutating func remove(_ life: Int, key: UInt64) {
    _ = lives.remove(key) { $0 == Int32(life) }
  }
}
