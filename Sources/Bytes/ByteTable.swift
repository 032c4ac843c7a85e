// A hash table from byte strings to values that looks a key up without making a String of it.

/// A table keyed by bytes: open addressing, linear probing, keys copied into one arena. Look-ups and insertions are
/// expected O(1); with keys chosen to collide they are O(`count`), so a table that strangers fill is given a
/// `limit`. Keys can't be removed one by one; `removeAll` keeps the memory.
public struct ByteTable<Value>: ~Copyable {
  // Plain memory rather than arrays: look-ups are a good part of the time that a log line takes.
  @usableFromInline var slots: UnsafeMutablePointer<Slot>
  /// The number of slots less one; a power of two less one.
  @usableFromInline var mask: Int
  @usableFromInline var entries: UnsafeMutablePointer<Entry>
  @usableFromInline var capacity: Int
  @usableFromInline var length = 0
  /// The entry that `insert` gave last: many texts follow their like.
  @usableFromInline var recent = 0
  @usableFromInline var keys: ByteBuffer
  /// How many keys it takes; further ones are refused.
  public let limit: Int
  /// Bytes that all keys together have at most; what is beyond is refused.
  @usableFromInline static var keysLimit: Int { Int(UInt32.max) }

  @usableFromInline
  struct Slot {
    @usableFromInline var hash: UInt32
    /// The entry's index and one; 0 is a free slot.
    @usableFromInline var entry: UInt32

    @inlinable
    init(hash: UInt32, entry: UInt32) {
      self.hash = hash
      self.entry = entry
    }
  }

  @usableFromInline
  struct Entry {
    // 32 bits each: a table of short keys is mostly entries.
    @usableFromInline var offset: UInt32
    @usableFromInline var length: UInt32
    @usableFromInline var value: Value

    @inlinable
    init(offset: Int, length: Int, value: Value) {
      self.offset = UInt32(truncatingIfNeeded: offset)
      self.length = UInt32(truncatingIfNeeded: length)
      self.value = value
    }
  }

  /// - Parameter isDense: a quarter of the slots is free rather than half of them: a large table takes less memory, and a
  ///   look-up a step or two more.
  public init(limit: Int = 1 << 30, isDense: Bool = false) {
    mask = 63
    slots = ByteTable.freeSlots(64)
    capacity = isDense ? 48 : 32
    entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    keys = ByteBuffer(capacity: 1024)
    self.limit = limit
  }

  deinit {
    entries.deinitialize(count: length)
    entries.deallocate()
    slots.deallocate()
  }

  private static func freeSlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot(hash: 0, entry: 0), count: count)
    return slots
  }

  @inlinable
  public var count: Int { length }

  /// The index of `key`, or nil. Indices run from 0 in the order of insertion.
  @inlinable
  public func index(of key: ByteView) -> Int? {
    let slot = slots[place(of: key, key.tableHash)]
    return slot.entry == 0 ? nil : Int(slot.entry) - 1
  }

  /// The same for a key of which `tableHash` is known.
  @inlinable
  public func index(of key: ByteView, hash: UInt64) -> Int? {
    let slot = slots[place(of: key, hash)]
    return slot.entry == 0 ? nil : Int(slot.entry) - 1
  }

  /// Asks for what a look-up of the key with `hash` reads first.
  @inlinable
  public func prefetch(_ hash: UInt64) {
    Bytes.prefetch(slots + (Int(truncatingIfNeeded: hash >> 32) & mask))
  }

  /// Asks for the entry that a look-up of the key with `hash` most likely leads to.
  @inlinable
  public func prefetchEntry(_ hash: UInt64) {
    let slot = slots[Int(truncatingIfNeeded: hash >> 32) & mask]
    if slot.entry > 0 { prefetch(entry: Int(slot.entry) - 1) }
  }

  /// Asks for the entry at `index`.
  @inlinable
  public func prefetch(entry index: Int) {
    let entry = UnsafeRawPointer(entries + index)
    Bytes.prefetch(entry)
    // It may lie in two cache lines.
    Bytes.prefetch(entry + (MemoryLayout<Entry>.size - 1))
  }

  /// Asks for the key of that entry, which has been asked for.
  @inlinable
  public func prefetchKey(_ hash: UInt64) {
    let slot = slots[Int(truncatingIfNeeded: hash >> 32) & mask]
    guard slot.entry > 0, slot.hash == UInt32(truncatingIfNeeded: hash) else { return }
    Bytes.prefetch(keys.view.start + Int(entries[Int(slot.entry) - 1].offset))
  }

  /// The slot of `key`, or the free slot where it belongs. A quarter of the slots or more are free. Always inlined: a call
  /// copies the table's nine words first.
  @inlinable @inline(__always)
  func place(of key: ByteView, _ hash: UInt64) -> Int {
    let short = UInt32(truncatingIfNeeded: hash)
    var at = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[at].entry != 0 {
      if slots[at].hash == short, keyView(Int(slots[at].entry) - 1) == key { break }
      at = (at + 1) & mask
    }
    return at
  }

  /// The index of `key` if it is the one that `insert` gave last.
  @inlinable @inline(__always)
  public func recentIndex(of key: ByteView) -> Int? { recent < length && keyView(recent) == key ? recent : nil }

  /// The index of `key`, which is added with `value` if it was missing; nil if the table is full.
  @inlinable
  public mutating func insert(_ key: ByteView, default value: @autoclosure () -> Value) -> Int? {
    if let recent = recentIndex(of: key) { return recent }
    return insert(key, hash: key.tableHash, default: value())
  }

  /// The same for a key of which `tableHash` is known.
  @inlinable @inline(__always)
  public mutating func insert(_ key: ByteView, hash: UInt64, default value: @autoclosure () -> Value) -> Int? {
    let at = place(of: key, hash)
    if slots[at].entry != 0 {
      recent = Int(slots[at].entry) - 1
      return recent
    }
    guard length < limit, keys.count + key.count <= ByteTable.keysLimit else { return nil }
    return add(key, hash: hash, value())
  }

  /// Adds a key that is not there.
  @inlinable @inline(never)
  mutating func add(_ key: ByteView, hash: UInt64, _ value: Value) -> Int {
    if length == capacity { grow() }
    let at = place(of: key, hash)
    (entries + length).initialize(to: Entry(offset: keys.count, length: key.count, value: value))
    length += 1
    keys.append(key)
    slots[at] = Slot(hash: UInt32(truncatingIfNeeded: hash), entry: UInt32(length))
    recent = length - 1
    return recent
  }

  /// Makes room for as many entries again, and doubles the slots, so that as many of them stay free.
  @usableFromInline
  mutating func grow() {
    capacity *= 2
    let moved = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    moved.moveInitialize(from: entries, count: length)
    entries.deallocate()
    entries = moved
    slots.deallocate()
    mask = mask * 2 + 1
    slots = ByteTable.freeSlots(mask + 1)
    for index in 0..<length { place(entry: index) }
  }

  @inlinable @inline(__always)
  func keyView(_ index: Int) -> ByteView {
    ByteView(keys.view.start + Int(entries[index].offset), count: Int(entries[index].length))
  }

  /// The key at `index`, valid until the next insertion; traps outside of `0..<count`.
  @inlinable
  public func key(at index: Int) -> ByteView {
    precondition(index >= 0 && index < length)
    return keyView(index)
  }

  /// The value at `index`; traps outside of `0..<count`.
  @inlinable
  public subscript(index: Int) -> Value {
    get {
      precondition(index >= 0 && index < length)
      return entries[index].value
    }
    _modify {
      precondition(index >= 0 && index < length)
      yield &entries[index].value
    }
  }

  /// The value of `key`, or nil.
  @inlinable
  public subscript(key: ByteView) -> Value? {
    index(of: key).map { entries[$0].value }
  }

  /// Removes the entries for which `isUnwanted` is true; the others keep their order, and move up. It is called with
  /// each entry's index, its value, and the index that it gets if it stays. O(`count`), no memory beyond the table's.
  @inlinable
  public mutating func removeAll(where isUnwanted: (_ index: Int, _ value: Value, _ next: Int) -> Bool) {
    var kept = 0
    var end = 0
    for index in 0..<length {
      let size = Int(entries[index].length)
      if isUnwanted(index, entries[index].value, kept) {
        (entries + index).deinitialize(count: 1)
        continue
      }
      keys.move(from: Int(entries[index].offset), count: size, to: end)
      if kept < index { (entries + kept).moveInitialize(from: entries + index, count: 1) }
      entries[kept].offset = UInt32(truncatingIfNeeded: end)
      end += size
      kept += 1
    }
    keys.truncate(to: end)
    length = kept
    slots.update(repeating: Slot(hash: 0, entry: 0), count: mask + 1)
    for index in 0..<length { place(entry: index) }
  }

  /// Enters the entry at `index`, which no slot names.
  @inlinable @inline(__always)
  mutating func place(entry index: Int) {
    let hash = keyView(index).tableHash
    var at = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[at].entry != 0 { at = (at + 1) & mask }
    slots[at] = Slot(hash: UInt32(truncatingIfNeeded: hash), entry: UInt32(index + 1))
  }

  public mutating func removeAll() {
    slots.update(repeating: Slot(hash: 0, entry: 0), count: mask + 1)
    entries.deinitialize(count: length)
    length = 0
    keys.removeAll()
  }
}
