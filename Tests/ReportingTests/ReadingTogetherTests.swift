import Bytes
import Classification
import Glibc
import SMTPTypes
import Testing

@testable import Journal
@testable import Reporting

/// A journal that several read together gives the report that one reader gives.
struct ReadingTogetherTests {
  @Test(
    arguments: [1, 2, 3],
    [
      [], ["cause=rate-limited"], ["provider=google", "domain!=b.example"], ["message-id=*7*"], ["tag.campaign=c1"],
      ["sender-domain=news.example", "reply-code=451"], ["client=*.7"], ["rule!=rgreylisted"],
    ])
  func severalCountAsOneDoes(readers: Int, conditions: [String]) throws {
    let segments = ReadingTogetherTests.segments(seed: 11)
    let filter = EventFilter(
      since: Timestamp(seconds: 1_772_323_200 + 600), until: Timestamp(seconds: 1_772_323_200 + 9_000),
      conditions: try conditions.map { text throws(FilterError) in try Condition(parsing: text) })
    for filter in [filter, EventFilter(conditions: filter.conditions)] {
      let one = Aggregation(options: Aggregation.Options(filter: filter))
      try Fixture.feed(segments.joined(), to: one)
      let expected = JSONRenderer().render(one.report(ReportOptions(top: 1000)))
      let directory = try JournalDirectory(segments)
      for isSealed in [false, true] {
        if isSealed { try directory.seal() }
        let several = Aggregation(options: Aggregation.Options(filter: filter))
        let shares = try #require(several.readers(readers))
        let report = try JournalReader(directory: directory.path).deal(to: shares, depth: several.depth)
        several.merge(shares)
        #expect(report.damages == 0)
        #expect(report.lines == segments.joined().split(separator: "\n").count)
        #expect(JSONRenderer().render(several.report(ReportOptions(top: 1000))) == expected)
        // What a condition on a Message-ID or a client looks at, a digest lacks.
        let looksFurther = conditions.contains { $0.hasPrefix("message-id") || $0.hasPrefix("client") }
        #expect(shares.allSatisfy { $0.takesDigests == !looksFurther })
      }
      let summaries = try JournalReader(directory: directory.path).summaries().compactMap(\.summary)
      #expect(summaries.count == 4 && summaries.allSatisfy { $0.digest != nil })
    }
  }

  /// A table that a digest has no words for is counted from the lines.
  @Test(arguments: [EventField.recipient, .sender, .replyCode, .instance, .status])
  func anyTableIsTheSame(field: EventField) throws {
    let segments = ReadingTogetherTests.segments(seed: 13)
    let directory = try JournalDirectory(segments)
    try directory.seal()
    let options = Aggregation.Options(extraCuts: [field])
    let (one, several) = (Aggregation(options: options), Aggregation(options: options))
    try Fixture.feed(segments.joined(), to: one)
    let shares = try #require(several.readers(2))
    _ = try JournalReader(directory: directory.path).deal(to: shares, depth: several.depth)
    several.merge(shares)
    let asked = ReportOptions(top: 1000, by: [.field(field)])
    #expect(JSONRenderer().render(several.report(asked)) == JSONRenderer().render(one.report(asked)))
    #expect(shares.allSatisfy { $0.takesDigests == (field != .recipient && field != .sender) })
  }

  @Test func severalSinksAreFedTogether() throws {
    let segments = ReadingTogetherTests.segments(seed: 12)
    let directory = try JournalDirectory(segments)
    let filters = [EventFilter(), EventFilter(until: Timestamp(seconds: 1_772_323_200 + 3_600))]
    let together = filters.map { Aggregation(options: Aggregation.Options(filter: $0)) }
    let tee = TeeSink(together)
    let readers = try #require(tee.readers(2))
    _ = try JournalReader(directory: directory.path).deal(to: readers, depth: tee.depth)
    tee.merge(readers)
    for (filter, aggregation) in zip(filters, together) {
      let alone = Aggregation(options: Aggregation.Options(filter: filter))
      try Fixture.feed(segments.joined(), to: alone)
      #expect(JSONRenderer().render(aggregation.report()) == JSONRenderer().render(alone.report()))
    }
    #expect(TeeSink([Aggregation(), Silent()]).readers(2) == nil)
  }

  private final class Silent: EventSink {
    func receive(_ event: borrowing Event) {}
    func receive(_ tally: borrowing Tally, host: String) {}
  }

  /// Some lives on two hosts, spread over five segments, with what else a journal holds.
  static func segments(seed: UInt64) -> [String] {
    var state = seed
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let causes = ["rate-limited", "greylisted", "mailbox-full", "unclassified", "dns-failure"]
    let domains = ["a.example", "b.example", "c.example"]
    var segments: [String] = []
    var attempts: [Int: Int] = [:]
    var second = 0
    for _ in 0..<5 {
      var text = ""
      for _ in 0..<120 {
        second += below(40)
        let time = Timestamp(seconds: Int64(1_772_323_200 + second)).description
        let message = below(60)
        let host = "mx\(message % 2)"
        let domain = domains[message % 3]
        let arrival = Timestamp(seconds: 1_772_323_200 - Int64(message)).description
        let head = "{\"time\":\"\(time)\",\"type\":"
        let place =
          "\"source\":\"log\",\"host\":\"\(host)\",\"service\":\"smtp\",\"direction\":\"outbound\",\"hop\":\"external\""
        let ids =
          "\"queue_id\":\"Q\(message)\",\"arrival\":\"\(arrival)\",\"message_id\":\"m\(message)@x\",\"sender\":\"s\(message % 4)@News.example\",\"recipient\":\"r\(message)@\(domain)\""
        switch below(20) {
        case 0..<12:
          let cause = causes[below(causes.count)]
          let attempt = attempts[message, default: 0] + 1
          attempts[message] = attempt
          let origin = below(6) == 0 ? "suspended" : "remote"
          text +=
            "\(head)\"transient-failure\",\(place),\"cause\":\"\(cause)\",\"scope\":\"sender\",\"origin\":\"\(origin)\",\"provider\":\"\(message % 3 == 0 ? "google" : "other")\",\"domain\":\"\(domain)\","
            + (message % 5 == 0 ? "" : "\"attempt\":\(attempt),")
            + "\(ids),\"relay\":{\"host\":\"mx.\(domain)\",\"address\":\"192.0.2.1\",\"port\":25},\"delays\":{\"before_queue_manager\":1,\"in_queue_manager\":0.5,\"connection_setup\":0,\"transmission\":2},\"rule\":\"r\(cause)\",\"ruleset\":\"x\",\"reply\":{\"code\":451,\"text\":\"451 4.7.1 desk \(below(9)) is \\\"closed\\\" \(below(3) == 0 ? "now" : "today")\"},\"tags\":{\"campaign\":\"c\(message % 2)\"}}\n"
        case 12, 13:
          text +=
            "\(head)\"delivery\",\(place),\"provider\":\"google\",\"domain\":\"\(domain)\",\(ids),\"deferred_for\":\(60 + message)}\n"
        case 14:
          text +=
            "\(head)\"expiration\",\(place),\"cause\":\"mailbox-full\",\"provider\":\"google\",\"domain\":\"\(domain)\",\(ids)}\n"
        case 15: text += "\(head)\"bounce\",\(place),\"cause\":\"mailbox-full\",\"domain\":\"\(domain)\",\(ids)}\n"
        case 16: text += "\(head)\"gap\",\"source\":\"log\",\"host\":\"\(host)\",\"count\":3,\"note\":\"lost\"}\n"
        case 17: text += "\(head)\"alert\",\"host\":\"\(host)\",\"key\":\"google\",\"note\":\"too many\"}\n"
        case 18:
          text +=
            "\(head)\"rejection\",\"source\":\"log\",\"host\":\"\(host)\",\"service\":\"smtpd\",\"direction\":\"inbound\",\"cause\":\"greylisted\",\"stage\":\"rcpt\",\"client\":{\"host\":\"unknown\",\"address\":\"192.0.2.\(message)\"}}\n"
        default:
          text +=
            "\(head)\"tally\",\"host\":\"\(host)\",\"total\":{\"attempts\":9,\"deliveries\":4,\"first_attempts\":5},\"by\":{\"provider\":{\"google\":{\"attempts\":9,\"deliveries\":4}}},\"lines\":20}\n"
        }
      }
      segments.append(text)
    }
    return segments
  }
}

/// A journal's directory with segments of given lines.
final class JournalDirectory {
  let path: String

  init(_ segments: [String]) throws {
    var template = Array("/tmp/softbounce-tests.XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
    var first = 0
    for (index, text) in segments.enumerated() {
      let digits = String(repeating: "0", count: 20 - String(first).count) + String(first)
      let name = "\(path)/\(digits)-20260301T00000\(index)Z.jsonl"
      let descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      try #require(descriptor >= 0)
      var text = text
      let count = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
      try #require(count == text.utf8.count)
      first += text.split(separator: "\n").count
    }
  }

  /// Seals all segments but the last, or all.
  func seal(all: Bool = false) throws {
    var sealer = SegmentSealer(directory: path, level: 3, calls: FileSystemCalls())
    for name in try SegmentName.list(path).dropLast(all ? 0 : 1) where !name.isSealed {
      try sealer.seal(name, limit: .max)
    }
  }

  deinit {
    for name in [path + "/*.jsonl*"] {
      var found = glob_t()
      if glob(name, 0, nil, &found) == 0 {
        for index in 0..<Int(found.gl_pathc) {
          if let file = found.gl_pathv[index] { unlink(file) }
        }
      }
      globfree(&found)
    }
    rmdir(path)
  }
}
