// Random mail through random crashes: whatever the order in which messages interleave, and wherever the journal was
// cut, each failure is told once and each attempt is counted once.

import Bytes
import Classification
import Intake
import Journal
import MailLog
import SMTPTypes
import Testing

/// A generator that a seed makes the same again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// What must come out, told by the one who made the log.
private struct Truth {
  var events: [String] = []
  var attempts = 0
  var deliveries = 0
  var firstAttempts = 0
  var firstDeferred = 0
}

/// A log of messages that interleave.
private struct RandomLog {
  var lines: [String] = []
  var truth = Truth()

  init(seed: UInt64, messages: Int) {
    var random = SeededGenerator(state: seed)
    var timed: [(time: Int, order: Int, text: String)] = []
    func add(_ time: Int, _ text: String) { timed.append((time, timed.count, text)) }
    for number in 0..<messages {
      let queueID = "4\(String(number % 7 == 0 ? number / 7 : number, radix: 16, uppercase: true))F0A1B2C"
      // Ids that are used again belong to messages far apart.
      let start = number * 40 + Int.random(in: 0..<20, using: &random)
      add(start, "smtpd[1]: \(queueID): client=app.example.org[198.51.100.7]")
      add(start, "cleanup[2]: \(queueID): message-id=<m\(number)@example.org>")
      add(start, "qmgr[3]: \(queueID): from=<a\(number)@example.org>, size=300, nrcpt=1 (queue active)")
      var end = start
      for recipient in 0..<Int.random(in: 1...3, using: &random) {
        let address = "r\(recipient).\(number)@d\(number % 5).example"
        var time = start + 1 + Int.random(in: 0..<3, using: &random)
        let failures = Int.random(in: 0...3, using: &random)
        func line(_ status: String, _ code: String, _ reason: String) {
          add(
            time,
            "smtp[4]: \(queueID): to=<\(address)>, relay=mx.d\(number % 5).example[192.0.2.5]:25, delay=\(time - start), delays=0/0/0/0, dsn=\(code), status=\(status) (\(reason))"
          )
        }
        for attempt in 0..<failures {
          line("deferred", "4.3.2", "host mx[192.0.2.5] said: 451 4.3.2 busy (in reply to RCPT TO command)")
          truth.events.append("transient-failure \(queueID) \(start) \(address) \(attempt + 1)")
          truth.attempts += 1
          time += Int.random(in: 5...60, using: &random)
        }
        truth.firstAttempts += 1
        if failures > 0 { truth.firstDeferred += 1 }
        if Int.random(in: 0..<4, using: &random) == 0 {
          line("bounced", "5.1.1", "host mx[192.0.2.5] said: 550 5.1.1 no such user (in reply to RCPT TO command)")
          truth.events.append("bounce \(queueID) \(start) \(address) \(failures + 1)")
        } else {
          line("sent", "2.0.0", "250 2.0.0 Ok")
          truth.deliveries += 1
          if failures > 0 { truth.events.append("delivery \(queueID) \(start) \(address) \(failures + 1)") }
        }
        truth.attempts += 1
        end = max(end, time)
      }
      add(end + 1, "qmgr[3]: \(queueID): removed")
    }
    timed.sort { ($0.time, $0.order) < ($1.time, $1.order) }
    // What several processes write at once is not sorted.
    for index in timed.indices.dropFirst(3) where timed[index].text.hasSuffix("removed") {
      guard Int.random(in: 0..<2, using: &random) == 0 else { continue }
      var place = index
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        guard timed[index].time - timed[place - 1].time <= 4, timed[place - 1].text.contains("status=") else { break }
        timed.swapAt(place, place - 1)
        place -= 1
      }
    }
    lines = timed.map { RandomLog.stamped($0.time, $0.text) }
    truth.events.sort()
  }

  static let base: Int64 = 1_795_456_800

  static func stamped(_ second: Int, _ text: String) -> String {
    "\(Timestamp(seconds: base + Int64(second))) mx1 postfix/\(text)"
  }
}

/// A journal in memory, as the sidecar writes it: events by line, tallies together with the position behind them.
private final class ModelJournal: EventSink {
  enum Entry {
    case event(offset: Int, key: String, line: [UInt8])
    case tally(attempts: Int, deliveries: Int, firstAttempts: Int, firstDeferred: Int)
    case position(Int)
  }

  var entries: [Entry] = []
  /// Keys of events behind the last position, which may come again.
  var seen: Set<String> = []
  /// The start of the line that is being read.
  var position = 0

  func receive(_ event: borrowing Event) {
    guard event.type != .message else { return }
    let arrival = event.arrival.map { $0.seconds - RandomLog.base } ?? -1
    let key =
      "\(event.type) \(event.queueID.map { String($0) } ?? "-") \(arrival) \(event.recipient.map { String($0) } ?? "-") \(event.attempt ?? 0)"
    let offset = event.offset ?? -1
    if seen.remove("\(offset) \(event.type) \(event.recipient.map { String($0) } ?? "")") != nil { return }
    var buffer = ByteBuffer()
    EventEncoder.append(event, to: &buffer)
    entries.append(.event(offset: offset, key: key, line: Array(buffer.view.buffer)))
  }

  func receive(_ tally: borrowing Tally, host: String) {
    entries.append(
      .tally(
        attempts: tally.total.attempts, deliveries: tally.total.deliveries,
        firstAttempts: tally.total.firstAttempts, firstDeferred: tally.total.firstDeferred))
    entries.append(.position(position))
  }

  /// Cuts the journal after `count` entries, as a crash may; a tally and its position are one write.
  func crash(keeping count: Int) {
    var kept = min(count, entries.count)
    if kept > 0, case .tally = entries[kept - 1] { kept -= 1 }
    entries.removeSubrange(kept...)
  }
}

@Suite struct InterleavingTests {
  @Test(arguments: 0..<40)
  func eachFailureOnceThroughCrashes(seed: Int) {
    var random = SeededGenerator(state: UInt64(seed) &* 7919 &+ 3)
    let log = RandomLog(seed: UInt64(seed), messages: 60)
    var starts: [Int] = []
    var size = 0
    for line in log.lines {
      starts.append(size)
      size += line.utf8.count + 1
    }
    let journal = ModelJournal()
    var crashes = seed % 4 == 0 ? 0 : 6
    var next = 0
    while true {
      // A run: restore, warm up, follow to a crash or to the end.
      let intake = Intake(
        options: {
          var options = Intake.Options()
          options.hostName = "mx1"
          return options
        }(), classifier: Classifier.builtIn(), providers: ProviderMap(),
        parser: LogParser(stamps: StampResolver(reference: Timestamp(seconds: RandomLog.base))), sink: journal)
      next = takeUp(journal, intake, log, starts)
      let stop = crashes > 0 ? Int.random(in: next...log.lines.count, using: &random) : log.lines.count
      for index in next..<stop {
        journal.position = starts[index]
        log.lines[index].withByteView { intake.line($0, offset: starts[index]) }
      }
      if crashes == 0 {
        journal.position = size
        intake.finish()
        break
      }
      crashes -= 1
      // Power loss: what was not on the disk yet is gone.
      journal.crash(keeping: journal.entries.count - Int.random(in: 0...5, using: &random))
    }
    var events: [String] = []
    var total = Truth()
    for entry in journal.entries {
      switch entry {
      case .event(_, let key, _): events.append(key)
      case .tally(let attempts, let deliveries, let firstAttempts, let firstDeferred):
        total.attempts += attempts
        total.deliveries += deliveries
        total.firstAttempts += firstAttempts
        total.firstDeferred += firstDeferred
      case .position: break
      }
    }
    #expect(events.sorted() == log.truth.events)
    #expect(total.attempts == log.truth.attempts)
    #expect(total.deliveries == log.truth.deliveries)
    #expect(total.firstAttempts == log.truth.firstAttempts)
    #expect(total.firstDeferred == log.truth.firstDeferred)
  }

  /// What the sidecar does at its start. Returns the first line to read.
  private func takeUp(_ journal: ModelJournal, _ intake: Intake, _ log: RandomLog, _ starts: [Int]) -> Int {
    journal.seen.removeAll()
    var position: Int?
    var last = -1
    for (index, entry) in journal.entries.enumerated() {
      if case .position(let offset) = entry {
        position = offset
        last = index
      }
    }
    let first = position.map { offset in starts.firstIndex(of: offset) ?? starts.count } ?? 0
    if position != nil {
      intake.beginWarmUp()
      for index in 0..<first { log.lines[index].withByteView { intake.line($0, offset: starts[index]) } }
      intake.endWarmUp()
    }
    var decoder = EventDecoder()
    for (index, entry) in journal.entries.enumerated() {
      guard case .event(let offset, _, let line) = entry else { continue }
      line.withUnsafeBufferPointer { buffer in
        guard let decoded = try? decoder.decode(ByteView(buffer)), case .event(let event) = decoded else { return }
        if index < last {
          intake.restore(event)
        } else {
          journal.seen.insert("\(offset) \(event.type) \(event.recipient.map { String($0) } ?? "")")
        }
      }
    }
    intake.endRestoring()
    return first
  }
}
