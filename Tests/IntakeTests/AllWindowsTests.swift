// Every window over one random world, through crashes: each failure is one event, whoever told of it first.

import Bytes
import Classification
import DeliveryStatus
import Intake
import Journal
import MailLog
import MailQueue
import SMTPTypes
import Testing

/// A journal that survives kill -9: whatever was handed over is in it; a tally and the position behind it are one
/// write.
private final class DurableJournal: EventSink {
  struct Entry {
    var event: Recorded
    var line: [UInt8]
    /// How many positions were written before it.
    var positions: Int
  }

  var entries: [Entry] = []
  var positions: [Int] = []
  var attempts = 0
  var late = 0
  /// Log events behind the last position, whose lines are read again.
  var seen: Set<String> = []
  var position = 0

  static func key(_ event: borrowing Event) -> String {
    "\(event.offset ?? -1) \(event.type) \(event.recipient.map { String($0) } ?? "")"
  }

  func receive(_ event: borrowing Event) {
    guard event.type != .message else { return }
    if event.source == .log, seen.remove(DurableJournal.key(event)) != nil { return }
    var buffer = ByteBuffer()
    EventEncoder.append(event, to: &buffer)
    entries.append(Entry(event: Recorded(event), line: Array(buffer.view.buffer), positions: positions.count))
  }

  func receive(_ tally: borrowing Tally, host: String) {
    attempts += tally.total.attempts
    for index in 0..<tally.trouble.count where tally.trouble.key(at: index) == "late-line" {
      late += tally.trouble[index]
    }
    positions.append(position)
  }
}

/// A sidecar that is killed at random moments.
private final class Sidecar {
  let journal = DurableJournal()
  private var intake: Intake?
  /// The log's file as it is by now.
  private var file: [(offset: Int, text: String)] = []
  private var size = 0
  private var known: [MessageIdentity] = []

  func start(at time: Timestamp) {
    var options = Intake.Options()
    options.hostName = "mx1"
    options.hasMilter = true
    let intake = Intake(
      options: options, classifier: Classifier.builtIn(), providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: time)), sink: journal)
    self.intake = intake
    for identity in known { intake.observe(identity) }
    let from = journal.positions.last ?? 0
    if !journal.positions.isEmpty {
      intake.beginWarmUp()
      for line in file where line.offset < from { line.text.withByteView { intake.line($0, offset: line.offset) } }
      intake.endWarmUp()
    }
    journal.seen.removeAll()
    var decoder = EventDecoder()
    for entry in journal.entries {
      entry.line.withUnsafeBufferPointer { buffer in
        guard let decoded = try? decoder.decode(ByteView(buffer)), case .event(let event) = decoded else { return }
        if entry.positions == journal.positions.count, event.source == .log {
          journal.seen.insert(DurableJournal.key(event))
        } else {
          intake.restore(event)
        }
      }
    }
    intake.endRestoring()
    for line in file where line.offset >= from { read(line) }
  }

  private func read(_ line: (offset: Int, text: String)) {
    journal.position = line.offset
    line.text.withByteView { intake?.line($0, offset: line.offset) }
    journal.position = line.offset + line.text.utf8.count + 1
  }

  func show(_ sight: Sight, at time: Timestamp) {
    intake?.advance(to: time)
    switch sight {
    case .line(let text):
      file.append((size, text))
      size += text.utf8.count + 1
      read(file[file.count - 1])
    case .identity(let identity):
      known.append(identity)
      intake?.observe(identity)
    case .rejection(let rejection): intake?.observe(rejection)
    case .report(let report, let isOurOwn, let isMatched):
      intake?.observe(report, at: time, isOurOwn: isOurOwn, isMatched: isMatched)
    case .listing(let entries):
      intake?.beginListing(at: time)
      var reader = QueueListReader()
      for entry in entries {
        let store = ByteStore([entry])
        if let read = try? reader.read(store[0]) { intake?.listed(read) }
        withExtendedLifetime(store) {}
      }
      intake?.endListing(isComplete: true)
    }
  }

  func stop(at time: Timestamp) {
    intake?.advance(to: time)
    intake?.flush()
  }
}

@Suite struct AllWindowsTests {
  @Test(arguments: 0..<48)
  func eachFailureOnce(seed: Int) {
    let world = MailWorld(seed: UInt64(seed) &* 104_729 &+ 11, messages: 25)
    var random = SeededGenerator(state: UInt64(seed))
    let sidecar = Sidecar()
    sidecar.start(at: MailWorld.time(0))
    var crashes = seed % 3 == 0 ? 0 : 5
    // What only the milter saw is in no file until the log has passed it.
    var restless = 0
    var shown = 0
    for item in world.sights {
      if crashes > 0, shown > restless, Int.random(in: 0..<(world.sights.count / 6), using: &random) == 0 {
        crashes -= 1
        sidecar.start(at: MailWorld.time(item.time))
      }
      if case .rejection = item.sight { restless = item.time + 10 }
      sidecar.show(item.sight, at: MailWorld.time(item.time))
      shown = item.time
    }
    sidecar.stop(at: MailWorld.time((world.sights.last?.time ?? 0) + 100))
    check(world, sidecar.journal, hadCrashes: seed % 3 != 0)
  }

  private func check(_ world: MailWorld, _ journal: DurableJournal, hadCrashes: Bool) {
    var told: [String: [Recorded]] = [:]
    for entry in journal.entries where entry.event.source == .log || entry.event.source == .queue {
      // An expiry of which no failure was seen names nobody.
      guard entry.event.type != .rejection, entry.event.recipient != nil else { continue }
      told[self.key(entry.event, world), default: []].append(entry.event)
    }
    for (key, course) in world.courses {
      let events = told.removeValue(forKey: key) ?? []
      let failed = events.filter { $0.type == .transientFailure && $0.origin != .suspended }
      let detail = "\(key): \(events) \(events.map { "\($0.source?.name ?? "-") \($0.offset ?? -1)" }) \(course)"
      // No loss, no double.
      #expect(failed.count >= course.logged, "\(detail)")
      #expect(failed.count <= course.logged + course.lost, "\(detail)")
      #expect(Set(failed.compactMap(\.offset)).count == failed.filter { $0.source == .log }.count, "\(detail)")
      #expect(failed.filter { $0.source == .queue }.count <= 1, "\(detail)")
      let suspended = events.filter { $0.origin == .suspended && $0.type == .transientFailure }
      #expect(suspended.count == (course.isSuspended ? 1 : 0), "\(detail)")
      let ends = events.filter { $0.type != .transientFailure }
      let isOpened = !failed.isEmpty || course.isSuspended
      if course.end == .bounced, !course.isEndLost {
        #expect(ends.map(\.type) == [.bounce], "\(detail)")
      } else {
        #expect(ends.count == (isOpened ? 1 : 0), "\(detail)")
      }
      guard course.isPlain else { continue }
      #expect(failed.count == course.logged, "\(detail)")
      // After a crash, or where the log lost lines of the message, a number may be missing, never wrong.
      let life = key.prefix { $0 != "r" }
      let hasGaps = world.courses.contains { $0.key.hasPrefix(life) && !$0.value.isPlain }
      for (index, event) in failed.enumerated() where event.attempt != nil || !(hadCrashes || hasGaps) {
        #expect(event.attempt == index + 1, "\(detail)")
      }
      if isOpened {
        let expected: EventType =
          switch course.end {
          case .sent: .delivery
          case .bounced: .bounce
          case .expired: .expiration
          case .deleted, .open: .deletion
          }
        #expect(ends.map(\.type) == [expected], "\(detail)")
      }
      if let tag = course.tag { #expect(events.allSatisfy { $0.tags == ["campaign=\(tag)"] }, "\(detail)") }
    }
    #expect(told.isEmpty, "\(told)")
    #expect(journal.attempts == world.attempts)
    let events = journal.entries.map(\.event)
    #expect(events.filter { $0.type == .rejection }.count == world.rejections)
    #expect(events.filter { $0.type == .delayNotice || $0.type == .remoteBounce }.count == world.foreignReports)
  }

  /// The course that an event belongs to: its queue id, or that of its requeued copy, and its arrival.
  private func key(_ event: Recorded, _ world: MailWorld) -> String {
    let queueID = event.queueID ?? ""
    let plain = queueID.hasSuffix("R") ? String(queueID.dropLast()) : queueID
    let recipient = event.recipient ?? ""
    let second = event.arrival.map { Int($0.seconds - MailWorld.base) } ?? -1
    // A requeued copy that only the queue showed has its own arrival.
    return world.courses.keys.first { key in
      let parts = key.split(separator: " ")
      return parts[0] == plain && parts[2] == recipient && (Int(parts[1]).map { abs($0 - second) <= 3 } ?? false)
    } ?? "\(queueID) \(second) \(recipient)"
  }
}
