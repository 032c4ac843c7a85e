import Bytes
import SMTPTypes
import Testing

@Suite struct CodeTests {
  @Test(arguments: [
    ("450 4.2.1 busy", 450, "4.2.1"), ("421-4.7.28 Gmail", 421, "4.7.28"), ("452", 452, nil), ("4.7.1 later", nil, "4.7.1"),
    ("4501 x", nil, nil), ("450 4.2 x", 450, nil), ("450 6.2.1 x", 450, nil), ("199 x", nil, nil), ("", nil, nil),
    ("450 4.7.1. Later", 450, "4.7.1"), ("450 4.7.1.2", 450, nil), ("450 4.1000.1 x", 450, nil),
    // qmail and its kin.
    ("451 qq temporary problem (#4.3.0)", 451, "4.3.0"), ("421 #4.4.5 Too many connections", 421, "4.4.5"),
    ("511 no mailbox here by that name (#5.1.1 - chkuser)", 511, "5.1.1"), ("452 x (4.2.2)", 452, nil),
    ("450 see #4.2.2", 450, nil), ("450 (# (#4 (#4.2.9)", 450, "4.2.9"), ("250 ok (#4.3.0)", 250, nil),
    ("450 4.7.1 later (#4.3.0)", 450, "4.7.1"), ("temporary problem (#4.3.0)", nil, nil), ("450 #", 450, nil),
  ] as [(String, Int?, String?)])
  func repliesAreTakenApart(text: String, code: Int?, enhanced: String?) {
    text.withByteView { view in
      let reply = Reply(parsing: view)
      #expect(reply.code.map { Int($0.value) } == code)
      #expect(reply.enhanced?.description == enhanced)
    }
  }

  @Test func theClassOfAStatusIsApartFromItsSubject() {
    let full = EnhancedStatusCode(4, 2, 2)
    let hard = EnhancedStatusCode(5, 2, 2)
    if let full, let hard {
      #expect(full ~= hard)
      #expect(full != hard)
    }
    #expect(EnhancedStatusCode(3, 1, 1) == nil)
    #expect(EnhancedStatusCode(4, 1000, 1) == nil)
  }

  @Test(arguments: [
    ("a@Example.org", "Example.org"), ("\"a@b\"@c.test", "c.test"), ("a", nil), ("a@", nil), ("", nil), ("a@b.test.", "b.test"),
  ] as [(String, String?)])
  func domains(address: String, domain: String?) {
    #expect(address.withByteView { MailAddress.domain(of: $0).map { String($0) } } == domain)
  }

  @Test(arguments: [
    ("mx.example.net[192.0.2.5]:25", "mx.example.net", "192.0.2.5", 25, false),
    ("127.0.0.1[127.0.0.1]:10024", "127.0.0.1", "127.0.0.1", 10024, true),
    ("mail.example.org[private/dovecot-lmtp]", "mail.example.org", "private/dovecot-lmtp", nil, true),
    ("mx.example.net[2001:db8::1]:25", "mx.example.net", "2001:db8::1", 25, false),
    ("local", "local", "", nil, true),
    ("mx[1.2.3.4]:99999", "mx", "1.2.3.4", nil, false),
  ] as [(String, String, String, Int?, Bool)])
  func relays(text: String, host: String, address: String, port: Int?, loopback: Bool) {
    text.withByteView { view in
      let relay = Relay(parsing: view)
      #expect(relay.map { String($0.host) } == host)
      #expect(relay.map { String($0.address) } == address)
      #expect(relay?.port.map { Int($0) } == port)
      #expect(relay?.isLoopback == loopback)
    }
    #expect(Relay(parsing: ByteView("none")) == nil)
  }

  /// Eight bytes are looked at together, fewer one by one: with the same answer, whatever they are.
  @Test(arguments: 0..<6) func enhancedCodesInEitherWay(place: Int) {
    for text in ["4.7.1 xy", "5.0.9)xy", "2.1.5\nxy", "4.7.12xy"] {
      for byte in UInt8.min...UInt8.max {
        var bytes = Array(text.utf8)
        bytes[place] = byte
        bytes.withUnsafeBufferPointer { buffer in
          let together = EnhancedStatusCode.scan(ByteView(buffer))
          let alone = EnhancedStatusCode.scan(ByteView(buffer).prefix(6))
          #expect(together?.code == alone?.code && together?.length == alone?.length, "\(bytes)")
        }
      }
    }
  }
}
