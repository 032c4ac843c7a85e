// Many short lines split at once.

import CLinux

extension ByteView {
  /// Bytes that are searched for newlines together.
  @usableFromInline static var searchedTogether: Int { 2048 }

  /// Calls `body` with each of these lines, which newlines separate, without the zeros in front of it
  /// (`LineReader.Line.withoutLeadingZeros`), and where it starts here, until it returns false; returns what it returned
  /// last.
  ///
  /// Newlines are looked for ahead of the lines: where a line ends is nothing that a processor guesses, and to be wrong
  /// costs it as much as searching some hundred bytes.
  @inlinable @inline(__always)
  public func forEachLine(_ body: (ByteView, Int) -> Bool) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: ByteView.searchedTogether) { newlines in
      var start = 0
      var (next, found) = (0, 0)
      var (searchedFrom, searched) = (0, 0)
      while true {
        while next == found, searched < count {
          searchedFrom = searched
          searched += min(ByteView.searchedTogether, count - searched)
          found = findNewlines(from: searchedFrom, searched - searchedFrom, newlines)
          next = 0
        }
        let isLast = next == found
        let end = isLast ? count : searchedFrom + Int(newlines[next])
        next += 1
        var line = ByteView(base + start, count: end - start)
        if line.at(0) == 0 {
          let zeros = line.leadingZeros
          line = line.from(zeros)
          start += zeros
        }
        if !body(line, start) { return false }
        if isLast { return true }
        start = end + 1
      }
    }
  }

  /// Writes the places of the newlines in `length` bytes from `start` on to `newlines`, which has room for as many, and
  /// returns how many there are.
  @usableFromInline
  func findNewlines(from start: Int, _ length: Int, _ newlines: UnsafeMutableBufferPointer<UInt16>) -> Int {
    guard let places = newlines.baseAddress else { return 0 }
    return softbounce_newlines(base + start, length, places)
  }
}
