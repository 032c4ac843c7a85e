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

  private let pieces: [Piece]
  /// Bytes of the longest piece, and of `\u`, but for the first.
  private let overlap: Int

  private struct Piece {
    let bytes: [UInt8]
    /// The place of the byte that is rarest in journals: what is looked for at first.
    let mark: Int

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      mark = bytes.indices.min { LineSearch.frequency(bytes[$0]) < LineSearch.frequency(bytes[$1]) } ?? 0
    }
  }

  /// Roughly how often a byte stands in journals: keys and words are in lower case, times and addresses are digits.
  private static func frequency(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte == UInt8(ascii: "T") || byte == UInt8(ascii: "Z") ? 2 : 0
    case UInt8(ascii: "j"), UInt8(ascii: "q"), UInt8(ascii: "x"), UInt8(ascii: "z"): 2
    case UInt8(ascii: "a")...UInt8(ascii: "z"): "aceinorst".utf8.contains(byte) ? 6 : 4
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 5
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: ","), 0x20: 6
    default: 3
    }
  }

  /// nil if one of `texts` has no piece that is long enough.
  init?(_ texts: [[UInt8]]) {
    guard texts.count <= LineSearch.limit else { return nil }
    pieces = texts.map { Piece(LineSearch.piece($0)) }
    overlap = max(pieces.map(\.bytes.count).max() ?? 0, 2) - 1
    guard pieces.allSatisfy({ $0.bytes.count >= LineSearch.leastLength }) else { return nil }
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
    var first = LineSearch.next(0x5C, 0, in: lines) { lines.at($0 + 1) == 0x75 }
    for piece in pieces {
      let range = lines.prefix(first ?? lines.count)
      let found = piece.bytes.withUnsafeBufferPointer { buffer -> Int? in
        guard let start = buffer.baseAddress, buffer.count <= range.count else { return nil }
        return LineSearch.next(buffer[piece.mark], piece.mark, in: range) {
          $0 + buffer.count <= range.count && memcmp(range.start + $0, start, buffer.count) == 0
        }
      }
      if let found { first = found }
    }
    return first
  }

  /// The first place at which `isIt` holds, of those with `mark` as many bytes behind as `distance`.
  @inline(__always)
  private static func next(_ mark: UInt8, _ distance: Int, in bytes: ByteView, where isIt: (Int) -> Bool) -> Int? {
    var at = distance
    while let found = bytes.firstIndex(of: mark, from: at) {
      if isIt(found - distance) { return found - distance }
      at = found + 1
    }
    return nil
  }
}
