// Finds the lines of a journal that may hold one of some texts, without decoding them.
//
// JSON lets a writer put any character of a text as `\u` and its number, and a few as a backslash and a letter. So a text
// is looked for by the longest piece of it that can't be written otherwise, and every line with a `\u` is one that may hold
// it.

import Bytes
import Glibc

struct LineSearch {
  /// Texts that are looked for at once.
  static let limit = 8
  /// Bytes of the shortest piece that is worth looking for.
  private static let leastLength = 4

  private let pieces: [[UInt8]]
  /// Bytes of the longest piece, and of `\u`, but for the first.
  private let overlap: Int

  /// nil if one of `texts` has no piece that is long enough.
  init?(_ texts: [[UInt8]]) {
    guard texts.count <= LineSearch.limit else { return nil }
    pieces = texts.map(LineSearch.piece)
    overlap = max(pieces.map(\.count).max() ?? 0, 2) - 1
    guard pieces.allSatisfy({ $0.count >= LineSearch.leastLength }) else { return nil }
  }

  /// The longest run of bytes that JSON can't write but as they are or with `\u`: visible ASCII without `"`, `\` and `/`.
  private static func piece(_ text: [UInt8]) -> [UInt8] {
    let runs = text.split { $0 < 0x20 || $0 > 0x7E || $0 == 0x22 || $0 == 0x5C || $0 == 0x2F }
    return runs.max { $0.count < $1.count }.map { Array($0) } ?? []
  }

  /// Where the first line of `lines` that may hold one of the texts begins or goes on. O(bytes up to there), for each
  /// text.
  func next(in lines: ByteView) -> Int? {
    // In windows that grow: whoever has many lines to find looks at each byte a few times only.
    var from = 0
    var window = LineSearch.firstWindow
    while from < lines.count {
      let end = min(from + window, lines.count)
      // A piece may begin before the window's end and go on behind it; what begins there is the next one's.
      if let found = first(in: lines[from..<min(end + overlap, lines.count)]), from + found < end {
        return from + found
      }
      from = end
      window = min(2 * window, LineSearch.lastWindow)
    }
    return nil
  }

  private static let firstWindow = 1 << 10
  private static let lastWindow = 1 << 18

  private func first(in lines: ByteView) -> Int? {
    var first = LineSearch.next(0x5C, 0x75, 1, in: lines) { _ in true }
    for piece in pieces {
      let range = lines.prefix(first ?? lines.count)
      let found = piece.withUnsafeBufferPointer { buffer -> Int? in
        guard let start = buffer.baseAddress else { return nil }
        let count = buffer.count
        return LineSearch.next(buffer[0], buffer[count - 1], count - 1, in: range) {
          memcmp(lines.start + $0, start, count) == 0
        }
      }
      if let found { first = found }
    }
    return first
  }

  /// The first place at which `one` stands with `other` `distance` bytes behind it and `isIt` holds.
  @inline(__always)
  private static func next(
    _ one: UInt8, _ other: UInt8, _ distance: Int, in bytes: ByteView, where isIt: (Int) -> Bool
  ) -> Int? {
    let raw = UnsafeRawPointer(bytes.start)
    let ones = SIMD16<UInt8>(repeating: one)
    let others = SIMD16<UInt8>(repeating: other)
    var at = 0
    // Sixteen places at a time, as long as the bytes behind the last of them are there.
    while at + 16 + distance <= bytes.count {
      let first = raw.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self) ^ ones
      let second = raw.loadUnaligned(fromByteOffset: at + distance, as: SIMD16<UInt8>.self) ^ others
      let hits = (first | second) .== SIMD16<UInt8>(repeating: 0)
      let words = unsafeBitCast(hits, to: SIMD2<UInt64>.self)
      if words.x | words.y != 0 {
        for place in at..<at + 16 where bytes[place] == one && bytes[place + distance] == other && isIt(place) {
          return place
        }
      }
      at += 16
    }
    while at + distance < bytes.count {
      if bytes[at] == one, bytes[at + distance] == other, isIt(at) { return at }
      at += 1
    }
    return nil
  }
}
