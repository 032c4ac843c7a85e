import Bytes
import Foundation
import SMTPTypes
import Testing

@testable import Journal

@Suite struct LineWriterTests {
  /// What `write` puts into a line.
  private static func written(_ room: Int = 4096, _ write: (inout LineWriter) -> Void) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { memory in
      guard let start = memory.baseAddress else { return "" }
      var line = LineWriter(start, roomForTexts: room)
      write(&line)
      #expect(line.end - start <= room)
      return String(decoding: UnsafeBufferPointer(start: start, count: line.end - start), as: UTF8.self)
    }
  }

  @Test(arguments: [0, 7, 9, 10, 99, 100, -1, -10, 65_535, Int(UInt32.max), .max, .min, .max - 1])
  func decimals(_ value: Int) {
    #expect(LineWriterTests.written { $0.decimal(value) } == "\(value)")
  }

  @Test func secondsAreRoundedToMicroseconds() {
    var values: [Double] = [
      0, 0.5, 0.01, 0.000001, 0.0000005, 0.00000049999, -0.0000005, -1.25, 3588.12, 1e6, 8.9e12, 0.1 + 0.2, 12.3456789,
      1.0000004999, 2.5e-7, 4_503_599_627.370496,
    ]
    for step in 0..<2000 { values.append(Double(step) * 0.01) }
    for step in 0..<2000 { values.append(Double.random(in: -1e4...1e7) / Double(step + 1)) }
    for value in values {
      var isWritten = false
      let text = LineWriterTests.written { isWritten = $0.seconds(value) }
      #expect(isWritten)
      let scaled = Int((value * 1_000_000).rounded())
      var expected = "\(scaled.magnitude / 1_000_000)"
      let fraction = scaled.magnitude % 1_000_000
      if fraction > 0 {
        var digits = String(fraction + 1_000_000).dropFirst()
        while digits.hasSuffix("0") { digits.removeLast() }
        expected += "." + digits
      }
      #expect(text == (scaled < 0 ? "-" : "") + expected, "\(value)")
    }
    for value in [Double.nan, .infinity, -.infinity, 9e12, -9e12] {
      var isWritten = true
      #expect(LineWriterTests.written { isWritten = $0.seconds(value) } == "")
      #expect(!isWritten)
    }
  }

  /// Texts of any length and any bytes, also cut: valid JSON within the room that was asked for, and the same as a
  /// buffer writes.
  @Test func textsAreAsABufferWritesThem() throws {
    let pieces: [[UInt8]] = [
      Array("plain text ".utf8), [0x22], [0x5C], [0x0A], [0x00], [0x7F], [0xC2, 0x85], Array("ü€😀".utf8), [0xFF],
      [0xE2, 0x82],
    ]
    for length in 0..<400 {
      var bytes: [UInt8] = []
      while bytes.count < length { bytes += length % 3 == 0 ? pieces[0] : pieces.randomElement() ?? [] }
      bytes.removeLast(bytes.count - length)
      let limit = length % 5 == 0 ? length / 2 : .max
      let (text, buffered) = bytes.withUnsafeBufferPointer { bytes in
        let view = ByteView(bytes)
        var buffer = ByteBuffer()
        buffer.append(json: view, limit: limit)
        let text = LineWriterTests.written(1 + LineWriter.room(for: view, limit: limit)) { line in
          line.byte(0x22)
          line.string(view, limit: limit)
          // What is cut off may be anything.
          #expect(!line.isPlain || (view.count > limit ? JSONText.cut(view, limit) : view).isASCII)
        }
        return (text, String(buffer.view))
      }
      #expect(text == buffered)
      let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? String
      #expect(parsed != nil)
      if limit == .max, let valid = String(validating: bytes, as: UTF8.self) { #expect(parsed == valid) }
    }
  }

  @Test func aTextWithoutRoomIsLeftOut() {
    let text = LineWriterTests.written(64) { line in
      line.string(ByteView("0123456789"), limit: .max)
      #expect(line.isWhole)
      line.string(ByteView("0123456789"), limit: .max)
      #expect(!line.isWhole)
      line.string(ByteView("ab"), limit: .max)
      #expect(!line.isWhole)
    }
    #expect(text == "0123456789\"ab\"")
  }

  /// Texts are looked at sixteen, eight and four bytes at a time: one byte that needs an escape is seen at any place.
  @Test func everyPlaceIsLookedAt() {
    for length in 1..<50 {
      for place in 0..<length {
        for byte: UInt8 in [0x22, 0x5C, 0x1F, 0x00, 0x7F, 0x80, 0xFF] {
          var bytes = [UInt8](repeating: 0x61, count: length)
          bytes[place] = byte
          bytes.withUnsafeBufferPointer { bytes in
            _ = LineWriterTests.written { line in
              line.string(ByteView(bytes), limit: .max)
              #expect(!line.isPlain, "\(length) \(place) \(byte)")
            }
          }
        }
      }
      for byte: UInt8 in [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7E] {
        [UInt8](repeating: byte, count: length).withUnsafeBufferPointer { bytes in
          let text = LineWriterTests.written { line in
            line.string(ByteView(bytes), limit: .max)
            #expect(line.isPlain)
          }
          #expect(text == String(decoding: bytes, as: UTF8.self) + "\"")
        }
      }
    }
  }

  @Test(arguments: [-1, 0, 951_782_400, 1_795_456_788, 253_402_300_799, 253_402_300_800, -62_167_219_201])
  func times(_ seconds: Int64) {
    for digits in 0...6 {
      let time = Timestamp(microseconds: seconds * 1_000_000 + 120_003, fractionDigits: digits)
      let text = LineWriterTests.written(Timestamp.longestRFC3339) { $0.time(time) }
      #expect(text == "\(time)")
      if (0..<253_402_300_800).contains(seconds) {
        #expect(text.withByteView { Timestamp(rfc3339: $0) } == time.truncated)
      }
    }
  }
}
