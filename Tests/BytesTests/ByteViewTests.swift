import Bytes
import Testing

@Suite struct ByteViewTests {
  @Test(arguments: [
    ("", nil), ("0", 0), ("42", 42), ("007", 7), ("-1", nil), ("4x", nil), ("999999999999999999", 999_999_999_999_999_999),
    ("9999999999999999999", nil),
  ] as [(String, Int?)])
  func readsDecimals(text: String, value: Int?) {
    #expect(text.withByteView { $0.decimal } == value)
  }

  @Test func slicesAreCutToWhatExists() {
    "hello".withByteView { view in
      #expect(view[1..<3] == "el")
      #expect(view[3..<99] == "lo")
      #expect(view[9..<12].isEmpty)
      #expect(view.from(5).isEmpty)
      #expect(view.from(-1) == "hello")
      #expect(view.prefix(2) == "he")
      #expect(view.suffix(2) == "lo")
      #expect(view.at(5) == nil)
    }
  }

  @Test(arguments: [
    ("", ["": 0]), ("a", ["a": 0]), ("a\nbc", ["a": 0, "bc": 2]), ("a\n", ["a": 0, "": 2]),
    ("\0\0a\nb\0c\n\0\nd", ["a": 2, "b\0c": 4, "": 9, "d": 10]),
  ] as [(String, [String: Int])])
  func splitsLines(text: String, lines: [String: Int]) {
    var seen: [String: Int] = [:]
    let wentOn = text.withByteView { view in
      view.forEachLine { line, start in
        seen[String(line)] = start
        return true
      }
    }
    #expect(seen == lines && wentOn)
    var asked = 0
    let wentOnAfterNo = text.withByteView { view in
      view.forEachLine { _, _ in
        asked += 1
        return false
      }
    }
    #expect(asked == 1 && !wentOnAfterNo)
  }

  @Test func finds() {
    "a=b, a=c".withByteView { view in
      #expect(view.firstIndex(of: 0x3D) == 1)
      #expect(view.firstIndex(of: 0x3D, from: 2) == 6)
      #expect(view.lastIndex(of: 0x61) == 5)
      #expect(view.firstRange(of: "a=c") == 5..<8)
      #expect(view.firstRange(of: "a=", from: 1) == 5..<7)
      #expect(view.firstRange(of: "zz") == nil)
      #expect(view.firstIndex(of: 0x3D, from: 99) == nil)
    }
    #expect(ByteView.empty.lastIndex(of: 0) == nil)
    #expect(ByteView.empty.firstRange(of: "a") == nil)
  }

  @Test(arguments: [0, 1, 15, 16, 17, 255 * 16 - 1, 255 * 16, 255 * 16 + 1, 9000])
  func counts(length: Int) {
    let bytes = (0..<length).map { UInt8($0 % 3 == 0 ? 0x0A : $0 % 256 | 0x80) }
    bytes.withUnsafeBufferPointer { buffer in
      #expect(ByteView(buffer).count(of: 0x0A) == (length + 2) / 3)
      #expect(ByteView(buffer).count(of: 0x0B) == 0)
    }
    let same = Array(repeating: UInt8(0x0A), count: length)
    same.withUnsafeBufferPointer { #expect(ByteView($0).count(of: 0x0A) == length) }
  }

  @Test func comparesWithoutRegardToCase() {
    "MiXeD@ExAmPlE".withByteView { view in
      #expect(view.equalsIgnoringCase(ByteView("mixed@example")))
      #expect(!view.equalsIgnoringCase(ByteView("mixed@exampl_")))
      #expect(view.hasPrefixIgnoringCase("MIXED"))
    }
  }

  @Test func viewsDifferInAnyByte() {
    for length in 0..<40 {
      let bytes = (0..<length).map { UInt8($0) }
      for place in 0..<length {
        var other = bytes
        other[place] ^= 0x80
        bytes.withUnsafeBufferPointer { bytes in
          other.withUnsafeBufferPointer { #expect(ByteView(bytes) != ByteView($0), "\(length) \(place)") }
        }
      }
      let copy = Array(bytes)
      bytes.withUnsafeBufferPointer { bytes in
        copy.withUnsafeBufferPointer { #expect(ByteView(bytes) == ByteView($0)) }
      }
    }
  }

  @Test func equalBytesHashAlikeWhereverTheyStand() {
    for length in 0..<40 {
      let text = String(repeating: "x", count: length)
      let shifted = "ab" + text
      let one = text.withByteView { $0.hash64 }
      let other = shifted.withByteView { $0.from(2).hash64 }
      #expect(one == other)
    }
  }

  /// Lengths on both sides of those that are compared and copied in a way of their own.
  @Test(arguments: [0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 200])
  func comparesAndCopiesAnyLength(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
    bytes.withUnsafeBufferPointer { original in
      let view = ByteView(original)
      var copy = [UInt8](repeating: 0xEE, count: length + 2)
      copy.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        view.copy(to: start + 1)
      }
      #expect(copy.first == 0xEE && copy.last == 0xEE)
      #expect(Array(copy[1..<(length + 1)]) == bytes)
      copy[1..<(length + 1)].withUnsafeBufferPointer { #expect(ByteView($0) == view) }
      for changed in 0..<length {
        var other = bytes
        other[changed] ^= 0x80
        other.withUnsafeBufferPointer { #expect(ByteView($0) != view) }
      }
    }
  }

  @Test func invalidUTF8IsReplaced() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    let text = bytes.withUnsafeBufferPointer { String(ByteView($0)) }
    #expect(text == "a\u{FFFD}b")
  }

  /// Addresses that differ in one byte are two recipients.
  @Test(arguments: 1...40) func everyByteCountsInATableHash(length: Int) {
    let plain = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    let hash = plain.withUnsafeBytes { ByteView($0).tableHash }
    var hashes: Set<UInt64> = [hash]
    for place in 0..<length {
      var other = plain
      other[place] = UInt8(ascii: "b")
      hashes.insert(other.withUnsafeBytes { ByteView($0).tableHash })
    }
    hashes.insert(plain.dropLast().withUnsafeBytes { ByteView($0).tableHash })
    #expect(hashes.count == length + 2)
  }

  /// Wherever the byte stands in what is looked at eight or 32 at a time.
  @Test(arguments: 0...70) func everyByteIsLookedAt(length: Int) {
    let plain = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    #expect(plain.withUnsafeBytes { ByteView($0).isASCII && !ByteView($0).hasASCIIUppercase && ByteView($0).isLowercaseASCII })
    for place in 0..<length {
      for byte: UInt8 in [0x00, 0x40, 0x41, 0x5A, 0x5B, 0x7F, 0x80, 0xC1, 0xDA, 0xFF] {
        var other = plain
        other[place] = byte
        other.withUnsafeBytes { bytes in
          #expect(ByteView(bytes).isASCII == (byte < 0x80))
          #expect(ByteView(bytes).hasASCIIUppercase == (0x41...0x5A).contains(byte))
          #expect(ByteView(bytes).isLowercaseASCII == (byte < 0x80 && !(0x41...0x5A).contains(byte)))
        }
      }
    }
  }
}
