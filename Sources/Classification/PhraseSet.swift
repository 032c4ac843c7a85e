// All phrases of all rules found in one pass over a text.
//
// A phrase can start where a word starts, of which a text has one in six bytes; three bytes there say which few
// phrases it could be, and those are compared eight bytes at a time. The whole set is some 100 KiB and stays in the
// cache, where the dense table of an Aho-Corasick automaton over the same phrases (6 MiB) does not, and it is made in
// half the time.

import Bytes
import Glibc

/// A set of phrases, compiled. Immutable. A scan is O(text × phrases that share three first bytes) at worst, the
/// largest such group being some dozens; in practice one look a word.
final class PhraseSet: Sendable {
  /// A phrase in a group of those whose first three bytes hash alike.
  private struct Entry {
    /// The first eight bytes, as much as there is.
    var word: UInt64
    var mask: UInt64
    /// Where the bytes after the first eight are.
    var rest: UInt32
    var phrase: Int32
    var length: UInt16
    var startsWord: Bool
    var endsWord: Bool
  }

  // Sendable: all tables are written in `init` alone and freed in `deinit` alone.
  /// Bits of three bytes, hashed, that some phrase starts with: what most words fail.
  private nonisolated(unsafe) let openings: UnsafeMutablePointer<UInt64>
  /// Where the entries of a group start; one more than there are groups.
  private nonisolated(unsafe) let groups: UnsafeMutablePointer<UInt32>
  private nonisolated(unsafe) let entries: UnsafeMutablePointer<Entry>
  private nonisolated(unsafe) let rests: UnsafeMutablePointer<UInt8>
  /// True if a phrase may start within a word.
  private let entersWords: Bool

  private static let openingBits = 1 << 16
  private static let groupCount = 1 << 12

  init(_ list: [Phrase]) {
    openings = UnsafeMutablePointer<UInt64>.allocate(capacity: PhraseSet.openingBits / 64)
    openings.initialize(repeating: 0, count: PhraseSet.openingBits / 64)
    rests = UnsafeMutablePointer<UInt8>.allocate(capacity: list.reduce(1) { $0 + $1.text.utf8.count })
    var grouped = [[Entry]](repeating: [], count: PhraseSet.groupCount)
    var restCount = 0
    var entersWords = false
    for (index, phrase) in list.enumerated() {
      let bytes = Array(phrase.text.utf8)
      if !phrase.startsWord, bytes[0].isASCIIWordByte { entersWords = true }
      var entry = Entry(
        word: 0, mask: 0, rest: UInt32(restCount), phrase: Int32(index), length: UInt16(bytes.count),
        startsWord: phrase.startsWord, endsWord: phrase.endsWord)
      for (place, byte) in bytes.prefix(8).enumerated() {
        entry.word |= UInt64(byte) << UInt64(place * 8)
        entry.mask |= 0xFF << UInt64(place * 8)
      }
      for byte in bytes.dropFirst(8) {
        rests[restCount] = byte
        restCount += 1
      }
      // A phrase of two bytes can go on as anything.
      var homes: Set<Int> = []
      for third in bytes.count > 2 ? bytes[2]...bytes[2] : 0...255 {
        let opening = PhraseSet.opening(bytes[0], bytes[1], third)
        openings[opening >> 6] |= 1 << UInt64(opening & 63)
        homes.insert(PhraseSet.group(opening))
      }
      for home in homes { grouped[home].append(entry) }
    }
    self.entersWords = entersWords
    groups = UnsafeMutablePointer<UInt32>.allocate(capacity: PhraseSet.groupCount + 1)
    entries = UnsafeMutablePointer<Entry>.allocate(capacity: grouped.reduce(1) { $0 + $1.count })
    var filled = 0
    for (group, members) in grouped.enumerated() {
      (groups + group).initialize(to: UInt32(filled))
      for entry in members {
        (entries + filled).initialize(to: entry)
        filled += 1
      }
    }
    (groups + PhraseSet.groupCount).initialize(to: UInt32(filled))
  }

  deinit {
    openings.deallocate()
    groups.deallocate()
    entries.deallocate()
    rests.deallocate()
  }

  @inline(__always)
  private static func opening(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    (Int(first) << 11 ^ Int(second) << 5 ^ Int(third)) & (openingBits - 1)
  }

  @inline(__always)
  private static func group(_ opening: Int) -> Int { (opening ^ opening >> 7) & (groupCount - 1) }

  /// Adds the phrases that `text` holds to `findings`.
  func scan(_ text: borrowing NormalizedText, into findings: inout Findings) {
    let view = text.view
    let bytes = view.start
    let count = view.count
    var followsWord = false
    // `NormalizedText` has eight zero bytes behind its text, so that eight can be read anywhere.
    for at in 0..<count {
      let isWord = bytes[at].isASCIIWordByte
      if !isWord || !followsWord || entersWords {
        let opening = PhraseSet.opening(bytes[at], bytes[at + 1], bytes[at + 2])
        if openings[opening >> 6] & 1 << UInt64(opening & 63) != 0 {
          compare(bytes, at: at, count, PhraseSet.group(opening), followsWord: followsWord, into: &findings)
        }
      }
      followsWord = isWord
    }
  }

  /// Adds the phrases of `group` that stand at `at`.
  @inline(__always)
  private func compare(
    _ bytes: UnsafePointer<UInt8>, at: Int, _ count: Int, _ group: Int, followsWord: Bool,
    into findings: inout Findings
  ) {
    let word = UInt64(littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self))
    for index in Int(groups[group])..<Int(groups[group + 1]) {
      if word & entries[index].mask != entries[index].word { continue }
      let end = at + Int(entries[index].length)
      if end > count { continue }
      if entries[index].length > 8,
        memcmp(bytes + at + 8, rests + Int(entries[index].rest), Int(entries[index].length) - 8) != 0
      {
        continue
      }
      if entries[index].startsWord && followsWord { continue }
      if entries[index].endsWord, end < count, bytes[end].isASCIIWordByte { continue }
      findings.insert(Int(entries[index].phrase))
    }
  }
}
