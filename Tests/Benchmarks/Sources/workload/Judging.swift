// How fast verdicts are, on texts that a peer is given too.

import Bytes
import Classification
import Glibc
import MailLog
import SMTPTypes
import Workloads

extension Workload {
  /// Writes the texts of `log`'s deferrals, one a line, to `path`: what `judge` and the peer read.
  static func writeTexts(log: String, path: String) throws {
    var parser = generatedLogParser()
    var parsed = ParsedLine()
    var texts = ByteBuffer(capacity: 1 << 20)
    var count = 0
    try withLines(of: log) { line, _ in
      guard parser.parse(line, into: &parsed), case .delivery(let record) = parsed.record, record.outcome == .deferred
      else { return }
      texts.append(record.account.reply.text)
      texts.append(0x0A)
      count += 1
    }
    try write(texts, path)
    print("\(count) texts")
  }

  /// Writes the phrases of the built-in rules, one a line: what the peer looks for.
  static func writePhrases(path: String) throws {
    var phrases: Set<Phrase> = []
    for rule in Classifier.builtIn().rules {
      for list in [rule.anyOf, rule.allOf, rule.noneOf, rule.signature] { phrases.formUnion(list) }
    }
    var text = ByteBuffer(capacity: 1 << 20)
    for phrase in phrases.sorted(by: { $0.text < $1.text }) {
      // Word boundaries as marks in front: what the peer compiles them to is its own affair.
      text.append(phrase.startsWord ? UInt8(ascii: "<") : UInt8(ascii: "-"))
      text.append(phrase.endsWord ? UInt8(ascii: ">") : UInt8(ascii: "-"))
      text.append(phrase.text)
      text.append(0x0A)
    }
    try write(text, path)
    print("\(phrases.count) phrases")
  }

  /// Judges each line of `path`, `rounds` times, and prints verdicts a second and how many were not `unclassified`.
  /// Without `remembers`, no verdict is remembered from one text to the next.
  static func judge(_ path: String, rounds: Int, remembers: Bool) throws {
    let judge = Judge(classifier: .builtIn(), remembers: remembers)
    var texts = ByteBuffer(capacity: 1 << 20)
    var ends: [Int] = []
    try withLines(of: path) { line, _ in
      texts.append(line)
      ends.append(texts.count)
    }
    guard !ends.isEmpty else { throw Failure("\(path): no texts") }
    var named = 0
    let start = Clock.now
    for _ in 0..<rounds {
      var begin = 0
      for end in ends {
        let reply = Reply(parsing: texts.view[begin..<end])
        let verdict = judge.judge(
          Classification.Failure(direction: .outbound, origin: .remote, reply: reply, status: reply.enhanced))
        if verdict.cause != .unclassified { named += 1 }
        begin = end
      }
    }
    let seconds = Double(Clock.now - start) / 1e9
    print("\(Int(Double(ends.count * rounds) / seconds)) \(named / rounds)")
  }

  /// Prints the milliseconds that loading all rules takes, the best of ten.
  static func load() {
    var best = Int64.max
    for _ in 0..<10 {
      let start = Clock.now
      let classifier = Classifier()
      let taken = Clock.now - start
      if !classifier.rules.isEmpty { best = min(best, taken) }
    }
    print("\(Double(best / 10_000) / 100)")
  }
}
