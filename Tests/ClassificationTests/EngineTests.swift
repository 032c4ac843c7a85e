import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// The engine finds in one pass what trying every rule in order finds.
struct EngineTests {
  /// Our own rules, and some with regular expressions before them.
  static let classifier = Classifier(layers: [patterns])
  private static let patterns = RuleFile(
    name: "patterns.yaml",
    text: #"""
      - {id: p-words, cause: policy, words: [try again], patterns: ['\d{3,} (sec|min)', 'later$']}
      - {id: p-bound, cause: policy, codes: ['45*'], patterns: ['\bmailbox (?:is )?full\b']}
      - {id: p-free, cause: policy, enhanced: [4.2.1], patterns: ['(ra|st)[a-z]+ \S+ed']}
      - {id: p-either, cause: policy, patterns: ['\bquota exceeded .*\d', 'too many (?!conn)\w+']}
      - {id: p-all, cause: policy, all_of: [greylist*], none_of: [spam*], patterns: ['^\d+[ -]']}
      - {id: p-provider, cause: policy, provider: google, signature: [gsmtp], patterns: ['\bsuspicious.{1,40}\bip\b']}
      """#)

  /// A small generator, so that a failure can be repeated.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  static func naive(_ failure: Failure, _ classifier: Classifier) -> Int {
    var normalized = NormalizedText()
    normalized.normalize(failure.reply.text)
    return classifier.rules.firstIndex { $0.matches(failure, normalized: normalized) } ?? -1
  }

  /// Texts put together from the rules' own phrases and texts, with fragments that touch them.
  @Test(arguments: 1...8)
  func agreesWithTryingEveryRule(_ seed: UInt64) {
    var random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    #expect(Self.patterns.errors == [])
    let classifier = Self.classifier
    let judge = Judge(classifier: classifier)
    var phrases = classifier.rules.flatMap { $0.anyOf + $0.allOf + $0.noneOf + $0.signature }.map(\.text)
    phrases += [
      "try again", "mailbox full", "quota exceeded 5", "too many users", "rate limited", "300 seconds", "later",
    ]
    let texts = classifier.rules.flatMap(\.matches)
    let providers = ["", "", "google", "microsoft", "yahoo", "example.net"] + classifier.rules.flatMap(\.providers)
    let glue = [" ", " ", " ", "", "x", "-", ".", "  ", "\n", " 450-4.2.1 ", " a@b.example ", "(", ") ", "; "]
    let codes = [
      "", "421 ", "450 4.7.1 ", "450-4.2.1 ", "452 4.2.2 ", "554 5.7.1 ", "451 4.4.0 ", "4.4.1 ", "421 4.7.500 ",
      "550 ",
    ]
    for _ in 0..<300 {
      var text = codes.randomElement(using: &random) ?? ""
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        switch Int.random(in: 0...5, using: &random) {
        case 0: text += texts.randomElement(using: &random) ?? ""
        case 1: text += (phrases.randomElement(using: &random) ?? "").uppercased()
        case 2:
          let phrase = phrases.randomElement(using: &random) ?? ""
          text += String(phrase.dropFirst(Int.random(in: 0...phrase.count, using: &random)))
        default: text += phrases.randomElement(using: &random) ?? ""
        }
        text += glue.randomElement(using: &random) ?? ""
      }
      let provider = providers.randomElement(using: &random) ?? ""
      text.withByteView { bytes in
        provider.withByteView { provider in
          let failure = Failure(
            direction: Bool.random(using: &random) ? .outbound : .inbound,
            hop: Int.random(in: 0...4, using: &random) == 0 ? .internal : .external,
            origin: Origin.allCases.randomElement(using: &random) ?? .remote,
            stage: Bool.random(using: &random) ? Stage.allCases.randomElement(using: &random) : nil,
            reply: Reply(parsing: bytes), status: Bool.random(using: &random) ? EnhancedStatusCode(4, 4, 1) : nil,
            provider: provider)
          let expected = Self.naive(failure, classifier)
          let found = judge.judge(failure).rule
          #expect(
            found == expected,
            "“\(text)”: \(classifier.rules[found].id), expected \(classifier.rules[expected].id)")
        }
      }
    }
  }

  /// One rule set after another, phrases nested in each other and equal phrases with other word bounds.
  @Test func overlappingPhrases() {
    let phrases = ["he", "she", "his", "hers", "*he*", "her*", "*s", "is his"].compactMap(Phrase.init)
      + [" his", " h", " is his", "] h"].compactMap { Phrase(literal: Array($0.utf8), startsWord: false) }
    let set = PhraseSet(phrases)
    var normalized = NormalizedText()
    for text in ["[x] hers", "[her] his", "she", "ushers", "he is his", "hershe his", "", "h", "his", "is his hers he she"] {
      var findings = Findings(phrases: phrases.count)
      text.withByteView { normalized.normalize($0) }
      set.scan(normalized, into: &findings)
      let found = Set((0..<findings.count).map { findings[$0] })
      let expected = Set(phrases.indices.filter { phrases[$0].occurs(in: normalized) })
      #expect(found == expected, "\(text)")
    }
  }

  @Test func longAndOddTexts() {
    let judge = Judge(classifier: Self.classifier)
    let texts = [
      String(repeating: "a@", count: 5000), String(repeating: "@", count: 9000), String(repeating: "450-", count: 3000),
      String(repeating: "450 4.2.1 ", count: 900), "\u{0}\u{1}\u{7F}", String(repeating: "é", count: 4095), "450",
      "450 ", "450-",
      "4.2.1", "4.2.1.", " ", "",
    ]
    for text in texts {
      text.withByteView { bytes in
        let failure = Failure(direction: .outbound, origin: .remote, reply: Reply(parsing: bytes))
        #expect(judge.judge(failure).rule == Self.naive(failure, Self.classifier))
      }
    }
  }
}

struct NormalizedTextTests {
  @Test(arguments: [
    ("450  Mailbox\tFULL \n", "450 mailbox full"),
    ("450 4.2.2 <greylist@blocked.example>: over quota", "450 4.2.2 <@>: over quota"),
    ("to a@b.example. Try", "to @ try"),
    ("450-4.2.1 at a rate that 450-4.2.1 prevents more. 450 4.2.1 End", "450-4.2.1 at a rate that prevents more. end"),
    ("450 too many: 450 messages", "450 too many: 450 messages"),
    ("450-a 450-b 450 c", "450-a b c"),
    ("450 a 450 b", "450 a 450 b"),
    ("4.7.0 one 4.7.0 two", "4.7.0 one two"),
    ("4.7.0 one 4.7.01 two", "4.7.0 one 4.7.01 two"),
    ("user@ @host a@ b", "user@ @host a@ b"),
  ])
  func normalizes(_ text: String, _ expected: String) {
    var normalized = NormalizedText()
    text.withByteView { normalized.normalize($0) }
    #expect(String(normalized.view) == expected)
  }
}

struct WaitTimeTests {
  @Test(arguments: [
    ("451 4.7.1 Greylisting in action, please come back in 00:05:00", 300),
    ("450 4.2.0 Greylisted for 300 seconds (see http://example.org)", 300),
    ("451 Try again in 5 minutes", 300),
    ("450 4.7.1 Greylisted, try again in 300 seconds", 300),
    ("421 4.7.0 Too many messages, retry after 3600", 3600),
    ("421 please wait an hour", 3600),
    ("450 Policy Rejection- Greylisted for 60 seconds: Please try later", 60),
    ("421 Too many messages. Try again in 92 seconds.", 92),
    ("451 try again in at least 15 mins", 900),
    ("451 please retry in 5-10 minutes", 600),
    ("451 try again in 2 days", 172_800),
    ("450 4.7.0 greylisted, 120 seconds left", 120), ("451 4.7.1 Try again in 4m59s", 299),
    ("450 Greylisted, try again in 1 minute 30 seconds", 90), ("421 try again in 2 hours and 5 minutes", 7500),
    ("451 please try again 300 seconds later", 300), ("451 come back 5 minutes later", 300),
    ("451 Try again later (in 5 minutes)", 300), ("451 Try again later (10 min)", 600), ("451 expected wait time is 300 seconds", 300),
    ("450 greylist delay 300 seconds", 300), ("450 4.7.0 Greylisted, retry in 3600", 3600),
    ("451 try again in 5 minutes, 100 connections open", 300), ("451 please resend in 15 minute(s)", 900),
    ("450 Bitte versuchen Sie es in 10 Minuten erneut", 600), ("450 Bitte versuchen Sie es erneut in 2 Stunden", 7200),
    ("450 Veuillez réessayer dans 10 minutes", 600), ("450 Merci de reessayer dans 1 heure", 3600),
    ("450 intente de nuevo en 5 minutos", 300), ("450 Tente novamente em 30 segundos", 30),
    ("450 riprovare tra 15 minuti", 900), ("450 Sprobuj ponownie za 5 minut", 300),
    ("450 zkuste to znovu za 2 hodiny", 7200), ("450 probeer het opnieuw over 10 minuten", 600),
  ])
  func reads(_ text: String, _ seconds: Int) {
    #expect(wait(text) == seconds)
  }

  @Test(arguments: [
    "421 you sent 100 messages in 60 minutes, try again later", "451 try again in 900 days",
    "421 100 Nachrichten in 60 Minuten, bitte erneut versuchen", "421 100 messages en 60 minutes, merci d'attendre",
    "451 try again in 0 seconds",
    "421 4.7.0 Temporary System Problem.  Try again later (10). x12si3456789ljq.14 - gsmtp",
    "451 Try again later (in 300)", "450 wait", "421 timed out after 300 seconds", "451 retry after 4.7.1",
    "451 try again later",
    "450 mail greylisted for a reason", "451 try again in a few minutes", "450 retry in 600000 ms",
    "451 try again in 9223372036854775 hours 9223372036854775 minutes", "451 try again in 99999999999999999999 hours",
  ])
  func ignores(_ text: String) {
    #expect(wait(text) == nil)
  }

  private func wait(_ text: String) -> Int? {
    let judge = Judge(classifier: .builtIn())
    return text.withByteView { bytes in
      judge.judge(Failure(direction: .outbound, origin: .remote, reply: Reply(parsing: bytes))).retryAfter
    }
  }
}
