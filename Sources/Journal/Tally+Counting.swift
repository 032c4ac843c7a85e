public import Bytes

extension Tally {
  /// The key under which a full cut counts.
  public static let otherKey: StaticString = "~other"

  /// Adds `counts` to `key` of `table`; to `~other` once the table holds `keyLimit` keys. Returns where.
  @usableFromInline
  static func add(_ counts: Counts, _ key: ByteView, _ table: inout ByteTable<Counts>) -> Int? {
    // One place beyond `keyLimit` is kept for `~other`.
    let index =
      table.count < keyLimit
      ? table.insert(key, default: Counts())
      : table.index(of: key) ?? table.insert(ByteView(otherKey), default: Counts())
    if let index { table[index] += counts }
    return index
  }

  /// Adds `counts` to what was counted at `place` of one cut before; traps outside of what `count(_:to:key:)` returned.
  @inlinable @inline(__always)
  public mutating func add(_ counts: Counts, to cut: Cut, at place: Int) {
    switch cut {
    case .provider: byProvider[place] += counts
    case .domain: byDomain[place] += counts
    case .relay: byRelay[place] += counts
    case .senderDomain: bySenderDomain[place] += counts
    case .service: byService[place] += counts
    case .user: byUser[place] += counts
    case .tag: byTag[place] += counts
    }
  }

  /// Adds `counts` to `key` of one cut.
  @inlinable @inline(__always)
  public mutating func add(_ counts: Counts, to cut: Cut, key: ByteView) { _ = count(counts, to: cut, key: key) }

  /// The same; returns where this tally counts `key` from now on, be it under `~other`.
  @inlinable @inline(__always)
  public mutating func count(_ counts: Counts, to cut: Cut, key: ByteView) -> Int? {
    // Mostly one and the same.
    if cut == .service, let known = byService.recentIndex(of: key) {
      byService[known] += counts
      return known
    }
    return switch cut {
    case .provider: Tally.add(counts, key, &byProvider)
    case .domain: Tally.add(counts, key, &byDomain)
    case .relay: Tally.add(counts, key, &byRelay)
    case .senderDomain: Tally.add(counts, key, &bySenderDomain)
    case .service: Tally.add(counts, key, &byService)
    case .user: Tally.add(counts, key, &byUser)
    case .tag: Tally.add(counts, key, &byTag)
    }
  }

  /// Calls `body` with each key of one cut and its counts.
  public func forEachCount(of cut: Cut, _ body: (ByteView, Counts) -> Void) {
    switch cut {
    case .provider: Tally.forEach(byProvider, body)
    case .domain: Tally.forEach(byDomain, body)
    case .relay: Tally.forEach(byRelay, body)
    case .senderDomain: Tally.forEach(bySenderDomain, body)
    case .service: Tally.forEach(byService, body)
    case .user: Tally.forEach(byUser, body)
    case .tag: Tally.forEach(byTag, body)
    }
  }

  private static func forEach(_ table: borrowing ByteTable<Counts>, _ body: (ByteView, Counts) -> Void) {
    for index in 0..<table.count { body(table.key(at: index), table[index]) }
  }

  /// Counts a clean delivery's delay, seconds.
  public mutating func countDelay(_ seconds: Double) {
    var index = 0
    while index < Tally.delayBounds.count, seconds > Tally.delayBounds[index] { index += 1 }
    delayHistogram[index] += 1
  }

  /// Counts a rejection that is not told one by one; `key` is `cause/stage`.
  public mutating func countRejection(_ key: ByteView) {
    if let index = rejections.insert(key, default: 0) { rejections[index] += 1 }
  }

  /// Counts a line that announced trouble of `kind`.
  public mutating func countTrouble(_ kind: StaticString) {
    if let index = trouble.insert(ByteView(kind), default: 0) { trouble[index] += 1 }
  }
}
