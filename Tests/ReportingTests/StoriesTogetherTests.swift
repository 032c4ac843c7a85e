import Bytes
import Classification
import SMTPTypes
import Testing

@testable import Journal
@testable import Reporting

/// What is asked beside reports gets from several readers the answer that one gives, from sealed segments and from others,
/// whole and damaged.
struct StoriesTogetherTests {
  struct Case: Sendable, CustomStringConvertible {
    var seed: UInt64
    var readers: Int
    var isSealed: Bool
    var isDamaged: Bool

    var description: String { "\(seed), \(readers)\(isSealed ? ", sealed" : "")\(isDamaged ? ", damaged" : "")" }
  }

  static let cases = [
    Case(seed: 31, readers: 1, isSealed: true, isDamaged: true),
    Case(seed: 32, readers: 2, isSealed: false, isDamaged: true),
    Case(seed: 33, readers: 2, isSealed: true, isDamaged: false),
    Case(seed: 34, readers: 3, isSealed: true, isDamaged: true),
    Case(seed: 35, readers: 3, isSealed: true, isDamaged: false),
  ]

  private func directory(_ one: Case) throws -> JournalDirectory {
    let directory = try JournalDirectory(
      RandomJournal(seed: one.seed, isDamaged: one.isDamaged).segments)
    if one.isSealed { try directory.seal() }
    return directory
  }

  /// Has one reader feed `alone`, and several `together`; what they found wrong is the same, unless they look for no
  /// damage.
  private func read(
    _ one: Case, _ directory: JournalDirectory, alone: any EventSink, together: any SharedSink,
    since: Timestamp? = nil
  ) throws {
    let reader = try JournalReader(directory: directory.path)
    let expected = try reader.scan(since: since) { line, _ in
      switch line {
      case .event(let event): alone.receive(event)
      case .tally(let tally): alone.receive(tally.tally, host: String(tally.host))
      case .checkpoint(let checkpoint): alone.receive(checkpoint)
      case .unknown: break
      }
    }
    let readers = try #require(together.readers(one.readers))
    let looksForDamage = readers.allSatisfy(\.checksLines)
    let report = try reader.deal(to: readers, since: since, depth: together.depth)
    together.merge(readers)
    #expect(report.damage == expected.damage || !looksForDamage)
    #expect(report.lines == expected.lines)
    #expect(report.bytes == expected.bytes)
    #expect((expected.damages > 0) == one.isDamaged)
  }

  // MARK: - Places

  @Test(
    arguments: cases,
    [["provider=google"], ["domain=gmail.com"], ["domain=*.example", "cause=mailbox-full"], ["sender-domain=news.example"]])
  func aPlace(_ one: Case, conditions: [String]) throws {
    let directory = try directory(one)
    let conditions = try conditions.map { text throws(FilterError) in try Condition(parsing: text) }
    let start: Int64 = 1_772_323_200
    for (filter, zone) in [
      (EventFilter(conditions: conditions), DisplayZone.utc),
      (
        EventFilter(
          since: Timestamp(seconds: start + 40_000), until: Timestamp(seconds: start + 400_000), conditions: conditions),
        Zones.kathmandu
      ),
    ] {
      let grid = HourGrid(zone: zone, since: filter.since, until: filter.until)
      func make() -> (aggregation: Aggregation, timeline: PlaceTimeline) {
        var options = Aggregation.Options(filter: filter)
        options.grid = grid
        return (Aggregation(options: options), PlaceTimeline(filter: filter, grid: grid))
      }
      let (alone, together) = (make(), make())
      try read(
        one, directory, alone: TeeSink([alone.aggregation, alone.timeline]),
        together: TeeSink([together.aggregation, together.timeline]), since: filter.alignedToMinutes().since)
      let stories = [alone, together].map { made in
        made.aggregation.endSource()
        return PlaceStory(
          .provider, "x", report: made.aggregation.report(ReportOptions(top: 1000)), timeline: made.timeline,
          zone: zone)
      }
      #expect(stories[0].steps.count > 10)
      #expect(PlaceJSON().render(stories[0]) == PlaceJSON().render(stories[1]))
    }
  }

  // MARK: - Recipients

  private func list(_ ledger: RecipientLedger) -> (rows: [RecipientList.Row], counts: [Int], remarks: [String]) {
    var rows: [RecipientList.Row] = []
    let list = ledger.list(RecipientList.Query(), now: Timestamp(seconds: 1_772_323_200 + 20 * 86_400)) { rows.append($0) }
    return (rows, list.counts, list.remarks)
  }

  @Test(arguments: cases, [(nil, 1_000_000), (Cause.mailboxFull, 1_000_000), (nil, 40)])
  func recipients(_ one: Case, options asked: (cause: Cause?, limit: Int)) throws {
    let (cause, limit) = asked
    let directory = try directory(one)
    var options = RecipientLedger.Options()
    options.cause = cause
    options.addressLimit = limit
    if cause != nil { options.since = Timestamp(seconds: 1_772_323_200 + 90_000) }
    let (alone, together) = (RecipientLedger(options: options), RecipientLedger(options: options))
    try read(one, directory, alone: alone, together: together)
    let (expected, found) = (list(alone), list(together))
    #expect(expected.rows.count > 20)
    #expect(expected.rows.contains { $0.score > 0 })
    #expect(found.rows == expected.rows)
    #expect(found.counts == expected.counts)
    #expect(found.remarks == expected.remarks)
    #expect(together.averageShare == alone.averageShare)
    for domain in ["a.example", "b.example", "gmail.com"] {
      #expect(domain.withByteView { together.deliveryShare(of: $0) } == domain.withByteView { alone.deliveryShare(of: $0) })
    }
    #expect(together.events == alone.events)
  }

  // MARK: - Messages

  /// A queue id that others took over, one that was requeued, Message-IDs, and what nobody has.
  @Test(arguments: cases, ["4F007A", "4F0010A", "5E10B", "m17@x.example", "<m24@x.example>", "4F00", "A", "caf\u{e9}"])
  func aMessage(_ one: Case, id: String) throws {
    let directory = try directory(one)
    let (alone, together) = (MessageSearch(id, readsOnce: false), MessageSearch(id, readsOnce: false))
    for isSecond in [false, true] {
      if isSecond {
        #expect(alone.isComplete == together.isComplete)
        // As long as it takes to read twice, one that reads once knows it all where there is one name.
        if together.isComplete { #expect(StoryJSON().render(alone.stories()) == StoryJSON().render(together.stories())) }
        alone.collect()
        together.collect()
      }
      try read(one, directory, alone: alone, together: together)
      alone.endSource()
      together.endSource()
    }
    let expected = alone.stories()
    #expect(expected.isEmpty != id.contains(where: \.isNumber) || id == "4F00")
    #expect(StoryJSON().render(together.stories()) == StoryJSON().render(expected))
    #expect(together.omitted == alone.omitted)
  }

  /// JSON may write any character by its number.
  @Test func aNameThatIsEscapedIsFound() throws {
    let line =
      "{\"time\":\"2026-03-01T00:00:01Z\",\"type\":\"bounce\",\"source\":\"log\",\"queue_id\":\"\\u0034F00ABC\",\"message_id\":\"a\\/b+c1234@x\",\"recipient\":\"a@x.example\"}\n"
    let other = line.replacing("\\u0034F00ABC", with: "4F00ABD").replacing("c1234", with: "c1235")
    let directory = try JournalDirectory([other + line + other, other])
    try directory.seal()
    for id in ["4F00ABC", "a/b+c1234@x"] {
      let search = MessageSearch(id, readsOnce: false)
      let readers = try #require(search.readers(2))
      let report = try JournalReader(directory: directory.path).deal(to: readers, depth: search.depth)
      #expect(search.stories().map(\.queueIDs) == [["4F00ABC"]])
      #expect(report.delivered == 1 && report.lines == 4)
    }
  }

  /// Every place at which a piece may lie, near the end of what is searched too.
  @Test(arguments: [4, 5, 16, 17, 40], [0, 1, 15, 16, 31])
  func aPieceIsFoundWhereverItLies(length: Int, behind: Int) throws {
    let piece = (0..<length).map { UInt8(0x41 + $0 % 26) }
    let search = try #require(LineSearch([piece, Array("zzzz".utf8)]))
    for before in 0..<40 {
      let text = Array(repeating: UInt8(0x41), count: before) + piece + Array(repeating: UInt8(0x2E), count: behind)
      let first = (0...before).first { Array(text[$0...].prefix(length)) == piece }
      text.withUnsafeBufferPointer { #expect(search.next(in: ByteView($0)) == first) }
      Array(text.dropLast(behind + 1)).withUnsafeBufferPointer { #expect(search.next(in: ByteView($0)) == nil) }
    }
    #expect(LineSearch([piece, Array("a\"b".utf8)]) == nil)
  }

  /// The windows that a search goes through lose nothing between them.
  @Test func aPieceIsFoundAcrossWindows() throws {
    let search = try #require(LineSearch([Array("needle-and-thread".utf8), Array("pin!".utf8)]))
    for text in ["needle-and-thread", "pin!", "\\u0041"] {
      for before in Array(1000..<1030) + Array(3060..<3076) + Array(7150..<7172) {
        let bytes = Array(repeating: UInt8(0x6E), count: before) + Array(text.utf8) + Array("needle".utf8)
        bytes.withUnsafeBufferPointer { #expect(search.next(in: ByteView($0)) == before) }
      }
    }
  }
}
