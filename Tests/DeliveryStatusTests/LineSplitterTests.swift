import Bytes
import Testing

@testable import DeliveryStatus

/// The lines of `text`, handed over in chunks of `size` bytes.
private func lines(_ text: String, chunk size: Int, limit: Int = 1000) -> [String] {
  var splitter = LineSplitter(limit: limit)
  var found: [String] = []
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let piece = Array(bytes[start..<min(start + size, bytes.count)])
    piece.withUnsafeBufferPointer { buffer in
      var cursor = 0
      while let line = splitter.next(in: ByteView(buffer), cursor: &cursor) { found.append(String(line)) }
    }
    start += size
  }
  while let line = splitter.last() { found.append(String(line)) }
  return found
}

@Suite struct LineSplitterTests {
  @Test(arguments: [
    ("a\nb\n", ["a", "b"]),
    ("a\r\nb\r\n", ["a", "b"]),
    ("a\rb\r", ["a", "b"]),
    ("a\r\r\nb", ["a", "b"]),
    ("a\r\rb", ["a", "", "b"]),
    ("a\r\r\rb", ["a", "", "", "b"]),
    ("a\n\nb", ["a", "", "b"]),
    ("a\r\n\r\nb", ["a", "", "b"]),
    ("a\n\rb", ["a", "", "b"]),
    ("\r\r", ["", ""]),
    ("\n", [""]),
    ("", []),
    ("a", ["a"]),
    ("one\rtwo\nthree\r\nfour", ["one", "two", "three", "four"]),
  ])
  func endsOfLines(text: String, expected: [String]) {
    for size in 1...max(text.utf8.count, 1) {
      #expect(lines(text, chunk: size) == expected, "chunks of \(size)")
    }
  }

  @Test func longLinesAreCutAlike() {
    let text = String(repeating: "x", count: 50) + "\nshort\n" + String(repeating: "y", count: 11)
    for size in [1, 3, 7, 10, 11, 60, 100] {
      #expect(
        lines(text, chunk: size, limit: 10) == [
          String(repeating: "x", count: 10), "short", String(repeating: "y", count: 10),
        ])
    }
  }
}
