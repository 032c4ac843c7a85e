import Bytes
import SMTPTypes
import Testing

@testable import Reporting

@Suite struct PrintableTests {
  @Test(arguments: [
    ("plain", "plain"), ("Köln 東京", "Köln 東京"), ("a\u{1B}[31mred", "a\\x1b[31mred"), ("a\nb\tc", "a\\x0ab\\x09c"),
    ("\u{7F}\u{9B}", "\\x7f\\x9b"), ("safe\u{202E}exe.gpj", "safe\\u{202e}exe.gpj"),
    ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
    ("zero\u{200B}width", "zero\\u{200b}width"), ("\u{FEFF}bom", "\\u{feff}bom"), ("\u{2028}", "\\u{2028}"),
    ("\u{E0041}", "\\u{e0041}"), ("soft\u{AD}", "soft\\xad"), ("\u{0}", "\\x00"),
  ])
  func escapes(_ text: String, _ expected: String) {
    #expect(Printable.text(text) == expected)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("東京都庁", 6, "東京…"), ("ab\u{1B}cd", 4, "ab…"),
    ("a\u{300}\u{301}b", 2, "a\u{300}\u{301}b"), ("", 1, ""),
  ])
  func cuts(_ text: String, _ limit: Int, _ expected: String) {
    #expect(Printable.text(text, limit: limit) == expected)
    #expect(Columns.width(Printable.text(text, limit: limit)) <= limit)
  }

  @Test func invalidUTF8IsShownAsReplaced() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0x62]
    bytes.withUnsafeBufferPointer { #expect(Printable.text(ByteView($0)) == "a\u{FFFD}\u{FFFD}b") }
  }

  @Test(arguments: [
    ("{\"a\":\"plain é\"}", "{\"a\":\"plain é\"}"), ("\"\u{202E}x\"", "\"\\u202ex\""),
    ("\"\u{AD}\u{61C}\"", "\"\\u00ad\\u061c\""),
    ("\"\u{E0041}\"", "\"\\udb40\\udc41\""), ("\"😀\"", "\"😀\""), ("é", "é"),
  ])
  func jsonLines(_ line: String, _ expected: String) {
    var buffer = ByteBuffer()
    line.withByteView { Printable.append(json: $0, to: &buffer) }
    #expect(String(buffer.view) == expected)
  }

  @Test func tornCharactersPass() {
    let bytes: [UInt8] = [0x22, 0xE2, 0x80]
    var buffer = ByteBuffer()
    bytes.withUnsafeBufferPointer { Printable.append(json: ByteView($0), to: &buffer) }
    #expect(buffer.count == 3)
  }

  @Test(arguments: [
    ("450 4.2.1 <bob@example.org>: try again in 300 seconds", "450 4.2.1 <address>: try again in <n> seconds"),
    (
      "421 4.7.0 [TSS04] Messages from 198.51.100.25 temporarily deferred",
      "421 4.7.0 [TSS04] Messages from <ip> temporarily deferred"
    ),
    ("450 4.7.1 Greylisted, see https://postgrey.example/help/x.html", "450 4.7.1 Greylisted, see <url>"),
    (
      "421-4.7.28 Gmail has detected 421-4.7.28 more a1b2c3d4e5f6g7 - gsmtp",
      "421 4.7.28 Gmail has detected more <id> - gsmtp"
    ),
    (
      "connect to mx.example[2001:db8::1]:25: Connection refused", "connect to mx.example[<ip>]:<n>: Connection refused"
    ),
    (
      "connect to mx.example[192.0.2.1]:25: Connection timed out",
      "connect to mx.example[<ip>]:<n>: Connection timed out"
    ),
    ("452 4.3.1", "452 4.3.1"), ("", ""), ("450", "450"), ("a   b", "a b"),
    ("451 4.7.650 (S775) x", "451 4.7.650 (S775) x"),
    ("550-a b 550 c", "550 a b c"), ("450-4.2.1 one 450-4.2.1 two 450 4.2.1 three", "450 4.2.1 one two three"),
    ("451 4.7.1 please come back in 00:05:00", "451 4.7.1 please come back in <n>:<n>:<n>"),
    ("connect to mx12.example34.org[::1]:25: x", "connect to mx<n>.example<n>.org[<ip>]:<n>: x"),
    ("454 TLS not available", "454 TLS not available"),
    // An exclamation mark is part of a word; a tab is a blank, and several are one.
    ("450 !a@b( x", "450 <address>( x"), ("450 x!17 y", "450 x!<n> y"), ("450 a\tb \t c", "450 a b c"),
    ("450 \t a1", "450 a1"), ("a ;, b", "a ;, b"),
  ])
  func templates(_ text: String, _ expected: String) {
    var buffer = ByteBuffer()
    text.withByteView { ReplyTemplate.append($0, to: &buffer) }
    #expect(String(buffer.view) == expected)
  }

  @Test func longTemplatesEndAtACharacter() {
    for text in [String(repeating: "é", count: 500), String(repeating: "né ", count: 500)] {
      var buffer = ByteBuffer()
      buffer.append("before ")
      text.withByteView { ReplyTemplate.append($0, to: &buffer) }
      #expect(buffer.count <= 7 + ReplyTemplate.limit + 3)
      #expect(String(buffer.view).hasPrefix("before "))
      #expect(String(buffer.view).hasSuffix("…"))
      #expect(!String(buffer.view).contains("\u{FFFD}"))
    }
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1234, "-1,234"),
  ])
  func counts(_ value: Int, _ expected: String) { #expect(Units.count(value) == expected) }

  @Test(arguments: [
    (0.0, "0.0%"), (0.0004, "<0.1%"), (0.001, "0.1%"), (0.0984, "9.8%"), (0.9996, ">99.9%"), (1.0, "100.0%"),
  ])
  func percents(_ share: Double, _ expected: String) { #expect(Units.percent(share) == expected) }

  @Test(arguments: [
    (0.0, "0 s"), (45, "45 s"), (89, "89 s"), (90, "2 min"), (840, "14 min"), (5400, "1 h 30 min"), (7200, "2 h"),
    (172_800, "2 d"), (273_600, "3 d 4 h"), (-3, "0 s"),
  ])
  func durations(_ seconds: Double, _ expected: String) { #expect(Units.duration(seconds) == expected) }

  @Test func barsShowTheLeastAndTheGreatest() {
    #expect(Bars(isUnicode: true).line([0, 1, 50, 100, nil]) == " ▁▄█ ")
    #expect(Bars(isUnicode: false).line([0, 1, 50, 100, nil]) == " .=# ")
    #expect(Bars(isUnicode: true).line([]) == "")
    #expect(Bars(isUnicode: true).line([0, nil]) == "  ")
  }

  @Test func tablesDropColumnsThatDoNotFit() {
    var table = TextTable([
      .init("Key", isRight: false), .init("a"), .init("bbbbbbbbbb", rank: 2), .init("cccc", rank: 1),
    ])
    table.rows = [["a key that is long enough to be cut", "1", "2", "3"]]
    #expect(table.lines(width: 80).first == "Key                                  a  bbbbbbbbbb  cccc")
    #expect(table.lines(width: 30) == ["Key                    a  cccc", "a key that is long e…  1     3"])
    #expect(table.lines(width: 24) == ["Key                    a", "a key that is long e…  1"])
  }

  @Test func paragraphsBreakAtBlanks() {
    var output = Output(width: 12)
    output.wrapped("  aaa bbb ccc ddd", indent: 4) { $0 }
    #expect(output.text == "  aaa bbb\n    ccc ddd\n")
    var long = Output(width: 4)
    long.wrapped("abcdefgh ij", indent: 0) { $0 }
    #expect(long.text == "abcdefgh\nij\n")
  }
}
