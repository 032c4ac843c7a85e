import Bytes
import Testing

@testable import Classification

/// Texts are normalized sixteen or eight bytes at a time; here byte by byte, as the definition says.
@Suite struct NormalizingTests {
  private static func isLocal(_ byte: UInt8) -> Bool {
    byte > 0x20 && !"\"'(),:;<=>@[]`".utf8.contains(byte)
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    byte.isASCIIWordByte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte >= 0x80
  }

  /// Lower case, single spaces, addresses hidden; for texts that start with no code.
  private static func plainly(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    while at < text.count {
      let byte = text[at]
      at += 1
      if byte <= 0x20 {
        while at < text.count, text[at] <= 0x20 { at += 1 }
        if !out.isEmpty { out.append(0x20) }
      } else if byte == UInt8(ascii: "@"), let last = out.last, isLocal(last), at < text.count, isDomain(text[at]) {
        while let last = out.last, isLocal(last) { out.removeLast() }
        while at < text.count, isDomain(text[at]) { at += 1 }
        out.append(byte)
      } else {
        out.append(byte.lowercasedASCII)
      }
    }
    if out.last == 0x20 { out.removeLast() }
    return out
  }

  /// Where a word starts, or a byte stands that belongs to none and is no space.
  private static func places(_ text: [UInt8]) -> [Int] {
    text.indices.filter { at in
      let isWord = text[at].isASCIIWordByte
      return isWord ? at == 0 || !text[at - 1].isASCIIWordByte : text[at] != 0x20
    }
  }

  /// The same numbers at every run (Knuth's MMIX generator).
  private struct Steps: RandomNumberGenerator {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 32
    }
  }

  /// What Exim puts behind a failure's words when it gives up is no part of them.
  @Test(arguments: [
    ("421 Too busy: retry timeout exceeded", "421 too busy"), ("retry timeout exceeded", ""),
    ("host lookup did not complete:  Retry\n timeout exceeded ", "host lookup did not complete"),
    ("451 4.3.0 <a@example.org>: retry timeout exceeded", "451 4.3.0 <@>"),
    ("421 4.4.2 Error: timeout exceeded", "421 4.4.2 error: timeout exceeded"),
    ("no retry timeout exceeded yet", "no retry timeout exceeded yet"),
    ("telnetretry timeout exceeded", "telnetretry timeout exceeded"),
  ])
  func leavesOutThatRetryingIsOver(_ text: String, _ expected: String) {
    var normalized = NormalizedText()
    text.withByteView { normalized.normalize($0) }
    let seen = Array(normalized.view.buffer)
    #expect(String(decoding: seen, as: UTF8.self) == expected)
    #expect((0..<normalized.placeCount).map { normalized.place($0) } == NormalizingTests.places(seen))
  }

  @Test func isTheSameByteByByte() {
    let alphabet = Array("aZ09 @.-<>\t\n~{[`/:Az\u{7F}".utf8) + [0x00, 0x80, 0xA0, 0xC3, 0xFF]
    var generator = Steps()
    var normalized = NormalizedText()
    for round in 0..<4000 {
      let length = Int.random(in: 0...(round % 40 + 1), using: &generator)
      let text = (0..<length).map { _ in
        // Runs of words and single spaces, as replies have them, and anything else now and then.
        Int.random(in: 0..<3, using: &generator) == 0
          ? alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] : UInt8(ascii: "b")
      }
      // A letter first: no reply code.
      let source = [UInt8(ascii: "X")] + text
      source.withUnsafeBufferPointer { normalized.normalize(ByteView($0)) }
      let expected = NormalizingTests.plainly(source)
      #expect(Array(normalized.view.buffer) == expected, "\(source)")
      #expect(
        (0..<normalized.placeCount).map { normalized.place($0) } == NormalizingTests.places(expected), "\(source)")
    }
  }
}
