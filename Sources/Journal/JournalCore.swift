// What the threads that append and the committer's thread share: the batch that fills, the counts, and what had to
// be dropped.

import Bytes
import Glibc
import SMTPTypes

/// The writer's shared state.
final class JournalCore: Sendable {
  // Sendable: every stored `var` and the batches are touched with `monitor` locked, with one exception: the batch
  // that `writing` points at belongs to the committer's thread from `take` to `finish`; the others only read its
  // size, which is kept in `writingBytes`.
  let monitor = Monitor()
  let options: JournalWriter.Options
  let calls: FileSystemCalls
  private nonisolated(unsafe) var pending: UnsafeMutablePointer<Batch>
  private nonisolated(unsafe) var writing: UnsafeMutablePointer<Batch>
  private nonisolated(unsafe) var writingBytes = 0
  private nonisolated(unsafe) var group: UInt64 = 0
  private nonisolated(unsafe) var durableGroup: UInt64 = 0
  private nonisolated(unsafe) var counters = JournalCounters()
  private nonisolated(unsafe) var closing = false
  private nonisolated(unsafe) var finished = false
  private nonisolated(unsafe) var loss = Loss()

  /// What was dropped since the last gap line.
  private struct Loss {
    var lines = 0
    var groups = 0
    var first: Int64 = 0
    var last: Int64 = 0
    var reason = ""
  }

  init(options: JournalWriter.Options, calls: FileSystemCalls) {
    self.options = options
    self.calls = calls
    pending = UnsafeMutablePointer<Batch>.allocate(capacity: 1)
    pending.initialize(to: Batch())
    writing = UnsafeMutablePointer<Batch>.allocate(capacity: 1)
    writing.initialize(to: Batch())
  }

  deinit {
    for batch in [pending, writing] {
      batch.deinitialize(count: 1)
      batch.deallocate()
    }
  }

  // MARK: - Threads that append

  func append(beginningSegment: Bool = false, _ body: (inout EventGroup) -> Void) -> Commit {
    monitor.lock()
    defer { monitor.unlock() }
    let hadRoom = !closing && pending.pointee.buffer.count + writingBytes < options.memoryLimit
    let start = pending.pointee.buffer.count
    if hadRoom {
      // What is missing is told before what comes after it.
      addGapIfDue()
    }
    let begin = pending.pointee.buffer.count
    let positions = hadRoom ? nil : pending.pointee.positions
    var lines = 0
    do {
      var group = EventGroup(pending)
      body(&group)
      lines = group.lines
    }
    guard hadRoom else {
      // The caller's events were encoded to learn how many they are, and go.
      pending.pointee.buffer.truncate(to: begin)
      if let positions { pending.pointee.positions = positions }
      drop(lines)
      return Commit(group: 0, isAccepted: false)
    }
    if lines > 0 { accept(lines) }
    if beginningSegment { pending.pointee.beginsSegment = true }
    if start == 0, !pending.pointee.isEmpty { monitor.signal(.work) }
    return Commit(group: group, isAccepted: true)
  }

  private func accept(_ lines: Int) {
    group += 1
    pending.pointee.lines += lines
    pending.pointee.lastGroup = group
    counters.lines += lines
    counters.groups += 1
    counters.queuedBytes = pending.pointee.buffer.count + writingBytes
  }

  private func drop(_ lines: Int) {
    guard lines > 0 else { return }
    counters.droppedLines += lines
    let now = calls.now()
    if loss.lines == 0 { loss.first = now }
    loss.last = now
    loss.lines += lines
    loss.groups += 1
    loss.reason =
      closing ? "the journal was closed" : counters.lastFault ?? "events came faster than the disk took them"
  }

  /// Adds a gap line if something was dropped since the last one.
  private func addGapIfDue() {
    guard loss.lines > 0 else { return }
    let first = Timestamp(microseconds: loss.first, fractionDigits: 3)
    let last = Timestamp(microseconds: loss.last, fractionDigits: 3)
    let note =
      "journal: \(loss.lines) lines (\(loss.groups) groups) dropped between \(first) and \(last): \(loss.reason)"
    let lines = loss.lines
    loss = Loss()
    addGap(lines, note)
  }

  private func addGap(_ count: Int, _ note: String) {
    note.withByteView { note in
      options.host.withByteView { host in
        var event = Event(time: Timestamp(microseconds: calls.now(), fractionDigits: 3), type: .gap)
        if !host.isEmpty { event.host = host }
        event.count = count
        event.note = note
        EventEncoder.append(event, to: &pending.pointee.buffer)
      }
    }
    counters.gaps += 1
    accept(1)
  }

  /// Says that lines which were committed are gone, before what comes after them: once the next note is written,
  /// nothing else tells.
  func tellLoss(ofCommitted bytes: Int) {
    monitor.lock()
    defer { monitor.unlock() }
    addGap(
      bytes,
      "journal: \(bytes) bytes of lines that were committed were missing at the start; the last file was cut or taken away"
    )
    monitor.signal(.work)
  }

  func waitUntilDurable(_ commit: Commit, timeout: Double) -> Bool {
    guard commit.isAccepted else { return false }
    let deadline = Monitor.deadline(after: timeout)
    monitor.lock()
    defer { monitor.unlock() }
    while durableGroup < commit.group {
      if finished { return false }
      if !monitor.wait(for: .news, until: deadline) { return durableGroup >= commit.group }
    }
    return true
  }

  func snapshot() -> JournalCounters {
    monitor.lock()
    defer { monitor.unlock() }
    return counters
  }

  func close() {
    monitor.lock()
    closing = true
    monitor.broadcast(.work)
    monitor.unlock()
  }

  // MARK: - The committer's thread

  /// Until the journal is closed and what was queued is stored or given up.
  func run(_ committer: consuming JournalCommitter) {
    var committer = committer
    while take() {
      var pause = 0.05
      while true {
        do throws(Fault) {
          try committer.store(&writing.pointee)
          finish(stored: true)
          break
        } catch {
          guard rest(after: error, seconds: pause) else {
            finish(stored: false)
            break
          }
          pause = min(pause * 2, 5)
        }
      }
    }
    monitor.lock()
    finished = true
    monitor.broadcast(.news)
    monitor.unlock()
  }

  /// Waits for work and takes all of it; false when the journal is closed and nothing is left.
  private func take() -> Bool {
    monitor.lock()
    defer { monitor.unlock() }
    while pending.pointee.isEmpty {
      if closing { return false }
      monitor.wait(for: .work)
    }
    swap(&pending, &writing)
    writingBytes = writing.pointee.buffer.count
    return true
  }

  private func finish(stored: Bool) {
    let bytes = writing.pointee.buffer.count
    let lines = writing.pointee.lines
    let last = writing.pointee.lastGroup
    writing.pointee.removeAll()
    monitor.lock()
    writingBytes = 0
    counters.queuedBytes = pending.pointee.buffer.count
    // Whoever hands over a large buffer and gets this one back (`EventGroup.add(continued:count:)`) does with two.
    if pending.pointee.isEmpty { swap(&pending.pointee.buffer, &writing.pointee.buffer) }
    if stored {
      durableGroup = last
      counters.durableLines += lines
      counters.durableBytes += bytes
      counters.synchronisations += 1
      counters.isRefusing = false
      if !closing { addGapIfDue() }
    } else {
      counters.droppedLines += lines
    }
    monitor.broadcast(.news)
    monitor.unlock()
  }

  /// Notes a fault and waits; false when the journal is being closed, and the disk has had its last chance.
  private func rest(after fault: Fault, seconds: Double) -> Bool {
    let deadline = Monitor.deadline(after: seconds)
    monitor.lock()
    defer { monitor.unlock() }
    counters.faults += 1
    counters.lastFault = fault.description
    counters.isRefusing = true
    if closing { return false }
    while !closing, monitor.wait(for: .work, until: deadline) {}
    return true
  }
}
