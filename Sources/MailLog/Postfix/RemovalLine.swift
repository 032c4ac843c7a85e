import Bytes

/// `removed` of qmgr and postsuper; `removed (canceled)`, `removed (discarded)` of cleanup since 3.10.
enum RemovalLine {
  @inline(__always)
  static func read(
    _ id: ByteView, _ rest: ByteView, _ daemon: PostfixDaemon, into parsed: inout ParsedLine
  ) -> Bool {
    if rest.count == 7 {
      parsed.set(.removed(RemovalRecord(queueID: id, reason: daemon == .postsuper ? .deleted : .finished)))
      return true
    }
    guard rest.hasPrefix("removed (") else { return false }
    parsed.set(.removed(RemovalRecord(queueID: id, reason: .deleted)))
    return true
  }
}
