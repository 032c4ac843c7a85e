import Bytes
import Glibc
import MailLog
import SMTPTypes

/// Some lines with what was said of them. One thread at a time has it.
///
/// Half of all lines change only counts, and are handed over as a number: what another core wrote is slow to come by.
struct AssessedBlock: ~Copyable {
  /// Lines of a block: enough that handing it over costs nothing a line, few enough that it stays in a core's cache.
  static var lineLimit: Int { 256 }
  /// Lines of a block that ends with its minute, at least.
  private static var leastLines: Int { 64 }
  /// Bytes of all its lines, unless one alone has more.
  private static var byteLimit: Int { 96 * 1024 }

  /// No more blocks follow.
  var isLast = false
  /// Its first line is of another minute than the lines before.
  private(set) var beginsMinute = false
  /// Lines that were added.
  private(set) var count = 0
  /// Those of them that could not be read.
  private(set) var unreadableCount = 0
  /// Those of them that are another program's.
  private(set) var foreignCount = 0
  /// Lines and runs that are handed over, and the hash of each one's queue id; 0 for one that has none.
  private(set) var entryCount = 0
  private let queueHashes: UnsafeMutablePointer<UInt64>
  /// Where the first line starts; 0 in an empty block.
  private(set) var firstOffset = 0
  private(set) var others: [Assessment] = []
  /// Lines that are not packed.
  private let lines: UnsafeMutablePointer<AssessedLine>
  private var lineCount = 0
  /// Packed lines, one behind the other, and the bytes of those that are not.
  private var arena: UnsafeMutableRawPointer
  private var capacity: Int
  private var used = 0
  /// Bytes of all lines that were added.
  private var taken = 0
  /// What the last line named that was read and is not foreign; empty if there was none.
  private var host = ByteView.empty
  private var hostCopy = ByteBuffer(capacity: 256)
  /// Lines that were read since the last entry and only count.
  private var run = PackedLine.Head()
  private var runLatest = Timestamp(seconds: 0)
  /// When the run's minute begins, microseconds.
  private var runMinute: Int64 = 0

  init() {
    lines = UnsafeMutablePointer<AssessedLine>.allocate(capacity: AssessedBlock.lineLimit)
    queueHashes = UnsafeMutablePointer<UInt64>.allocate(capacity: AssessedBlock.lineLimit)
    capacity = AssessedBlock.room(for: AssessedBlock.byteLimit)
    arena = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
  }

  deinit {
    lines.deallocate()
    queueHashes.deallocate()
    arena.deallocate()
  }

  /// Room for lines of so many bytes together. Only what is written to takes up memory.
  private static func room(for bytes: Int) -> Int {
    bytes + (lineLimit + 1) * PackedLine.roomWithoutTexts
  }

  /// True if a line of `length` bytes fits. An empty block takes any.
  @inline(__always)
  private func hasRoom(for length: Int) -> Bool {
    count == 0 || (count < AssessedBlock.lineLimit && taken + length <= AssessedBlock.byteLimit)
  }

  /// The first packed line; `entryCount` of them follow each other.
  var firstEntry: UnsafeRawPointer { UnsafeRawPointer(arena) }

  /// The line that is not packed at `index`, valid until `removeAll`.
  @inline(__always)
  func line(_ index: Int32) -> UnsafePointer<AssessedLine> {
    precondition(index >= 0 && index < lineCount)
    return UnsafePointer(lines + Int(index))
  }

  /// The hash of the queue id of the entry at `index`; 0 if it has none, or is not in this block.
  @inline(__always)
  func queueHash(_ index: Int) -> UInt64 { index < entryCount ? queueHashes[index] : 0 }

  /// Adds a line; false, and nothing is done, if it belongs to the next block. `close` must follow the last.
  ///
  /// - Parameter scratch: what the line is read into.
  @inline(never)
  mutating func add(
    _ line: ByteView, offset: Int, _ assessor: inout LineAssessor, _ scratch: UnsafeMutablePointer<AssessedLine>
  ) -> Bool {
    guard hasRoom(for: line.count) else { return false }
    if count == 0 {
      firstOffset = offset
      if line.count > AssessedBlock.byteLimit { grow(line.count) }
    }
    let number = UInt16(truncatingIfNeeded: count)
    let read = assessor.parser.parse(line, passingNoise: &scratch.pointee.parsed)
    if read != .none, assessor.beginsMinute(scratch.pointee.parsed.header.time) {
      // Where a minute ends a block does, so that what is committed between two has whole tallies.
      if count >= AssessedBlock.leastLines { return false }
      assessor.minute = HostState.minute(of: scratch.pointee.parsed.header.time).microseconds
      beginsMinute = count == 0
    }
    count += 1
    taken += line.count
    // A host without a name is none that could be the same.
    if read == .noise, !host.isEmpty, scratch.pointee.parsed.header.host == host {
      assessor.bareTime = nil
      addToRun(scratch.pointee.parsed.header.time, number)
    } else {
      add(line, offset, number, read, &assessor, scratch)
    }
    return true
  }

  /// Adds a line of which no more than `read` says was read, and which may be more than noise.
  @inline(never)
  private mutating func add(
    _ line: ByteView, _ offset: Int, _ number: UInt16, _ read: LogParser.Reading, _ assessor: inout LineAssessor,
    _ scratch: UnsafeMutablePointer<AssessedLine>
  ) {
    let reading = assessor.assess(line, read, into: &scratch.pointee, others: &others)
    if reading == .unreadable {
      unreadableCount += 1
      return
    }
    let weight = scratch.pointee.weight
    if weight == .foreign, reading == .headed {
      foreignCount += 1
      return
    }
    let isOfSameHost = !host.isEmpty && scratch.pointee.parsed.header.host == host
    let time = scratch.pointee.parsed.header.time
    if weight == .quiet, reading == .headed, isOfSameHost {
      addToRun(time, number)
      return
    }
    if !isOfSameHost || reading != .headed || run.time != time.microseconds || runLatest != time
      || run.fractionDigits != time.fractionDigits
    {
      endRun()
    }
    if !isOfSameHost { keepHost(scratch.pointee.parsed.header.host) }
    var head = PackedLine.Head()
    head.time = time.microseconds
    head.offset = offset
    head.number = number
    head.runLength = run.runLength
    head.runStart = run.runStart
    head.isOfSameHost = isOfSameHost
    head.fractionDigits = time.fractionDigits
    run.runLength = 0
    let queueID = scratch.pointee.parsed.queueID
    queueHashes[entryCount] = queueID.isEmpty ? 0 : queueID.tableHash
    entryCount += 1
    if weight == .full, reading == .headed, isOfSameHost, line.count <= PackedLine.longestLine,
      let size = PackedLine.pack(UnsafePointer(scratch), of: line, head, at: arena + used)
    {
      used += size
    } else {
      keepWhole(line, head, reading, &assessor, scratch)
    }
  }

  /// Adds a line of a kind that is not packed, or of another host.
  private mutating func keepWhole(
    _ line: ByteView, _ head: PackedLine.Head, _ reading: LineAssessor.Reading, _ assessor: inout LineAssessor,
    _ scratch: UnsafeMutablePointer<AssessedLine>
  ) {
    var head = head
    head.kind = .whole
    let copy = write(
      line, head,
      PackedLine.Whole(line: Int32(truncatingIfNeeded: lineCount), reading: reading, weight: scratch.pointee.weight))
    let kept = lines + lineCount
    kept.initialize(to: scratch.pointee)
    // Read once more, so that it speaks of the copy; what was said of it stands.
    switch reading {
    case .headed: _ = assessor.parser.parse(copy, into: &kept.pointee.parsed)
    case .bare:
      _ = assessor.parser.parseBare(copy, time: scratch.pointee.parsed.header.time, into: &kept.pointee.parsed)
    case .unreadable: break
    }
    // One that stands for others is kept only if what it says is of mail.
    _ = assessor.parser.unfold(&kept.pointee.parsed, isAfterMail: true)
    kept.pointee.parsed.header.time = scratch.pointee.parsed.header.time
    lineCount += 1
  }

  /// Writes a packed line whose only text is all of `bytes`, and returns the copy of it.
  @inline(__always) @discardableResult
  private mutating func write<Part>(_ bytes: ByteView, _ head: PackedLine.Head, _ part: Part) -> ByteView {
    let place = arena + used
    let (size, copy) = PackedLine.write(bytes, head, part, at: place)
    used += size
    return copy
  }

  private mutating func keepHost(_ name: ByteView) {
    hostCopy.removeAll()
    hostCopy.append(name)
    host = hostCopy.view
  }

  @inline(__always)
  private mutating func addToRun(_ time: Timestamp, _ number: UInt16) {
    let isOfSameMinute =
      run.runLength > 0 && time.microseconds >= runMinute && time.microseconds < runMinute + 60_000_000
      && time.fractionDigits == run.fractionDigits
    if !isOfSameMinute {
      endRun()
      run.time = time.microseconds
      run.fractionDigits = time.fractionDigits
      run.runStart = number
      runLatest = time
      runMinute = HostState.minute(of: time).microseconds
    }
    run.runLength += 1
    if time > runLatest { runLatest = time }
  }

  /// Makes an entry of the run, if there is one.
  private mutating func endRun() {
    guard run.runLength > 0 else { return }
    write(.empty, run, PackedLine.Run(latest: runLatest.microseconds))
    queueHashes[entryCount] = 0
    entryCount += 1
    run.runLength = 0
  }

  /// Must be called after the last line, before the block is handed over.
  mutating func close() { endRun() }

  /// Makes room for a long line in the empty block.
  private mutating func grow(_ length: Int) {
    let needed = AssessedBlock.room(for: length)
    guard needed > capacity else { return }
    arena.deallocate()
    capacity = needed
    arena = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
  }

  mutating func removeAll() {
    count = 0
    unreadableCount = 0
    foreignCount = 0
    entryCount = 0
    lineCount = 0
    firstOffset = 0
    used = 0
    taken = 0
    isLast = false
    beginsMinute = false
    host = .empty
    run.runLength = 0
    if !others.isEmpty { others.removeAll(keepingCapacity: true) }
  }
}
