import Glibc
import Testing

@testable import SoftbounceCommands

@Suite struct RecipientCommandTests {
  /// A full mailbox in October and November, an unknown address, and one that recovered; as a file of events.
  private static let events = """
    {"time":"2026-10-20T09:00:00Z","type":"expiration","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"mailbox-full","scope":"recipient","domain":"x.org","queue_id":"A1","arrival":"2026-10-15T09:00:00Z","recipient":"full@x.org"}
    {"time":"2026-11-01T09:00:00Z","type":"expiration","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"mailbox-full","scope":"recipient","domain":"x.org","queue_id":"A2","arrival":"2026-10-27T09:00:00Z","recipient":"full@x.org"}
    {"time":"2026-11-10T09:00:00Z","type":"transient-failure","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"mailbox-full","scope":"recipient","origin":"remote","domain":"x.org","attempt":1,"queue_id":"A3","arrival":"2026-11-10T09:00:00Z","recipient":"full@x.org","reply":{"code":452,"enhanced":"4.2.2","text":"452 4.2.2 <full@x.org> over quota"}}
    {"time":"2026-11-15T09:00:00Z","type":"expiration","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"mailbox-full","scope":"recipient","domain":"x.org","queue_id":"A3","arrival":"2026-11-10T09:00:00Z","recipient":"full@x.org"}
    {"time":"2026-11-16T09:00:00Z","type":"bounce","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"mailbox-unavailable","scope":"recipient","origin":"remote","domain":"y.org","status":"5.1.1","attempt":1,"queue_id":"B1","arrival":"2026-11-16T09:00:00Z","recipient":"gone@y.org","reply":{"code":550,"enhanced":"5.1.1","text":"550 5.1.1 <gone@y.org>: unknown"}}
    {"time":"2026-11-17T09:00:00Z","type":"transient-failure","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"greylisted","scope":"path","origin":"remote","domain":"y.org","attempt":1,"queue_id":"C1","arrival":"2026-11-17T09:00:00Z","recipient":"ok@y.org"}
    {"time":"2026-11-17T09:10:00Z","type":"delivery","source":"log","host":"mx1","direction":"outbound","hop":"external","domain":"y.org","attempt":2,"queue_id":"C1","arrival":"2026-11-17T09:00:00Z","recipient":"ok@y.org","deferred_for":600}

    """

  @Test func asText() {
    let scratch = Scratch()
    let outcome = scratch.run(["recipients", scratch.file("events.jsonl", Self.events)])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output == RecipientGolden.text)
  }

  @Test func narrowed() {
    let scratch = Scratch()
    let events = scratch.file("events.jsonl", Self.events)
    func addresses(_ options: [String]) -> [String] {
      let output = scratch.run(["recipients", events, "--format", "csv"] + options).output
      return output.split(separator: "\r\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    }
    #expect(addresses([]) == ["full@x.org", "gone@y.org", "ok@y.org"])
    #expect(addresses(["--state", "healthy"]) == ["ok@y.org"])
    #expect(addresses(["--state", "healthy", "--state", "suppress"]).count == 3)
    #expect(addresses(["--cause", "mailbox-full"]) == ["full@x.org"])
    #expect(addresses(["--cause", "mailbox-full", "--min", "2"]) == [])
    #expect(addresses(["--cause", "mailbox-full", "--within", "5d"]) == [])
    #expect(addresses(["--cause", "mailbox-full", "--min", "1", "--within", "30d"]) == ["full@x.org"])
    #expect(addresses(["--state", "suppress", "--span", "60"]) == ["gone@y.org"])
    #expect(addresses(["--state", "suppress", "--messages", "2", "--until", "2026-11-02", "--span", "5"]) == ["full@x.org"])
    #expect(scratch.run(["recipients", events, "--cause", "content"]).status == 1)
    #expect(scratch.run(["recipients", events, "--cause", "nonsense"]).status == 2)
    #expect(scratch.run(["recipients", events, "--messages", "0"]).status == 2)
  }

  @Test func theConfigurationHasThePolicy() {
    let scratch = Scratch()
    let events = scratch.file("events.jsonl", Self.events)
    scratch.file("softbounce.yaml", "recipients:\n  span: 60d\n  messages: 3\n")
    #expect(scratch.run(["recipients", events, "--state", "suppress", "--format", "csv"]).output.contains("full") == false)
    scratch.file("softbounce.yaml", "recipients:\n  span: sixty\n")
    let outcome = scratch.run(["recipients", events])
    #expect(outcome.errors == "softbounce: DIR/softbounce.yaml: recipients.span: write it like 14d; going on with the default\n")
    #expect(outcome.output == RecipientGolden.text)
  }

  // MARK: - Lists

  private static let list = "Name;E-Mail\r\nA;Full@X.org\r\nB;gone@y.org\r\nC;new@z.org\r\nD;\r\n"

  @Test func aListIsMarked() {
    let scratch = Scratch()
    let outcome = scratch.run(["segment", scratch.file("list.csv", Self.list), scratch.file("e.jsonl", Self.events)])
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        Name;E-Mail;softbounce_state;softbounce_cause;softbounce_last_seen;softbounce_reception\r
        A;Full@X.org;suppress;mailbox-full;2026-11-15T09:00:00Z;0.10\r
        B;gone@y.org;suppress;mailbox-unavailable;2026-11-16T09:00:00Z;0.00\r
        C;new@z.org;healthy;;;0.20\r
        D;;invalid;;;\r

        """)
    #expect(
      outcome.errors == """
        softbounce: DIR/list.csv: the addresses are in column 2 'E-Mail'
        softbounce: 4 lines: 1 healthy, 0 watch, 0 mailbox-full, 2 suppress, 1 invalid

        """)
    let piped = scratch.run(["segment", "-", scratch.path + "/e.jsonl"], input: Self.list)
    #expect(piped.output == outcome.output)
  }

  @Test func aListIsSplit() {
    let scratch = Scratch()
    let list = scratch.file("list.csv", Self.list)
    let events = scratch.file("e.jsonl", Self.events)
    let directory = scratch.path + "/parts"
    #expect(scratch.run(["segment", list, events, "--split", directory]).status == 0)
    func lines(_ name: String) -> Int {
      guard let file = fopen("\(directory)/\(name).csv", "r") else { return -1 }
      defer { fclose(file) }
      var count = 0
      while true {
        let byte = fgetc(file)
        if byte == EOF { return count }
        if byte == 0x0A { count += 1 }
      }
    }
    #expect(["healthy", "watch", "mailbox-full", "suppress", "invalid"].map(lines) == [2, 1, 1, 3, 2])
    // Nobody's lists are written over, and nothing half-written stays.
    let again = scratch.run(["segment", list, events, "--split", directory])
    #expect(again.status == 3)
    #expect(again.errors.contains("DIR/parts/healthy.csv: is there already"))
    #expect(lines("healthy.csv.part") == -1)
  }

  /// Excel's line comes back where it stood, in each file; JSON has none, and counts lines as the list has them.
  @Test func aListForExcel() {
    let scratch = Scratch()
    let list = scratch.file("list.csv", "\u{FEFF}sep=;\r\nName;E-Mail\r\nB;gone@y.org\r\n")
    let events = scratch.file("e.jsonl", Self.events)
    let row = "B;gone@y.org;suppress;mailbox-unavailable;2026-11-16T09:00:00Z;0.00\r\n"
    let header =
      "\u{FEFF}sep=;\r\nName;E-Mail;softbounce_state;softbounce_cause;softbounce_last_seen;softbounce_reception\r\n"
    #expect(scratch.run(["segment", list, events]).output == header + row)
    #expect(scratch.run(["segment", list, events, "--split", scratch.path + "/parts"]).status == 0)
    #expect(scratch.text("parts/suppress.csv") == header + row)
    #expect(scratch.text("parts/healthy.csv") == header)
    let json = scratch.run(["segment", list, events, "--format", "json"]).output
    #expect(json.hasPrefix(#"{"line":3,"address":"gone@y.org","#) && json.hasSuffix(#""row":{"Name":"B","E-Mail":"gone@y.org"}}"# + "\n"))
  }

  @Test func aListAsJSON() {
    let scratch = Scratch()
    let list = scratch.file("list.csv", "\u{FEFF}" + Self.list)
    let events = scratch.file("e.jsonl", Self.events)
    let outcome = scratch.run(["segment", list, events, "--format", "json"])
    #expect(outcome.status == 0)
    let lines = [
      #"{"line":2,"address":"full@x.org","state":"suppress","cause":"mailbox-full","last_seen":"2026-11-15T09:00:00Z","reception":0.10,"row":{"Name":"A","E-Mail":"Full@X.org"}}"#,
      #"{"line":3,"address":"gone@y.org","state":"suppress","cause":"mailbox-unavailable","last_seen":"2026-11-16T09:00:00Z","reception":0.00,"row":{"Name":"B","E-Mail":"gone@y.org"}}"#,
      #"{"line":4,"address":"new@z.org","state":"healthy","reception":0.20,"row":{"Name":"C","E-Mail":"new@z.org"}}"#,
      #"{"line":5,"state":"invalid","row":{"Name":"D","E-Mail":""}}"#,
    ]
    #expect(outcome.output == lines.joined(separator: "\n") + "\n")
    #expect(outcome.errors.hasSuffix("4 lines: 1 healthy, 0 watch, 0 mailbox-full, 2 suppress, 1 invalid\n"))
    let directory = scratch.path + "/parts"
    let split = scratch.run(["segment", list, events, "--format", "json", "--split", directory])
    #expect(split.status == 0 && split.output == "")
    #expect(scratch.text("parts/suppress.jsonl") == lines[0] + "\n" + lines[1] + "\n")
    #expect(scratch.text("parts/watch.jsonl") == "")
    #expect(scratch.run(["segment", list, events, "--format", "text"]).status == 2)
  }

  @Test(
    arguments: [
      (["segment", "DIR/missing.csv"], "DIR/missing.csv: No such file or directory"),
      (["segment", "DIR/city.csv", "DIR/e.jsonl"], "no column is named like an address"),
      (["segment", "DIR/list.csv", "--column", "phone", "DIR/e.jsonl"], "no column 'phone'; give its number, or its name: "),
      (["segment", "DIR/wide.csv", "DIR/e.jsonl"], "iconv -f UTF-16"),
    ])
  func whatIsNoListIsTold(_ arguments: [String], _ message: String) {
    let scratch = Scratch()
    scratch.file("list.csv", Self.list)
    scratch.file("city.csv", "name,city\nA,Rome\n")
    scratch.file("wide.csv", [0xFF, 0xFE, 0x61, 0x00])
    scratch.file("e.jsonl", Self.events)
    let named = arguments.map { $0.hasPrefix("DIR") ? scratch.path + $0.dropFirst(3) : $0 }
    let outcome = scratch.run(named)
    // A column that is not there is a mistake of the command line.
    #expect(outcome.status == (arguments.contains("--column") ? 2 : 3))
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output == "")
  }

  /// A list that breaks off is told with its line; what came before is there, whole or split.
  @Test func anOpenQuoteBreaksTheListOff() {
    let scratch = Scratch()
    let list = scratch.file("list.csv", "email,name\nfull@x.org,A\nnew@z.org,\"B\ngone@y.org,C\n")
    let events = scratch.file("e.jsonl", Self.events)
    let whole = scratch.run(["segment", list, events])
    #expect(whole.status == 3)
    #expect(whole.errors.contains("DIR/list.csv:3: a quote is opened here that nothing closes"), "\(whole.errors)")
    #expect(whole.errors.contains("softbounce: 1 line: "))
    #expect(whole.output.contains("full@x.org,A,suppress,") && !whole.output.contains("gone@y.org"))
    let directory = scratch.path + "/parts"
    let split = scratch.run(["segment", list, events, "--split", directory])
    #expect(split.status == 3)
    #expect(split.errors.contains("DIR/list.csv:3: ") && split.errors.contains("healthy.csv.part"), "\(split.errors)")
    #expect(access(directory + "/suppress.csv", F_OK) != 0 && access(directory + "/suppress.csv.part", F_OK) == 0)
    // Mended, the same command does it.
    scratch.file("list.csv", "email,name\nfull@x.org,A\nnew@z.org,\"B\"\ngone@y.org,C\n")
    #expect(scratch.run(["segment", list, events, "--split", directory]).status == 0)
    #expect(access(directory + "/suppress.csv", F_OK) == 0 && access(directory + "/suppress.csv.part", F_OK) != 0)
  }
}

private enum RecipientGolden {
  static let text = #"""
    softbounce recipients  as of 2026-11-23 10:30 UTC
    Of all addresses put off or failed: 2 suppress, 0 mailbox-full, 0 watch, 1
      healthy

    Address     proposal  soft bounces  cause                last
    full@x.org  suppress             1  mailbox-full         2026-11-10
        3 failed messages in a row, 2026-10-20 to 2026-11-15: given up, mailbox-full
    gone@y.org  suppress             0  mailbox-unavailable  2026-11-16
        1 failed message, 2026-11-16; the address does not exist: bounced,
        mailbox-unavailable: 550 5.1.1 <address>: unknown
    ok@y.org    healthy              1  greylisted           2026-11-17

    """#
}
