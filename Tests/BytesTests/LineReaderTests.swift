import Bytes
import Glibc
import Testing

/// Lines of `content` as a reader gives them.
///
/// - Parameter wholeBefore: several at a time where they end at or before this offset.
private func lines(
  of content: [UInt8], limit: Int = 256 * 1024, wholeBefore: Int? = nil, passesZeros: Bool = false
) -> [(text: [UInt8], offset: Int, terminated: Bool)] {
  var template = Array("/tmp/softbounce-lines-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  defer {
    close(descriptor)
    unlink(template)
  }
  var written = 0
  while written < content.count {
    let count = content.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, $0.count - written) }
    guard count > 0 else { break }
    written += count
  }
  lseek(descriptor, 0, SEEK_SET)
  var reader = LineReader(descriptor: descriptor, maximumLineLength: limit, passesZeros: passesZeros)
  var result: [([UInt8], Int, Bool)] = []
  while true {
    if let wholeBefore, let lines = reader.wholeLines(before: wholeBefore) {
      #expect(lines.bytes.suffix(1) == "\n" && lines.offset + lines.bytes.count <= wholeBefore)
      var start = 0
      while let newline = lines.bytes.firstIndex(of: 0x0A, from: start) {
        result.append((Array(lines.bytes[start..<newline].buffer), lines.offset + start, true))
        start = newline + 1
      }
      continue
    }
    guard var line = reader.next() else { break }
    if passesZeros { line = line.withoutLeadingZeros }
    result.append((Array(line.bytes.buffer), line.offset, line.isTerminated))
  }
  return result
}

@Suite struct LineReaderTests {
  /// Zeros that a writer left before a line, more than a line may be long and fewer.
  @Test(arguments: [0, 1, 500, 4095, 4096, 4097, 300_000])
  func zerosAreNoPartOfALine(_ zeros: Int) {
    let bytes = Array("a\n".utf8) + [UInt8](repeating: 0, count: zeros) + Array("bc\nd".utf8)
    let seen = lines(of: bytes, limit: 4096, passesZeros: true)
    #expect(seen.map { String(decoding: $0.text, as: UTF8.self) } == ["a", "bc", "d"])
    #expect(seen.map(\.offset) == [0, 2 + zeros, 5 + zeros])
  }

  @Test(arguments: [
    ("", []), ("a\n", ["a"]), ("a", ["a"]), ("a\nb\n", ["a", "b"]), ("\n\na", ["", "", "a"]),
  ] as [(String, [String])])
  func splits(content: String, expected: [String]) {
    let found = lines(of: Array(content.utf8))
    #expect(found.map { String(decoding: $0.text, as: UTF8.self) } == expected)
    #expect(found.last?.terminated ?? true == content.isEmpty || content.hasSuffix("\n"))
  }

  @Test func linesAcrossBlocksAreWhole() {
    var content: [UInt8] = []
    var expected: [(count: Int, offset: Int)] = []
    for index in 0..<5_000 {
      expected.append((index % 997, content.count))
      content += Array(repeating: UInt8(ascii: "x"), count: index % 997)
      content.append(0x0A)
    }
    let found = lines(of: content)
    #expect(found.map(\.text.count) == expected.map(\.count))
    #expect(found.map(\.offset) == expected.map(\.offset))
  }

  @Test(arguments: [0, 1, 17, 4096, 131_072, 200_000, 1_000_000, Int.max])
  func severalAtATimeAreTheSame(wholeBefore: Int) {
    var content: [UInt8] = []
    for index in 0..<1_200 {
      // Now and then one that is cut, and one that is longer than a block.
      let count = index % 401 == 400 ? 300_000 : index * 37 % 977
      content += Array(repeating: UInt8(ascii: "a") + UInt8(index % 26), count: count)
      content.append(0x0A)
    }
    content += Array("the end".utf8)
    let expected = lines(of: content, limit: 150_000)
    let found = lines(of: content, limit: 150_000, wholeBefore: wholeBefore)
    #expect(found.map(\.offset) == expected.map(\.offset))
    #expect(found.map(\.text) == expected.map(\.text))
    #expect(found.map(\.terminated) == expected.map(\.terminated))
  }

  @Test func anEndlessLineIsCutOnce() {
    let content = Array("first\n".utf8) + Array(repeating: UInt8(ascii: "y"), count: 1_000_000) + Array("\nlast\n".utf8)
    let found = lines(of: content, limit: 4096)
    #expect(found.count == 3)
    #expect(found[0].text == Array("first".utf8))
    #expect(found[1].text.count >= 4096 && found[1].text.count < 1_000_000)
    #expect(found[2].text == Array("last".utf8))
    #expect(found[2].offset == content.count - 5)
  }
}
