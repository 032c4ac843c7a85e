import Bytes
import Glibc
import SMTPTypes
import Testing

@testable import Privacy

private let key = PseudonymKey(bytes: Array(0..<32))
private let other = PseudonymKey(bytes: Array(1...32))

private func pseudonym(
  _ address: String, _ message: String = "", mode: AddressMode = .pseudonymised, key: PseudonymKey = key
) -> String {
  address.withByteView { address in
    message.withByteView { Pseudonyms(key: key, mode: mode).address(for: address, message: $0) }
  }
}

private enum MailAddressSpelling {
  /// The address with its domain in A-labels.
  static func ascii(_ address: String) -> String {
    let parts = address.split(separator: "@")
    return parts[0] + "@" + DomainName.canonical(String(parts[1]))
  }
}

@Suite struct PseudonymTests {
  @Test func theSameAddressHasTheSamePseudonym() {
    let joe = pseudonym("joe@example.net")
    #expect(joe.hasPrefix("~") && joe.hasSuffix("@example.net") && joe.utf8.count == 25 + 12)
    for spelling in ["Joe@example.net", "joe@Example.NET", "joe@example.net.", "\"joe\"@example.net"] {
      let found = pseudonym(spelling).split(separator: "@")[0]
      #expect(found == joe.split(separator: "@")[0], "\(spelling)")
    }
    #expect(pseudonym("joe@example.org") != joe)
    #expect(pseudonym("jo@example.net") != joe)
    #expect(pseudonym("joe@example.net", key: other) != joe)
    // What it is must not change from release to release: journals have it.
    #expect(joe == "~alf7j736fepctv5iwaumhdqd@example.net")
  }

  @Test func aPseudonymIsItsOwn() {
    for mode in [AddressMode.pseudonymised, .domainOnly] {
      let once = pseudonym("joe@example.net", "4F2C", mode: mode)
      #expect(pseudonym(once, "4F2C", mode: mode) == once)
      // With another key, or at another domain, it is an address like any other.
      #expect(pseudonym(once, "4F2C", mode: mode, key: other) != once)
      let moved = once.dropLast(4) + ".org"
      #expect(pseudonym(String(moved), "4F2C", mode: mode) != moved)
    }
    // Nobody makes one by looking like it.
    let forged = "~aaaaaaaaaaaaaaaaaaaaaaaa@example.net"
    #expect(pseudonym(forged) != forged)
  }

  @Test func aMarkIsAnotherInAnotherMessage() {
    let one = pseudonym("joe@example.net", "4F2C", mode: .domainOnly)
    #expect(one == pseudonym("joe@example.net", "4F2C", mode: .domainOnly))
    #expect(one != pseudonym("joe@example.net", "4F2D", mode: .domainOnly))
    #expect(one != pseudonym("ann@example.net", "4F2C", mode: .domainOnly))
    #expect(one.utf8.count == 17 + 12)
  }

  /// Two spellings of one address, one pseudonym.
  @Test(
    arguments: [
      ("user@müller.example", ["User@MÜLLER.example", "user@xn--mller-kva.example", "\"user\"@XN--MLLER-KVA.example."]),
      ("jörg@x.example", ["JÖRG@x.example", "\"jörg\"@X.example"]),
      ("\"john doe\"@x.example", ["john doe@x.example", "\"John\\ Doe\"@x.example"]),
    ])
  func spellingsMeet(_ address: String, _ others: [String]) {
    func local(_ address: String, _ mode: AddressMode) -> Substring {
      pseudonym(address, "4F2C", mode: mode).split(separator: "@")[0]
    }
    for mode in [AddressMode.pseudonymised, .domainOnly] {
      for other in others { #expect(local(other, mode) == local(address, mode), "\(other)") }
    }
    let whole = pseudonym(address)
    #expect(pseudonym(whole) == whole && pseudonym(MailAddressSpelling.ascii(whole)) == MailAddressSpelling.ascii(whole))
  }

  /// What stands for an address in journals from before that is found by any spelling that folds ASCII alone. Made by
  /// that release, with this key.
  @Test(
    arguments: [
      ("jörg@müller.example", "jörg@müller.example", "jörg@müller.example"),
      ("jörg@müller.example", "Jörg@xn--mller-kva.example", "jörg@müller.example"),
      ("\"a\\\"b\"@x.example", "\"a\\\"b\"@x.example", "ab@x.example"),
    ])
  func formerPseudonymsAreFound(_ stored: String, _ asked: String, _ hashed: String) {
    let domain = String(hashed.split(separator: "@")[1])
    let hash = hashed.withByteView {
      Array(KeyedHash.hash([ByteView("address"), .empty, $0], key: Array(0..<32), length: 16).prefix(10))
    }
    let check = hash.withUnsafeBufferPointer { hash in
      domain.withByteView { KeyedHash.hash([ByteView("check"), .empty, ByteView(hash), $0], key: Array(0..<32), length: 16) }
    }
    let former = "~" + KeyedHash.base32(hash + check.prefix(5))
    let pseudonyms = Pseudonyms(key: key, mode: .pseudonymised)
    let found = asked.withByteView { pseudonyms.addresses(for: $0, message: .empty) }
    #expect(found.contains { $0.hasPrefix(former + "@") })
    #expect(found[0] == pseudonym(asked))
    // It is known as one of ours, with either spelling of its domain.
    for address in [former + "@" + domain, MailAddressSpelling.ascii(former + "@" + domain)] {
      #expect(address.withByteView { pseudonyms.made($0) } && pseudonym(address) == address)
      #expect(address.withByteView { !Pseudonyms(key: other, mode: .pseudonymised).made($0) })
    }
  }

  @Test func nearlyEveryAddressHasOnePseudonym() {
    let pseudonyms = Pseudonyms(key: key, mode: .pseudonymised)
    for address in ["joe@example.net", "o'brien@example.net", "a b@example.net", "root"] {
      #expect(address.withByteView { pseudonyms.addresses(for: $0, message: .empty) } == [pseudonym(address)])
    }
  }

  @Test func withoutADomain() {
    #expect(pseudonym("root").hasPrefix("~"))
    #expect(!pseudonym("root").contains("@"))
  }
}

@Suite struct PseudonymKeyTests {
  @Test func aKeyIsMadeOnceAndKept() throws {
    var template = Array("/tmp/softbounce-key-XXXXXX".utf8CString)
    let directory = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { rmdir(directory) }
    let path = directory + "/pseudonym.key"
    defer { unlink(path) }
    let made = try PseudonymKey.obtain(path: path)
    #expect(made.isNew)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size == 65)
    #expect(try PseudonymKey.obtain(path: path).key == made.key)
    #expect(try !PseudonymKey.obtain(path: path).isNew)
    // One that is damaged is never replaced: its pseudonyms would be lost.
    truncate(path, 10)
    #expect(throws: PseudonymKey.Problem.self) { try PseudonymKey.obtain(path: path) }
    #expect(stat(path, &status) == 0 && status.st_size == 10)
    // Nobody writes to a pipe in its place.
    unlink(path)
    try #require(mkfifo(path, 0o600) == 0)
    #expect(throws: PseudonymKey.Problem.self) { try PseudonymKey.obtain(path: path) }
  }
}

@Suite struct AddressRewriterTests {
  private struct Hide: AddressMapping {
    func replacement(for local: ByteView, at domain: ByteView) -> String? { "X" }
  }

  @Test(arguments: [
    ("<joe@example.net>: mailbox full", "<X@example.net>: mailbox full"),
    ("joe@example.net", "X@example.net"),
    ("a@b.example c@d.example", "X@b.example X@d.example"),
    ("rcpt=joe@example.net&x=1", "rcpt=X@example.net&x=1"),
    ("https://example.com/?e=joe%40example.net", "https://example.com/?e=X%40example.net"),
    ("\"joe smith\"@example.net.", "X@example.net."),
    ("bounce-joe=example.net@lists.example", "X@lists.example"),
    ("joe@[192.0.2.1] said", "X@[192.0.2.1] said"),
    ("jörg@bücher.example", "X@bücher.example"),
    ("@example.net and joe@ and @", "@example.net and joe@ and @"),
    ("a@@b", "a@@b"),
    ("nothing here", "nothing here"),
    ("", ""),
  ])
  func addressesInText(_ text: String, _ expected: String) {
    var buffer = ByteBuffer()
    let isChanged = text.withByteView { AddressRewriter.rewrite($0, with: Hide(), to: &buffer) }
    #expect(String(buffer.view) == expected)
    #expect(isChanged == (text != expected))
  }

  @Test(arguments: [
    ("bounce-joe=example.net@lists.example", "bounce-X=example.net@lists.example", false),
    ("prvs=1234=joe@example.net", "prvs=1234=X@example.net", false),
    ("SRS0=abc=de=example.net=joe@fwd.example", "SRS0=abc=de=example.net=X@fwd.example", false),
    ("srs0+abc=de=Example.NET=Joe@fwd.example", "srs0+abc=de=example.net=X@fwd.example", false),
    ("SRS0=abc=de=my.example.net=joe@fwd.example", "SRS0=abc=de=my.example.net=joe@fwd.example", false),
    ("SRS0=abc=de=example.net=joe.doe@fwd.example", "SRS0=abc=de=example.net=joe.doe@fwd.example", false),
    ("user joe is over quota", "user X is over quota", true),
    ("user joe is over quota", "user joe is over quota", false),
    ("User JOE unknown", "User X unknown", true),
    ("mary.joe@example.net joe-x@example.net joel", "mary.joe@example.net joe-x@example.net joel", true),
    ("joe@example.net.uk", "joe@example.net.uk", false),
    ("joe@example.net.", "X@example.net.", false),
    ("(joe)", "(X)", true),
  ] as [(String, String, Bool)])
  func otherSpellings(_ text: String, _ expected: String, _ isProse: Bool) {
    let name = NamedAddress(ByteView("joe"), at: ByteView("example.net"), replacement: "X")
    var buffer = ByteBuffer()
    let isChanged = text.withByteView {
      AddressRewriter.rewriteSpellings($0, of: [name], isProse: isProse, to: &buffer)
    }
    #expect(String(buffer.view) == expected)
    #expect(isChanged == (text != expected))
  }

  /// However the case of its letters, and its domain, are written.
  @Test(arguments: [
    ("bounce-jörg=müller.example@lists.example", "bounce-X=müller.example@lists.example", false),
    ("bounce+JÖRG=MÜLLER.example@lists.example", "bounce+X=müller.example@lists.example", false),
    ("b-Jörg=xn--mller-kva.example@lists.example", "b-X=xn--mller-kva.example@lists.example", false),
    ("SRS0=a=b=MÜLLER.example=jÖrg@fwd.example", "SRS0=a=b=müller.example=X@fwd.example", false),
    ("user JÖRG is over quota", "user X is over quota", true), ("JÖRGEN", "JÖRGEN", true), ("ÄJÖRG", "ÄJÖRG", true),
    ("\u{FFFD}\u{FFFD}jörg", "\u{FFFD}\u{FFFD}jörg", true),
  ] as [(String, String, Bool)])
  func otherLetters(_ text: String, _ expected: String, _ isProse: Bool) {
    let name = "Jörg".withByteView { local in
      "Müller.example".withByteView { NamedAddress(local, at: $0, replacement: "X") }
    }
    var buffer = ByteBuffer()
    let isChanged = text.withByteView {
      AddressRewriter.rewriteSpellings($0, of: [name], isProse: isProse, to: &buffer)
    }
    #expect(String(buffer.view) == expected)
    #expect(isChanged == (text != expected))
  }

  /// Whatever bytes a stranger sends, the walk ends and loses nothing that is no address.
  @Test func anyBytes() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("joe@@%40=.-+\"\\[]< >éx".utf8)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      bytes.withUnsafeBufferPointer { text in
        var buffer = ByteBuffer()
        let name = NamedAddress(ByteView("joe"), at: ByteView("x"), replacement: "joe")
        _ = AddressRewriter.rewriteSpellings(ByteView(text), of: [name], isProse: true, to: &buffer)
        #expect(buffer.count == text.count)
        buffer.removeAll()
        if !AddressRewriter.rewrite(ByteView(text), with: Hide(), to: &buffer) { #expect(buffer.view == ByteView(text)) }
      }
    }
  }
}
