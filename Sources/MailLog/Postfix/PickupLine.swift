import Bytes

/// pickup's `uid=N from=<s>[ orig_id=ID]`. Source: pickup/pickup.c.
enum PickupLine {
  static func record(_ id: ByteView, _ rest: ByteView) -> LogRecord? {
    guard let space = rest.firstIndex(of: 0x20), rest.from(space).hasPrefix(" from=<") else { return nil }
    let start = space + 7
    var original: ByteView?
    var end = rest.count
    if let found = rest.firstRange(of: "> orig_id=", from: start) {
      end = found.lowerBound + 1
      let candidate = rest.from(found.upperBound)
      if QueueID.isPlausible(candidate) { original = candidate } else { end = rest.count }
    }
    guard end > start, rest.at(end - 1) == 0x3E else { return nil }
    return .pickup(
      PickupRecord(
        queueID: id, userID: rest[4..<space].decimal, sender: rest[start..<(end - 1)], originalQueueID: original))
  }
}
