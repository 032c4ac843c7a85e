import Bytes
import Testing

@testable import Journal
@testable import Reporting

/// What comes often has a row of its own, however many keys came before.
struct LateKeysTests {
  private func number(_ names: CutNames, _ key: String) -> Int { key.withByteView { names.number(of: $0) } }

  @Test func theOftenOnesAmongManyGetRows() {
    let names = CutNames()
    for index in 1..<CutNames.limit { #expect(number(names, "early\(index)") == index) }
    var often = 0
    var once = 0
    for index in 0..<20_000 {
      if number(names, "once\(index)") != CutNames.other { once += 1 }
      if index % 100 == 0, number(names, "late") != CutNames.other { often += 1 }
    }
    #expect(once == 0)
    #expect(often > 100)
    #expect(number(names, "early77") == 77 && number(names, "late") == CutNames.limit)
    #expect(names.lateCount == 1 && names.key(CutNames.limit) == "late")
  }

  /// Whoever makes up keys, and says each often, gets no more than the room there is.
  @Test func theirNumberIsBounded() {
    let names = CutNames()
    for index in 0..<21_000 { _ = number(names, "early\(index)") }
    for index in 0..<1_500 {
      for _ in 0..<70 { _ = number(names, "late\(index)") }
    }
    #expect(names.lateCount > 1_000 && names.lateCount <= CutNames.lateLimit)
  }

  private static func line(_ second: Int, _ domain: String) -> String {
    "{\"time\":\"2026-03-01T0\(second / 3600 % 10):\(10 + second / 60 % 50):\(10 + second % 50)Z\","
      + "\"type\":\"transient-failure\",\"source\":\"log\",\"host\":\"mx\",\"service\":\"smtp\",\"direction\":\"outbound\","
      + "\"hop\":\"external\",\"cause\":\"rate-limited\",\"scope\":\"sender\",\"origin\":\"remote\",\"provider\":\"p\","
      + "\"domain\":\"\(domain)\",\"stage\":\"rcpt\",\"attempt\":1,\"queue_id\":\"Q\(second)\",\"sender\":\"s@\(domain)\","
      + "\"recipient\":\"r@\(domain)\",\"reply\":{\"code\":450,\"text\":\"450 later\"}}\n"
  }

  @Test(arguments: [false, true]) func theWorstIsShownWheneverItBegan(isSealed: Bool) throws {
    let segments = [
      (0..<CutNames.limit + 100).map { LateKeysTests.line($0, "d\($0).example") }.joined(),
      (0..<1_000).map { LateKeysTests.line($0, $0 % 2 == 0 ? "late.example" : "e\($0).example") }.joined(),
      LateKeysTests.line(0, "d0.example"),
    ]
    let directory = try JournalDirectory(segments)
    if isSealed { try directory.seal() }
    let aggregation = Aggregation()
    let shares = try #require(aggregation.readers(1))
    _ = try JournalReader(directory: directory.path).deal(to: shares, depth: aggregation.depth)
    aggregation.merge(shares)
    let events = CutNames.limit + 1_101
    let report = aggregation.report(ReportOptions(top: events, by: [.field(.domain), .field(.senderDomain)]))
    for table in report.tables {
      let late = try #require(table.rows.first { $0.key == "late.example" }, "\(table.name)")
      // It takes a while until it stands out.
      #expect(late.deferrals > 400 && late.deferrals < 500)
      #expect(table.rows.reduce(0) { $0 + $1.deferrals } == events)
    }
    #expect(report.tables.count == 2)
    let remark = "More than 20000 keys in a table: 2 that came later have rows"
    #expect(report.remarks.contains { $0.hasPrefix(remark) })
  }
}
