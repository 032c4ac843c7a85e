// Old logs: lines are read and judged on one thread and joined on another.

public import Bytes

import Glibc
import MailLog
import SMTPTypes

extension Intake {
  /// Takes the lines that `source` gives, as `line(_:offset:)` does one by one, but reads and judges them ahead on
  /// another thread: with two cores in little more than half the time.
  ///
  /// - Parameters:
  ///   - source: runs on the other thread while this call lasts. It calls its argument with lines, one or as many as
  ///     are at hand, and the offset where the first starts, in their order, until that returns false, and must not
  ///     touch what the sink and `isWanted` use.
  ///   - isWanted: is asked on the calling thread, where the sink is called too, before the lines and every few
  ///     hundred of them; false ends the reading. `nextOffset` says then how far the lines taken go, and `flush` may
  ///     be called.
  public func takeLines(from source: @escaping LineSource, while isWanted: () -> Bool) {
    memory.pointee.linesTaken = 0
    let feed = LineFeed()
    let start = Unmanaged.passRetained(Reading(source, feed, assessor))
    var thread = pthread_t()
    guard pthread_create(&thread, nil, readAhead, start.toOpaque()) == 0 else {
      // No thread to be had: one does all.
      start.release()
      source { lines, offset in
        lines.forEachLine { bytes, start in
          memory.pointee.nextOffset = offset + start
          guard isWanted() else { return false }
          memory.pointee.linesTaken += 1
          line(bytes, offset: offset + start)
          return true
        }
      }
      return
    }
    feed.takeAll { block in
      if block.count > 0 { memory.pointee.nextOffset = block.firstOffset }
      memory.pointee.isBetweenMinutes = block.beginsMinute
      guard isWanted() else { return false }
      take(block)
      return true
    }
    offset = nil
    pthread_join(thread, nil)
  }

  private func take(_ block: borrowing AssessedBlock) {
    let before = memory.pointee.linesTaken
    var place = block.firstEntry
    for index in 0..<block.entryCount {
      let reader = PackedLineReader(place)
      take(reader, of: block, after: before, block.queueHash(index))
      place += Int(reader.head.pointee.size)
    }
    lives.expectNone()
    memory.pointee.linesTaken = before + block.count
    unreadableLines += block.unreadableCount
    foreignLines += block.foreignCount
    offset = nil
  }

  /// Takes an entry, after those before it; `before` lines came before the block, and its queue id has the hash `hash`; 0 if it has none.
  @inline(__always)
  private func take(
    _ reader: PackedLineReader, of block: borrowing AssessedBlock, after before: Int, _ hash: UInt64
  ) {
    let head = reader.head
    let time = Timestamp(microseconds: head.pointee.time, fractionDigits: Int(head.pointee.fractionDigits))
    let runLength = Int(head.pointee.runLength)
    if head.pointee.kind == .run {
      let latest = reader.part(PackedLine.Run.self).part.pointee.latest
      memory.pointee.linesTaken = before + Int(head.pointee.runStart) + 1
      count(
        of: memory.pointee.recentHost, time,
        latest: Timestamp(microseconds: latest, fractionDigits: Int(head.pointee.fractionDigits)), lines: runLength)
      return
    }
    if options.tellsOffsets { offset = head.pointee.offset }
    let line = before + Int(head.pointee.number) + 1
    // With the first line of the run a minute may end.
    memory.pointee.linesTaken = runLength > 0 ? before + Int(head.pointee.runStart) + 1 : line
    if head.pointee.kind == .whole {
      let part = reader.part(PackedLine.Whole.self).part.pointee
      takeWhole(block.line(part.line), part, runLength, line, isOfSameHost: head.pointee.isOfSameHost, block.others)
      return
    }
    let host = memory.pointee.recentHost
    memory.pointee.isBare = false
    count(of: host, time, latest: time, lines: runLength + 1)
    memory.pointee.linesTaken = line
    take(reader, host, time, hash)
  }

  private func takeWhole(
    _ line: UnsafePointer<AssessedLine>, _ part: PackedLine.Whole, _ runLength: Int, _ number: Int, isOfSameHost: Bool,
    _ others: [Assessment]
  ) {
    guard part.reading == .headed else {
      take(line, part.reading, others: others)
      return
    }
    let time = line.pointee.parsed.header.time
    let host =
      isOfSameHost ? memory.pointee.recentHost : host(named: line.pointee.parsed.header.host, time: time)
    memory.pointee.isBare = false
    count(of: host, time, latest: time, lines: runLength + 1)
    memory.pointee.linesTaken = number
    take(line, part.weight, of: host, others)
  }

  /// Takes a packed line of a message.
  @inline(__always)
  private func take(_ reader: PackedLineReader, _ host: Int, _ time: Timestamp, _ hash: UInt64) {
    let kind = reader.head.pointee.kind
    var header = LogHeader(time: time, host: .empty, instance: .empty, service: .empty, daemon: .empty)
    if kind == .delivery {
      let (part, texts) = reader.part(PackedLine.Delivery.self)
      header.instance = texts[part.pointee.instance]
      header.service = texts[part.pointee.service]
      let outcome = memory.pointee.outcome
      PackedLineReader.read(part, texts, into: &outcome.record)
      outcome.header = header
      outcome.host = host
      outcome.hop = part.pointee.hop
      outcome.assessment = PackedLineReader.assessment(part)
      if hash != 0 { lives.expect(outcome.record.queueID, hash: hash) }
      take(outcome, others: [])
      return
    }
    if kind == .trouble {
      let part = reader.part(PackedLine.Trouble.self).part
      take(TroubleRecord(kind: part.pointee.kind, text: .empty), header, host)
      return
    }
    let (part, texts) = reader.part(PackedLine.Message.self)
    header.instance = texts[part.pointee.instance]
    let queueID = texts[part.pointee.queueID]
    if hash != 0 { lives.expect(queueID, hash: hash) }
    switch kind {
    case .queueActive:
      take(QueueActiveRecord(queueID: queueID, sender: texts[part.pointee.first]), header, host)
    case .messageID:
      take(MessageIDRecord(queueID: queueID, messageID: texts[part.pointee.first]), header, host)
    case .removed:
      take(RemovalRecord(queueID: queueID, reason: part.pointee.reason), header, host)
    case .client:
      take(
        ClientRecord(
          queueID: queueID, clientHost: texts[part.pointee.first], clientAddress: texts[part.pointee.second],
          user: texts[optional: part.pointee.user],
          originalQueueID: texts[optional: part.pointee.originalQueueID]), header, host)
    case .run, .whole, .delivery, .trouble: break
    }
  }

  /// Where the first line starts that `takeLines` has not taken; right while it asks whether it is to go on.
  public var nextOffset: Int { memory.pointee.nextOffset }

  /// True while `takeLines` asks whether it is to go on if the line that comes next begins a minute: tallies that are
  /// flushed then have all of theirs.
  public var isBetweenMinutes: Bool { memory.pointee.isBetweenMinutes }

  /// How many lines `takeLines` has taken since it was called last; in a call of the sink, the number of the line
  /// that it speaks of.
  public var linesTaken: Int { memory.pointee.linesTaken }

  /// Gives lines (`ByteView.forEachLine`), with the offset where the first starts, until its argument returns false.
  public typealias LineSource = ((ByteView, Int) -> Bool) -> Void
}

/// What the reading thread is started with.
private final class Reading {
  // The assessor is this thread's until the last block was handed over.
  let source: Intake.LineSource
  let feed: LineFeed
  let assessor: UnsafeMutablePointer<LineAssessor>

  init(_ source: @escaping Intake.LineSource, _ feed: LineFeed, _ assessor: UnsafeMutablePointer<LineAssessor>) {
    self.source = source
    self.feed = feed
    self.assessor = assessor
  }
}

private func readAhead(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let reading = Unmanaged<Reading>.fromOpaque(argument).takeRetainedValue()
  reading.feed.fill(from: reading.source, reading.assessor)
  return nil
}
