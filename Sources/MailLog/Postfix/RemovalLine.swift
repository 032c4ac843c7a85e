import Bytes

/// `removed` of qmgr and postsuper; `removed (canceled)`, `removed (discarded)` of cleanup since 3.10.
enum RemovalLine {
  static func record(_ id: ByteView, _ rest: ByteView, _ daemon: PostfixDaemon) -> LogRecord? {
    if rest.count == 7 {
      return .removed(RemovalRecord(queueID: id, reason: daemon == .postsuper ? .deleted : .finished))
    }
    guard rest.hasPrefix("removed (") else { return nil }
    return .removed(RemovalRecord(queueID: id, reason: .deleted))
  }
}
