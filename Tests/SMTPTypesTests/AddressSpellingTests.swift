import Bytes
import Testing

@testable import SMTPTypes

@Suite struct AddressSpellingTests {
  /// Domains meet in both spellings. IDNA2008, non-transitional: ß is a letter of its own.
  @Test(
    arguments: [
      ("example.org", "example.org"), ("Example.ORG.", "example.org"), ("müller.example", "xn--mller-kva.example"),
      ("MÜLLER.Example.", "xn--mller-kva.example"), ("XN--MLLER-KVA.example", "xn--mller-kva.example"),
      ("mu\u{308}ller.example", "xn--mller-kva.example"), ("straße.example", "xn--strae-oqa.example"),
      ("例え。テスト", "xn--r8jz45g.xn--zckzah"), ("_a.müller.example", "_a.xn--mller-kva.example"),
      ("mail.müller.example", "mail.xn--mller-kva.example"), ("[192.0.2.1]", "[192.0.2.1]"), ("", ""), (".", ""),
      ("[IPv6:2001:DB8::1]", "[ipv6:2001:db8::1]"),
      // No domain, but no reason to lose it.
      ("Ä b", "ä b"), ("Ö..example", "xn--nda..example"), ("\u{80}.Example", "\u{80}.example"),
    ])
  func domains(_ domain: String, _ expected: String) {
    #expect(DomainName.canonical(domain) == expected)
  }

  @Test(
    arguments: [
      ("xn--mller-kva.example", "müller.example"), ("mail.XN--MLLER-KVA.example", "mail.müller.example"),
      ("example.org", nil), ("xn--.example", nil), ("xn--a", nil), ("axn--mller-kva.example", nil),
    ] as [(String, String?)])
  func unicodeLabels(_ domain: String, _ expected: String?) {
    #expect(domain.withByteView { DomainName.unicode($0) } == expected)
  }

  @Test func aDomainOfAnyLength() {
    let long = String(repeating: "ä", count: 100_000)
    #expect(DomainName.canonical(long) == long)
    #expect("xn--\(long)".withByteView { DomainName.unicode($0) } == nil)
    #expect(([0x61, 0xFF, 0x2E, 0x41] as [UInt8]).withUnsafeBufferPointer { buffer in
      var found = ByteBuffer()
      DomainName.append(canonical: ByteView(buffer), to: &found)
      return Array(found.view.buffer)
    } as [UInt8] == [0x61, 0xFF, 0x2E, 0x61])
    #expect("ä\0b.example".withByteView { DomainName.unicode($0) } == nil)
    #expect(DomainName.canonical("Ä\0b.example") == "ä\0b.example")
  }

  /// Two spellings of one address are alike (RFC 5321, section 4.1.2).
  @Test(
    arguments: [
      ("Joe@Example.org", "joe@example.org"), ("\"joe\"@example.org", "joe@example.org"),
      ("\"john doe\"@s.example", "john doe@s.example"), ("\"john\\ doe\"@s.example", "john doe@s.example"),
      ("john doe@s.example", "john doe@s.example"), ("\"John@Home\"@s.example", "john@home@s.example"),
      ("JÖRG@MÜLLER.example", "jörg@xn--mller-kva.example"), ("ΝΊΚΟΣ@x.example", "νίκοσ@x.example"),
      ("νίκος@x.example", "νίκοσ@x.example"), ("straße@x.example", "straße@x.example"), ("STRAẞE@x.example", "straße@x.example"),
      ("\"a\\\"b\\\\c\"@x.example", "a\"b\\c@x.example"), ("a\\b@x.example", "a\\b@x.example"),
      ("o'brien@s.example", "o'brien@s.example"), ("\"\"@x.example", "\"\"@x.example"), ("\"a\"b@x.example", "\"a\"b@x.example"),
      ("\"a\\\"@x.example", "\"a\\\"@x.example"), ("root", "root"), ("\"Ro ot\"", "ro ot"), ("", ""), ("@", "@"),
      // Nothing folds into ASCII: those are others' addresses.
      ("\u{212A}elvin@x.example", "\u{212A}elvin@x.example"), ("\u{17F}am@x.example", "\u{17F}am@x.example"),
      ("\u{131}da@x.example", "\u{131}da@x.example"), ("\u{130}da@x.example", "\u{130}da@x.example"),
    ])
  func addresses(_ address: String, _ expected: String) {
    #expect(address.withByteView { MailAddress.canonical($0) } == expected)
  }

  @Test(
    arguments: [
      ("john doe@s.example", "\"john doe\"@s.example"), ("joe@s.example", "joe@s.example"), ("a..b@s.example", "a..b@s.example"),
      ("john@home@s.example", "\"john@home\"@s.example"), ("a\"b\\c@x.example", "\"a\\\"b\\\\c\"@x.example"),
      ("jörg@x.example", "jörg@x.example"), ("root", "root"), ("\"x\"@y.example", "\"\\\"x\\\"\"@y.example"),
    ])
  func written(_ canonical: String, _ expected: String) {
    let written = canonical.withByteView { MailAddress.written($0) }
    #expect(written == expected)
    #expect(written.withByteView { MailAddress.canonical($0) } == canonical)
  }

  /// Folding again changes nothing, for any letter there is.
  @Test func foldingIsFinal() {
    for value in UInt32(0)..<0x1_F000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = CaseFolding.folded(scalar)
      #expect(CaseFolding.folded(folded) == folded, "\(value)")
      #expect(folded.isASCII == scalar.isASCII)
    }
  }

  @Test(
    arguments: [
      ("jörg", "x JÖRG y", 2, 5), ("jörg", "x JÖR", 2, nil), ("jörg", "JORG", 0, nil), ("ß", "ẞ", 0, 3), ("a", "A", 0, 1),
      ("ö", "\u{FF}", 0, nil),
    ] as [(String, String, Int, Int?)])
  func lengths(_ word: String, _ text: String, _ at: Int, _ expected: Int?) {
    word.withByteView { word in
      text.withByteView { #expect(CaseFolding.length(of: word, in: $0, at: at) == expected) }
    }
  }
}
