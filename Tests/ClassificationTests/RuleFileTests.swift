import Bytes
import Glibc
import SMTPTypes
import Testing

@testable import Classification

struct RuleFileTests {
  @Test func badRulesAreRefusedAndTheOthersLoad() {
    let file = RuleFile(
      name: "local.yaml",
      text: """
        # ours
        - id: good
          cause: greylisted
          words: [come back tomorrow]
          hint: wait
        - id: no-cause
          words: [x y]
        - id: bad-cause
          cause: bad-luck
        - id: Bad Id
          cause: policy
        - id: bad-key
          cause: policy
          word: [a b]
        - id: bad-code
          cause: policy
          codes: [4500]
        - id: good
          cause: policy
        - just a text
        - id: other
          cause: policy
          scope: domain
          enhanced: [4.9.*]
          stages: rcpt
        """)
    #expect(file.rules.map(\.id) == ["good", "other"])
    #expect(file.errors.map(\.line).sorted() == [6, 9, 10, 14, 17, 18, 20])
    #expect(
      file.errors.contains { $0.description.hasPrefix("local.yaml:9:10: “bad-luck” is no cause; one of greylisted") })
    #expect(file.errors.contains { $0.description.contains("stands already at line 2") })
    #expect(file.rules[1].scope == .domain)
  }

  @Test(arguments: ["- id: [", "id: x", "- a: {b: c}", "\t- x"])
  func brokenYAMLHasALine(_ text: String) {
    let file = RuleFile(name: "x.yaml", text: text)
    #expect(file.rules.isEmpty)
    #expect(file.errors.count == 1)
    #expect((file.errors.first?.line ?? 0) > 0)
  }

  /// YAML that breaks off in one rule costs that rule.
  @Test func aBrokenRuleCostsItselfOnly() {
    let file = RuleFile(
      name: "x.yaml",
      text: """
        # ours
        - id: one
          cause: policy
          words: [a b]
        - id: two
          cause: policy
          words: ['no end]
        - id: three
          cause: policy
          words: [c d]
          words: [e f]
        - id: four
          cause: policy
          codes: [9]

        - id: five
          cause: greylisted
          provider: any
          words: [g h]
        """)
    #expect(file.rules.map(\.id) == ["one", "five"])
    #expect(file.rules.map(\.line) == [2, 16])
    #expect(file.rules.last?.providers == [])
    #expect(file.errors.map(\.line) == [7, 10, 14])
    #expect(file.errors.last?.column == 11)
  }

  @Test(arguments: ["", "# nothing\n"])
  func emptyFilesAreFine(_ text: String) {
    let file = RuleFile(name: "x.yaml", text: text)
    #expect(file.rules.isEmpty && file.errors.isEmpty)
  }

  @Test func missingFileIsNamed() {
    let file = RuleFile(path: "/nonexistent/rules.yaml")
    #expect(file.errors.first?.description.hasPrefix("/nonexistent/rules.yaml: can't be opened") == true)
  }

  @Test func aPipeAmongRuleFilesIsNamedAndNotWaitedFor() throws {
    var template = Array("/tmp/softbounce-rules-XXXXXX".utf8CString)
    let directory = String(cString: try #require(mkdtemp(&template)))
    let (pipe, link) = (directory + "/a.yaml", directory + "/b.yaml")
    defer {
      unlink(pipe)
      unlink(link)
      rmdir(directory)
    }
    try #require(mkfifo(pipe, 0o600) == 0)
    // How an administrator switches a file off.
    try #require(symlink("/dev/null", link) == 0)
    let files = RuleFile.files(inDirectory: directory)
    #expect(files.map(\.name) == [pipe, link])
    #expect(files[0].errors.first?.description.hasPrefix("\(pipe): is a pipe") == true)
    #expect(files[1].errors.isEmpty && files[1].rules.isEmpty)
  }

  @Test func ownRulesComeFirst() {
    let file = RuleFile(
      name: "local.yaml",
      text: """
        - id: our-partner
          cause: local-configuration
          codes: ['450']
        - id: mailbox-full
          cause: policy
          words: [over quota]
        """)
    let classifier = Classifier(layers: [file])
    #expect(classifier.errors == [])
    #expect(classifier.ruleset != Classifier.builtIn().ruleset)
    let judge = Judge(classifier: classifier)
    let verdicts = ["450 4.2.2 mailbox full", "452 4.2.2 over quota", "451 greylisted"].map { text in
      text.withByteView { bytes in
        String(
          classifier.ruleName(
            judge.judge(Failure(direction: .outbound, origin: .remote, reply: Reply(parsing: bytes))).rule))
      }
    }
    // A layer's own order is that of evidence too; its rule of a known id replaces ours.
    #expect(verdicts == ["our-partner", "mailbox-full", "greylisted"])
    #expect(classifier.rules.filter { $0.id == "mailbox-full" }.count == 1)
  }

  @Test func explainsWhatWasBeaten() {
    let explainer = Explainer(classifier: .builtIn())
    let text =
      "450 4.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; see https://www.spamhaus.org/query/ip/192.0.2.7."
    let explanation = text.withByteView { explainer.explain(text: $0) }
    #expect(explanation.verdict.cause == .blocklisted)
    #expect(explanation.blockList == "zen.spamhaus.org")
    #expect(explanation.page == "https://www.spamhaus.org/query/ip/192.0.2.7")
    #expect(explanation.phrases.contains("blocked using"))
    #expect(explanation.beaten.contains { $0.id == "code-policy" })
    #expect(explanation.hint != nil)
    let refused = "connect to mx.example.net[192.0.2.25]:25: Connection refused".withByteView {
      explainer.explain(text: $0)
    }
    #expect(refused.verdict.cause == .connectFailure)
    #expect(refused.verdict.origin == .transport)
  }
}

struct ProviderMapTests {
  static let map = ProviderMap()

  @Test(arguments: [
    ("gmail-smtp-in.l.google.com", "google"), ("ASPMX.L.GOOGLE.COM.", "google"),
    ("example-com.mail.protection.outlook.com", "microsoft"), ("mta7.am0.yahoodns.net", "yahoo"),
    ("mx01.mail.icloud.com", "apple"), ("mx00.emig.gmx.net", "gmx"), ("mx.kundenserver.de", "ionos"),
    ("smtp-in.orange.fr", "orange"), ("mxa-00000001.gslb.pphosted.com", "proofpoint"),
    ("mx.mail.example.co.uk", "example.co.uk"), ("Mail.Example.ORG", "Example.ORG"), ("notgoogle.com", "notgoogle.com"),
    ("mx3.qq.com", "qq"), ("a.b.c.example.com", "example.com"), ("cxr.mx.a.cloudfilter.net", "cox"),
    ("mx.a.cloudfilter.net", "cloudmark"), ("mx1.comcast.net", "comcast"), ("mx4.laposte.net", "laposte"),
    ("smtpin.rzone.de", "strato"), ("mx00.t-online.de", "t-online"), ("mxs.mail.ru", "mail.ru"),
    ("163mx01.mxmail.netease.com", "netease"), ("mx1.naver.com", "naver"), ("mfsmax.docomo.ne.jp", "docomo"),
    ("eu-smtp-inbound-1.mimecast.com", "mimecast"), ("d12345.a.ess.barracudanetworks.com", "barracuda"),
    ("mx1.hc123-45.eu.iphmx.com", "cisco"), ("cluster1.eu.messagelabs.com", "broadcom"),
    ("example.in.tmes.trendmicro.com", "trend-micro"), ("mx01.hornetsecurity.com", "hornetsecurity"),
    ("mx.spamexperts.com", "spamexperts"), ("mx1.emailsrvr.com", "rackspace"),
    ("smtp.secureserver.net", "godaddy"), ("mx3.mail.ovh.net", "ovh"), ("spool.mail.gandi.net", "gandi"),
    ("mx.zoho.eu", "zoho"), ("mail.protonmail.ch", "proton"), ("in1-smtp.messagingengine.com", "fastmail"),
    ("mx1.seznam.cz", "seznam"), ("mx.wp.pl", "wp"), ("mx.poczta.onet.pl", "onet"), ("smtp-in.libero.it", "libero"),
    ("extmail.bigpond.com", "telstra"), ("mx.uol.com.br", "uol"),
    // Relays that take mail of customers, and hosts under a domain that is the provider's own.
    ("smtp.gmail.com", "google"), ("smtp-relay.gmail.com", "google"), ("gmail.com", "google"),
    ("smtp.office365.com", "microsoft"), ("smtp-mail.outlook.com", "microsoft"), ("smtp.live.com", "microsoft"),
    ("smtp.azurecomm.net", "microsoft"), ("smtp.mail.yahoo.com", "yahoo"), ("smtp.mail.yahoo.co.uk", "yahoo"),
    ("smtp.aol.com", "yahoo"), ("smtp.mail.me.com", "apple"), ("smtp.zeptomail.eu", "zoho"),
    ("email-smtp.eu-central-1.amazonaws.com", "amazon"), ("smtp.sendgrid.net", "sendgrid"),
    ("smtp.mailgun.org", "mailgun"), ("smtp.eu.mailgun.org", "mailgun"), ("in-v3.mailjet.com", "mailjet"),
    ("smtp-relay.sendinblue.com", "brevo"), ("smtp-relay.brevo.com", "brevo"), ("smtp.Yandex.KZ", "yandex"),
    ("verizon.net", "verizon"), ("notgmail.com", "notgmail.com"),
  ])
  func ofHost(_ host: String, _ provider: String) {
    host.withByteView { host in
      #expect(Self.map.provider(ofHost: host).map { String($0) } == provider)
    }
  }

  @Test(arguments: [
    "", "192.0.2.1", "[192.0.2.1]", "2001:db8::1", "private/dovecot-lmtp", "localhost", "none", ".", "com", "co.uk",
  ])
  func nobody(_ host: String) {
    host.withByteView { host in
      #expect(Self.map.provider(ofHost: host) == nil)
    }
  }

  @Test(
    arguments: [("gmail.com", "google"), ("Hotmail.FR", "microsoft"), ("example.com", nil), ("web.de", "web.de")]
      as [(String, String?)])
  func ofDomain(_ domain: String, _ provider: String?) {
    domain.withByteView { domain in
      #expect(Self.map.provider(ofDomain: domain).map { String($0) } == provider)
    }
  }

  @Test func tableIsSound() throws {
    var entries: [ProviderEntry] = []
    for table in BuiltInRules.providers {
      let text = ByteView(table.text)
      entries += try ProviderEntry.entries(of: table)
      #expect(try RuleReader.drafts(name: "", text: text) == RuleFile.drafts(name: "", text: String(text)).drafts)
    }
    #expect(entries.count > 150)
    let names = entries.map(\.name)
    #expect(Set(names).count == names.count)
    for list in [entries.flatMap(\.hosts), entries.flatMap(\.domains)] {
      #expect(Set(list).count == list.count, "twice: \(list.filter { one in list.count(where: { $0 == one }) > 1 })")
      #expect(list.allSatisfy { $0 == $0.lowercased() && !$0.isEmpty })
    }
    let known = Set(names)
    for rule in Classifier.builtIn().rules { #expect(known.isSuperset(of: rule.providers), "\(rule.id)") }
  }

  /// Known without compiling them.
  @Test func theRulesThatSayThatThereIsNoneAreThoseOfTheClassifier() {
    #expect(!Nonexistent.builtInRules.isEmpty)
    #expect(Nonexistent.builtInRules == Classifier.builtIn().nonexistent)
  }
}
