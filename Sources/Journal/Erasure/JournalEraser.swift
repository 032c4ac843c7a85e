// Takes addresses out of all segments but the one that is written to.
//
// Promises: each segment is dealt with on its own, so that a crash or a fault leaves some done and the others as they
// were, and the next round does the rest; while it runs no keeper seals or drops segments. Leaves to others: beginning
// a new segment first, so that the last one holds nothing old, and telling in the journal what was done.

import Glibc

public struct JournalEraser: Sendable {
  /// What a round did.
  public struct Report: Sendable, Equatable {
    /// Lines that named an address, and the segments that they are in.
    public internal(set) var lines = 0
    public internal(set) var segments = 0
    public internal(set) var searched = 0
    /// What could not be searched or written, and why.
    public internal(set) var failures: [String] = []
    /// Lines of the last segment that name an address: written since the request, or while no new segment could be
    /// begun.
    public internal(set) var linesSince = 0
  }

  public let directory: String
  private let calls: FileSystemCalls
  /// Seconds that a keeper at work is waited for.
  static let patience = 120.0

  public init(directory: String) { self.init(directory: directory, calls: FileSystemCalls()) }

  init(directory: String, calls: FileSystemCalls) {
    self.directory = directory
    self.calls = calls
  }

  /// Erases what `erasures` name; with `isRehearsal`, only counts.
  public func run(
    _ erasures: [Erasure], isRehearsal: Bool = false, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(JournalError) -> Report {
    var report = Report()
    let lock = try lockKeeper(isRehearsal: isRehearsal)
    defer { if let lock { _ = calls.close(lock) } }
    if !isRehearsal { JournalKeeper.removeRemains(directory, calls) }
    let names = try SegmentName.list(directory)
    var eraser = SegmentEraser(directory: directory, erasures: erasures, calls: calls)
    for (index, name) in names.enumerated() {
      let isLast = index + 1 == names.count
      do throws(Fault) {
        let outcome = isLast || isRehearsal ? try eraser.count(name) : try eraser.erase(name)
        report.searched += 1
        if isLast, !isRehearsal {
          report.linesSince = outcome.lines
        } else {
          report.lines += outcome.lines
          if outcome.lines > 0 { report.segments += 1 }
        }
        for offset in outcome.unreadable {
          report.failures.append(
            "\(directory)/\(name.fileName): the frame at \(offset) is damaged and was not searched")
        }
      } catch {
        // Dropped for its age meanwhile, by somebody without the lock.
        if error.errno == ENOENT, access(directory + "/" + name.fileName, F_OK) != 0 { continue }
        report.failures.append(error.description)
      }
      progress(index + 1, names.count)
    }
    return report
  }

  /// The file of the last segment; nil if there is none, or if nothing stands in it.
  public static func lastSegment(_ directory: String) -> String? {
    guard let name = (try? SegmentName.list(directory))?.last else { return nil }
    let path = directory + "/" + name.fileName
    var status = stat()
    return stat(path, &status) == 0 && status.st_size > 0 ? path : nil
  }

  /// Erases what `erasures` name from a file of events that nobody writes to; false if there is no such file.
  @discardableResult
  public static func erase(_ erasures: [Erasure], from path: String) throws(JournalError) -> Bool {
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var eraser = SegmentEraser(directory: directory, erasures: erasures, calls: FileSystemCalls())
    do throws(Fault) {
      _ = try eraser.erasePlain(path, path + SegmentSealer.partialSuffix)
      return true
    } catch {
      if error.errno == ENOENT { return false }
      throw JournalError(error)
    }
  }

  private func lockKeeper(isRehearsal: Bool) throws(JournalError) -> Int32? {
    guard !isRehearsal else { return nil }
    let path = directory + "/" + JournalKeeper.lockName
    let lock: Int32
    do throws(Fault) {
      lock = try calls.descriptor(path, O_RDWR | O_CREAT | O_NOFOLLOW)
    } catch {
      throw JournalError(error)
    }
    let deadline = Monitor.deadline(after: JournalEraser.patience)
    while calls.flock(lock, LOCK_EX | LOCK_NB) < 0 {
      guard Monitor.now < deadline else {
        _ = calls.close(lock)
        throw JournalError(
          .locked, path: path, message: "\(path) is locked: segments are being sealed or dropped; try again in a while")
      }
      usleep(50_000)
    }
    return lock
  }
}

extension SegmentEraser {
  /// How many lines of a segment name an address; changes nothing.
  mutating func count(_ name: SegmentName) throws(Fault) -> Outcome {
    let path = directory + "/" + name.fileName
    guard name.isSealed else { return try countPlain(path) }
    var outcome = Outcome()
    var segment = try SealedSegment(path)
    for frame in segment.frames() {
      do throws(ZstdError) {
        outcome.lines += eraser.count(try segment.lines(of: frame))
      } catch {
        outcome.unreadable.append(frame.offset)
      }
    }
    return outcome
  }
}
