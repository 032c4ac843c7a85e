// Cuts chunks of bytes into lines, whatever ends them.

import Bytes

/// Lines of a byte stream that ends them with CRLF, LF, CR, or CRCRLF, in any mixture. The lines do not depend on
/// how the stream was cut into chunks. O(bytes); holds at most `limit` bytes of an unfinished line.
struct LineSplitter: ~Copyable {
  private var carry = ByteBuffer(capacity: 512)
  /// The carried line was handed over and is to be forgotten.
  private var isSpent = false
  /// CRs directly before the next byte, of which the first has ended a line: 0 to 2.
  private var returns = 0
  /// The next LF of this chunk at or after the cursor, its count if there is none, -1 if not looked for. Kept,
  /// because looking for it anew at each CR would cost the square of the chunk.
  private var lineFeed = -1
  let limit: Int
  /// A line was cut.
  private(set) var wasCut = false

  init(limit: Int) { self.limit = limit }

  mutating func reset() {
    carry.removeAll()
    isSpent = false
    returns = 0
    lineFeed = -1
    wasCut = false
  }

  /// The next line of `chunk` from `cursor` on, without its end, valid until the next call; nil when the chunk is
  /// used up, after which the next call must bring the next chunk with a cursor of 0.
  mutating func next(in chunk: ByteView, cursor: inout Int) -> ByteView? {
    if isSpent {
      carry.removeAll()
      isSpent = false
    }
    while returns > 0, let byte = chunk.at(cursor) {
      if byte == 0x0A {
        cursor += 1
        returns = 0
      } else if byte == 0x0D {
        cursor += 1
        if returns == 2 { return .empty }
        returns = 2
      } else {
        let isBlankLine = returns == 2
        returns = 0
        if isBlankLine { return .empty }
      }
    }
    guard cursor < chunk.count else {
      lineFeed = -1
      return nil
    }
    if lineFeed < cursor { lineFeed = chunk.firstIndex(of: 0x0A, from: cursor) ?? chunk.count }
    let ahead = chunk[cursor..<lineFeed]
    let end: Int
    if let carriageReturn = ahead.firstIndex(of: 0x0D) {
      end = carriageReturn
      returns = 1
    } else if lineFeed < chunk.count {
      end = ahead.count
    } else {
      keep(ahead)
      cursor = chunk.count
      lineFeed = -1
      return nil
    }
    let piece = ahead.prefix(end)
    cursor += end + 1
    if carry.isEmpty {
      if piece.count > limit { wasCut = true }
      return piece.prefix(limit)
    }
    keep(piece)
    isSpent = true
    return carry.view
  }

  /// The line that no end followed; nil if there is none. Ends the stream.
  mutating func last() -> ByteView? {
    if isSpent {
      carry.removeAll()
      isSpent = false
    }
    if returns == 2 {
      returns = 0
      return .empty
    }
    returns = 0
    guard !carry.isEmpty else { return nil }
    isSpent = true
    return carry.view
  }

  private mutating func keep(_ piece: ByteView) {
    let room = limit - carry.count
    if piece.count > room { wasCut = true }
    carry.append(piece.prefix(room))
  }
}
