// The segment that is written to.
//
// Promises: what `append` returned from is on the disk; what it threw over is not part of the journal. Leaves to
// others: when to try again.

import Bytes
import Glibc

struct ActiveSegment: ~Copyable {
  let name: SegmentName
  let path: String
  private let descriptor: Int32
  private let calls: FileSystemCalls
  /// For what goes past the page cache; nil if nothing does.
  private var direct: DirectFile?
  /// Bytes and lines that are on the disk.
  private(set) var durableLength: Int
  private(set) var durableLines: Int
  /// False once the kernel failed to synchronise the file: see `append`.
  private(set) var isTrusted = true

  /// Goes on with a segment that was recovered.
  init(
    resuming name: SegmentName, path: String, descriptor: Int32, length: Int, lines: Int, bypassesCache: Bool,
    calls: FileSystemCalls
  ) {
    self.name = name
    self.path = path
    self.descriptor = descriptor
    self.calls = calls
    durableLength = length
    durableLines = lines
    direct = bypassesCache ? DirectFile(path, calls: calls) : nil
  }

  /// Creates an empty segment and makes its name durable.
  init(
    creating first: UInt64, in directory: String, bypassesCache: Bool, calls: FileSystemCalls
  ) throws(Fault) {
    // O_EXCL: never write into a file that is there already. A segment of the same number and second can be there
    // when one was given up right after it was begun; the next second is as good a name.
    var name = SegmentName(first: first, started: calls.now() / 1_000_000)
    var opened: Int32 = -1
    while opened < 0 {
      do throws(Fault) {
        opened = try calls.descriptor(directory + "/" + name.fileName, O_RDWR | O_CREAT | O_EXCL)
      } catch {
        guard error.errno == EEXIST else { throw error }
        name.started += 1
      }
    }
    let path = directory + "/" + name.fileName
    do throws(Fault) {
      // Before anything in it is called durable: fdatasync makes the contents last, not the directory's entry.
      try calls.synchronizeDirectory(directory)
    } catch {
      // A file whose name may vanish is no place for events.
      _ = calls.close(opened)
      _ = calls.unlink(path)
      throw error
    }
    self.init(
      resuming: name, path: path, descriptor: opened, length: 0, lines: 0, bypassesCache: bypassesCache, calls: calls)
  }

  deinit { _ = calls.close(descriptor) }

  /// Writes `preface` and `batch` behind what is durable, and synchronises.
  mutating func append(_ preface: ByteView, _ batch: ByteView, lines: Int) throws(Fault) {
    do throws(Fault) {
      // At an explicit offset, not at the file's end: where a failed attempt left bytes that could not be cut off,
      // the next one overwrites them instead of going on behind half a line.
      try calls.write(preface, to: descriptor, at: durableLength, path: path)
      let start = durableLength + preface.count
      if try direct?.write(batch, at: start) != true {
        try calls.write(batch, to: descriptor, at: start, path: path)
      }
    } catch {
      // Back to the last committed line, so that other programs that read the file see whole lines only. If this
      // fails too, readers of ours still stop at the committed length.
      _ = calls.ftruncate(descriptor, durableLength)
      throw error
    }
    do throws(Fault) {
      try calls.synchronize(descriptor, path: path)
    } catch {
      // The kernel has told of the lost pages this once and marked them clean: a second fdatasync would succeed and
      // prove nothing. So this file takes no more; the batch, still in memory, is written again to a new one. What
      // was durable before stays where it is; the rest is cut off, and if that fails, readers pass over it, because
      // the next segment's number says where this one ends.
      isTrusted = false
      _ = calls.ftruncate(descriptor, durableLength)
      if durableLines == 0 { _ = calls.unlink(path) }
      throw error
    }
    durableLength += preface.count + batch.count
    durableLines += lines
  }
}
