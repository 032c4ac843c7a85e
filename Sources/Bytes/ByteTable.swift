// A hash table from byte strings to values that looks a key up without making a String of it.

/// A table keyed by bytes: open addressing, linear probing, keys copied into one arena. Look-ups and insertions are
/// expected O(1); with keys chosen to collide they are O(`count`), so a table that strangers fill is given a
/// `limit`. Keys can't be removed one by one; `removeAll` keeps the memory.
public struct ByteTable<Value>: ~Copyable {
  @usableFromInline var slots: [Slot]
  @usableFromInline var mask: Int
  @usableFromInline var entries: [Entry] = []
  @usableFromInline var keys: ByteBuffer
  /// How many keys it takes; further ones are refused.
  public let limit: Int

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
    @usableFromInline var offset: Int
    @usableFromInline var length: Int
    @usableFromInline var value: Value

    @inlinable
    init(offset: Int, length: Int, value: Value) {
      self.offset = offset
      self.length = length
      self.value = value
    }
  }

  public init(limit: Int = 1 << 30) {
    slots = Array(repeating: Slot(hash: 0, entry: 0), count: 64)
    mask = 63
    keys = ByteBuffer(capacity: 1024)
    self.limit = limit
  }

  @inlinable
  public var count: Int { entries.count }

  /// The index of `key`, or nil. Indices run from 0 in the order of insertion.
  @inlinable
  public func index(of key: ByteView) -> Int? {
    let hash = key.hash64
    let short = UInt32(truncatingIfNeeded: hash)
    var at = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[at].entry != 0 {
      if slots[at].hash == short {
        let index = Int(slots[at].entry) - 1
        if self.key(at: index) == key { return index }
      }
      at = (at + 1) & mask
    }
    return nil
  }

  /// The index of `key`, which is added with `value` if it was missing; nil if the table is full.
  @inlinable
  public mutating func insert(_ key: ByteView, default value: @autoclosure () -> Value) -> Int? {
    let hash = key.hash64
    let short = UInt32(truncatingIfNeeded: hash)
    var at = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[at].entry != 0 {
      if slots[at].hash == short {
        let index = Int(slots[at].entry) - 1
        if self.key(at: index) == key { return index }
      }
      at = (at + 1) & mask
    }
    guard entries.count < limit else { return nil }
    entries.append(Entry(offset: keys.count, length: key.count, value: value()))
    keys.append(key)
    slots[at] = Slot(hash: short, entry: UInt32(entries.count))
    if entries.count * 2 > slots.count { rehash() }
    return entries.count - 1
  }

  @usableFromInline
  mutating func rehash() {
    let size = slots.count * 2
    slots = Array(repeating: Slot(hash: 0, entry: 0), count: size)
    mask = size - 1
    for index in entries.indices {
      let hash = key(at: index).hash64
      var at = Int(truncatingIfNeeded: hash >> 32) & mask
      while slots[at].entry != 0 { at = (at + 1) & mask }
      slots[at] = Slot(hash: UInt32(truncatingIfNeeded: hash), entry: UInt32(index + 1))
    }
  }

  /// The key at `index`, valid until the next insertion.
  @inlinable
  public func key(at index: Int) -> ByteView {
    keys.view[entries[index].offset..<entries[index].offset + entries[index].length]
  }

  /// The value at `index`; traps outside of `0..<count`.
  @inlinable
  public subscript(index: Int) -> Value {
    get { entries[index].value }
    _modify { yield &entries[index].value }
  }

  /// The value of `key`, or nil.
  @inlinable
  public subscript(key: ByteView) -> Value? {
    index(of: key).map { entries[$0].value }
  }

  public mutating func removeAll() {
    for index in slots.indices { slots[index] = Slot(hash: 0, entry: 0) }
    entries.removeAll(keepingCapacity: true)
    keys.removeAll()
  }
}
