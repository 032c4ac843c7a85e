// A file of lines, and what its beginning says about it. This is the one place where a file becomes lines.
//
// A regular file is looked at and let go until its turn comes: with a year of rotated logs only one of them has
// memory. What can't be read twice (a pipe, standard input) keeps what was read ahead.

import Bytes
import Glibc
import Journal
import LogFiles
import MailLog
import Reporting
import SMTPTypes
import SystemJournal

/// A mail log, one as journalctl exports it, or a file of events (JSON Lines), plain or compressed.
final class LogFile {
  let name: String
  /// True for JSON Lines.
  private(set) var isEvents = false
  let compression: Compression?
  /// What journalctl made it with, if its entries have to become lines first.
  private let journalForm: JournaldText.Form?
  /// How it begins, unpacked and in lines; of no length for a pipe that gave less than a line.
  private(set) var head = FileHead(.empty)
  /// Bytes on disk; 0 for a pipe.
  let size: Int
  /// When its content was last written, by the file's time or, if that is older, the one that gzip keeps inside; nil
  /// for a pipe.
  private(set) var modified: Timestamp?
  /// About when its last line was written, which tells the year where stamps have none.
  var reference: Timestamp { didSet { if reference != oldValue { readStamp() } } }
  /// The year of its first line, if its stamps have none and the file's time alone does not tell all of them: lines of
  /// more than a year, or of a February 29.
  var firstYear: Int? {
    course?.firstYear(notAfter: StampResolver(reference: reference).today)
  }
  private var course: YearCourse?
  /// The time of the first line that has one, by `reference`; in a file of events that of its first event.
  private(set) var firstTime: Timestamp?
  let isRegular: Bool
  private let inode: UInt64
  private let device: UInt64

  /// The errno of a failed read; 0 if none failed.
  private(set) var failure: Int32 = 0
  /// Where a compressed file could not be unpacked.
  private(set) var damages: [StreamDamage] = []

  private let descriptor: Int32
  private let owns: Bool
  /// For what can be read once only.
  private var pipe: (lines: PeekedStream, unpacked: UnpackedStream?)?
  /// The first bytes, unpacked; `FileHead.limit` of them, or all.
  private var start = ByteBuffer(capacity: 64)
  /// The first line with a time.
  private var stampLine = ByteBuffer()

  /// Bytes of the beginning that are searched for a line with a time.
  private static let peekLimit = 64 * 1024

  /// Standard input, or another descriptor that stays the caller's.
  convenience init(descriptor: Int32, name: String, console: Console) {
    self.init(descriptor: descriptor, owns: false, name: name, status: nil, now: console.now)
  }

  /// nil, after `tell` has told why, if the file can't be opened.
  convenience init?(path: String, console: Console, tell: (String) -> Void) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      tell(InputError.unreadable(path, errno).description)
      return nil
    }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    self.init(descriptor: descriptor, owns: true, name: path, status: isKnown ? status : nil, now: console.now)
  }

  private init(descriptor: Int32, owns: Bool, name: String, status: stat?, now: Timestamp) {
    self.descriptor = descriptor
    self.owns = owns
    self.name = name
    isRegular = status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false
    inode = UInt64(status?.st_ino ?? 0)
    device = UInt64(status?.st_dev ?? 0)
    size = isRegular ? Int(status?.st_size ?? 0) : 0
    if isRegular { modified = status.map { Timestamp(seconds: Int64($0.st_mtim.tv_sec)) } }
    let raw = PeekedStream(DescriptorStream(descriptor: descriptor, offset: isRegular ? 0 : nil))
    while raw.beginning.count < 12, raw.peek(4096) {}
    compression = Compression(beginning: raw.beginning)
    if compression == .gzip, let packed = LogFile.gzipTime(raw.beginning), let file = modified, packed < file {
      modified = packed
    }
    reference = modified ?? now
    let unpacked = compression.map { UnpackedStream(raw, $0) }
    let text = PeekedStream(unpacked ?? raw)
    journalForm = LogFile.journalForm(text)
    let lines = journalForm == nil ? text : PeekedStream(inLines(text))
    look(lines)
    if isRegular {
      if compression == nil, journalForm == nil, !isEvents { course = YearSurvey.course(descriptor, size: size) }
      if firstYear != nil { readStamp() }
      return
    }
    pipe = (lines, unpacked)
  }

  deinit {
    if owns { close(descriptor) }
  }

  private func inLines(_ text: any ByteStream) -> any ByteStream {
    if let journalForm { return JournaldText(text, journalForm) }
    return text
  }

  private static func journalForm(_ text: PeekedStream) -> JournaldText.Form? {
    if text.beginning.isEmpty, !text.peek(4096) { return nil }
    guard let first = text.beginning.at(0), first == UInt8(ascii: "{") || first == UInt8(ascii: "_") else { return nil }
    // Of a pipe nobody waits for more than its first line.
    while text.beginning.count < peekLimit, text.beginning.firstIndex(of: 0x0A) == nil, text.peek(4096) {}
    return JournaldText.Form(beginning: text.beginning)
  }

  /// When what is inside was last written (RFC 1952, section 2.3, MTIME); nil if gzip did not know.
  private static func gzipTime(_ header: ByteView) -> Timestamp? {
    guard header.count >= 8 else { return nil }
    let seconds = (4..<8).reduce(0 as Int64) { $0 | Int64(header[$1]) << (($1 - 4) * 8) }
    return seconds > 0 ? Timestamp(seconds: seconds) : nil
  }

  /// Reads ahead until there is a line with a time, and enough to know the file again.
  private func look(_ lines: PeekedStream) {
    var parser = LogParser(stamps: StampResolver(reference: reference))
    var searched = 0
    var isFound = false
    // A pipe may be written to as it is read: nobody waits for more than its first line.
    var decoder: EventDecoder?
    while true {
      let view = lines.beginning
      if decoder == nil, view.at(0) == UInt8(ascii: "{") { decoder = EventDecoder() }
      while !isFound, let newline = view.firstIndex(of: 0x0A, from: searched) {
        let line = view[searched..<newline]
        isFound = decoder == nil ? note(line, &parser) : note(event: line, &decoder)
        searched = newline + 1
      }
      guard lines.beginning.count < LogFile.peekLimit,
        isRegular ? !isFound || lines.beginning.count < FileHead.limit : searched == 0,
        lines.peek(isRegular ? FileHead.limit : LogFile.peekLimit)
      else { break }
    }
    // A last line without its newline.
    if !isFound, searched < lines.beginning.count {
      let line = lines.beginning.from(searched)
      _ = decoder == nil ? note(line, &parser) : note(event: line, &decoder)
    }
    start.append(lines.beginning.prefix(FileHead.limit))
    head = FileHead(start.view)
    isEvents = lines.beginning.at(0) == UInt8(ascii: "{")
  }

  /// A tally bears the time at which its minute began, which is before the attempts that it covers.
  private func note(event line: ByteView, _ decoder: inout EventDecoder?) -> Bool {
    do throws(JournalLineError) {
      guard case .event(let event)? = try decoder?.decode(line) else { return false }
      firstTime = event.time
      return true
    } catch {
      return false
    }
  }

  private func note(_ line: ByteView, _ parser: inout LogParser) -> Bool {
    let line = line.from(line.leadingZeros)
    guard let time = parser.parse(line)?.header.time else { return false }
    firstTime = time
    stampLine.append(line.prefix(1024))
    return true
  }

  private func readStamp() {
    guard !stampLine.isEmpty else { return }
    var stamps = StampResolver(reference: reference)
    stamps.firstYear = firstYear
    var parser = LogParser(stamps: stamps)
    firstTime = parser.parse(stampLine.view)?.header.time ?? firstTime
  }

  /// What to tell of the years that its stamps lack, once it was read with `course`; nil if there is nothing.
  func note(onYearsOf course: YearCourse) -> String? {
    let name = Printable.text(name, limit: 200)
    if let firstYear, course.isLongerThanAYear {
      return "\(name): its lines are of more than a year and their stamps have none; by their order the first is of \(firstYear)"
    }
    guard firstYear == nil, course.isLongerThanAYear, compression != nil || !isRegular else { return nil }
    return "\(name): its lines are of more than a year, their stamps have none, and what is compressed or comes through a "
      + "pipe is read once: each was taken to be of the last year before the end; name the plain file to have the years told"
  }

  /// Calls `body` with the first bytes, unpacked: `FileHead.limit` of them, or all.
  func withBeginning<Result>(_ body: (ByteView) -> Result) -> Result { body(start.view) }

  /// What says that all lines before `offset` (unpacked) are in a journal.
  func checkpoint(host: String, offset: Int) -> Checkpoint {
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    return Checkpoint(
      time: Timestamp(
        microseconds: Int64(clock.tv_sec) * 1_000_000 + Int64(clock.tv_nsec / 1_000_000) * 1000, fractionDigits: 3),
      source: .log, host: host, path: name, file: head.description, inode: inode, device: device, offset: offset,
      isImported: true)
  }

  /// Calls `body` with each line until it returns false; `progress` with the bytes on disk that were read. A regular
  /// file can be read again.
  /// - Parameters:
  ///   - waiting: called before more of what is no regular file is waited for.
  ///   - from: where the first line begins, unpacked; what stands before is not looked at.
  ///   - limit: ends before the first line that goes beyond so many bytes, unpacked.
  func forEachLine(
    from: Int = 0, limit: Int = .max, progress: @escaping (Int) -> Void = { _ in }, waiting: (() -> Void)? = nil,
    _ body: (LineReader.Line) -> Bool
  ) {
    read(from: from, limit: limit, inStretches: false, progress, waiting, body)
  }

  /// Calls `body` with all lines as `forEachLine` does, but with as many at once as are at hand, separated by newlines,
  /// and with the zeros that may stand in front of each.
  func forEachStretch(
    from: Int = 0, limit: Int = .max, progress: @escaping (Int) -> Void, _ body: (LineReader.Line) -> Bool
  ) {
    read(from: from, limit: limit, inStretches: true, progress, nil, body)
  }

  private func read(
    from: Int, limit: Int, inStretches: Bool, _ progress: @escaping (Int) -> Void, _ waiting: (() -> Void)?,
    _ body: (LineReader.Line) -> Bool
  ) {
    let stream: any ByteStream
    let unpacked: UnpackedStream?
    let start = pipe == nil && isLineStart(from) ? from : 0
    if let pipe {
      stream = waiting.map { WaitingStream(pipe.lines, descriptor: descriptor, $0) } ?? pipe.lines
      unpacked = pipe.unpacked
    } else {
      let raw = MeteredStream(DescriptorStream(descriptor: descriptor, offset: start), progress)
      unpacked = compression.map { UnpackedStream(raw, $0) }
      let text: any ByteStream = unpacked ?? raw
      stream = inLines(text)
    }
    // A tally of eight full cuts is a long line.
    var reader =
      isEvents
      ? LineReader(stream, offset: start, maximumLineLength: 16 << 20)
      : LineReader(stream, offset: start, passesZeros: true)
    defer {
      failure = reader.failure
      damages = unpacked?.damages ?? []
    }
    var isReached = start >= from
    while true {
      if inStretches, isReached, let lines = reader.wholeLines(before: limit) {
        if !body(lines.separated) { return }
        continue
      }
      guard var line = reader.next() else { return }
      if line.bytes.at(0) == 0 { line = line.withoutLeadingZeros }
      if line.offset < from { continue }
      isReached = true
      if line.offset + line.bytes.count > limit || !body(line) { return }
    }
  }

  /// True if reading can begin at `offset`: in a file whose lines stand in it as they are read, behind a newline. A long
  /// line's rest is no line.
  private func isLineStart(_ offset: Int) -> Bool {
    guard compression == nil, journalForm == nil, isRegular, offset > 0 else { return false }
    var byte: UInt8 = 0
    return pread(descriptor, &byte, 1, off_t(offset - 1)) == 1 && byte == 0x0A
  }

  /// Reads a compressed file through, to know how much of it is right: nil for all.
  func check(progress: @escaping (Int) -> Void) -> StreamDamage? {
    guard let compression, isRegular else { return nil }
    let stream = UnpackedStream(
      MeteredStream(DescriptorStream(descriptor: descriptor, offset: 0), progress), compression)
    return withUnsafeTemporaryAllocation(byteCount: 256 * 1024, alignment: 4096) { block in
      guard let base = block.baseAddress else { return nil }
      while stream.damages.isEmpty, stream.read(into: base, count: block.count) > 0 {}
      return stream.damages.first
    }
  }

}

extension StreamDamage {
  /// What to tell of this damage to the file `name`.
  func description(of name: String) -> String {
    let name = Printable.text(name, limit: 200)
    guard isDamage else { return "\(name): can't be unpacked at byte \(offset): \(reason)" }
    return "\(name): damaged at byte \(offset) of the file (\(reason)); what can be unpacked of it counts"
  }
}
