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
  ///   - source: runs on the other thread while this call lasts. It calls its argument with each line and the offset
  ///     where it starts, in their order, until that returns false, and must not touch what the sink and `isWanted`
  ///     use.
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
      source { bytes, offset in
        memory.pointee.nextOffset = offset
        guard isWanted() else { return false }
        memory.pointee.linesTaken += 1
        line(bytes, offset: offset)
        return true
      }
      return
    }
    feed.takeAll { block in
      if block.count > 0 { memory.pointee.nextOffset = block.firstOffset }
      guard isWanted() else { return false }
      for index in 0..<block.count {
        ask(for: block, index)
        memory.pointee.linesTaken += 1
        take(block, index)
      }
      offset = nil
      return true
    }
    offset = nil
    pthread_join(thread, nil)
  }

  /// Takes the line at `index`, after those before it.
  @inline(__always)
  private func take(_ block: borrowing AssessedBlock, _ index: Int) {
    let note = block.note(index)
    offset = note.pointee.offset
    guard note.pointee.reading == .headed else {
      take(block.line(index), note.pointee.reading, others: block.others)
      return
    }
    if note.pointee.weight == .foreign { return }
    let time = note.pointee.time
    let host =
      note.pointee.isOfSameHost
      ? memory.pointee.recentHost : host(named: block.line(index).pointee.parsed.header.host, time: time)
    memory.pointee.isBare = false
    count(of: host, time)
    if note.pointee.weight == .full { take(block.line(index), of: host, block.others) }
  }

  /// Asks for the memory that lines some places behind `index` will look up.
  @inline(__always)
  private func ask(for block: borrowing AssessedBlock, _ index: Int) {
    let host = memory.pointee.recentHost
    let cell = block.queueHash(index + 12)
    if cell != 0 { memory.pointee.lives.prefetchCell(memory.pointee.lives.home(host: host, hash: cell)) }
    let life = block.queueHash(index + 8)
    if life != 0 { memory.pointee.lives.prefetchLife(memory.pointee.lives.home(host: host, hash: life)) }
    let texts = block.queueHash(index + 4)
    if texts != 0 { memory.pointee.lives.prefetchTexts(memory.pointee.lives.home(host: host, hash: texts)) }
  }

  /// Where the first line starts that `takeLines` has not taken; right while it asks whether it is to go on.
  public var nextOffset: Int { memory.pointee.nextOffset }

  /// How many lines `takeLines` has taken since it was called last; in a call of the sink, the number of the line
  /// that it speaks of.
  public var linesTaken: Int { memory.pointee.linesTaken }

  /// Gives lines, each with the offset where it starts, until its argument returns false.
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
