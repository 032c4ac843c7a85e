import Bytes
import Classification
import Journal
import SMTPTypes
import Testing

@testable import Reporting

/// Whether addresses wait in memory or in a temporary file makes no difference to what is told of them.
@Suite struct RecipientSpillTests {
  /// Stories of some hundred addresses: messages put off, ends of all kinds, with and without a queue id, deliveries to
  /// people of whom nothing else is known, and now and then an old log that is brought in late.
  private struct Story {
    private var state: UInt64
    private(set) var lines = ""

    init(seed: UInt64, events: Int, isInOrder: Bool) {
      state = seed
      var second = 86_400 * 100
      for _ in 0..<events {
        second += below(9000)
        let isLate = !isInOrder && below(12) == 0
        lines += event(at: 1_772_323_200 + Int64(second - (isLate ? 86_400 * below(60) : 0)))
      }
    }

    private mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }

    private mutating func pick(_ values: [String]) -> String { values[below(values.count)] }

    private mutating func event(at time: Int64) -> String {
      let person = below(4) == 0 ? below(6) : below(200)
      let domain = "d\(person % 9).example"
      var line =
        "{\"time\":\"\(Timestamp(seconds: time))\",\"host\":\"mx1\",\"direction\":\"outbound\",\"hop\":\"external\",\"source\":\"log\",\"recipient\":\"p\(person)@\(domain)\",\"domain\":\"\(domain)\""
      if below(5) > 0 {
        line += ",\"queue_id\":\"4F\(person)X\(below(2))\",\"arrival\":\"\(Timestamp(seconds: 1_780_000_000))\""
      }
      let cause = pick(["mailbox-full", "mailbox-unavailable", "connect-failure", "greylisted", "reputation"])
      let judged = ",\"cause\":\"\(cause)\"" + (Cause(name: cause)?.defaultScope.map { ",\"scope\":\"\($0)\"" } ?? "")
      switch below(12) {
      case 0...4: line += judged + ",\"type\":\"transient-failure\",\"origin\":\"\(pick(["remote", "suspended"]))\""
      case 5, 6: line += judged + ",\"type\":\"expiration\""
      case 7:
        line += judged
          + ",\"type\":\"bounce\",\"status\":\"5.1.1\",\"reply\":{\"code\":550,\"enhanced\":\"\(pick(["5.1.1", "5.2.2"]))\",\"text\":\"no\"}"
      case 8: line += ",\"type\":\"deletion\""
      default: line += ",\"type\":\"delivery\""
      }
      return line + "}\n"
    }
  }

  private struct Answer: Equatable {
    var rows: [RecipientList.Row] = []
    var counts: [Int] = []
    var found = 0
    var remarks: [String] = []
  }

  private func answer(_ ledger: RecipientLedger, _ query: RecipientList.Query = .init()) -> Answer {
    var answer = Answer()
    let list = ledger.list(query, now: Timestamp(seconds: 1_772_323_200 + 86_400 * 200)) { answer.rows.append($0) }
    answer.counts = list.counts
    answer.found = list.found
    answer.remarks = list.remarks
    return answer
  }

  private func ledger(_ lines: String, _ options: RecipientLedger.Options) throws -> RecipientLedger {
    let ledger = RecipientLedger(options: options)
    try Fixture.feed(lines, to: ledger)
    return ledger
  }

  private static let directory = "/tmp"

  /// Names the first row that differs.
  private func compare(_ found: Answer, _ expected: Answer, location: SourceLocation = #_sourceLocation) {
    for (row, other) in zip(found.rows, expected.rows) where row != other {
      #expect(row == other, sourceLocation: location)
      break
    }
    #expect(found.rows.count == expected.rows.count, sourceLocation: location)
    #expect(found.counts == expected.counts, sourceLocation: location)
    #expect(found.remarks == expected.remarks, sourceLocation: location)
  }

  @Test(arguments: 1...12, [nil, Cause.mailboxFull])
  func theSameIsTold(seed: Int, cause: Cause?) throws {
    let lines = Story(seed: UInt64(seed), events: 1500, isInOrder: true).lines
    var options = RecipientLedger.Options()
    options.cause = cause
    let expected = answer(try ledger(lines, options))
    #expect(expected.rows.count > 150)
    #expect(expected.rows.contains { $0.score > 1 } && expected.rows.contains { $0.softBounces > 2 })
    options.spillDirectory = RecipientSpillTests.directory
    options.residentLimit = 10
    let spilling = try ledger(lines, options)
    // Of those of another cause some tell nothing that was asked for, and have no row.
    let resident = spilling.records.count
    #expect(spilling.spill != nil && (cause != nil || resident < expected.rows.count))
    compare(answer(spilling), expected)
    // What is in the file stays there.
    compare(answer(spilling), expected)
  }

  @Test(arguments: 1...12)
  func anOldLogBroughtInLate(seed: Int) throws {
    let lines = Story(seed: UInt64(seed), events: 1000, isInOrder: false).lines
    var options = RecipientLedger.Options()
    let expected = answer(try ledger(lines, options))
    options.spillDirectory = RecipientSpillTests.directory
    options.residentLimit = 10
    let found = answer(try ledger(lines, options))
    compare(found, expected)
  }

  /// The limit is one of what is in motion: the others wait in the file.
  @Test func theLimitIsForWhatIsAwaited() throws {
    var lines = ""
    for index in 0..<300 {
      let who =
        "\"host\":\"mx1\",\"direction\":\"outbound\",\"recipient\":\"p\(index)@x.example\",\"queue_id\":\"4F\(index)\",\"arrival\":\"2026-06-01T00:00:00Z\""
      lines += "{\"time\":\"2026-06-01T10:00:00Z\",\"type\":\"transient-failure\",\"cause\":\"greylisted\",\(who)}\n"
      if index >= 15 { lines += "{\"time\":\"2026-06-01T11:00:00Z\",\"type\":\"delivery\",\(who)}\n" }
    }
    var options = RecipientLedger.Options()
    options.addressLimit = 20
    options.spillDirectory = RecipientSpillTests.directory
    let found = answer(try ledger(lines, options))
    #expect(found.rows.count == 300)
    #expect(found.rows.count { $0.open == 1 } == 15)
    #expect(found.remarks.isEmpty)
    options.addressLimit = 10
    let short = answer(try ledger(lines, options))
    #expect(short.rows.count < 300)
    #expect(short.remarks.contains { $0.contains("found no room beside 10 others") })
  }

  /// Without a place for the file memory has to do, up to its limit.
  @Test func noPlaceForAFile() throws {
    let lines = Story(seed: 3, events: 1000, isInOrder: true).lines
    var options = RecipientLedger.Options()
    let expected = answer(try ledger(lines, options))
    options.spillDirectory = "/nonexistent/directory"
    options.residentLimit = 10
    let found = answer(try ledger(lines, options))
    compare(found, expected)
    options.addressLimit = 60
    let thinned = answer(try ledger(lines, options))
    #expect(thinned.remarks.contains { $0.contains("against which nothing stands dropped") })
    #expect(thinned.remarks.contains { $0.contains("/nonexistent/directory") && $0.contains("No such file") })
  }

  /// A mailing list is told the same of each address, and what is told agrees with the list of recipients.
  @Test(arguments: 1...4)
  func aMailingListIsToldTheSame(seed: Int) throws {
    let lines = Story(seed: UInt64(seed), events: 1500, isInOrder: true).lines
    var list = "email\n"
    for person in 0..<220 { list += "P\(person)@d\(person % 9).example\n" }
    var options = RecipientLedger.Options()
    let rows = answer(try ledger(lines, options)).rows
    let expected = try annotated(list, ledger(lines, options))
    options.spillDirectory = RecipientSpillTests.directory
    options.residentLimit = 10
    let spilling = try ledger(lines, options)
    #expect(spilling.spill != nil)
    #expect(try annotated(list, spilling) == expected)
    #expect(Set(expected.map { $0.split(separator: ",")[1] }).count == 4)
    for row in rows {
      let line = expected.first { $0.lowercased().hasPrefix(row.address + ",") }
      // Of an address that only failed, for a cause that is not its own, a list names no cause.
      let cause = row.lastSoftBounce == nil && row.score == 0 ? "" : "\(row.cause),"
      #expect(line?.contains(",\(row.state),\(cause)") == true, "\(row): \(line ?? "")")
    }
  }

  private func annotated(_ list: String, _ ledger: RecipientLedger) throws -> [String] {
    let dialect = try list.withByteView { try ListDialect($0) }
    var annotator = ListAnnotator(
      ledger: ledger, dialect: dialect, now: Timestamp(seconds: 1_772_323_200 + 86_400 * 200))
    var scanner = CSVScanner(delimiter: dialect.delimiter)
    var lines: [String] = []
    _ = list.withByteView { view in
      scanner.append(view) { record in
        annotator.annotate(record) { line, segment in if segment != nil { lines.append(String(line)) } }
      }
    }
    return lines
  }

  // MARK: - Order

  /// Those that are shown are the first of all, whether all fit into memory or not.
  @Test(arguments: [nil, 0, 1, 10, 700, 5000], [nil, 1000, 60_000])
  func theFirstOfAList(most: Int?, runSize: Int?) {
    let addresses = (0..<3000).map { "\($0 * 7919 % 3000)@\($0 % 5).example" }
    let states = RecipientPolicy.State.allCases
    let rows = addresses.indices.map { (index: $0, state: states[$0 * 31 % 4], count: UInt32($0 * 17 % 40)) }
    let order = RecipientOrder(
      most: most, file: runSize.map { _ in SpillFile(in: RecipientSpillTests.directory) }, runSize: runSize ?? 0)
    for row in rows {
      var standing = RecipientStanding()
      standing.record.messages = row.count
      let proofs = (0..<row.index % 3).map { number in
        RecipientEnd(.failure, address: UInt64(row.index), time: UInt32(number), number: 7)
      }
      addresses[row.index].withByteView { order.add(standing, row.state, $0, proofs) }
    }
    let expected = rows.sorted { one, other in
      if one.state != other.state { return one.state.rawValue > other.state.rawValue }
      if one.count != other.count { return one.count > other.count }
      return addresses[one.index].utf8.lexicographicallyPrecedes(addresses[other.index].utf8)
    }.prefix(most ?? 3000)
    var found: [Int] = []
    let numbers = Dictionary(uniqueKeysWithValues: addresses.enumerated().map { ($1, $0) })
    let shown = order.finish { standing, state, address, proofs in
      guard let index = numbers[String(address)] else {
        Issue.record("\(address) is none of them")
        return
      }
      found.append(index)
      #expect(standing.record.messages == rows[index].count && state == rows[index].state)
      #expect(proofs.map(\.time) == (0..<UInt32(index % 3)).map { $0 })
      #expect(proofs.allSatisfy { $0.address == UInt64(index) && $0.number == 7 && $0.kind == .failure })
    }
    #expect(found == expected.map(\.index))
    #expect(shown == expected.count)
    #expect(order.count == 3000)
    #expect(order.failure == nil)
  }

  /// What does not fit on the disk stays in memory.
  @Test func aListWithoutAFile() {
    let order = RecipientOrder(most: nil, file: SpillFile(in: "/nonexistent"), runSize: 1000)
    for index in 0..<200 {
      "\(index % 10)\(index)@x".withByteView { order.add(RecipientStanding(), .watch, $0) }
    }
    var found: [String] = []
    #expect(order.finish { _, _, address, _ in found.append(String(address)) } == 200)
    #expect(found == found.sorted())
  }

  @Test func aRecordIsSmall() { #expect(MemoryLayout<RecipientRecord>.stride == 32) }
}
