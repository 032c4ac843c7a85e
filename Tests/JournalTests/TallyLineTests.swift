import Bytes
import Journal
import SMTPTypes
import Testing

struct TallyLineTests {
  /// Keys that are stored as one are one key with the sum; a JSON object has no name twice.
  @Test func keysThatBecomeOneAreAddedUp() throws {
    let long = [UInt8](repeating: 0x61, count: 255)
    let keys: [[UInt8]] = [
      [0x61, 0xFF, 0x62], [0x61, 0xFE, 0x62], Array("é.example".utf8), long + [0x62], long + [0x63, 0x64], long,
      [UInt8](repeating: 0xFF, count: 255), [UInt8](repeating: 0xFE, count: 300), Array("b".utf8),
    ]
    var tally = Tally(minute: Timestamp(seconds: 1_793_491_200))
    var counts = Tally.Counts()
    for (place, key) in keys.enumerated() {
      counts.attempts = 1 << place
      key.withUnsafeBufferPointer {
        tally.add(counts, to: .domain, key: ByteView($0))
        tally.countRejection(ByteView($0))
      }
    }
    var buffer = ByteBuffer()
    EventEncoder.append(tally, host: ByteView("mx1"), to: &buffer)
    let expected: [String: Int] = [
      "a\u{FFFD}b": 0b11, "é.example": 0b100, String(repeating: "a", count: 255): 0b11_1000,
      String(repeating: "\u{FFFD}", count: 85): 0b1100_0000, "b": 0b1_0000_0000,
    ]
    // Twice: what was read is written as it was.
    var decoder = EventDecoder()
    for _ in 0..<2 {
      let written = String(buffer.view)
      for key in expected.keys { #expect(written.components(of: "\"\(key)\":").count == 3) }
      guard case .tally(let line) = try decoder.decode(buffer.view.prefix(buffer.count - 1)) else {
        Issue.record("no tally")
        return
      }
      var seen: [String: Int] = [:]
      line.tally.forEachCount(of: .domain) { seen[String($0)] = $1.attempts }
      #expect(seen == expected)
      #expect(line.tally.rejections.count == expected.count)
      var again = ByteBuffer()
      EventEncoder.append(line.tally, host: line.host, to: &again)
      #expect(String(again.view) == written)
      buffer = again
    }
  }
}

extension String {
  fileprivate func components(of separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
