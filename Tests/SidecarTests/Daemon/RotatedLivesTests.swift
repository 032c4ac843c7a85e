import Bytes
import Glibc
import Journal
import SMTPTypes
import Testing

@testable import Sidecar

/// Queue ids that are used again while the program is restarted twice and its log rotated and compressed in between: the
/// lives are those of one run over the whole log.
@Suite(.enabled(if: Program.path != nil, "softbounced is not built beside the tests"))
struct RotatedLivesTests {
  /// Seconds from the first line, and what a line says.
  private typealias Line = (time: Double, text: String)

  private static func begin(_ time: Double, _ id: String) -> [Line] {
    [
      (time, "smtpd[1]: \(id): client=c.example[198.51.100.7]"),
      (time, "cleanup[2]: \(id): message-id=<\(id).\(Int(time))@example.org>"),
      (time, "qmgr[3]: \(id): from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
    ]
  }

  private static func delivery(
    _ time: Double, _ id: String, _ recipient: String, since arrival: Double, _ status: String
  ) -> Line {
    let reason =
      status == "sent" ? "dsn=2.0.0, status=sent (250 Ok)"
      : "dsn=4.2.2, status=deferred (host mx.r.example[192.0.2.5] said: 452 4.2.2 over quota (in reply to RCPT TO command))"
    return (
      time,
      "smtp[4]: \(id): to=<\(recipient)@r.example>, relay=mx.r.example[192.0.2.5]:25, delay=\(Int(time - arrival)), "
        + "delays=0/0/0/0, \(reason)"
    )
  }

  /// 6A0001 is three messages: the first goes on as 6B0001, the last one has its id of a requeue. 6C0001 waits for its
  /// first attempt until all that told of its arrival is in old files.
  private static let lines: [Line] =
    begin(0, "6A0001") + begin(0, "6C0001") + [
      delivery(1, "6A0001", "u", since: 0, "deferred"), delivery(1, "6A0001", "v", since: 0, "deferred"),
      delivery(600, "6A0001", "u", since: 0, "sent"), (700, "postsuper[9]: 6A0001: requeued"),
      (700, "pickup[9]: 6B0001: uid=0 from=<s@example.org> orig_id=6A0001"),
    ] + begin(800, "6A0001") + [
      delivery(801, "6A0001", "u", since: 800, "deferred"), delivery(802, "6B0001", "v", since: 700, "deferred"),
      delivery(1400, "6A0001", "u", since: 800, "deferred"), delivery(1500, "6A0001", "u", since: 800, "sent"),
      (1500, "qmgr[3]: 6A0001: removed"),
    ] + begin(1600, "6D0001") + [
      delivery(1601, "6D0001", "u", since: 1600, "deferred"), (1700, "postsuper[9]: 6D0001: requeued"),
      (1700, "pickup[9]: 6A0001: uid=0 from=<s@example.org> orig_id=6D0001"),
      delivery(1701, "6A0001", "u", since: 1700, "deferred"), delivery(1800, "6C0001", "w", since: 0, "deferred"),
      (1900, "qmgr[3]: 6B0001: from=<s@example.org>, status=expired, returned to sender"),
      (1900, "qmgr[3]: 6B0001: removed"), delivery(2000, "6A0001", "u", since: 1700, "sent"),
      (2000, "qmgr[3]: 6A0001: removed"), delivery(2100, "6C0001", "w", since: 0, "sent"),
      (2100, "qmgr[3]: 6C0001: removed"),
    ]

  private static let courses = [
    "6A0001 u@r.example: transient-failure 1, delivery 2",
    "6A0001 u@r.example: transient-failure 1, transient-failure 2, delivery 3",
    "6A0001 v@r.example: transient-failure 1, transient-failure 2, expiration -",
    "6C0001 w@r.example: transient-failure 1, delivery 2", "6D0001 u@r.example: transient-failure 1, transient-failure 2, delivery 3",
  ]

  private let directory: Directory
  private let site: Site
  private let writer: Writer
  private let start = WallClock.timestamp.advanced(by: -10_000)

  init() throws {
    directory = try Directory()
    site = Site(directory)
    writer = Writer(site.log)
  }

  /// Writes the lines from `written` up to `end`.
  private func write(upTo end: Int, _ written: inout Int) {
    guard written < end else { return }
    let stamped = Self.lines[written..<end].map { "\(start.advanced(by: $0.time)) mx1 postfix/\($0.text)\n" }
    writer.write(stamped.joined())
    written = end
  }

  /// - Parameter packed: the lowest number that is compressed.
  private func rotate(packingFrom packed: Int) throws {
    for number in stride(from: 8, through: 1, by: -1) {
      for suffix in ["", ".gz"] {
        rename("\(site.log).\(number)\(suffix)", "\(site.log).\(number + 1)\(suffix)")
      }
    }
    rename(site.log, "\(site.log).1")
    writer.reopen()
    for number in packed...9 where access("\(site.log).\(number)", F_OK) == 0 {
      try #require(system("gzip -n \(site.log).\(number)") == 0)
    }
  }

  /// Waits until what was written has been committed.
  private func settle() throws -> Bool {
    let size = FileStatus(path: site.log)?.size ?? 0
    let deadline = MonotonicClock.now + 20_000_000_000
    while MonotonicClock.now < deadline {
      var offset = -1
      _ = try? JournalReader(directory: site.journal).scan { line, _ in
        switch line {
        case .checkpoint(let checkpoint): offset = checkpoint.offset
        default: break
        }
      }
      if offset == size { return true }
      usleep(10_000)
    }
    return false
  }

  private func read() throws -> [String] {
    var lives: [(name: String, arrival: Timestamp, steps: [String])] = []
    _ = try JournalReader(directory: site.journal).scan { line, _ in
      switch line {
      case .event(let event):
        guard let id = event.firstQueueID ?? event.queueID, let recipient = event.recipient, event.type != .message,
          let arrival = event.arrival
        else { return }
        let name = "\(String(id)) \(String(recipient))"
        let step = "\(event.type) \(event.attempt.map { "\($0)" } ?? "-")"
        let known = lives.lastIndex { $0.name == name && abs($0.arrival.since(arrival)) <= 3 }
        if let known { lives[known].steps.append(step) } else { lives.append((name, arrival, [step])) }
      default: break
      }
    }
    return lives.map { "\($0.name): \($0.steps.joined(separator: ", "))" }.sorted()
  }

  /// Before which lines the program is stopped: in each life of the id that is used again, and between them.
  @Test(arguments: [(8, 13), (9, 18), (10, 20), (12, 27), (14, 22), (17, 28)])
  func twoRestartsAndFourRotations(_ first: Int, _ second: Int) throws {
    var written = 0
    for (number, cut) in [first, second].enumerated() {
      let program = try Program(configuration: try site.write(), directory: directory)
      write(upTo: cut, &written)
      #expect(try settle())
      if number == 0 { #expect(program.terminate() == 0) } else { program.kill() }
      try rotate(packingFrom: 2)
      write(upTo: cut + 2, &written)
      try rotate(packingFrom: number == 0 ? 2 : 1)
    }
    let program = try Program(configuration: try site.write(), directory: directory)
    write(upTo: Self.lines.count, &written)
    #expect(try settle())
    #expect(program.terminate() == 0)
    #expect(try read() == Self.courses)
    #expect(try site.read().gaps == [])
  }
}
