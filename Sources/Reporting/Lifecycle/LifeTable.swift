// The lives that are open: each recipient of a message that was put off and has not yet come to an end.

import Bytes
import Journal
import SMTPTypes

/// What a table of lives keeps of one.
protocol LifeEntry {
  /// Never 0, which marks a free slot.
  var key: UInt64 { get }
  /// Microseconds from the start of the key's stretch of time to the message's arrival.
  var arrivalOffset: UInt32 { get }
  /// A free slot.
  static var free: Self { get }
}

/// What is kept of an open life: 32 bytes.
struct OpenLife: LifeEntry {
  /// Never 0, which marks a free slot.
  var key: UInt64
  /// Microseconds since 1970 of the first deferral.
  var firstDeferred: Int64
  /// Rows of the provider's and the domain's table.
  var provider: Int32
  var domain: Int32
  var cause: UInt8
  /// The first deferral lies within the period.
  var isOfPeriod: Bool
  /// A deferral of it matched the filter within the period; with `isOfPeriod`, it belongs to the cohort.
  var isCounted: Bool
  /// Microseconds from the start of the key's stretch of time to the message's arrival.
  var arrivalOffset: UInt32 = 0

  static let free = OpenLife(
    key: 0, firstDeferred: 0, provider: 0, domain: 0, cause: 0, isOfPeriod: false, isCounted: false)
}

/// Open lives by a keyed hash of host, queue id, arrival and recipient. Linear probing with backward-shift deletion;
/// look-up, insertion and removal are expected O(1): the hash is keyed anew for each process, so that strangers can't
/// choose keys that collide. Memory is bounded by what is open at once, 64 bytes each at most, and by `limit`.
struct LifeTable<Life: LifeEntry>: ~Copyable {
  private var slots: [Life]
  private(set) var count = 0
  /// Lives that were not followed because the table was full.
  private(set) var refused = 0
  let limit: Int

  init(limit: Int) {
    slots = Array(repeating: Life.free, count: 256)
    self.limit = limit
  }

  /// The slot of the life of `key`, whose arrival may differ by `LifeKey.tolerance`, or nil.
  func find(_ key: LifeKey) -> Int? {
    let offset = Int(key.arrivalOffset)
    if let slot = find(key.life, from: offset - LifeKey.tolerance, to: offset + LifeKey.tolerance) { return slot }
    guard key.hasArrival else { return nil }
    if offset < LifeKey.tolerance {
      let end = offset + LifeKey.stretch
      return find(key.neighbour(-1), from: end - LifeKey.tolerance, to: end)
    }
    let start = offset - LifeKey.stretch
    return find(key.neighbour(1), from: start, to: start + LifeKey.tolerance)
  }

  @inline(__always)
  private func find(_ key: UInt64, from low: Int, to high: Int) -> Int? {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: key >> 8) & mask
    while slots[at].key != 0 {
      if slots[at].key == key {
        let offset = Int(slots[at].arrivalOffset)
        if offset >= low, offset <= high { return at }
      }
      at = (at + 1) & mask
    }
    return nil
  }

  /// The life in a slot that `find` or `insert` gave, until the next insertion or removal.
  subscript(slot: Int) -> Life {
    get { slots[slot] }
    set { slots[slot] = newValue }
  }

  /// Adds a life whose key is not in the table; false if it is full.
  @discardableResult
  mutating func insert(_ life: Life) -> Bool {
    guard count < limit else {
      refused += 1
      return false
    }
    if (count + 1) * 4 > slots.count * 3 { grow() }
    place(life)
    count += 1
    return true
  }

  private mutating func place(_ life: Life) {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: life.key >> 8) & mask
    while slots[at].key != 0 { at = (at + 1) & mask }
    slots[at] = life
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Life.free, count: old.count * 2)
    for life in old where life.key != 0 { place(life) }
  }

  /// Removes the life in `slot`.
  mutating func remove(at slot: Int) {
    let mask = slots.count - 1
    var hole = slot
    var at = (hole + 1) & mask
    while slots[at].key != 0 {
      let home = Int(truncatingIfNeeded: slots[at].key >> 8) & mask
      // Move back what the hole would make unreachable.
      if (at - home) & mask >= (at - hole) & mask {
        slots[hole] = slots[at]
        hole = at
      }
      at = (at + 1) & mask
    }
    slots[hole] = Life.free
    count -= 1
  }

  /// Changes what every open life holds beside its key.
  mutating func update(_ body: (inout Life) -> Void) {
    for slot in slots.indices where slots[slot].key != 0 { body(&slots[slot]) }
  }

  /// Calls `body` with every open life, in no order.
  func forEach(_ body: (Life) -> Void) {
    for life in slots where life.key != 0 { body(life) }
  }
}

/// Keyed hashes of what identifies a message and its recipient.
struct LifeHashes {
  let message: UInt64
  let recipient: UInt64
  let life: LifeKey
}

/// A keyed hash of what identifies a life.
struct LifeKey {
  /// Arrivals that differ by no more are one life's, microseconds: each line's arrival is its time less its delay.
  static let tolerance = 3_000_000
  /// Arrivals are hashed by stretches of time twice as long, so that a life lies in one of two.
  static let stretch = 2 * tolerance

  let life: UInt64
  /// Microseconds from the start of the stretch to the arrival.
  let arrivalOffset: UInt32
  let hasArrival: Bool
}

extension LifeHashes {
  /// nil without a queue id or a recipient, which nothing can be joined on. A requeued message goes by its first
  /// queue id, as it keeps its arrival.
  init?(_ event: borrowing Event) {
    guard let queueID = event.firstQueueID ?? event.queueID, let recipient = event.recipient else { return nil }
    // Swift's Hasher is SipHash with a key of its own for each process. Both hashes are uniform and secret, so that
    // cheap mixing of them is safe.
    var hasher = Hasher()
    LifeHashes.feed(event.host ?? .empty, to: &hasher)
    LifeHashes.feed(queueID, to: &hasher)
    let queue = UInt64(bitPattern: Int64(hasher.finalize()))
    let addressee = LifeHashes.hash(recipient)
    let arrival = Int(event.arrival?.microseconds ?? 0)
    let size = LifeKey.stretch
    let number = arrival >= 0 ? arrival / size : (arrival - size + 1) / size
    self.init(
      message: max(LifeHashes.mixed(queue, UInt64(bitPattern: Int64(arrival))), 1), recipient: addressee,
      life: LifeKey(
        life: LifeKey.shifted(LifeHashes.mixed(queue, addressee), number),
        arrivalOffset: UInt32(arrival - number * size), hasArrival: event.arrival != nil))
  }

  @inline(__always)
  private static func mixed(_ one: UInt64, _ two: UInt64) -> UInt64 {
    var mixed = (one ^ (two << 32 | two >> 32) &* 0x9E37_79B9_7F4A_7C15) &* 0xff51_afd7_ed55_8ccd
    mixed ^= mixed >> 32
    return mixed &* 0xc4ce_b9fe_1a85_ec53 ^ mixed >> 29
  }

  static func hash(_ text: ByteView) -> UInt64 {
    var hasher = Hasher()
    feed(text, to: &hasher)
    return max(UInt64(bitPattern: Int64(hasher.finalize())), 1)
  }

  private static func feed(_ view: ByteView, to hasher: inout Hasher) {
    hasher.combine(view.count)
    hasher.combine(bytes: view.rawBuffer)
  }
}

extension LifeKey {
  /// nil without a queue id or a recipient.
  init?(_ event: borrowing Event) {
    guard let hashes = LifeHashes(event) else { return nil }
    self = hashes.life
  }

  /// The key of the same life in the stretch before (-1) or after (1).
  func neighbour(_ step: Int) -> UInt64 { LifeKey.shifted(life, step) }

  /// Never 0, which marks a free slot.
  fileprivate static func shifted(_ hash: UInt64, _ stretches: Int) -> UInt64 {
    let shifted = hash &+ UInt64(bitPattern: Int64(stretches)) &* 0x9E37_79B9_7F4A_7C15
    return shifted == 0 ? 1 : shifted
  }
}
