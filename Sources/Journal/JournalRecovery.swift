// What a start makes of the journal that the last run left.

import Bytes
import Glibc

/// What was found, and cut, when a journal was opened for writing.
public struct JournalRecovery: Sendable, Equatable {
  /// Bytes cut off the end: half a line, or lines of a group whose rest never came.
  public internal(set) var bytesCut = 0
  /// Whole lines among them.
  public internal(set) var linesCut = 0
  /// Bytes that were committed and are gone: the last segment was cut by somebody, or taken away.
  public internal(set) var bytesLost = 0
  /// The number of the next line.
  public internal(set) var nextSequence: UInt64 = 0
  /// How far the sources were read.
  public internal(set) var positions = SourcePositions()

  /// A journal that is locked and sound.
  struct Opened {
    var recovery: JournalRecovery
    var lock: Int32
    var active: Active?

    struct Active {
      var name: SegmentName
      var descriptor: Int32
      var length: Int
      var lines: Int
    }
  }

  static func open(_ directory: String, calls: FileSystemCalls) throws(Fault) -> Opened {
    let made = calls.mkdir(directory, 0o750)
    guard made >= 0 || made == -Int(EEXIST) else { throw Fault("mkdir", directory, made) }
    let lockPath = directory + "/" + CommittedLength.fileName
    // A link in its place would have a file of somebody else's written to.
    let lock = try calls.descriptor(lockPath, O_RDWR | O_CREAT | O_NOFOLLOW)
    do throws(Fault) {
      // The lock goes with the descriptor: whatever ends the process gives it back.
      let locked = FileSystemCalls.uninterrupted { calls.flock(lock, LOCK_EX | LOCK_NB) }
      guard locked >= 0 else { throw Fault("flock", lockPath, locked) }
      return try recover(directory, lock: lock, calls: calls)
    } catch {
      _ = calls.close(lock)
      throw error
    }
  }

  private static func recover(_ directory: String, lock: Int32, calls: FileSystemCalls) throws(Fault) -> Opened {
    var recovery = JournalRecovery()
    let names: [SegmentName]
    do throws(JournalError) {
      names = try SegmentName.list(directory)
    } catch {
      throw Fault("open", directory, -Int(errno))
    }
    // What the last run noted, as long as it stands.
    let note = CommittedLength.read(directory)
    if let note, names.last.map({ $0 < note.segment && $0 != note.segment.sealed }) ?? true {
      recovery.bytesLost = note.length
    }
    guard let last = names.last else { return Opened(recovery: recovery, lock: lock, active: nil) }
    let path = directory + "/" + last.fileName
    if last.isSealed {
      // Only where the active segment was taken away by hand: go on behind what is left.
      let tail = try SegmentTail(sealed: path)
      recovery.positions = try positions(at: tail, names, directory, calls: calls)
      recovery.nextSequence = last.first + UInt64(tail.lines)
      return Opened(recovery: recovery, lock: lock, active: nil)
    }
    let descriptor = try calls.descriptor(path, O_RDWR)
    do throws(Fault) {
      var tail = try SegmentTail(descriptor, path: path, calls: calls)
      let size = tail.size
      tail.dropIncompleteGroup()
      recovery.bytesCut = size - tail.length
      recovery.linesCut = tail.droppedLines
      if let note, note.segment == last { recovery.bytesLost = max(note.length - tail.length, 0) }
      recovery.positions = try positions(at: tail, names, directory, calls: calls)
      recovery.nextSequence = last.first + UInt64(tail.lines)
      if recovery.bytesCut > 0 { try calls.truncate(descriptor, to: tail.length, path: path) }
      // What a killed run wrote may still be in memory only; readers are about to be told that it is committed. This
      // also makes the cut last.
      try calls.synchronize(descriptor, path: path)
      try calls.synchronizeDirectory(directory)
      return Opened(
        recovery: recovery, lock: lock,
        active: Opened.Active(name: last, descriptor: descriptor, length: tail.length, lines: tail.lines))
    } catch {
      _ = calls.close(descriptor)
      throw error
    }
  }

  /// The positions with which the journal of `names` ends; `tail` is its last segment's. Where that is empty, the run was
  /// killed before it had written to it; where a line of it can't be read, that may have been the position of a source,
  /// which would be read from its beginning again. In both cases the segment before tells it, and the events that
  /// followed.
  private static func positions(
    at tail: borrowing SegmentTail, _ names: [SegmentName], _ directory: String, calls: FileSystemCalls
  ) throws(Fault) -> SourcePositions {
    guard tail.lines == 0 || tail.isDamaged, let last = names.last else { return tail.positions }
    var earlier = try positions(names.dropLast(), before: last, directory, calls: calls)
    earlier.merge(tail.positions)
    return earlier
  }

  /// The positions with which the last segment that is not empty ends.
  private static func positions(
    _ names: ArraySlice<SegmentName>, before last: SegmentName, _ directory: String, calls: FileSystemCalls
  ) throws(Fault) -> SourcePositions {
    var next = last
    for name in names.reversed() {
      let path = directory + "/" + name.fileName
      if name.isSealed { return try SegmentTail(sealed: path).positions }
      let descriptor = try calls.descriptor(path, O_RDONLY)
      defer { _ = calls.close(descriptor) }
      // What an abandoned segment holds beyond its successor's number was never committed.
      let tail = try SegmentTail(
        descriptor, path: path, limit: Int(clamping: next.first &- name.first), calls: calls)
      if tail.lines > 0 { return tail.positions }
      next = name
    }
    return SourcePositions()
  }
}
