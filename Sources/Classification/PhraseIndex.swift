// Which of many phrases stand at a given place of a text.

import Bytes
import Glibc

/// Phrases by how they start: those of sixteen bytes and more by the first sixteen, those of eight and more by the first
/// eight (which several dozens share: `connecti`, `temporar`), shorter ones by the first three. Immutable.
final class PhraseIndex: Sendable {
  /// A phrase in a group of those whose beginnings hash alike.
  private struct Entry {
    /// The first eight bytes, as much as there is.
    var word: UInt64
    var mask: UInt64
    /// The next eight, as much as there is: phrases that start alike are many, and most differ here.
    var nextWord: UInt64 = 0
    var nextMask: UInt64 = 0
    /// Where the bytes after the first sixteen are.
    var rest: UInt32
    var phrase: Int32
    var length: UInt16
    var endsWord: Bool
    var seesNames: Bool
  }

  /// Entries by the hash of some first bytes.
  private struct Table {
    /// Bits of the hashes that some entry has: what most places of a text fail.
    let bits: UnsafeMutablePointer<UInt64>
    /// Where the entries of a group start; one more than there are groups.
    let groups: UnsafeMutablePointer<UInt32>
    let entries: UnsafeMutablePointer<Entry>

    static var hashBits: Int { 16 }
    static var groupBits: Int { 12 }

    /// - Parameter marks: further hashes that `has` is true of.
    init(_ list: [(entry: Entry, hash: Int)], marks: [Int] = []) {
      bits = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << (Table.hashBits - 6))
      bits.initialize(repeating: 0, count: 1 << (Table.hashBits - 6))
      groups = UnsafeMutablePointer<UInt32>.allocate(capacity: 1 << Table.groupBits + 1)
      groups.initialize(repeating: 0, count: 1 << Table.groupBits + 1)
      for hash in marks { bits[hash >> 6] |= 1 << UInt64(hash & 63) }
      for (_, hash) in list {
        bits[hash >> 6] |= 1 << UInt64(hash & 63)
        groups[Table.group(hash) + 1] += 1
      }
      for group in 0..<(1 << Table.groupBits) { groups[group + 1] += groups[group] }
      entries = UnsafeMutablePointer<Entry>.allocate(capacity: max(list.count, 1))
      // Within a group the entries keep their order, which is that of the phrases' numbers.
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1 << Table.groupBits) { next in
        for group in next.indices { next[group] = groups[group] }
        for (entry, hash) in list {
          (entries + Int(next[Table.group(hash)])).initialize(to: entry)
          next[Table.group(hash)] += 1
        }
      }
    }

    func deallocate() {
      bits.deallocate()
      groups.deallocate()
      entries.deallocate()
    }

    @inline(__always)
    static func hash(_ word: UInt64) -> Int {
      Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - hashBits))
    }

    /// Of sixteen bytes.
    @inline(__always)
    static func hash(_ word: UInt64, _ next: UInt64) -> Int { hash(word ^ (next &* 0xFF51_AFD7_ED55_8CCD)) }

    @inline(__always)
    static func group(_ hash: Int) -> Int { hash >> (hashBits - groupBits) }

    @inline(__always)
    func has(_ hash: Int) -> Bool { bits[hash >> 6] & 1 << UInt64(hash & 63) != 0 }
  }

  // Sendable: all tables are written in `init` alone and freed in `deinit` alone.
  /// Phrases of sixteen bytes and more.
  private nonisolated(unsafe) let longest: Table
  /// Phrases of eight to fifteen bytes, and marks of the longer ones' first eight.
  private nonisolated(unsafe) let long: Table
  /// Phrases of two to seven bytes.
  private nonisolated(unsafe) let short: Table
  private nonisolated(unsafe) let rests: UnsafeMutablePointer<UInt8>

  /// Bits of the bytes that some phrase has first, and second: most places of a text are told by them.
  private nonisolated(unsafe) let firsts: UnsafeMutablePointer<UInt64>
  private nonisolated(unsafe) let seconds: UnsafeMutablePointer<UInt64>

  private static let shortKey: UInt64 = 0xFF_FFFF

  init(_ list: [(number: Int, phrase: Phrase)]) {
    let rests = UnsafeMutablePointer<UInt8>.allocate(capacity: list.reduce(1) { $0 + $1.phrase.text.utf8.count })
    self.rests = rests
    var restCount = 0
    var longest: [(entry: Entry, hash: Int)] = []
    var longestMarks: [Int] = []
    var long: [(entry: Entry, hash: Int)] = []
    var short: [(entry: Entry, hash: Int)] = []
    var shortMarks: [Int] = []
    for (number, phrase) in list {
      phrase.text.withByteView { bytes in
        let (word, mask) = PhraseIndex.eight(bytes)
        let (nextWord, nextMask) = PhraseIndex.eight(bytes.from(8))
        let entry = Entry(
          word: word, mask: mask, nextWord: nextWord, nextMask: nextMask, rest: UInt32(restCount),
          phrase: Int32(number), length: UInt16(bytes.count), endsWord: phrase.endsWord,
          seesNames: phrase.seesNames)
        bytes.from(16).copy(to: rests + restCount)
        restCount += bytes.from(16).count
        if bytes.count >= 16 {
          longest.append((entry, Table.hash(word, nextWord)))
          longestMarks.append(Table.hash(word))
        } else if bytes.count >= 8 {
          long.append((entry, Table.hash(word)))
        } else if bytes.count > 2 {
          short.append((entry, Table.hash(word & PhraseIndex.shortKey)))
        } else {
          // A phrase of two bytes can go on as anything, and stands in every group that this leads to.
          let hashes = (0...255).map { Table.hash(word | UInt64($0) << 16) }
          shortMarks += hashes
          let byGroup = Dictionary(hashes.map { (Table.group($0), $0) }, uniquingKeysWith: { first, _ in first })
          short += byGroup.values.map { (entry, $0) }
        }
      }
    }
    self.longest = Table(longest)
    self.long = Table(long, marks: longestMarks)
    self.short = Table(short, marks: shortMarks)
    firsts = UnsafeMutablePointer<UInt64>.allocate(capacity: 4)
    firsts.initialize(repeating: 0, count: 4)
    seconds = UnsafeMutablePointer<UInt64>.allocate(capacity: 4)
    seconds.initialize(repeating: 0, count: 4)
    // A phrase has two bytes at least.
    for (_, phrase) in list {
      for (bits, byte) in zip([firsts, seconds], phrase.text.utf8) { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }
  }

  /// The first eight bytes of `text`, as many as there are, and which they are.
  private static func eight(_ text: ByteView) -> (word: UInt64, mask: UInt64) {
    var word: UInt64 = 0
    let count = min(text.count, 8)
    memcpy(&word, text.start, count)
    return (UInt64(littleEndian: word), count == 0 ? 0 : .max >> UInt64(64 - count * 8))
  }

  deinit {
    longest.deallocate()
    long.deallocate()
    short.deallocate()
    rests.deallocate()
    firsts.deallocate()
    seconds.deallocate()
  }

  /// False if no phrase starts as `text` does at `at`, told by two bytes. A byte behind the text must be readable.
  @inline(__always)
  func mayStart(_ text: ByteView, at: Int) -> Bool {
    let first = text.start[at]
    let second = text.start[at + 1]
    return firsts[Int(first >> 6)] >> UInt64(first & 63) & seconds[Int(second >> 6)] >> UInt64(second & 63) & 1 != 0
  }

  /// Adds the phrases that stand in `text` at `at` to `findings`. Eight bytes behind the text must be readable and
  /// zero.
  @inline(__always)
  func look(_ text: ByteView, _ names: borrowing HostNames, at: Int, into findings: inout Findings) {
    let word = UInt64(littleEndian: UnsafeRawPointer(text.start + at).loadUnaligned(as: UInt64.self))
    let hash = Table.hash(word)
    if long.has(hash) { lookLong(text, names, at: at, word, hash, into: &findings) }
    let shortHash = Table.hash(word & PhraseIndex.shortKey)
    if short.has(shortHash) { compare(text, names, at, word, short, Table.group(shortHash), into: &findings) }
  }

  /// Of phrases of eight bytes and more, some of which start as the text does at `at`, or hash alike.
  private func lookLong(
    _ text: ByteView, _ names: borrowing HostNames, at: Int, _ word: UInt64, _ hash: Int,
    into findings: inout Findings
  ) {
    compare(text, names, at, word, long, Table.group(hash), into: &findings)
    guard text.count - at >= 16 else { return }
    let next = UInt64(littleEndian: UnsafeRawPointer(text.start + at + 8).loadUnaligned(as: UInt64.self))
    let whole = Table.hash(word, next)
    if longest.has(whole) { compare(text, names, at, word, longest, Table.group(whole), into: &findings) }
  }

  @inline(__always)
  private func compare(
    _ text: ByteView, _ names: borrowing HostNames, _ at: Int, _ word: UInt64, _ table: Table, _ group: Int,
    into findings: inout Findings
  ) {
    let bytes = text.start
    for index in Int(table.groups[group])..<Int(table.groups[group + 1]) {
      let entry = table.entries + index
      if word & entry.pointee.mask != entry.pointee.word { continue }
      let length = Int(entry.pointee.length)
      let end = at + length
      if end > text.count { continue }
      if length > 8 {
        // Eight bytes behind the text can be read.
        let next = UInt64(littleEndian: UnsafeRawPointer(bytes + at + 8).loadUnaligned(as: UInt64.self))
        if next & entry.pointee.nextMask != entry.pointee.nextWord { continue }
        if length > 16, memcmp(bytes + at + 16, rests + Int(entry.pointee.rest), length - 16) != 0 { continue }
      }
      if entry.pointee.endsWord, end < text.count, bytes[end].isASCIIWordByte { continue }
      if !entry.pointee.seesNames, names.touches(at..<end) { continue }
      findings.insert(Int(entry.pointee.phrase))
    }
  }
}
