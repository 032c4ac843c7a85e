import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// A verdict that is remembered, by a text or by its shape, is the one that the text would be given anew.
struct RememberedVerdictTests {
  /// Our own rules behind some that look for digits, within words, at their ends, and by expressions.
  private static let classifier = Classifier(layers: [rules])
  private static let rules = RuleFile(
    name: "digits.yaml",
    text: #"""
      - {id: d-whole, cause: policy, words: [x17, 203.0.113.9, 'code 42', 'rfc 2822 a']}
      - {id: d-begins, cause: content, words: [qz7*, 'limit 9*', '77.8*', 'averylongword5*']}
      - {id: d-ends, cause: reputation, words: ['*9qk', '*4 left over']}
      - {id: d-within, cause: blocklisted, words: ['*k3j*']}
      - {id: d-tried, cause: tls-failure, words: [ticket], patterns: ['ticket [a-f]*\d{3,5}\b']}
      - {id: d-expression, cause: routing, patterns: ['\bnode-\d+x', 'id=\w*7\w*z']}
      - {id: d-none, cause: system-busy, all_of: [shape], none_of: ['b1*', s77]}
      """#)

  /// Words that phrases hold, lie over or just miss, and such as logs are full of.
  private static let words =
    [
      "x17", "ax17", "x17b", "x1", "203", "0", "113", "9", "42", "4", "2822", "qz7", "qz7abc", "qz8", "9", "95", "77",
      "8",
      "85", "averylongword5", "averylongword4", "averylongw0", "19qk", "9qk", "9qk1", "14", "4", "ak3jb", "k3j", "k4j",
      "ab123", "ab12", "123456", "fff777", "12x", "7x", "x", "b1", "b12", "cb1", "s77", "s78", "s7", "greylist3",
      "greylisted300", "spam1", "5321", "s3140", "s3141", "tss04", "tss05", "300", "5", "05", "00", "421", "450",
      "1and1", "postmaster1",
    ] + (0..<40).map { "q\($0 * 7919 % 1000)w\($0)" }

  private static let frames = [
    "421 % says % and %", "450 4.2.1 [%] code % (%)", "rfc % a % b", "limit % reached at %.%.%.%", "%.%", "ticket %, %",
    "ticket abc% for node-% id=%", "shape of % and %.", "% left over", "try again in % minutes (%)", "wait %: %",
    "%_%-%/%",
    "retry after %; id %", "https://h.example/?p=% % - gsmtp", "é%é % %", "Greylisting in action, come back in %:%:%",
  ]

  @Test(arguments: 1...4)
  func isTheVerdictGivenAnew(_ seed: UInt64) {
    #expect(Self.rules.errors == [])
    var random = EngineTests.Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let judge = Judge(classifier: Self.classifier)
    let anew = Judge(classifier: Self.classifier, remembers: false)
    // Few texts, often changed: most of them are known by their shape.
    let texts = Self.classifier.rules.flatMap(\.matches).shuffled(using: &random).prefix(12) + Self.frames
    let providers = ["", "google", "microsoft"]
    for _ in 0..<500 {
      let text = Self.changed(texts.randomElement(using: &random) ?? "", using: &random)
      let provider = providers.randomElement(using: &random) ?? ""
      text.withByteView { bytes in
        provider.withByteView { provider in
          let failure = Failure(
            direction: .outbound, origin: .remote, stage: Bool.random(using: &random) ? .rcpt : nil,
            reply: Reply(parsing: bytes), provider: provider)
          if judge.judge(failure) != anew.judge(failure) { Issue.record("\(text)") }
        }
      }
    }
  }

  /// `text` with other words with digits in the place of its own, and of each `%`.
  private static func changed(_ text: String, using random: inout EngineTests.Generator) -> String {
    var result = ""
    var word = ""
    func keep(_ random: inout EngineTests.Generator) {
      let isChanged = word.utf8.contains(where: \.isASCIIDigit) && Int.random(in: 0..<3, using: &random) == 0
      result += isChanged ? words.randomElement(using: &random) ?? "" : word
      word = ""
    }
    for character in text {
      if character.isASCII, character.isLetter || character.isNumber {
        word.append(character)
      } else {
        keep(&random)
        if character == "%" {
          result += words.randomElement(using: &random) ?? ""
        } else {
          result.append(character)
        }
      }
    }
    keep(&random)
    return result
  }

  /// Texts of one shape hold the same phrases once they are normalized, of phrases made of few letters and digits with any
  /// bounds; codes, addresses and blanks included.
  @Test func textsOfAShapeHoldTheSamePhrases() {
    var random = EngineTests.Generator(state: 0xD1B5_4A32_D192_ED03)
    var normalized = NormalizedText()
    var shape = TextShape()
    // Where every word is hidden, texts of one shape hold different phrases.
    let unseen = SeenWords([])
    var (shared, mistaken) = (0, 0)
    for _ in 0..<12 {
      let phrases = Self.phrases(using: &random)
      let seen = SeenWords(phrases)
      let set = PhraseSet(phrases)
      var found: [String: (phrases: Set<Int>, text: String)] = [:]
      var blind: [String: Set<Int>] = [:]
      for _ in 0..<500 {
        let text = Self.text(using: &random)
        var findings = Findings(phrases: phrases.count)
        text.withByteView { normalized.normalize($0) }
        set.scan(normalized, into: &findings)
        let held = Set((0..<findings.count).map { findings[$0] })
        guard text.withByteView({ shape.take($0, seen: seen) }) else { continue }
        let key = String(shape.view)
        if shape.hidesWords, found[key] != nil { shared += 1 }
        let known = found[key, default: (held, text)]
        if held != known.phrases { Issue.record("“\(text)” and “\(known.text)” with \(phrases)") }
        found[key] = known
        guard text.withByteView({ shape.take($0, seen: unseen) }) else { continue }
        if blind[String(shape.view), default: held] != held { mistaken += 1 }
        blind[String(shape.view)] = held
      }
    }
    #expect(shared > 30)
    #expect(mistaken > 30)
  }

  /// Wherever a text stands in what is looked at together, and however long its words are.
  @Test func theShapeIsTheSameWhereverItStands() {
    var shape = TextShape()
    let seen = Self.classifier.seenWords
    func taken(_ text: String) -> String? {
      text.withByteView { shape.take($0, seen: seen) } ? String(shape.view) : nil
    }
    var texts = [
      "421 4.7.28 K9u91a.344 - gsmtp", "a1", "1", "x17 ax17", "é1é b12", "[203.0.113.9] 5.1.1", "end q7w",
    ]
    for length in [7, 8, 9, 63, 64, 65, 127, 128, 200] {
      texts.append(String(repeating: "a", count: length - 1) + "7")
      texts.append("7" + String(repeating: "b", count: length - 1) + " c")
    }
    for text in texts {
      guard let expected = taken(" " + text) else {
        Issue.record("“\(text)” has no shape")
        continue
      }
      for blanks in 1...130 {
        let margin = String(repeating: " ", count: blanks - 1)
        #expect(taken(margin + " " + text) == margin + expected)
      }
    }
    #expect(taken(" " + String(repeating: "a", count: 63) + "7 z") == " \u{1} z")
    // Too long to be told from others, and as long as a text may be.
    let longest = String(repeating: "7", count: 1024)
    #expect(taken(longest) == longest)
    #expect(taken(String(repeating: "7", count: 1025)) == nil)
    #expect(taken("a7 \u{1}") == nil && taken("") == "")
  }

  private static func phrases(using random: inout EngineTests.Generator) -> [Phrase] {
    (0..<12).compactMap { _ in
      let text = made(of: ["a", "b", "1", "2", " ", "-", "."], 2...6, using: &random)
      return switch Int.random(in: 0..<5, using: &random) {
      case 0: Phrase("*" + text)
      case 1: Phrase(text + "*")
      case 2: Phrase(literal: Array(text.utf8), startsWord: Bool.random(using: &random))
      default: Phrase(text)
      }
    }
  }

  private static func text(using random: inout EngineTests.Generator) -> String {
    let parts = ["a", "B1", "12", "b", "2", "1a", " ", " ", "-", ".", "@", "\t", "450", "450-", "4.2.1", "b7", "9a"]
    let start = ["", "450 ", "450-4.2.1 ", "450 4.2.1 ", "4.2.1 "].randomElement(using: &random) ?? ""
    return start + made(of: parts, 1...6, using: &random)
  }

  private static func made(
    of parts: [String], _ lengths: ClosedRange<Int>, using random: inout EngineTests.Generator
  ) -> String {
    (0..<Int.random(in: lengths, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
  }

  @Test(arguments: [
    ("421 4.7.28 K9u91a.344 - gsmtp", "421 4.7.28 \u{1}.\u{1} - gsmtp"),
    ("host[203.0.113.25]:25: Q1w2e3", "host[\u{1}.0.\u{1}.\u{1}]:\u{1}: \u{1}"),
    ("no digits", "no digits"), ("", ""), ("abcdefgh1 2 x", "\u{1} 2 x"), ("é1é12é", "é1é\u{1}é"),
    ("S3140 s9140 (s31400)", "S3140 \u{1} (s31400)"), ("greylisted300", "greylisted300"),
    ("450-4.7.12 450-4.7.12ab 4.77.x12", "450-4.7.12 450-4.7.12ab 4.77.\u{1}"),
    ("=4.77.12 -4..77", "=4.\u{1}.\u{1} -4..77"),
  ])
  func shapes(_ text: String, _ expected: String) {
    var shape = TextShape()
    let isTaken = text.withByteView { shape.take($0, seen: Classifier.builtIn().seenWords) }
    let (view, hidesWords) = (String(shape.view), shape.hidesWords)
    #expect(isTaken)
    #expect(view == expected)
    #expect(hidesWords == (text != expected))
  }

  /// Texts that hold the sign itself, or are long.
  @Test func takesNoShapeOfOddTexts() {
    var shape = TextShape()
    for text in ["a\u{1}b", String(repeating: "a1 ", count: TextShape.limit / 3 + 1)] {
      let isTaken = text.withByteView { shape.take($0, seen: Classifier.builtIn().seenWords) }
      #expect(!isTaken)
    }
  }
}
