// Keeps a journal's older segments: seals what is no longer written to, drops what is too old or too much.
//
// Promises: never touches the last segment, which the writer has; a failure leaves every segment as it was. Leaves
// to others: when to run; beside a running writer is fine, two keepers exclude each other.

import Bytes
import Glibc

/// One round of sealing and retention over a journal's directory.
public struct JournalKeeper: Sendable {
  public struct Options: Sendable {
    /// Drop segments whose last line was written longer ago than this many seconds; nil keeps them.
    public var maximumAge: Int64?
    /// Drop the oldest segments while all together are larger than this many bytes; nil keeps them.
    public var maximumBytes: Int?
    /// How hard to compress, 1 to 19.
    public var compressionLevel = 3
    /// Seal; false only drops.
    public var seals = true

    /// What may be asked for, in seconds and bytes: less is a slip of the pen that would cost the journal.
    public static let ages = 86_400...(36_600 * 86_400)
    public static let sizes = (16 << 20)...(1 << 50)

    public init() {}
  }

  /// What a round did.
  public struct Report: Sendable, Equatable {
    public internal(set) var sealed: [String] = []
    public internal(set) var dropped: [String] = []
    public internal(set) var droppedBytes = 0
    /// What failed; the next round tries again.
    public internal(set) var failures: [String] = []
    /// True if another keeper was at work, and this one did nothing.
    public internal(set) var wasBusy = false
  }

  /// Held while segments are sealed, dropped or rewritten.
  static let lockName = "keeper.lock"

  public let directory: String
  public let options: Options
  private let calls: FileSystemCalls

  public init(directory: String, options: Options = Options()) {
    self.init(directory: directory, options: options, calls: FileSystemCalls())
  }

  init(directory: String, options: Options, calls: FileSystemCalls) {
    self.directory = directory
    self.options = options
    self.calls = calls
  }

  /// What retention would drop now, oldest first, with each file's size.
  public func due() throws(JournalError) -> [(file: String, bytes: Int)] {
    due(try SegmentName.list(directory)).map { (directory + "/" + $0.name.fileName, $0.bytes) }
  }

  /// Seals and drops what is due.
  public func run() throws(JournalError) -> Report {
    var report = Report()
    let lock: Int32
    do throws(Fault) {
      lock = try calls.descriptor(directory + "/" + JournalKeeper.lockName, O_RDWR | O_CREAT | O_NOFOLLOW)
    } catch {
      throw JournalError(error)
    }
    defer { _ = calls.close(lock) }
    guard calls.flock(lock, LOCK_EX | LOCK_NB) >= 0 else {
      report.wasBusy = true
      return report
    }
    let names = try SegmentName.list(directory)
    // Old ones first: what is dropped need not be sealed.
    for (name, bytes) in due(names) {
      let path = directory + "/" + name.fileName
      let result = calls.unlink(path)
      guard result >= 0 else {
        report.failures.append(Fault("unlink", path, result).description)
        break
      }
      report.dropped.append(path)
      report.droppedBytes += bytes
    }
    if options.seals { try seal(&report) }
    return report
  }

  private func seal(_ report: inout Report) throws(JournalError) {
    JournalKeeper.removeRemains(directory, calls)
    let names = try SegmentName.list(directory)
    guard let last = names.last else { return }
    // While the last one is empty, a start may have to read the positions of the one before.
    let kept = size(last) == 0 ? 2 : 1
    var sealer = SegmentSealer(directory: directory, level: options.compressionLevel, calls: calls)
    for index in 0..<max(names.count - kept, 0) where !names[index].isSealed {
      do throws(Fault) {
        try sealer.seal(names[index], limit: Int(clamping: names[index + 1].first &- names[index].first))
        report.sealed.append(directory + "/" + names[index].sealed.fileName)
      } catch {
        report.failures.append(error.description)
      }
    }
  }

  /// Finishes what a killed round left: half a sealed segment goes, and so does the plain file beside a complete one.
  static func removeRemains(_ directory: String, _ calls: FileSystemCalls) {
    guard let handle = opendir(directory) else { return }
    var remains: [String] = []
    while let entry = readdir(handle) {
      let text = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if text.hasSuffix(SegmentSealer.partialSuffix),
        SegmentName(String(text.dropLast(SegmentSealer.partialSuffix.count))) != nil
      {
        remains.append(text)
      } else if let name = SegmentName(text), !name.isSealed,
        access(directory + "/" + name.sealed.fileName, F_OK) == 0
      {
        remains.append(text)
      }
    }
    closedir(handle)
    for text in remains { _ = calls.unlink(directory + "/" + text) }
  }

  private func due(_ names: [SegmentName]) -> [(name: SegmentName, bytes: Int)] {
    let sizes = names.map { size($0) }
    var total = sizes.reduce(0, +)
    let now = calls.now() / 1_000_000
    var due: [(name: SegmentName, bytes: Int)] = []
    for index in 0..<max(names.count - 1, 0) {
      // A segment's last line is older than the next one's beginning.
      let isOld = options.maximumAge.map { now - names[index + 1].started > $0 } ?? false
      let isTooMuch = options.maximumBytes.map { total > $0 } ?? false
      guard isOld || isTooMuch else { break }
      due.append((names[index], sizes[index]))
      total -= sizes[index]
    }
    return due
  }

  private func size(_ name: SegmentName) -> Int {
    var status = stat()
    return stat(directory + "/" + name.fileName, &status) == 0 ? Int(status.st_size) : 0
  }
}
