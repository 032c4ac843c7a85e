import Bytes
import Glibc
import MailLog
import SMTPTypes

/// Some lines, copied, with what was said of them. One thread at a time has it.
struct AssessedBlock: ~Copyable {
  /// Lines of a block: enough that handing it over costs nothing a line, few enough that it stays in a core's cache.
  static var lineLimit: Int { 256 }

  /// What the joiner has to know of every line. Half of all lines change only counts, and for those it looks at nothing
  /// else: what another core wrote is slow to come by.
  struct Note {
    /// Where the line starts in its file.
    var offset = 0
    /// Of the queue id; 0 for a line that has none.
    var queueHash: UInt64 = 0
    var time = Timestamp(seconds: 0)
    var reading = LineAssessor.Reading.unreadable
    var weight = AssessedLine.Weight.foreign
    /// It names the same host as the last line of this block before it that was read and is not foreign.
    var isOfSameHost = false
  }

  /// No more blocks follow.
  var isLast = false
  private(set) var count = 0
  private(set) var others: [Assessment] = []
  private let lines: UnsafeMutablePointer<AssessedLine>
  private let notes: UnsafeMutablePointer<Note>
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 96 * 1024
  private var used = 0
  /// What the last line named that was read and is not foreign; empty if there was none.
  private var host = ByteView.empty

  init() {
    lines = UnsafeMutablePointer<AssessedLine>.allocate(capacity: AssessedBlock.lineLimit)
    lines.initialize(repeating: AssessedLine(), count: AssessedBlock.lineLimit)
    notes = UnsafeMutablePointer<Note>.allocate(capacity: AssessedBlock.lineLimit)
    notes.initialize(repeating: Note(), count: AssessedBlock.lineLimit)
    bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  }

  deinit {
    lines.deallocate()
    notes.deallocate()
    bytes.deallocate()
  }

  /// True if a line of `length` bytes fits. An empty block takes any.
  @inline(__always)
  func hasRoom(for length: Int) -> Bool {
    count == 0 || (count < AssessedBlock.lineLimit && used + length <= capacity)
  }

  /// The line at `index`, which is under `count`, valid until `removeAll`.
  @inline(__always)
  func line(_ index: Int) -> UnsafePointer<AssessedLine> {
    precondition(index >= 0 && index < count)
    return UnsafePointer(lines + index)
  }

  @inline(__always)
  func note(_ index: Int) -> UnsafePointer<Note> {
    precondition(index >= 0 && index < count)
    return UnsafePointer(notes + index)
  }

  /// The hash of the queue id of the line at `index`; 0 if the line has none, or is not in this block.
  @inline(__always)
  func queueHash(_ index: Int) -> UInt64 { index < count ? notes[index].queueHash : 0 }

  /// Where the first line starts; 0 in an empty block.
  var firstOffset: Int { count > 0 ? notes[0].offset : 0 }

  /// Adds a line, for which there must be room.
  @inline(__always)
  mutating func add(_ line: ByteView, offset: Int, _ assessor: inout LineAssessor) {
    precondition(hasRoom(for: line.count))
    if line.count > capacity {
      // The block is empty: nothing points into the old memory.
      bytes.deallocate()
      capacity = line.count
      bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    }
    let place = bytes + used
    memcpy(place, line.start, line.count)
    used += line.count
    let note = notes + count
    note.pointee.offset = offset
    note.pointee.reading = assessor.assess(
      ByteView(UnsafePointer(place), count: line.count), into: &lines[count], others: &others)
    note.pointee.queueHash = 0
    // What could not be read left the place as another line had it.
    if note.pointee.reading != .unreadable {
      let read = lines + count
      note.pointee.time = read.pointee.parsed.header.time
      note.pointee.weight = read.pointee.weight
      if read.pointee.weight != .foreign {
        note.pointee.isOfSameHost = !host.isEmpty && read.pointee.parsed.header.host == host
        host = read.pointee.parsed.header.host
      }
      let queueID = read.pointee.parsed.queueID
      if !queueID.isEmpty { note.pointee.queueHash = queueID.hash64 }
    }
    count += 1
  }

  mutating func removeAll() {
    count = 0
    used = 0
    isLast = false
    host = .empty
    if !others.isEmpty { others.removeAll(keepingCapacity: true) }
  }
}
