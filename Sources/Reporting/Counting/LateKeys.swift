import Bytes

/// Finds, among keys that came when a table was full, those that come often, in a fixed memory: `limit` keys. After Misra
/// and Gries, "Finding repeated elements" (1982): what finds no room takes from what is kept.
struct LateKeys: ~Copyable {
  private static var limit: Int { 4_096 }
  /// How often a key has to come at least, and one in how many of all that come.
  private static var least: Int { 64 }

  private var counts = ByteTable<Int32>(limit: LateKeys.limit)
  private var seen = 0
  /// Keys that found no room since the counts were lowered last.
  private var missed = 0

  /// True if `key`, which comes once more, has come often by now; it is forgotten then. Expected O(key), amortized.
  mutating func isOften(_ key: ByteView) -> Bool {
    seen += 1
    guard let at = counts.insert(key, default: 0) else {
      missed += 1
      if missed == LateKeys.limit { lower() }
      return false
    }
    counts[at] += 1
    guard Int(counts[at]) >= max(LateKeys.least, seen / LateKeys.limit) else { return false }
    counts[at] = 0
    return true
  }

  /// As many have found no room as are kept: each of these loses one, or half if that makes too little room.
  private mutating func lower() {
    missed = 0
    var room = 0
    for index in 0..<counts.count where counts[index] <= 1 { room += 1 }
    let isCrowded = room < LateKeys.limit / 8
    var kept = ByteTable<Int32>(limit: LateKeys.limit)
    for index in 0..<counts.count {
      let count = isCrowded ? counts[index] / 2 : counts[index] - 1
      if count > 0 { _ = kept.insert(counts.key(at: index), default: count) }
    }
    counts = kept
  }
}
