import Bytes
import Glibc
import Journal
import Reporting
import SMTPTypes
import Testing

@testable import SoftbounceCommands

/// What several threads read of a journal's segments is answered as one reads the same lines in one file.
struct QuestionsTogetherTests {
  /// Lines of `count` segments, some with letters beyond ASCII, a tally now and then, and one that is damaged.
  private static func segments(_ count: Int, lines: Int, isDamaged: Bool = false) -> [String] {
    var number = 0
    return (0..<count).map { segment in
      var text = ""
      for _ in 0..<lines {
        number += 1
        let time = Timestamp(seconds: 1_795_000_000 + Int64(number * 13 - number % 7 * 40))
        let domain = ["a.example", "b.example", "c.example"][number % 3]
        let ids =
          "\"queue_id\":\"Q\(number / 4)AB\",\"arrival\":\"2026-11-10T00:00:00Z\",\"recipient\":\"r\(number / 4)@\(domain)\""
        let place = "\"source\":\"log\",\"host\":\"mx1\",\"service\":\"smtp\",\"direction\":\"outbound\",\"hop\":\"external\""
        switch number % 10 {
        case 0:
          text +=
            "{\"time\":\"\(time)\",\"type\":\"tally\",\"host\":\"mx1\",\"total\":{\"attempts\":9,\"deliveries\":4},\"by\":{\"domain\":{\"a.example\":{\"attempts\":9,\"deliveries\":4}}},\"lines\":20}\n"
        case 1, 2:
          text += "{\"time\":\"\(time)\",\"type\":\"delivery\",\(place),\"domain\":\"\(domain)\",\(ids),\"deferred_for\":60}\n"
        default:
          let cause = ["mailbox-full", "greylisted", "dns-failure"][number % 7 % 3]
          text +=
            "{\"time\":\"\(time)\",\"type\":\"transient-failure\",\(place),\"cause\":\"\(cause)\",\"scope\":\"recipient\",\"origin\":\"remote\",\"provider\":\"p\(number % 3)\",\"domain\":\"\(domain)\",\"attempt\":\(number % 4 + 1),\(ids),\"reply\":{\"code\":452,\"text\":\"452 4.2.2 \(number % 5 == 0 ? "Bo\u{ee}te pleine \\u001b[2J" : "full")\"}}\n"
        }
        if isDamaged, segment == 1, number % 50 == 0 { text += "{\"time\":\n" }
      }
      return text
    }
  }

  private func journal(_ segments: [String], in scratch: Scratch, isSealed: Bool) throws -> String {
    let directory = scratch.directory("journal")
    var first = 0
    for (index, text) in segments.enumerated() {
      let digits = String(repeating: "0", count: 20 - String(first).count) + String(first)
      scratch.file("journal/\(digits)-20261110T00000\(index)Z.jsonl", text)
      first += text.split(separator: "\n").count
    }
    if isSealed { #expect(try JournalKeeper(directory: directory).run().sealed.count == segments.count - 1) }
    return directory
  }

  @Test(
    arguments: [
      ["events"], ["events", "--type", "tally", "--type", "delivery"], ["events", "--where", "cause=mailbox-full"],
      ["events", "--where", "domain=b.example", "--where", "attempt=2", "--since", "2026-11-18T15:00:00Z"],
      ["events", "--where", "recipient=*77*"], ["events", "--where", "provider=nobody"],
      ["provider", "p1", "--format", "json"], ["domain", "a.example", "--utc"],
      ["recipients", "--format", "csv"], ["recipients", "--format", "json", "--cause", "mailbox-full", "--min", "2"],
      ["message", "Q12AB", "--utc"], ["message", "nobody", "--utc"],
    ], [false, true])
  func aJournalIsAnsweredAsAFile(_ arguments: [String], isSealed: Bool) throws {
    let scratch = Scratch()
    let segments = QuestionsTogetherTests.segments(5, lines: 120)
    let directory = try journal(segments, in: scratch, isSealed: isSealed)
    let file = scratch.file("events.jsonl", segments.joined())
    let expected = scratch.run(arguments + [file])
    let found = scratch.run(arguments + [directory])
    #expect(found.output.replacing("DIR/journal", with: "DIR/events.jsonl") == expected.output)
    #expect(found.errors == expected.errors)
    #expect(found.status == expected.status)
    #expect(found.output.contains("\u{1b}") == false)
  }

  @Test(arguments: [false, true])
  func damageIsToldWithFileAndLine(isSealed: Bool) throws {
    let scratch = Scratch()
    let segments = QuestionsTogetherTests.segments(4, lines: 120, isDamaged: true)
    let directory = try journal(segments, in: scratch, isSealed: isSealed)
    let reader = try JournalReader(directory: directory)
    let damages = try reader.scan { _, _ in }.damage.map(\.line)
    #expect(!damages.isEmpty)
    for arguments in [["events"], ["provider", "p1"], ["recipients"], ["message", "Q12AB"], ["journal", "export"]] {
      let outcome = scratch.run(arguments + [directory])
      #expect(outcome.status == ExitStatus.unreadable.rawValue)
      for line in damages { #expect(outcome.errors.contains(".jsonl\(isSealed ? ".zst" : ""):\(line): ")) }
    }
  }

  @Test(arguments: [EventLines.Format.json, .csv], [1, 3])
  func severalPrintWhatOnePrints(format: EventLines.Format, readers: Int) throws {
    let scratch = Scratch()
    let segments = QuestionsTogetherTests.segments(5, lines: 120)
    let reader = try JournalReader(directory: journal(segments, in: scratch, isSealed: true))
    let consoles = [Console(now: Timestamp(seconds: 0)), Console(now: Timestamp(seconds: 0))]
    let printers = consoles.map {
      EventPrinter(filter: EventFilter(), types: EventTypes(["delivery", "transient-failure"]), format: format, console: $0)
    }
    _ = try reader.scan { line, _ in
      switch line {
      case .event(let event): printers[0].receive(event)
      default: break
      }
    }
    let consumers = try #require(printers[1].readers(readers))
    _ = try reader.deal(to: consumers)
    for console in consoles { console.flush() }
    #expect(printers[0].count == printers[1].count)
    #expect(printers[0].count == 540)
    #expect(consoles[0].output == consoles[1].output)
  }

  /// Nobody reads on for an output that takes nothing more.
  @Test func aClosedOutputEndsTheReading() throws {
    let scratch = Scratch()
    let segments = QuestionsTogetherTests.segments(9, lines: 600)
    let reader = try JournalReader(directory: journal(segments, in: scratch, isSealed: false))
    let full = open("/dev/full", O_WRONLY)
    try #require(full >= 0)
    defer { close(full) }
    let console = Console(output: .descriptor(full), now: Timestamp(seconds: 0))
    let printer = EventPrinter(filter: EventFilter(), types: EventTypes([]), console: console)
    let report = try reader.deal(to: try #require(printer.readers(2)))
    #expect(!console.isOpen)
    #expect(report.lines < 9 * 600)
    #expect(report.damages == 0)
  }

  @Test(arguments: [1, 3, 200, 400, 10_000], [false, true])
  func tailReadsAsFarBackAsItTakes(count: Int, isSealed: Bool) throws {
    let scratch = Scratch()
    let segments = QuestionsTogetherTests.segments(5, lines: 120)
    let directory = try journal(segments, in: scratch, isSealed: isSealed)
    let all = scratch.run(["events", directory]).output.split(separator: "\n")
    let outcome = scratch.run(["tail", directory, "--no-follow", "-n", "\(count)", "--format", "json"])
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n") == all.suffix(count))
  }
}
