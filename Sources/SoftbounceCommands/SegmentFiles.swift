import Bytes
import Glibc
import Reporting

/// One file a segment. Each is written beside its name and takes it at the end, so that half a list is never taken for
/// a whole one; what was written of a list that breaks off stays beside it.
final class SegmentFiles {
  private var paths: [String] = []
  private var descriptors: [Int32] = []
  private var pending: [[UInt8]] = []
  private var failure: InputError?
  private var staysAsItIs = false

  var hasFailed: Bool { failure != nil }

  /// Makes the directory if need be. A list that is there already is not written over.
  ///
  /// - Parameters:
  ///   - suffix: of the files' names: csv or jsonl.
  ///   - preamble: what each file begins with.
  init(directory: String, suffix: String, preamble: ByteView) throws(InputError) {
    if mkdir(directory, 0o777) != 0, errno != EEXIST { throw InputError.unreadable(directory, errno) }
    for segment in ListAnnotator.Segment.allCases {
      let path = "\(directory)/\(segment.name).\(suffix)"
      let shown = Printable.text(path, limit: 300)
      if access(path, F_OK) == 0 {
        throw InputError("\(shown): is there already; remove it, or name another directory with --split")
      }
      let part = path + ".part"
      // Addresses are nobody else's business.
      let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if descriptor < 0 { throw InputError.unreadable(part, errno) }
      paths.append(path)
      descriptors.append(descriptor)
      pending.append(Array(preamble.buffer))
    }
  }

  deinit {
    for descriptor in descriptors where descriptor >= 0 { close(descriptor) }
    if !staysAsItIs { for path in paths { unlink(path + ".part") } }
  }

  /// Writes a line to its segment's file, or to all for nil.
  func write(_ line: ByteView, to segment: ListAnnotator.Segment?) {
    if let segment { return add(line, segment.rawValue) }
    for index in paths.indices { add(line, index) }
  }

  private func add(_ line: ByteView, _ index: Int) {
    pending[index].append(contentsOf: line.buffer)
    if pending[index].count >= 64 * 1024 { flush(index) }
  }

  private func flush(_ index: Int) {
    pending[index].withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count, failure == nil {
        guard let start = bytes.baseAddress else { return }
        let count = Glibc.write(descriptors[index], start + sent, bytes.count - sent)
        if count >= 0 {
          sent += count
        } else if errno != EINTR {
          failure = InputError.unreadable(paths[index] + ".part", errno)
        }
      }
    }
    pending[index].removeAll(keepingCapacity: true)
  }

  /// Gives the files their names.
  func finish() throws(InputError) {
    try synchronize()
    for path in paths where rename(path + ".part", path) != 0 { throw InputError.unreadable(path, errno) }
    staysAsItIs = true
  }

  /// Leaves what was written under the names that it has: the list could not be read to its end.
  func breakOff() throws(InputError) {
    try synchronize()
    staysAsItIs = true
  }

  private func synchronize() throws(InputError) {
    for index in paths.indices {
      flush(index)
      if failure == nil, fsync(descriptors[index]) != 0, errno != EINVAL {
        failure = InputError.unreadable(paths[index], errno)
      }
    }
    if let failure { throw failure }
  }
}
