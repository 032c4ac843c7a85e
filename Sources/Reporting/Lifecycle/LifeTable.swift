// The lives that are open: each recipient of a message that was put off and has not yet come to an end.

import Bytes
import Journal
import SMTPTypes

/// What is kept of an open life: 32 bytes.
struct OpenLife {
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
}

/// Open lives by a keyed hash of host, queue id, arrival and recipient. Linear probing with backward-shift deletion;
/// look-up, insertion and removal are expected O(1): the hash is keyed anew for each process, so that strangers can't
/// choose keys that collide. Memory is bounded by what is open at once, 64 bytes each at most, and by `limit`.
struct LifeTable: ~Copyable {
  private var slots: [OpenLife]
  private(set) var count = 0
  /// Lives that were not followed because the table was full.
  private(set) var refused = 0
  let limit: Int

  private static let free = OpenLife(
    key: 0, firstDeferred: 0, provider: 0, domain: 0, cause: 0, isOfPeriod: false, isCounted: false)

  init(limit: Int) {
    slots = Array(repeating: LifeTable.free, count: 256)
    self.limit = limit
  }

  /// The slot of `key`, or nil.
  func find(_ key: UInt64) -> Int? {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: key >> 8) & mask
    while slots[at].key != 0 {
      if slots[at].key == key { return at }
      at = (at + 1) & mask
    }
    return nil
  }

  /// The life in a slot that `find` or `insert` gave, until the next insertion or removal.
  subscript(slot: Int) -> OpenLife {
    get { slots[slot] }
    set { slots[slot] = newValue }
  }

  /// Adds a life whose key is not in the table; false if it is full.
  @discardableResult
  mutating func insert(_ life: OpenLife) -> Bool {
    guard count < limit else {
      refused += 1
      return false
    }
    if (count + 1) * 4 > slots.count * 3 { grow() }
    place(life)
    count += 1
    return true
  }

  private mutating func place(_ life: OpenLife) {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: life.key >> 8) & mask
    while slots[at].key != 0 { at = (at + 1) & mask }
    slots[at] = life
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: LifeTable.free, count: old.count * 2)
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
    slots[hole] = LifeTable.free
    count -= 1
  }

  /// Calls `body` with every open life, in no order.
  func forEach(_ body: (OpenLife) -> Void) {
    for life in slots where life.key != 0 { body(life) }
  }
}

/// Keyed hashes of what identifies a message and a life.
struct LifeKey {
  let message: UInt64
  let life: UInt64

  /// nil without a queue id or a recipient, which nothing can be joined on.
  init?(_ event: borrowing Event) {
    guard let queueID = event.queueID, let recipient = event.recipient else { return nil }
    // Swift's Hasher is SipHash with a key of its own for each process.
    var hasher = Hasher()
    LifeKey.feed(event.host ?? .empty, to: &hasher)
    LifeKey.feed(queueID, to: &hasher)
    hasher.combine(event.arrival?.microseconds ?? 0)
    var lifeHasher = hasher
    LifeKey.feed(recipient, to: &lifeHasher)
    message = max(UInt64(bitPattern: Int64(hasher.finalize())), 1)
    life = max(UInt64(bitPattern: Int64(lifeHasher.finalize())), 1)
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
