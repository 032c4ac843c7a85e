import Bytes
import Classification
import Journal
import Privacy
import SMTPTypes
import Testing

@testable import Reporting

/// Steps of a story: `DAY[.HOUR] ADDRESS what cause[/scope] [code]`, where what is defer, expire, bounce, sent, remote (a
/// matched DSN) or forged (one that matches nothing); days count from 2026-06-01.
private func journal(_ story: String) -> String {
  var lines = ""
  var number = 0
  for step in story.split(separator: "\n") {
    let words = step.split(separator: " ").map(String.init)
    guard words.count >= 3 else { continue }
    let day = words[0].split(separator: ".")
    let hour = day.count > 1 ? Int(day[1]) ?? 0 : 10
    let time = Timestamp(seconds: 1_780_272_000 + (Int64(day[0]) ?? 0) * 86_400 + Int64(hour) * 3600)
    number += 1
    var line = "{\"time\":\"\(time)\",\"host\":\"mx1\",\"direction\":\"outbound\",\"recipient\":\"\(words[1])\""
    line += ",\"domain\":\"\(words[1].split(separator: "@").last ?? "")\""
    let message = words.first { $0.hasPrefix("#") } ?? "#\(number)"
    line += ",\"queue_id\":\"\(message.dropFirst())\",\"arrival\":\"2026-06-01T00:00:00Z\""
    if words.count > 3 {
      let cause = words[3].split(separator: "/").map(String.init)
      let scope = cause.count > 1 ? cause[1] : Cause(name: cause[0])?.defaultScope?.description
      line += ",\"cause\":\"\(cause[0])\"" + (scope.map { ",\"scope\":\"\($0)\"" } ?? "")
    }
    if let code = words.dropFirst(4).first(where: { !$0.hasPrefix("#") }) {
      line += ",\"status\":\"\(code)\",\"reply\":{\"code\":\(code.first == "5" ? 550 : 450),\"enhanced\":\"\(code)\",\"text\":\"no\"}"
    }
    switch words[2] {
    case "defer":
      let isTransport = words.contains { $0.hasPrefix("connect-") || $0.hasPrefix("dns-") }
      line += ",\"type\":\"transient-failure\",\"source\":\"log\",\"origin\":\"\(isTransport ? "transport" : "remote")\""
    case "expire": line += ",\"type\":\"expiration\",\"source\":\"log\""
    case "bounce": line += ",\"type\":\"bounce\",\"source\":\"log\",\"hop\":\"external\""
    case "sent": line += ",\"type\":\"delivery\",\"source\":\"log\",\"hop\":\"external\""
    case "remote": line += ",\"type\":\"remote-bounce\",\"source\":\"dsn\",\"matched\":true"
    case "forged": line += ",\"type\":\"remote-bounce\",\"source\":\"dsn\",\"matched\":false"
    default: line += ",\"type\":\"deletion\""
    }
    lines += line + "}\n"
  }
  return lines
}

@Suite struct RecipientTests {
  struct Case: Sendable, CustomStringConvertible {
    var description: String
    var story: String
    /// Days from 2026-06-01.
    var now = 40
    var state: RecipientPolicy.State?
    var score = 0
  }

  static let cases = [
    Case(
      description: "three in a row over more than 14 days",
      story: "1 a@x.org expire mailbox-full\n8 a@x.org expire mailbox-full\n16 a@x.org expire mailbox-full",
      state: .suppress, score: 3),
    Case(
      description: "three over exactly 14 days",
      story: "1 a@x.org expire mailbox-full\n8 a@x.org expire mailbox-full\n15 a@x.org expire mailbox-full",
      state: .mailboxFull, score: 3),
    Case(
      description: "two over a month", story: "1 a@x.org expire mailbox-full\n35 a@x.org expire mailbox-full",
      state: .mailboxFull, score: 2),
    Case(
      description: "two of one day count once",
      story: "1.1 a@x.org expire system-busy\n1.2 a@x.org expire system-busy\n20 a@x.org expire system-busy",
      state: .watch, score: 2),
    Case(
      description: "single attempts never score",
      story: (1...30).map { "\($0) a@x.org defer mailbox-unavailable" }.joined(separator: "\n"), state: .watch, score: 0),
    Case(
      description: "a delivery resets",
      story: "1 a@x.org expire mailbox-full\n8 a@x.org expire mailbox-full\n9 a@x.org sent\n16 a@x.org expire mailbox-full",
      state: .mailboxFull, score: 1),
    Case(
      description: "a delivery afterwards heals",
      story: "1 a@x.org expire mailbox-full\n8 a@x.org expire mailbox-full\n16 a@x.org expire mailbox-full\n17 a@x.org sent",
      state: .healthy, score: 0),
    Case(
      description: "sender scope never scores",
      story: "1 a@x.org expire reputation\n8 a@x.org expire blocklisted\n16 a@x.org bounce policy 5.7.1", state: .watch),
    Case(
      description: "content, path and local scope never score",
      story: "1 a@x.org expire content\n8 a@x.org expire greylisted\n16 a@x.org expire local-configuration",
      state: .watch),
    Case(
      description: "a rule's scope counts, not the cause's",
      story: "1 a@x.org expire mailbox-full/sender\n8 a@x.org expire mailbox-full/sender\n30 a@x.org expire mailbox-full/sender",
      state: .watch),
    Case(
      description: "recipient-rate never scores",
      story: "1 a@x.org expire recipient-rate\n8 a@x.org expire recipient-rate\n30 a@x.org expire recipient-rate",
      state: .watch),
    Case(
      description: "unknown recipient, permanent: at once", story: "1 a@x.org bounce mailbox-unavailable 5.1.1",
      state: .suppress, score: 1),
    Case(
      description: "unknown recipient, by a matched report", story: "1 a@x.org remote mailbox-unavailable 5.1.1",
      state: .suppress, score: 1),
    Case(
      description: "unknown recipient, but for now", story: "1 a@x.org expire mailbox-unavailable 4.1.1", state: .watch,
      score: 1),
    Case(
      description: "refused for good, but not as unknown", story: "1 a@x.org bounce mailbox-unavailable 5.2.1",
      state: .watch, score: 1),
    Case(
      description: "5.1.1 said of us is ours", story: "1 a@x.org bounce reputation 5.1.1", state: .watch),
    Case(description: "a report that matches nothing", story: "1 a@x.org forged mailbox-unavailable 5.1.1", state: nil),
    Case(
      description: "90 days without", story: "1 a@x.org bounce mailbox-unavailable 5.1.1", now: 91, state: .healthy,
      score: 1),
    Case(
      description: "just under 90 days", story: "1 a@x.org bounce mailbox-unavailable 5.1.1", now: 90, state: .suppress,
      score: 1),
    Case(
      description: "90 days between start anew",
      story: "1 a@x.org expire mailbox-full\n3 a@x.org expire mailbox-full\n100 a@x.org expire mailbox-full", now: 101,
      state: .mailboxFull, score: 1),
    Case(
      description: "open now", story: "39 a@x.org defer mailbox-full #M\n39.12 a@x.org defer mailbox-full #M",
      state: .mailboxFull),
    Case(
      description: "recovered", story: "39 a@x.org defer mailbox-full #M\n39.12 a@x.org sent x #M", state: .healthy),
    Case(
      description: "put off for our reputation is not the recipient's", story: "39 a@x.org defer reputation",
      state: .healthy),
    Case(
      description: "a delivery alone makes no record", story: "39 a@x.org sent", state: nil),
  ]

  private func ledger(_ lines: String, _ options: RecipientLedger.Options = .init()) throws -> RecipientLedger {
    let ledger = RecipientLedger(options: options)
    try Fixture.feed(lines, to: ledger)
    return ledger
  }

  private func rows(_ ledger: RecipientLedger, now: Int = 40, _ query: RecipientList.Query = .init()) -> [RecipientList.Row] {
    var rows: [RecipientList.Row] = []
    _ = ledger.list(query, now: Timestamp(seconds: 1_780_272_000 + Int64(now) * 86_400 + 36_000)) { rows.append($0) }
    return rows
  }

  @Test(arguments: cases) func policy(_ test: Case) throws {
    let found = rows(try ledger(journal(test.story)), now: test.now)
    #expect(found.map(\.state) == (test.state.map { [$0] } ?? []))
    if test.state != nil { #expect(found.first?.score == test.score) }
  }

  @Test func addressesAreFoldedAndTheOriginalCounts() throws {
    let lines =
      journal("1 Bob@X.ORG defer mailbox-full\n2 bob@x.org defer mailbox-full\n3 bob+tag@x.org defer mailbox-full")
      + "{\"time\":\"2026-06-04T00:00:00Z\",\"type\":\"transient-failure\",\"direction\":\"outbound\",\"recipient\":\"inner@y.org\",\"orig_recipient\":\"Alias@X.org\",\"cause\":\"mailbox-full\",\"scope\":\"recipient\"}\n"
    let found = rows(try ledger(lines))
    #expect(found.map(\.address).sorted() == ["alias@x.org", "bob+tag@x.org", "bob@x.org"])
    #expect(found.first { $0.address == "bob@x.org" }?.softBounces == 2)
  }

  /// A line of `aliased`: what is told of a message's recipient f@x.org, reached as `alias`, at an hour of one day.
  private func told(_ hour: Int, _ type: String, _ alias: String?, source: String = "log") -> String {
    "{\"time\":\"\(Timestamp(seconds: 1_780_272_000 + Int64(hour) * 3600))\",\"type\":\"\(type)\",\"source\":\"\(source)\",\"host\":\"mx1\",\"direction\":\"outbound\",\"cause\":\"mailbox-full\",\"scope\":\"recipient\",\"queue_id\":\"A\",\"arrival\":\"2026-06-01T00:00:00Z\",\"recipient\":\"f@x.org\""
      + (alias.map { ",\"orig_recipient\":\"\($0)\"" } ?? "") + "}\n"
  }

  /// Postfix delivers once for each alias.
  @Test func aliasesOfOneAddressAreRecipientsOfTheirOwn() throws {
    let found = rows(
      try ledger(
        told(1, "transient-failure", "a@x.org") + told(1, "transient-failure", "b@x.org")
          + told(2, "transient-failure", "F@x.org") + told(3, "delivery", "A@x.org")
          + told(4, "transient-failure", "b@x.org")))
    let counts = found.map { "\($0.address) \($0.softBounces) \($0.attempts) \($0.open)" }
    // What arrived under an alias arrived at the address itself.
    #expect(counts == ["b@x.org 1 2 1", "a@x.org 1 1 0", "f@x.org 1 1 1"])
    let ended = rows(
      try ledger(
        told(1, "transient-failure", nil) + told(1, "transient-failure", "b@x.org") + told(3, "delivery", "f@X.org")
          + told(3, "expiration", "b@x.org")))
    #expect(ended.map { "\($0.address) \($0.open) \($0.state)" } == ["b@x.org 0 mailbox-full", "f@x.org 0 healthy"])
  }

  /// `what` became of a message to `recipient`, which `alias` led to.
  private func member(_ hour: Int, _ what: String, _ recipient: String, of alias: String, message: Int = 0) -> String {
    "{\"time\":\"\(Timestamp(seconds: 1_780_272_000 + Int64(hour) * 3600))\",\"type\":\"\(what)\",\"source\":\"log\",\"host\":\"mx1\",\"direction\":\"outbound\",\"hop\":\"external\",\"queue_id\":\"A\(message)\",\"arrival\":\"2026-06-01T00:00:00Z\",\"recipient\":\"\(recipient)\",\"orig_recipient\":\"\(alias)\""
      + (what == "bounce"
        ? ",\"cause\":\"mailbox-unavailable\",\"scope\":\"recipient\",\"status\":\"5.1.1\",\"reply\":{\"code\":550,\"enhanced\":\"5.1.1\",\"text\":\"550 5.1.1 no\"}"
        : "") + "}\n"
  }

  /// The one that an alias leads to does not exist; the alias does, in whatever order its members are told of.
  @Test func anAliasWithADeadMemberExists() throws {
    func states(_ lines: String) throws -> [String] {
      rows(try ledger(lines)).map { "\($0.address) \($0.state) \($0.isUnknown)" }
    }
    let gone = member(2, "bounce", "gone@y.org", of: "sales@x.org")
    let sent = member(1, "delivery", "a@z.org", of: "sales@x.org") + member(3, "delivery", "b@z.org", of: "sales@x.org")
    #expect(try states(gone) == ["gone@y.org suppress true", "sales@x.org watch false"])
    #expect(try states(gone + sent) == ["gone@y.org suppress true", "sales@x.org healthy false"])
    #expect(try states(sent + gone) == ["gone@y.org suppress true", "sales@x.org healthy false"])
    // It is there again, as that alias finds, or another, or somebody who writes to it.
    #expect(
      try states(gone + member(4, "delivery", "gone@y.org", of: "info@x.org")) == [
        "sales@x.org watch false", "gone@y.org healthy false",
      ])
    #expect(
      try states(gone + journal("1 gone@y.org sent")) == ["sales@x.org watch false", "gone@y.org healthy false"])
    // One that leads nowhere else takes no mail.
    let again = [0, 10, 20].map { member($0 * 24, "bounce", "gone@y.org", of: "one@x.org", message: $0) }.joined()
    #expect(try states(again) == ["gone@y.org suppress true", "one@x.org suppress false"])
  }

  @Test func aRuleSaysThatThereIsNoSuchAddress() throws {
    func state(_ rule: String, _ code: Int, _ enhanced: String, type: String = "bounce") throws -> RecipientPolicy.State? {
      let line =
        "{\"time\":\"2026-06-04T00:00:00Z\",\"type\":\"\(type)\",\"source\":\"log\",\"direction\":\"outbound\",\"hop\":\"external\",\"recipient\":\"a@x.org\",\"cause\":\"mailbox-unavailable\",\"scope\":\"recipient\",\"rule\":\"\(rule)\",\"status\":\"\(enhanced)\",\"reply\":{\"code\":\(code),\"enhanced\":\"\(enhanced)\",\"text\":\"no\"}}\n"
      return rows(try ledger(line)).first?.state
    }
    #expect(try state("no-such-recipient", 550, "5.7.1") == .suppress)
    #expect(try state("microsoft-no-such-recipient", 550, "5.4.1") == .suppress)
    #expect(try state("mailbox-unavailable", 550, "5.7.1") == .watch)
    #expect(try state("no-such-recipient", 450, "4.1.1") == .watch)
    #expect(try state("no-such-recipient", 550, "4.7.1") == .watch)
    #expect(try state("no-such-recipient", 550, "5.7.1", type: "expiration") == .watch)
  }

  /// The queue's listing does not tell the alias; the log that follows does.
  @Test func whatTheQueueToldOfIsClosedUnderItsAlias() throws {
    func states(_ lines: String) throws -> [String] {
      rows(try ledger(lines)).map { "\($0.address) \($0.softBounces) \($0.open) \($0.state)" }
    }
    let queued = told(1, "transient-failure", nil, source: "queue")
    #expect(try states(queued + told(2, "delivery", "a@x.org")) == ["f@x.org 1 0 healthy"])
    #expect(
      try states(queued + told(2, "transient-failure", "a@x.org")) == ["a@x.org 1 1 mailbox-full"])
    // What else stands against it stays.
    #expect(
      try states(
        journal("0 f@x.org defer mailbox-full #M") + queued + told(2, "transient-failure", "a@x.org")
          + told(3, "delivery", "a@x.org")) == ["f@x.org 1 1 mailbox-full", "a@x.org 1 0 healthy"])
    // The log has told of f@x.org itself: the alias is another recipient.
    #expect(
      try states(queued + told(2, "transient-failure", nil) + told(3, "delivery", "a@x.org")) == [
        "f@x.org 1 1 healthy"
      ])
  }

  @Test func aSoftBounceIsAMessageNotAnAttempt() throws {
    let lines = journal(
      """
      1 a@x.org defer mailbox-full #M
      1.11 a@x.org defer mailbox-full #M
      1.12 a@x.org defer greylisted #M
      2 a@x.org defer greylisted #N
      """)
    let all = rows(try ledger(lines))
    #expect(all.first?.softBounces == 2)
    #expect(all.first?.attempts == 4)
    var options = RecipientLedger.Options()
    options.cause = .mailboxFull
    let full = rows(try ledger(lines, options))
    #expect(full.first?.softBounces == 1)
    #expect(full.first?.attempts == 2)
    options.cause = .greylisted
    options.since = Timestamp(seconds: 1_780_272_000 + 2 * 86_400)
    #expect(rows(try ledger(lines, options)).first?.softBounces == 1)
    var query = RecipientList.Query()
    query.minimum = 3
    #expect(rows(try ledger(lines), query).isEmpty)
  }

  @Test func aMessageCountsOnceItIsPutOffWithinThePeriod() throws {
    var options = RecipientLedger.Options()
    options.since = Timestamp(seconds: 1_780_272_000 + 2 * 86_400)
    let lines = journal(
      "1 a@x.org defer mailbox-full #M\n3 a@x.org defer mailbox-full #M\n4 a@x.org defer mailbox-full #M")
    let found = rows(try ledger(lines, options))
    #expect(found.map(\.softBounces) == [1] && found.map(\.attempts) == [2])
  }

  /// What was put off elsewhere may end at our own server: a transport that was changed, a list that was moved.
  @Test func aDeliveryAtHomeEndsWhatWasPutOff() throws {
    func states(_ lines: String) throws -> [String] {
      rows(try ledger(lines)).map { "\($0.address) \($0.softBounces) \($0.open) \($0.state)" }
    }
    let off = journal("1 a@x.org defer mailbox-full #M")
    let home = journal("2 a@x.org sent - #M\n2 b@x.org sent - #M\n2 a@x.org sent - #N")
      .replacing("\"hop\":\"external\"", with: "\"hop\":\"internal\"")
    #expect(try states(off + home) == ["a@x.org 1 0 healthy"])
    // A mailbox of ours says nothing of one elsewhere.
    let other = journal("2 a@x.org sent - #N").replacing("\"hop\":\"external\"", with: "\"hop\":\"internal\"")
    #expect(try states(off + other) == ["a@x.org 1 1 mailbox-full"])
    let bounced = journal("2 a@x.org bounce mailbox-unavailable 5.1.1 #M")
      .replacing("\"hop\":\"external\"", with: "\"hop\":\"internal\"")
    #expect(try states(off + bounced) == ["a@x.org 1 0 mailbox-full"])
  }

  @Test func ourOwnMailboxesAndClientsAreNoRecipients() throws {
    let line =
      "{\"time\":\"2026-06-04T00:00:00Z\",\"type\":\"TYPE\",\"direction\":\"DIR\",\"hop\":\"HOP\",\"recipient\":\"a@x.org\",\"cause\":\"mailbox-full\",\"scope\":\"recipient\"}\n"
    for (type, direction, hop) in [("expiration", "outbound", "internal"), ("rejection", "inbound", "external")] {
      let text = line.replacing("TYPE", with: type).replacing("DIR", with: direction).replacing("HOP", with: hop)
      #expect(rows(try ledger(text)).isEmpty)
    }
  }

  @Test func beyondTheLimitTheHealthyMakeRoom() throws {
    var options = RecipientLedger.Options()
    options.addressLimit = 20
    var story = "1 keep@x.org expire mailbox-full\n"
    for index in 0..<50 { story += "2 h\(index)@x.org defer reputation #H\(index)\n2 h\(index)@x.org sent x #H\(index)\n" }
    story += "9 keep@x.org expire mailbox-full\n30 keep@x.org expire mailbox-full\n"
    let healthy = try ledger(journal(story), options)
    #expect(rows(healthy).first { $0.address == "keep@x.org" }?.state == .suppress)
    #expect(rows(healthy).first { $0.address == "keep@x.org" }?.evidence.count == 3)
    #expect(healthy.remarks.contains { $0.contains("against which nothing stands") })
    // Nobody can make room: what finds none is counted.
    story = (0..<50).map { "2 w\($0)@x.org expire mailbox-full" }.joined(separator: "\n")
    let full = try ledger(journal(story), options)
    #expect(rows(full).count == 20)
    #expect(full.remarks.contains { $0.hasPrefix("30 events of addresses that found no room") })
  }

  @Test func aPseudonymIsFoundByItsAddress() throws {
    // The second of two keys.
    let keys = try (0..<2).map { _ in Pseudonyms(key: try Fixture.key(), mode: .pseudonymised) }
    let stored = "bob@x.org".withByteView { keys[1].address(for: $0, message: .empty) }
    let known = AddressKey(pseudonyms: keys)
    var scratch = ByteBuffer()
    let found = " <Bob@X.org> ".withByteView { address in
      known.findPseudonym(address, &scratch) { String($0) == stored ? true : nil }
    }
    #expect(found == true)
    #expect(stored.withByteView { !known.isHidden($0) && AddressKey(pseudonyms: [keys[0]]).isHidden($0) })
    for plain in ["bob@x.org", "~bob@x.org", "~erased-abcdefghijklmnop@x.org"] {
      #expect(plain.withByteView { !AddressKey().isHidden($0) })
    }
    for bad in ["", "bob", "@x.org", "bob@", "<>", "bob@."] {
      #expect(bad.withByteView { AddressKey.append($0, to: &scratch) } == false, "\(bad)")
    }
  }

  /// Spellings of one address are one row, which shows how mail programs take it.
  @Test func spellingsAreOneAddress() throws {
    let lines = journal(
      """
      1 user@müller.example defer mailbox-full
      2 User@xn--mller-kva.example defer mailbox-full
      3 JÖRG@x.org defer mailbox-full
      4 \\"jörg\\"@x.org defer mailbox-full
      5 o'brien@x.org defer mailbox-full
      """)
    let found = rows(try ledger(lines)).map { "\($0.address) \($0.softBounces)" }.sorted()
    #expect(found == ["jörg@x.org 2", "o'brien@x.org 1", "user@xn--mller-kva.example 2"])
  }

  @Test func linesForPrograms() throws {
    let lines = journal("1 =cmd|a@x.org bounce mailbox-unavailable 5.1.1")
    let row = try #require(rows(try ledger(lines)).first)
    var buffer = ByteBuffer()
    RecipientLine.append(csv: row, to: &buffer)
    #expect(
      String(buffer.view)
        == "\"'=cmd|a@x.org\",suppress,mailbox-unavailable,0,0,,,,0,1,2026-06-02T10:00:00Z,2026-06-02T10:00:00Z,yes,2026-06-02T10:00:00Z bounce mailbox-unavailable 5.1.1: no\r\n"
    )
    buffer.removeAll()
    RecipientLine.append(json: row, to: &buffer)
    #expect(String(buffer.view).hasPrefix("{\"address\":\"=cmd|a@x.org\",\"state\":\"suppress\""))
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
