import Testing

@testable import SoftbounceCommands

/// What recipients and segment say of logs of several servers, of events whose addresses are hidden, and of mail that
/// arrived at once.
@Suite struct ReadingOrderTests {
  /// A message to `recipient` that was put off on `day` of October, and given up or delivered.
  private func message(_ host: String, _ id: String, day: Int, hour: Int, to recipient: String, end: String) -> String {
    func line(_ hour: Int, _ rest: String) -> String {
      "2026-10-\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour):00:00+00:00 \(host) postfix/\(rest)\n"
    }
    let id = id + "0000001"
    let to = "\(id): to=<\(recipient)>, relay=mx.far.example[198.51.100.1]:25"
    let full =
      "dsn=4.2.2, status=deferred (host mx.far.example[198.51.100.1] said: 452 4.2.2 mailbox full (in reply to RCPT TO command))"
    var text = line(hour, "qmgr[1]: \(id): from=<a@us.example>, size=900, nrcpt=1 (queue active)")
    if end == "clean" {
      return text + line(hour, "smtp[2]: \(to), delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (250 ok)")
        + line(hour, "qmgr[1]: \(id): removed")
    }
    text += line(hour, "smtp[2]: \(to), delay=0, delays=0/0/0/0, \(full)")
    if end == "sent" {
      text += line(hour + 1, "smtp[2]: \(to), delay=3600, delays=3600/0/0/0, dsn=2.0.0, status=sent (250 ok)")
    } else {
      text += line(hour + 1, "qmgr[1]: \(id): from=<a@us.example>, status=expired, returned to sender")
    }
    return text + line(hour + 1, "qmgr[1]: \(id): removed")
  }

  private func states(_ scratch: Scratch, _ paths: [String]) -> [String] {
    scratch.run(["recipients", "--format", "csv"] + paths).output.split(separator: "\r\n").dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return "\(cells[0]) \(cells[1]) \(cells[7]) \(cells[9])"
    }
  }

  /// Two servers' logs, in either order, are told of as their lines in one log are, and so are journals of them.
  @Test func logsOfTwoServers() {
    let scratch = Scratch()
    let one = [
      message("mx2", "4A1", day: 1, hour: 3, to: "dead@far.example", end: "sent"),
      message("mx2", "4A2", day: 3, hour: 3, to: "twice@far.example", end: "expired"),
      message("mx2", "4A3", day: 20, hour: 3, to: "twice@far.example", end: "expired"),
      message("mx2", "4A4", day: 25, hour: 3, to: "dead@far.example", end: "expired"),
    ]
    let other = [
      message("mx3", "4B1", day: 3, hour: 8, to: "twice@far.example", end: "expired"),
      message("mx3", "4B2", day: 5, hour: 8, to: "dead@far.example", end: "expired"),
      message("mx3", "4B3", day: 14, hour: 8, to: "dead@far.example", end: "expired"),
    ]
    let merged = scratch.file("all.log", [one[0], one[1], other[0], other[1], other[2], one[2], one[3]].joined())
    let (mx2, mx3) = (scratch.file("mx2.log", one.joined()), scratch.file("mx3.log", other.joined()))
    let expected = [
      "dead@far.example suppress 2026-10-01T04:00:00Z 3", "twice@far.example mailbox-full  2",
    ]
    #expect(states(scratch, [merged]) == expected)
    #expect(states(scratch, [mx2, mx3]) == expected)
    for (name, logs) in [("j23", [mx2, mx3]), ("j32", [mx3, mx2])] {
      for log in logs {
        #expect(scratch.run(["import", log, "--journal", scratch.path + "/" + name]).status == 0)
      }
      #expect(states(scratch, [scratch.path + "/" + name]) == expected, "\(name)")
    }
  }

  /// Of a log mail that arrived at once is known too.
  @Test func theLastSuccessOfALog() {
    let scratch = Scratch()
    let log = scratch.file(
      "mail.log",
      message("mx1", "4A1", day: 1, hour: 3, to: "p@far.example", end: "sent")
        + message("mx1", "4A2", day: 2, hour: 3, to: "never@far.example", end: "clean")
        + message("mx1", "4A3", day: 20, hour: 3, to: "p@far.example", end: "clean"))
    #expect(states(scratch, [log]) == ["p@far.example healthy 2026-10-20T03:00:00Z 0"])
  }

  // MARK: - Hidden addresses

  private func bounce(_ recipient: String, _ id: Int) -> String {
    let domain = recipient.split(separator: "@").last ?? ""
    return "{\"time\":\"2026-11-20T09:00:00Z\",\"type\":\"bounce\",\"source\":\"log\",\"host\":\"mx1\",\"direction\":\"outbound\",\"hop\":\"external\",\"cause\":\"mailbox-unavailable\",\"scope\":\"recipient\",\"domain\":\"\(domain)\",\"status\":\"5.1.1\",\"queue_id\":\"A\(id)\",\"recipient\":\"\(recipient)\"}\n"
  }

  /// One pseudonym among many plain addresses is enough: it may be any address of its domain of which nothing is known.
  @Test func fewPseudonymsAmongManyAddresses() {
    let scratch = Scratch()
    let events = scratch.file(
      "events.jsonl",
      (0..<40).map { bounce("p\($0)@x.example", $0) }.joined() + bounce("~abcdefghijklmnopqrstuvwx@far.example", 99))
    func run(_ list: String, _ format: String = "csv") -> (output: String, errors: String, status: Int32) {
      let outcome = scratch.run(["segment", scratch.file("list.csv", "email\n" + list), events, "--format", format])
      return (outcome.output, outcome.errors, Int32(outcome.status))
    }
    for format in ["csv", "json"] {
      let hidden = run("p1@x.example\nann@x.example\nJoe@Far.example\n", format)
      #expect(hidden.status == 3 && hidden.output == "")
      #expect(hidden.errors.contains("1 of 41 addresses stand under pseudonyms, and without the key that they were made with"))
    }
    // Nobody else is hidden.
    #expect(run("p1@x.example\nann@x.example\nbob@new.example\n").status == 0)
    let piped = scratch.run(["segment", "-", events], input: "email\njoe@far.example\n")
    #expect(piped.status == 3 && piped.output == "")
  }

  /// Who was forgotten is no address, and where the domain alone is stored anybody may be.
  @Test func erasedNames() {
    let scratch = Scratch()
    let erased = bounce("~erased-abcdefghijklmnop@far.example", 1)
    let list = scratch.file("list.csv", "email\nnew@far.example\n")
    let marks = scratch.file("marks.jsonl", erased + bounce("~abcdefghijklmnop@y.example", 2))
    let all = scratch.file("all.jsonl", erased)
    for events in [marks, all] {
      let outcome = scratch.run(["segment", list, events])
      #expect(outcome.status == 3 && outcome.output == "")
      #expect(outcome.errors.contains("only the domain is stored"))
    }
    // In a journal of addresses nobody else is meant.
    let plain = scratch.file("plain.jsonl", erased + bounce("ann@far.example", 2))
    #expect(scratch.run(["segment", list, plain]).status == 0)
    #expect(states(scratch, [plain]).map { $0.prefix { $0 != " " } } == ["ann@far.example"])
    #expect(scratch.run(["recipients", all]).status == 1)
  }
}
