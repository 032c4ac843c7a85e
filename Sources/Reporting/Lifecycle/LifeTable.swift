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

/// What is kept of an open life: 24 bytes.
struct OpenLife: LifeEntry {
  /// Never 0, which marks a free slot.
  let key: UInt64
  /// Microseconds since 1970 of the first deferral.
  let firstDeferred: Int64
  /// Rows of the provider's and the domain's table, which have fewer than 2^15, or -1.
  private var providerRow: Int16
  private var domainRow: Int16
  /// From the lowest bit on: the arrival's offset (23 bits), the cause (5), `isOfPeriod`, `isCounted`, `isOfQueueAlone`.
  private var bits: UInt32

  init(
    key: UInt64, firstDeferred: Int64, provider: Int32, domain: Int32, cause: UInt8, isOfPeriod: Bool, isCounted: Bool,
    arrivalOffset: UInt32 = 0, isOfQueueAlone: Bool = false
  ) {
    self.key = key
    self.firstDeferred = firstDeferred
    providerRow = Int16(clamping: provider)
    domainRow = Int16(clamping: domain)
    bits =
      arrivalOffset & 0x7F_FFFF | UInt32(cause & 31) << 23 | (isOfPeriod ? 1 << 28 : 0) | (isCounted ? 1 << 29 : 0)
      | (isOfQueueAlone ? 1 << 30 : 0)
  }

  var provider: Int32 { Int32(providerRow) }
  var domain: Int32 { Int32(domainRow) }
  var cause: UInt8 { UInt8(truncatingIfNeeded: bits >> 23 & 31) }
  /// The first deferral lies within the period.
  var isOfPeriod: Bool { bits & 1 << 28 != 0 }
  /// A deferral of it matched the filter within the period; with `isOfPeriod`, it belongs to the cohort.
  var isCounted: Bool { bits & 1 << 29 != 0 }
  /// Microseconds from the start of the key's stretch of time to the message's arrival.
  var arrivalOffset: UInt32 { bits & 0x7F_FFFF }
  /// Only the queue's listing has told of it.
  var isOfQueueAlone: Bool {
    get { bits & 1 << 30 != 0 }
    set { bits = newValue ? bits | 1 << 30 : bits & ~(1 << 30) }
  }

  /// The same life, counted as one of these rows and this cause.
  func counted(provider: Int32, domain: Int32, cause: UInt8) -> OpenLife {
    OpenLife(
      key: key, firstDeferred: firstDeferred, provider: provider, domain: domain, cause: cause, isOfPeriod: isOfPeriod,
      isCounted: true, arrivalOffset: arrivalOffset, isOfQueueAlone: isOfQueueAlone)
  }

  /// The same life under another key.
  fileprivate func renamed(_ key: LifeKey) -> OpenLife {
    OpenLife(
      key: key.life, firstDeferred: firstDeferred, provider: provider, domain: domain, cause: cause,
      isOfPeriod: isOfPeriod, isCounted: isCounted, arrivalOffset: key.arrivalOffset, isOfQueueAlone: isOfQueueAlone)
  }

  static let free = OpenLife(
    key: 0, firstDeferred: 0, provider: 0, domain: 0, cause: 0, isOfPeriod: false, isCounted: false)
}

/// Open lives by a keyed hash of host, queue id, arrival and recipient. Linear probing with backward-shift deletion;
/// look-up, insertion and removal are expected O(1): the hash is keyed anew for each process, so that strangers can't
/// choose keys that collide. Memory is bounded by what is open at once, two slots each at most, and by `limit`: the
/// table is in parts that grow one at a time, so that growing takes little more.
struct LifeTable<Life: LifeEntry>: ~Copyable {
  private struct Part {
    var slots: UnsafeMutablePointer<Life>
    var capacity: Int
    var count = 0

    init(capacity: Int) {
      self.capacity = capacity
      slots = UnsafeMutablePointer<Life>.allocate(capacity: capacity)
      slots.initialize(repeating: Life.free, count: capacity)
    }

    @inline(__always)
    func home(_ key: UInt64) -> Int {
      Int(truncatingIfNeeded: ((key & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: capacity)) >> 32)
    }

    @inline(__always)
    func next(_ at: Int) -> Int { at + 1 == capacity ? 0 : at + 1 }

    /// Steps from one slot to another.
    @inline(__always)
    func distance(_ from: Int, _ to: Int) -> Int { to >= from ? to - from : to - from + capacity }
  }

  private static var partCount: Int { 64 }

  private let parts: UnsafeMutablePointer<Part>
  private(set) var count = 0
  /// Lives that were not followed because the table was full.
  private(set) var refused = 0
  let limit: Int

  init(limit: Int) {
    parts = UnsafeMutablePointer<Part>.allocate(capacity: LifeTable.partCount)
    for index in 0..<LifeTable.partCount { (parts + index).initialize(to: Part(capacity: 8)) }
    self.limit = limit
  }

  deinit {
    for index in 0..<LifeTable.partCount { parts[index].slots.deallocate() }
    parts.deallocate()
  }

  @inline(__always)
  private static func part(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 58) }

  @inline(__always)
  private static func slot(_ part: Int, _ at: Int) -> Int { part << 40 | at }

  @inline(__always)
  private func place(_ slot: Int) -> UnsafeMutablePointer<Life> {
    parts[slot >> 40].slots + (slot & (1 << 40 - 1))
  }

  /// Asks for what `find` with the key will look at.
  @inline(__always)
  func prefetch(_ key: LifeKey) {
    let part = parts + LifeTable.part(key.life)
    Bytes.prefetch(part.pointee.slots + part.pointee.home(key.life))
    guard key.hasArrival else { return }
    let other = key.neighbour(Int(key.arrivalOffset) < LifeKey.tolerance ? -1 : 1)
    let otherPart = parts + LifeTable.part(other)
    Bytes.prefetch(otherPart.pointee.slots + otherPart.pointee.home(other))
  }

  /// The slot of the life of `key`, whose arrival may differ by `LifeKey.tolerance`, or nil.
  @inline(__always)
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
    let number = LifeTable.part(key)
    let part = parts[number]
    var at = part.home(key)
    while part.slots[at].key != 0 {
      if part.slots[at].key == key {
        let offset = Int(part.slots[at].arrivalOffset)
        if offset >= low, offset <= high { return LifeTable.slot(number, at) }
      }
      at = part.next(at)
    }
    return nil
  }

  /// The life in a slot that `find` or `insert` gave, until the next insertion or removal.
  @inline(__always)
  subscript(slot: Int) -> Life {
    get { place(slot).pointee }
    nonmutating _modify { yield &place(slot).pointee }
  }

  /// Adds a life whose key is not in the table, and returns its slot; nil if the table is full.
  @discardableResult
  mutating func insert(_ life: Life) -> Int? {
    guard count < limit else {
      refused += 1
      return nil
    }
    let number = LifeTable.part(life.key)
    if (parts[number].count + 1) * 4 > parts[number].capacity * 3 { grow(number) }
    parts[number].count += 1
    count += 1
    return LifeTable.slot(number, LifeTable.put(life, in: parts[number]))
  }

  private static func put(_ life: Life, in part: Part) -> Int {
    var at = part.home(life.key)
    while part.slots[at].key != 0 { at = part.next(at) }
    part.slots[at] = life
    return at
  }

  private func grow(_ number: Int) {
    let old = parts[number]
    var larger = Part(capacity: old.capacity * 3 / 2)
    larger.count = old.count
    for at in 0..<old.capacity where old.slots[at].key != 0 { _ = LifeTable.put(old.slots[at], in: larger) }
    old.slots.deallocate()
    parts[number] = larger
  }

  /// Removes the life in `slot`.
  mutating func remove(at slot: Int) {
    let number = slot >> 40
    let part = parts[number]
    var hole = slot & (1 << 40 - 1)
    var at = part.next(hole)
    while part.slots[at].key != 0 {
      let home = part.home(part.slots[at].key)
      // Move back what the hole would make unreachable.
      if part.distance(home, at) >= part.distance(hole, at) {
        part.slots[hole] = part.slots[at]
        hole = at
      }
      at = part.next(at)
    }
    part.slots[hole] = Life.free
    parts[number].count -= 1
    count -= 1
  }

  /// Changes what every open life holds beside its key.
  mutating func update(_ body: (inout Life) -> Void) {
    for number in 0..<LifeTable.partCount {
      let part = parts[number]
      for at in 0..<part.capacity where part.slots[at].key != 0 { body(&part.slots[at]) }
    }
  }

  /// Calls `body` with every open life, in no order.
  func forEach(_ body: (Life) -> Void) {
    for number in 0..<LifeTable.partCount {
      let part = parts[number]
      for at in 0..<part.capacity where part.slots[at].key != 0 { body(part.slots[at]) }
    }
  }
}

extension LifeTable<OpenLife> {
  /// What only the queue's listing has told of, by the address alone, goes on under the key of one of its aliases, if
  /// that is not known yet.
  mutating func rename(_ unaliased: LifeKey, to aliased: LifeKey) {
    guard let slot = find(unaliased), self[slot].isOfQueueAlone, find(aliased) == nil else { return }
    let life = self[slot].renamed(aliased)
    remove(at: slot)
    insert(life)
  }
}

/// Keyed hashes of what identifies a message and its recipient.
struct LifeHashes {
  let message: UInt64
  let recipient: UInt64
  let life: LifeKey
  /// The key of the same recipient's life as it is known to one who was not told of the alias; nil without an alias.
  let unaliased: LifeKey?
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
  /// A requeued message goes by its first queue id, as it keeps its arrival.
  @inline(__always)
  init(_ identity: EventIdentity, arrival: Timestamp?) {
    // Both are uniform and secret, so that cheap mixing of them is safe.
    let queue = KeyedHash.hash(identity.queue)
    let addressee = max(KeyedHash.hash(identity.recipient), 1)
    let moment = Int(arrival?.microseconds ?? 0)
    let size = LifeKey.stretch
    let number = moment >= 0 ? moment / size : (moment - size + 1) / size
    let life = LifeKey(
      life: LifeKey.shifted(LifeHashes.mixed(queue, addressee), number), arrivalOffset: UInt32(moment - number * size),
      hasArrival: arrival != nil)
    let isAliased = identity.alias != 0
    self.init(
      message: max(LifeHashes.mixed(queue, UInt64(bitPattern: Int64(moment))), 1), recipient: addressee,
      life: isAliased ? life.aliased(KeyedHash.hash(identity.alias)) : life, unaliased: isAliased ? life : nil)
  }

  @inline(__always)
  private static func mixed(_ one: UInt64, _ two: UInt64) -> UInt64 {
    var mixed = (one ^ (two << 32 | two >> 32) &* 0x9E37_79B9_7F4A_7C15) &* 0xff51_afd7_ed55_8ccd
    mixed ^= mixed >> 32
    return mixed &* 0xc4ce_b9fe_1a85_ec53 ^ mixed >> 29
  }
}

extension LifeKey {
  /// Of the recipient by whatever alias; nil without a queue id or a recipient.
  init?(unaliased event: borrowing Event) {
    guard let identity = EventIdentity(event) else { return nil }
    let hashes = LifeHashes(identity, arrival: event.arrival)
    self = hashes.unaliased ?? hashes.life
  }

  /// The key of a recipient who was reached by the alias of this hash.
  @inline(__always)
  func aliased(_ alias: UInt64) -> LifeKey {
    LifeKey(life: LifeKey.shifted(life &+ alias, 0), arrivalOffset: arrivalOffset, hasArrival: hasArrival)
  }

  /// The key of the same life in the stretch before (-1) or after (1).
  func neighbour(_ step: Int) -> UInt64 { LifeKey.shifted(life, step) }

  /// Never 0, which marks a free slot.
  fileprivate static func shifted(_ hash: UInt64, _ stretches: Int) -> UInt64 {
    let shifted = hash &+ UInt64(bitPattern: Int64(stretches)) &* 0x9E37_79B9_7F4A_7C15
    return shifted == 0 ? 1 : shifted
  }
}
