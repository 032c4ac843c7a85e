import Classification
import Journal
import SMTPTypes
import Testing

@testable import Reporting

@Suite struct MessageStoryTests {
  /// An event in a few words; `more` is JSON members.
  private func event(
    _ time: String, _ type: String, _ id: String, _ recipient: String?, arrival: String? = "09:00:00",
    _ more: String = ""
  ) -> String {
    var line =
      "{\"time\":\"2026-11-22T\(time)Z\",\"type\":\"\(type)\",\"source\":\"log\",\"host\":\"mx1\",\"direction\":\"outbound\","
      + "\"queue_id\":\"\(id)\""
    if !more.contains("\"hop\"") { line += ",\"hop\":\"external\"" }
    if let arrival { line += ",\"arrival\":\"2026-11-22T\(arrival)Z\"" }
    if let recipient { line += ",\"recipient\":\"\(recipient)\"" }
    return line + (more.isEmpty ? "" : "," + more) + "}\n"
  }

  private func stories(_ id: String, _ lines: String, readsOnce: Bool = false) throws -> [MessageStory] {
    let search = MessageSearch(id, readsOnce: readsOnce)
    try Fixture.feed(lines, to: search)
    if !readsOnce {
      search.collect()
      try Fixture.feed(lines, to: search)
    }
    return search.stories()
  }

  private let mail = "\"message_id\":\"m1@x.org\",\"sender\":\"a@x.org\""

  @Test(arguments: ["A1", "m1@x.org", "<m1@x.org>", " <m1@x.org> "])
  func anyOfItsNames(_ id: String) throws {
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":1,\"cause\":\"greylisted\"")
      + event("09:00:02", "transient-failure", "Z9", "c@y.org", "\"message_id\":\"other@x.org\",\"attempt\":1")
      + event("09:10:01", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":2,\"cause\":\"rate-limited\"")
      + event("09:30:01", "delivery", "A1", "b@y.org", "\(mail),\"attempt\":3,\"deferred_for\":1800")
    let found = try stories(id, lines)
    #expect(found.count == 1)
    let story = try #require(found.first)
    #expect(story.messageID == "m1@x.org")
    #expect(story.recipients.map(\.address) == ["b@y.org"])
    let recipient = try #require(story.recipients.first)
    #expect(recipient.end == .recovered)
    #expect(recipient.attempts == 3)
    #expect(recipient.causes == [.greylisted, .rateLimited])
    #expect(recipient.duration == 1800)
  }

  /// Postfix delivers to an address once for each alias that leads to it. Before 3.11 its queue's listing does not say by
  /// which, nor does a report.
  @Test func eachAliasOfAnAddressIsARecipient() throws {
    func step(_ time: String, _ type: String, _ alias: String?, _ more: String = "\"attempt\":1") -> String {
      event(time, type, "A1", "b@y.org", (alias.map { "\"orig_recipient\":\"\($0)@y.org\"," } ?? "") + more)
    }
    let lines =
      step("09:00:01", "transient-failure", nil, "\"cause\":\"greylisted\"").replacing("\"log\"", with: "\"queue\"")
      + step("09:00:02", "transient-failure", "one") + step("09:00:02", "transient-failure", "two")
      + step("09:00:03", "transient-failure", nil) + step("09:00:04", "transient-failure", "B")
      + step("09:10:01", "delivery", "two") + step("09:20:01", "expiration", "ONE", "\"cause\":\"greylisted\"")
    let story = try #require(try stories("A1", lines).first)
    #expect(story.recipients.map(\.originalAddress) == ["one@y.org", "two@y.org", nil])
    #expect(story.recipients.map(\.end) == [.expired, .recovered, .open])
    #expect(story.recipients.map(\.attempts) == [1, 2, 2])
  }

  @Test func whatWasPutOffElsewhereMayEndAtHome() throws {
    let home = "\"hop\":\"internal\""
    let lines =
      event("09:00:00", "delivery", "A1", "b@y.org", home)
      + event("09:00:01", "transient-failure", "A1", "b@y.org", "\"attempt\":1")
      + event("09:10:00", "transient-failure", "A1", "b@y.org", home)
      + event("09:20:00", "delivery", "A1", "b@y.org", home)
    let story = try #require(try stories("A1", lines).first)
    #expect(story.recipients.map(\.hop) == [.internal, .external])
    #expect(story.recipients.map(\.end) == [.delivered, .recovered])
  }

  /// A content filter that puts off a message which was requeued is not what its recipient waits for.
  @Test func ourOwnFilterPutItOffAtFirst() throws {
    let requeued = "\(mail),\"first_queue_id\":\"A1\""
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":1,\"cause\":\"system-busy\"")
      + event("10:00:02", "transient-failure", "B2", "b@y.org", "\(requeued),\"attempt\":1,\"hop\":\"internal\",\"cause\":\"filter-failure\"")
      + event("10:10:02", "message", "C3", "b@y.org", "\(requeued),\"previous_queue_id\":\"B2\"")
      + event("10:10:05", "transient-failure", "C3", "b@y.org", "\(requeued),\"attempt\":2,\"cause\":\"system-busy\"")
      + event("10:40:05", "delivery", "C3", "b@y.org", "\(requeued),\"attempt\":3,\"deferred_for\":6004")
    let story = try #require(try stories("C3", lines).first)
    #expect(story.queueIDs == ["A1", "B2", "C3"])
    #expect(story.recipients.map(\.hop) == [.external])
    let recipient = try #require(story.recipients.first)
    #expect(recipient.end == .recovered && recipient.attempts == 3 && recipient.steps.count == 4)
    #expect(recipient.causes == [.systemBusy, .filterFailure, .systemBusy])
    let text = StoryRenderer().render([story])
    #expect(text.contains("filter-failure"))
    #expect(text.occurrences(of: "on our own server") == 1)
    #expect(text.occurrences(of: "try 1") == 1)
    let report = try Fixture.report(lines)
    #expect(report.cohort.recovered == 1 && report.cohort.recipients == 1)
  }

  /// The map of transports was changed while the message waited for our own mailboxes.
  @Test func whatWasPutOffAtHomeMayGoElsewhere() throws {
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":1,\"hop\":\"internal\"")
      + event("09:10:01", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":1")
      + event("09:20:01", "bounce", "A1", "b@y.org", "\(mail),\"attempt\":2,\"deferred_for\":600")
    let story = try #require(try stories("A1", lines).first)
    #expect(story.recipients.map(\.hop) == [.external])
    #expect(story.recipients.map(\.end) == [.bounced])
    #expect(story.recipients.map(\.attempts) == [2])
    #expect(story.recipients.map(\.duration) == [600])
  }

  @Test func aQueueIDUsedAgainIsAnotherMessage() throws {
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", mail)
      + event("09:10:01", "delivery", "A1", "b@y.org", mail)
      + event("11:00:01", "transient-failure", "A1", "c@y.org", arrival: "11:00:00", "\"message_id\":\"m2@x.org\"")
    let found = try stories("A1", lines)
    #expect(found.map(\.messageID) == ["m1@x.org", "m2@x.org"])
    #expect(found.map { $0.recipients[0].end } == [.recovered, .open])
  }

  @Test func aRequeueGoesOn() throws {
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", mail)
      + event("09:40:00", "delivery", "B2", "b@y.org", "\(mail),\"first_queue_id\":\"A1\"")
    for id in ["A1", "B2"] {
      let found = try stories(id, lines)
      #expect(found.count == 1, "\(id)")
      #expect(found.first?.queueIDs == ["A1", "B2"])
      #expect(found.first?.recipients.first?.steps.map(\.type) == [.transientFailure, .delivery])
    }
  }

  @Test(arguments: [true, false]) func theSecondPassOfAFilterIsTheSameMessage(_ isLinked: Bool) throws {
    // The filter was down for ten minutes; then the message came back under another id.
    let link = isLinked ? ",\"first_queue_id\":\"A1\"" : ""
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", "\(mail),\"hop\":\"internal\",\"cause\":\"filter-failure\"")
      + event("09:10:01", "delivery", "A1", "b@y.org", "\(mail),\"hop\":\"internal\"")
      + event("09:10:03", "transient-failure", "B2", "b@y.org", arrival: "09:10:01", "\(mail)\(link)")
      + event("09:20:03", "expiration", "B2", "b@y.org", arrival: "09:10:01", "\(mail)\(link)")
    for id in isLinked ? ["A1", "B2", "m1@x.org"] : ["B2", "m1@x.org"] {
      let found = try stories(id, lines)
      #expect(found.count == 1, "\(id)")
      #expect(found.first?.queueIDs == ["A1", "B2"])
      #expect(found.first?.recipients.map(\.end) == [.recovered, .expired])
    }
  }

  @Test func twoMessagesWithOneMessageIDStayApart() throws {
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", mail)
      + event("09:05:01", "transient-failure", "B2", "c@y.org", arrival: "09:05:00", mail)
    #expect(try stories("m1@x.org", lines).map(\.queueIDs) == [["A1"], ["B2"]])
    #expect(try stories("B2", lines).map(\.queueIDs) == [["B2"]])
  }

  @Test func reportsOfServersFurtherOn() throws {
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", mail)
      + event("09:10:01", "delivery", "A1", "b@y.org", mail)
      + "{\"time\":\"2026-11-22T12:00:00Z\",\"type\":\"remote-bounce\",\"source\":\"dsn\",\"message_id\":\"m1@x.org\",\"recipient\":\"b@y.org\",\"matched\":true}\n"
      + "{\"time\":\"2026-11-22T13:00:00Z\",\"type\":\"remote-bounce\",\"source\":\"dsn\",\"message_id\":\"m1@x.org\",\"recipient\":\"evil@y.org\",\"matched\":false}\n"
    let story = try #require(try stories("A1", lines).first)
    #expect(story.recipients.map(\.address) == ["b@y.org", "evil@y.org"])
    // What the report says ends no life of ours.
    #expect(story.recipients.map(\.end) == [.recovered, .unknown])
    #expect(story.recipients[0].steps.map(\.type) == [.transientFailure, .delivery, .remoteBounce])
    #expect(StoryRenderer().render([story]).contains("may be forged"))
  }

  @Test func readOnceWhatCanBeKnownIsTold() throws {
    let lines =
      event("09:00:01", "transient-failure", "A1", "b@y.org", mail)
      + event("09:40:00", "delivery", "B2", "b@y.org", "\(mail),\"first_queue_id\":\"A1\"")
    #expect(try stories("A1", lines, readsOnce: true).first?.recipients.first?.end == .recovered)
    #expect(try stories("nothing", lines, readsOnce: true).isEmpty)
  }

  @Test func hostileTextIsEscaped() throws {
    let lines = event(
      "09:00:01", "transient-failure", "A1", "b\\u001b[31m@y.org",
      "\(mail),\"reply\":{\"code\":450,\"text\":\"450 \\u202e\\u0007 no\"},\"tags\":{\"c\\u001b\":\"v\\u009b\"}")
    let story = try stories("A1", lines)
    for text in [StoryRenderer().render(story), StoryJSON().render(story)] {
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !Printable.isHarmful($0) })
    }
  }

  @Test func asText() throws {
    let lines =
      event(
        "09:00:05", "transient-failure", "A1", "bob@y.org",
        "\(mail),\"user\":\"news\",\"client\":{\"host\":\"web1.x.org\",\"address\":\"198.51.100.7\"},\"tags\":{\"campaign\":\"autumn\"},\"orig_recipient\":\"list@x.org\",\"attempt\":1,\"cause\":\"rate-limited\",\"scope\":\"sender\",\"stage\":\"end-of-data\",\"relay\":{\"host\":\"mx.y.org\",\"address\":\"192.0.2.1\",\"port\":25},\"retry_after\":300,\"reply\":{\"code\":421,\"text\":\"421 4.7.28 Slow down\"}")
      + event("10:10:00", "delivery", "A1", "bob@y.org", "\(mail),\"orig_recipient\":\"list@x.org\",\"attempt\":2,\"deferred_for\":4195,\"relay\":{\"host\":\"mx.y.org\",\"address\":\"192.0.2.1\",\"port\":25}")
    #expect(StoryRenderer().render(try stories("A1", lines)) == StoryGolden.plain)
  }

  // MARK: - Order

  /// A clock that was set back changes nothing in what came after what.
  @Test func aClockThatWasSetBack() throws {
    let lines =
      event("09:00:10", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":1,\"offset\":100")
      + event("09:00:05", "deletion", "A1", "b@y.org", "\(mail),\"offset\":200")
    let recipient = try #require(try stories("A1", lines).first?.recipients.first)
    #expect(recipient.steps.map(\.type) == [.transientFailure, .deletion])
    #expect(recipient.end == .deleted)
    #expect(recipient.duration == nil)
    let report = try Fixture.report(lines)
    #expect(report.cohort.deleted == 1 && report.cohort.open == 0)
  }

  private func checkpoint(_ file: String, isImported: Bool = true) -> Checkpoint {
    Checkpoint(
      time: Timestamp(seconds: 1_800_000_000), source: .log, host: "mx1", path: "/log", file: file, inode: 1, device: 1,
      offset: 1000, isImported: isImported)
  }

  /// What an import brings in after newer events stands where its time says; what one source gave keeps its order.
  @Test(arguments: [true, false]) func anImportThatCameLater(isFollowed: Bool) throws {
    let offset = isFollowed ? ",\"offset\":100" : ""
    let new =
      event("10:00:02", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":2\(offset)")
      + event("10:00:01", "delivery", "A1", "b@y.org", "\(mail),\"attempt\":3\(offset)")
    let old =
      event("09:00:02", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":1")
      + event("09:00:01", "transient-failure", "A1", "b@y.org", "\(mail),\"attempt\":1,\"origin\":\"suspended\"")
    let search = MessageSearch("A1", readsOnce: true)
    try Fixture.feed(new, to: search)
    search.receive(checkpoint("new", isImported: !isFollowed))
    // A segment's beginning repeats what is in force.
    search.receive(checkpoint("older"))
    try Fixture.feed(old, to: search)
    search.receive(checkpoint("old"))
    let recipient = try #require(search.stories().first?.recipients.first)
    #expect(recipient.steps.map(\.time.seconds).map { $0 % 3600 } == [2, 1, 2, 1])
    #expect(recipient.steps.map(\.attempt) == [1, 1, 2, 3])
    #expect(recipient.end == .recovered)
  }
}

extension String {
  /// How often `text` stands in it.
  fileprivate func occurrences(of text: String) -> Int { ranges(of: text).count }
}

private enum StoryGolden {
  static let plain = #"""
    Message A1 on mx1
      arrived    2026-11-22 09:00:00 UTC
      Message-ID <m1@x.org>
      from       a@x.org
      user       news
      client     web1.x.org [198.51.100.7]
      tags       campaign=autumn

    bob@y.org (for list@x.org): recovered after 70 min; 2 attempts; rate-limited
      2026-11-22 09:00:05              try 1  deferred
          rate-limited (to act: us, as a sender), mx.y.org[192.0.2.1]:25, at
          end-of-data, asks to wait 5 min
          421 4.7.28 Slow down
      2026-11-22 10:10:00     +70 min  try 2  delivered
          mx.y.org[192.0.2.1]:25

    """#
}
