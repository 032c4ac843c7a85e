import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// What somebody called a machine or a page is no reason: a reply means the same whatever host it names.
struct HostNameTests {
  static let classifier = Classifier.builtIn()

  // MARK: What is a name

  /// Names and URLs stand in brackets in the second text.
  @Test(arguments: [
    ("554 mx.kunde.test not accepting", "554 {mx.kunde.test} not accepting"),
    ("421-4.7.0 mx.kunde.test: busy", "421-4.7.0 {mx.kunde.test}: busy"),
    ("554-mx.kunde.test 554 no", "{554-mx.kunde.test} 554 no"),
    ("connect to mx-01.kunde.test[192.0.2.1]:25: refused", "connect to {mx-01.kunde.test}[192.0.2.1]:25: refused"),
    ("554 spam.de esmtp", "554 {spam.de} esmtp"), ("421 4.3.2 spam.it closing", "421 4.3.2 {spam.it} closing"),
    ("mailbox full.it is", "mailbox full.it is"), ("mailbox full.please try", "mailbox full.please try"),
    ("450 try later. thank you", "450 try later. thank you"),
    ("name server: mx.kunde.test.: no", "name server: {mx.kunde.test}.: no"),
    ("see http://www.ex.test/spam.html, or", "see http://{www.ex.test/spam.html,} or"),
    ("(http://192.0.2.1/quota?full=1) no", "(http://{192.0.2.1/quota?full=1}) no"),
    ("see www.ex.test/a/quota; mailbox full", "see {www.ex.test/a/quota}; mailbox full"),
    ("from 192.0.2.1 and 4.7.1.full", "from 192.0.2.1 and 4.7.1.full"), ("5.7.1 10.20.no", "5.7.1 10.20.no"),
    ("mail.xn--p1ai.xn--p1ai full", "{mail.xn--p1ai.xn--p1ai} full"), ("почта.ящик.рф full", "{почта.ящик.рф} full"),
    ("mx.kunde.test-quota full", "{mx.kunde.test}-quota full"), ("mx.kunde.lan1 full", "mx.kunde.lan1 full"),
    ("spam.kunde..test no", "{spam.kunde..test} no"), (".spam.kunde.test", "{.spam.kunde.test}"),
    ("...", "..."), ("a.b", "a.b"), ("http://.", "http://{.}"),
  ])
  func finds(_ text: String, _ marked: String) {
    var names = HostNames()
    var found = ""
    text.withByteView { bytes in
      names.find(in: bytes)
      var result: [UInt8] = []
      for index in 0..<bytes.count {
        let isIn = names.contains(index)
        let wasIn = index > 0 && names.contains(index - 1)
        if isIn != wasIn { result.append(UInt8(ascii: isIn ? "{" : "}")) }
        result.append(bytes[index])
      }
      if bytes.count > 0, names.contains(bytes.count - 1) { result.append(UInt8(ascii: "}")) }
      found = String(decoding: result, as: UTF8.self)
      #expect(names.isEmpty == !marked.contains("{"))
    }
    #expect(found == marked)
  }

  @Test(arguments: [
    ("outlook.com", true), (".spamhaus.", true), ("cbl.*", true), ("p=unsolicited", true), ("e.de/faq", true),
    ("spamhaus*", false), ("try later.", false), ("busy. try later", false), ("grey-list", false), ("x = y", false),
  ])
  func phrasesOfNames(_ text: String, _ seesNames: Bool) {
    #expect(Phrase(text)?.seesNames == seesNames)
    #expect(Phrase(text, seesNames: true)?.seesNames == true)
  }

  /// Rules of users: words and expressions look beside names, those made of what names are look into them.
  @Test func ruleOfAUser() {
    let file = RuleFile(
      name: "local.yaml",
      text: #"""
        - {id: u-words, cause: policy, words: [partner]}
        - {id: u-name, cause: greylisted, words: [partner.example]}
        - {id: u-path, cause: content, words: [/partner]}
        - {id: u-expression, cause: tls-failure, patterns: ['friend']}
        - {id: u-dotted, cause: connection-lost, patterns: ['mx\d\.friend\.']}
        """#)
    #expect(file.errors == [])
    let classifier = Classifier(layers: [file])
    for (text, id) in [
      ("450 partner says no", "u-words"), ("450 mx.partner.test says no", nil), ("450 mx.partner.example no", "u-name"),
      ("450 no, http://a.b.test/partner", "u-path"), ("450 a friend", "u-expression"), ("450 mx.friend.test no", nil),
      ("450 mx1.friend.test no", "u-dotted"),
    ] {
      let found = Self.rule(text, classifier)
      #expect(found == id || id == nil && !found.hasPrefix("u-"), "\(text): \(found)")
    }
  }

  // MARK: What it must not mean

  static let replies = [
    "554 {} ESMTP not accepting messages", "421 {}", "451 {} internal",
    "554-{} 554 Your access to this mail system has been rejected",
    "421 {} Service not available", "421 {} Error: too many connections", "421 {} Error: timeout exceeded",
    "421 {} closing connection", "421 4.4.2 {} Error: timeout exceeded", "450 {}: try again later", "550 {}",
    "452 {} insufficient system storage", "450 4.2.1 {} mailbox unavailable", "452 4.2.2 {} over quota",
    "421 4.7.0 {} temporarily deferred", "451 4.3.0 {}: temporary failure", "421-4.7.0 {} busy 421 4.7.0 {} come back",
    "450 try later, see http://www.ex.test/{}.html", "450 4.7.1 for help https://{}/why?q=450",
    "454 4.7.0 {} TLS not available",
    "connect to {}[192.0.2.1]:25: Connection timed out", "lost connection with {}[192.0.2.1] while sending RCPT TO",
    "450 4.7.1 <{}>: Helo command rejected: Host not found",
    "450 4.7.1 <{}[192.0.2.1]>: Client host rejected: Access denied",
    "421 4.7.0 {} Error: too many errors", "503 {} bad sequence of commands",
    "451 4.7.1 {} Greylisted, come back in 5 minutes",
    "554 5.7.1 {}", "450 4.1.1 {} user unknown", "421 {} ESMTP Exim cannot accept", "451 4.4.2 {} queue trouble",
  ]

  /// Host names made of the words that generic rules look for, several words a name.
  static let names: [String] = {
    let generic = classifier.rules.filter { $0.evidence != .provider && $0.providers.isEmpty }
    var words: Set<String> = ["mx", "mailbox", "users", "account", "quota", "full", "greylist", "spam", "spf", "tls"]
    for phrase in generic.flatMap({ $0.anyOf + $0.allOf + $0.noneOf }) {
      for word in phrase.text.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0 == "-")) }) {
        let name = word.trimmingPrefix("-")
        if name.utf8.count > 1, name.last != "-" { words.insert(String(name)) }
      }
    }
    let sorted = words.sorted()
    return stride(from: 0, to: sorted.count, by: 12).map { start in
      sorted[start..<min(start + 12, sorted.count)].joined(separator: ".") + ".kunde.test"
    }
  }()

  private static func id(_ verdict: Verdict) -> String { classifier.rules[verdict.rule].id }

  private static func rule(_ text: String, _ classifier: Classifier) -> String {
    text.withByteView { bytes in
      let failure = Failure(direction: .outbound, origin: .remote, reply: Reply(parsing: bytes))
      return classifier.rules[Judge(classifier: classifier).judge(failure).rule].id
    }
  }

  @Test(arguments: replies.indices, [Origin.remote, .transport, .ownReply])
  func repliesMeanTheSame(_ index: Int, _ origin: Origin) {
    let reply = Self.replies[index]
    let judge = Judge(classifier: Self.classifier, remembers: false)
    func rule(_ host: String) -> String {
      reply.replacing("{}", with: host).withByteView { bytes in
        let failure = Failure(
          direction: origin == .ownReply ? .inbound : .outbound, origin: origin, reply: Reply(parsing: bytes))
        return Self.classifier.rules[judge.judge(failure).rule].id
      }
    }
    let expected = rule("srv7.ex.test")
    for name in Self.names {
      let found = rule(name)
      #expect(found == expected, "\(found) instead of \(expected): \(reply) with \(name)")
    }
    for word in ["mx", "mailbox", "users", "account", "quota", "full", "greylist", "spam", "spf", "tls", "blacklist"] {
      for name in ["\(word).kunde.test", "\(word)-01.kunde.test", "in.\(word).kunde.de", "mx1.\(word).org"] {
        let found = rule(name)
        #expect(found == expected, "\(found) instead of \(expected): \(reply) with \(name)")
      }
    }
  }

  /// Each rule's own texts, with a host before them and another one in the place of those that they name.
  @Test func textsOfRulesMeanTheSame() {
    let judge = Judge(classifier: Self.classifier, remembers: false)
    var next = 0
    var count = 0
    for rule in Self.classifier.rules {
      for text in rule.matches {
        let start = text.prefixMatch(of: /\d{3}[ \-](?:\d\.\d{1,3}\.\d{1,3} )?/)?.range.upperBound ?? text.startIndex
        let own = /\b(?:mx|mail|smtp)\.example\.(?:net|org|com)\b/
        let forms: [(String) -> String] = [
          { text[..<start] + $0 + " " + text[start...] }, { text.replacing(own, with: $0) },
        ]
        for form in forms {
          func verdict(_ host: String) -> Verdict {
            form(host).withByteView { bytes in
              (rule.providers.first ?? "").withByteView { judge.judge(rule.sample(bytes, provider: $0)) }
            }
          }
          let expected = verdict("srv7.ex.test")
          for _ in 0..<6 {
            let name = Self.names[next % Self.names.count]
            next += 1
            count += 1
            let found = verdict(name)
            #expect(
              found == expected,
              "\(rule.id): \(Self.id(found)) instead of \(Self.id(expected)): \(form(name))")
          }
        }
      }
    }
    #expect(count > 5000)
  }
}
