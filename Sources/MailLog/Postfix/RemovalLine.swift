import Bytes

/// `removed` of qmgr and postsuper; `removed (canceled)`, `removed (discarded)` of cleanup since 3.10.
enum RemovalLine {
  @inline(__always)
  static func read(
    _ id: ByteView, _ rest: ByteView, _ daemon: PostfixDaemon, into record: inout LogRecord
  ) -> Bool {
    if rest.count == 7 {
      record = .removed(RemovalRecord(queueID: id, reason: daemon == .postsuper ? .deleted : .finished))
      return true
    }
    guard rest.hasPrefix("removed (") else { return false }
    record = .removed(RemovalRecord(queueID: id, reason: .deleted))
    return true
  }
}
