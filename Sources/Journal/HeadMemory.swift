// Lines of a journal begin alike: between its time and its attempt a line names a type, a source, a host, a cause, a
// provider and a domain, which many lines share to the byte. What such a head says is decoded once and found again by
// its bytes, for a fraction of what reading it costs.

import Bytes
import Classification
import Glibc
import SMTPTypes

/// Heads that were decoded before. A head is what stands behind a line's first key up to the key after `stage`.
struct HeadMemory: ~Copyable {
  /// Heads, and bytes of them, that are kept: 8 MiB in all. A memory that is full begins anew once it has served long
  /// enough to be worth it, because the heads of a long journal change with time.
  static var limit: Int { 1 << 14 }
  static var byteLimit: Int { 4 << 20 }
  /// Bytes of the shortest and of the longest head that is kept.
  static var leastLength: Int { 16 }
  static var lengthLimit: Int { 1000 }
  private static var blockSize: Int { 64 << 10 }

  /// What a head says, its texts in the memory's own bytes.
  struct Head {
    fileprivate let bytes: ByteView
    fileprivate let type: EventType
    fileprivate let source: Source?
    fileprivate let direction: Direction?
    fileprivate let hop: Hop?
    fileprivate let cause: Cause?
    fileprivate let scope: Scope?
    fileprivate let origin: Origin?
    fileprivate let stage: Stage?
    fileprivate let status: EnhancedStatusCode?
    fileprivate let host: ByteView?
    fileprivate let instance: ByteView?
    fileprivate let service: ByteView?
    fileprivate let provider: ByteView?
    fileprivate let domain: ByteView?

    /// - Parameter start: where the bytes stood that the event's texts lie in.
    fileprivate init(_ bytes: ByteView, _ event: borrowing Event, movedFrom start: UnsafePointer<UInt8>) {
      func moved(_ text: ByteView?) -> ByteView? {
        text.map { ByteView(bytes.start + ($0.start - start), count: $0.count) }
      }
      self.bytes = bytes
      type = event.type
      source = event.source
      direction = event.direction
      hop = event.hop
      cause = event.cause
      scope = event.scope
      origin = event.origin
      stage = event.stage
      status = event.status
      host = moved(event.host)
      instance = moved(event.instance)
      service = moved(event.service)
      provider = moved(event.provider)
      domain = moved(event.domain)
    }

    @inline(__always)
    func fill(_ event: inout Event) {
      event.type = type
      event.source = source
      event.direction = direction
      event.hop = hop
      event.cause = cause
      event.scope = scope
      event.origin = origin
      event.stage = stage
      event.status = status
      event.host = host
      event.instance = instance
      event.service = service
      event.provider = provider
      event.domain = domain
    }
  }

  private struct Slot {
    var hash: UInt64
    /// The head's number and one; 0 is a free slot.
    var number: UInt32
  }

  private var heads: [Head] = []
  /// How much is wanted of lines with each of them, and one, by `EventDecoder.Depth.rawValue`; 0 where nobody asked.
  private var depths: [UInt8] = []
  private var slots: [Slot]
  /// The number of the first head that is kept: heads of a memory that began anew have numbers of their own.
  private var first = 0
  private var found = 0
  /// Filled one after another and never moved, so that views into them stay valid.
  private var blocks: [UnsafeMutablePointer<UInt8>] = []
  private var room = 0
  private var kept = 0
  /// Bytes of the shortest head that is kept, by the first letter of its type: the search for a known head's end begins
  /// there.
  private let shortest: UnsafeMutablePointer<Int>
  private static var letterCount: Int { 32 }
  /// Two for each sixteen bytes of a head, and two for its last sixteen.
  private let keys: UnsafeMutablePointer<UInt64>
  private static var keyCount: Int { lengthLimit / 16 * 2 + 2 }

  init() {
    slots = Array(repeating: Slot(hash: 0, number: 0), count: 256)
    shortest = UnsafeMutablePointer<Int>.allocate(capacity: HeadMemory.letterCount)
    shortest.initialize(repeating: HeadMemory.lengthLimit, count: HeadMemory.letterCount)
    keys = UnsafeMutablePointer<UInt64>.allocate(capacity: HeadMemory.keyCount)
    var generator = SystemRandomNumberGenerator()
    for index in 0..<HeadMemory.keyCount { (keys + index).initialize(to: generator.next()) }
  }

  deinit {
    shortest.deallocate()
    keys.deallocate()
    for block in blocks { block.deallocate() }
  }

  /// Where the head that begins at `start` may end: at the first `,"a` or `,"q`, which no head holds (texts have their
  /// quotes escaped), `least` bytes from there or later. nil if there is none near.
  @inline(__always)
  static func end(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, from least: Int = 0
  ) -> UnsafePointer<UInt8>? {
    let limit = min(end - start, lengthLimit) - 18
    var at = least
    let commas = SIMD16<UInt8>(repeating: 0x2C)
    let quotes = SIMD16<UInt8>(repeating: 0x22)
    let cases = SIMD16<UInt8>(repeating: 0x10)
    let letters = SIMD16<UInt8>(repeating: 0x71)
    let raw = UnsafeRawPointer(start)
    while at <= limit {
      let first = raw.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self) ^ commas
      let second = raw.loadUnaligned(fromByteOffset: at + 1, as: SIMD16<UInt8>.self) ^ quotes
      // 'a' and 'q' differ in one bit.
      let third = (raw.loadUnaligned(fromByteOffset: at + 2, as: SIMD16<UInt8>.self) | cases) ^ letters
      let hits = (first | second | third) .== SIMD16<UInt8>(repeating: 0)
      let words = unsafeBitCast(hits, to: SIMD2<UInt64>.self)
      if words.x | words.y != 0 {
        let found =
          words.x != 0 ? words.x.trailingZeroBitCount >> 3 : 8 + words.y.trailingZeroBitCount >> 3
        return start + at + found
      }
      at += 16
    }
    return nil
  }

  /// Where the letter stands that `shortest` goes by: behind `,"type":"`.
  private static var letterOffset: Int { 9 }

  @inline(__always)
  private static func letter(_ start: UnsafePointer<UInt8>) -> Int { Int(start[letterOffset]) % letterCount }

  /// Fills in what the known head that begins at `start` says, and gives its number and its end; nil if none is known.
  @inline(__always)
  mutating func find(
    _ start: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ event: inout Event
  ) -> (number: Int, end: UnsafePointer<UInt8>)? {
    guard limit - start > HeadMemory.leastLength else { return nil }
    // If a head ends before the shortest that is known, it is not known. In whole steps, so that the end of a line that
    // is soon over is found as from its start.
    let least = shortest[HeadMemory.letter(start)] & ~15
    guard limit - start > least, let end = HeadMemory.end(start, limit, from: least) else { return nil }
    let bytes = ByteView(start, count: end - start)
    let hash = hash(bytes)
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash >> 40) & mask
    while slots[at].number != 0 {
      if slots[at].hash == hash {
        let index = Int(slots[at].number) - 1
        if heads[index].bytes == bytes {
          heads[index].fill(&event)
          found += 1
          return (first + index, end)
        }
      }
      at = (at + 1) & mask
    }
    return nil
  }

  /// Where the known head that begins at `start` ends, known by its hash alone: enough to tell that it is sound, as a
  /// damaged one has the hash of a known one no more often than chance makes 64 bits equal. nil if none is known.
  @inline(__always)
  mutating func end(ofKnown start: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    guard limit - start > HeadMemory.leastLength else { return nil }
    let least = shortest[HeadMemory.letter(start)] & ~15
    guard limit - start > least, let end = HeadMemory.end(start, limit, from: least) else { return nil }
    let hash = hash(ByteView(start, count: end - start))
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash >> 40) & mask
    while slots[at].number != 0 {
      if slots[at].hash == hash {
        found += 1
        return end
      }
      at = (at + 1) & mask
    }
    return nil
  }

  /// A copy of `bytes` that lives as long as the memory keeps it; nil if there is no room.
  mutating func copy(_ bytes: ByteView) -> ByteView? {
    guard bytes.count >= HeadMemory.leastLength, bytes.count <= HeadMemory.lengthLimit else { return nil }
    if heads.count >= HeadMemory.limit || kept + bytes.count > HeadMemory.byteLimit {
      guard found > 16 * HeadMemory.limit else { return nil }
      forget()
    }
    if room < bytes.count {
      blocks.append(UnsafeMutablePointer<UInt8>.allocate(capacity: HeadMemory.blockSize))
      room = HeadMemory.blockSize
    }
    let place = blocks[blocks.count - 1] + (HeadMemory.blockSize - room)
    memcpy(place, bytes.start, bytes.count)
    room -= bytes.count
    kept += bytes.count
    return ByteView(UnsafePointer(place), count: bytes.count)
  }

  /// Keeps what `event`, decoded from what stood at `start`, says of `bytes`, a copy of that made here; returns its
  /// number.
  mutating func insert(_ bytes: ByteView, _ event: borrowing Event, movedFrom start: UnsafePointer<UInt8>) -> Int {
    heads.append(Head(bytes, event, movedFrom: start))
    depths.append(0)
    if heads.count * 2 > slots.count { grow() }
    place(hash(bytes), heads.count)
    let letter = HeadMemory.letter(bytes.start)
    shortest[letter] = min(shortest[letter], bytes.count)
    return first + heads.count - 1
  }

  /// How much is wanted of lines with the head `number`, which `find` told; `ask` is asked once.
  @inline(__always)
  mutating func depth(of number: Int, _ ask: () -> EventDecoder.Depth) -> EventDecoder.Depth {
    let index = number - first
    if let known = EventDecoder.Depth(rawValue: depths[index] &- 1) { return known }
    let depth = ask()
    depths[index] = depth.rawValue + 1
    return depth
  }

  private mutating func forget() {
    for block in blocks { block.deallocate() }
    blocks.removeAll()
    room = 0
    kept = 0
    found = 0
    first += HeadMemory.limit
    heads.removeAll(keepingCapacity: true)
    depths.removeAll(keepingCapacity: true)
    for at in slots.indices { slots[at] = Slot(hash: 0, number: 0) }
    shortest.update(repeating: HeadMemory.lengthLimit, count: HeadMemory.letterCount)
  }

  private mutating func place(_ hash: UInt64, _ number: Int) {
    var at = Int(truncatingIfNeeded: hash >> 40) & (slots.count - 1)
    while slots[at].number != 0 { at = (at + 1) & (slots.count - 1) }
    slots[at] = Slot(hash: hash, number: UInt32(number))
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(hash: 0, number: 0), count: old.count * 2)
    for slot in old where slot.number != 0 { place(slot.hash, Int(slot.number)) }
  }

  /// A keyed hash of at least sixteen bytes: products that wait for nothing but their own sixteen bytes and keys, added
  /// up (as in UMAC, RFC 4418, section 5.2).
  @inline(__always)
  private func hash(_ bytes: ByteView) -> UInt64 {
    let raw = UnsafeRawPointer(bytes.start)
    @inline(__always)
    func product(_ at: Int, _ keys: UnsafeMutablePointer<UInt64>) -> UInt64 {
      let one = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ keys[0]
      let two = raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self) ^ keys[1]
      let (high, low) = one.multipliedFullWidth(by: two)
      return high ^ low
    }
    var sum = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at + 16 <= bytes.count {
      sum = sum &+ product(at, keys + at / 8)
      at += 16
    }
    // What is left, with what stands before it.
    return sum &+ product(bytes.count - 16, keys + (HeadMemory.keyCount - 2))
  }
}
