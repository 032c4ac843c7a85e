import Bytes

/// pickup's `uid=N from=<s>[ orig_id=ID]`. Source: pickup/pickup.c.
enum PickupLine {
  static func read(_ id: ByteView, _ rest: ByteView, into record: inout LogRecord) -> Bool {
    guard let space = rest.firstIndex(of: 0x20), rest.from(space).hasPrefix(" from=<") else { return false }
    let start = space + 7
    var original: ByteView?
    var end = rest.count
    if let found = rest.firstRange(of: "> orig_id=", from: start) {
      end = found.lowerBound + 1
      let candidate = rest.from(found.upperBound)
      if QueueID.isPlausible(candidate) { original = candidate } else { end = rest.count }
    }
    guard end > start, rest.at(end - 1) == 0x3E else { return false }
    record = .pickup(
      PickupRecord(
        queueID: id, userID: rest[4..<space].decimal, sender: rest[start..<(end - 1)], originalQueueID: original))
    return true
  }
}
