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

  @Test func comparesWithoutRegardToCase() {
    "MiXeD@ExAmPlE".withByteView { view in
      #expect(view.equalsIgnoringCase(ByteView("mixed@example")))
      #expect(!view.equalsIgnoringCase(ByteView("mixed@exampl_")))
      #expect(view.hasPrefixIgnoringCase("MIXED"))
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

  @Test func invalidUTF8IsReplaced() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    let text = bytes.withUnsafeBufferPointer { String(ByteView($0)) }
    #expect(text == "a\u{FFFD}b")
  }
}
