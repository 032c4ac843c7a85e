import Bytes

/// Lives that the journal has told of and in which somebody waits, until all of it was read: found by host and first
/// queue id, which a requeue does not change, several under one if need be. All operations are expected O(1).
struct ToldLives: ~Copyable {
  private var lives = HashCells<Int32>()
  /// About in the order in which they were first told of; some have gone.
  private var order: [(life: Int32, key: UInt64)] = []
  private var head = 0

  var isEmpty: Bool { lives.isEmpty }

  mutating func add(_ life: Int, key: UInt64) {
    lives.add(Int32(life), key)
    if order.count > 1024, order.count > lives.count * 4 { forgetGone() }
    order.append((Int32(life), key))
  }

  private mutating func forgetGone() {
    order.removeAll(keepingCapacity: true)
    head = 0
    lives.forEach { key, life in order.append((life, key)) }
  }

  /// Calls `body` with each under `key`, the oldest first.
  func forEach(_ key: UInt64, _ body: (Int) -> Void) {
    _ = lives.first(key) { life in
      body(Int(life))
      return false
    }
  }

  mutating func remove(_ life: Int, key: UInt64) {
    _ = lives.remove(key) { $0 == Int32(life) }
  }

  /// Takes about the one that was told of first.
  mutating func removeOldest() -> Int? {
    while head < order.count {
      let oldest = order[head]
      head += 1
      if lives.remove(oldest.key, where: { $0 == oldest.life }) != nil { return Int(oldest.life) }
    }
    return nil
  }

  /// Takes all.
  mutating func removeAll() -> [Int] {
    var all: [Int] = []
    all.reserveCapacity(lives.count)
    lives.forEach { _, life in all.append(Int(life)) }
    self = ToldLives()
    return all
  }
}
