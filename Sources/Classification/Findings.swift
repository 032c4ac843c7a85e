/// Which phrases a text holds: a mark for each phrase, and those found in the order in which they first ended.
/// Cleared by counting up, not by writing zeros.
struct Findings: ~Copyable {
  private let marks: UnsafeMutablePointer<UInt32>
  private let list: UnsafeMutablePointer<Int32>
  private let capacity: Int
  private var round: UInt32 = 1
  private(set) var count = 0

  init(phrases: Int) {
    capacity = max(phrases, 1)
    marks = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    marks.initialize(repeating: 0, count: capacity)
    list = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
  }

  deinit {
    marks.deallocate()
    list.deallocate()
  }

  /// The phrase that was found as number `index`, which is under `count`.
  @inline(__always)
  subscript(index: Int) -> Int { Int(list[index]) }

  @inline(__always)
  func contains(_ phrase: Int32) -> Bool { marks[Int(phrase)] == round }

  @inline(__always)
  mutating func insert(_ phrase: Int) {
    if marks[phrase] == round { return }
    marks[phrase] = round
    list[count] = Int32(truncatingIfNeeded: phrase)
    count += 1
  }

  @inline(__always)
  mutating func removeAll() {
    count = 0
    round &+= 1
    if round == 0 {
      marks.update(repeating: 0, count: capacity)
      round = 1
    }
  }

  /// True if one of `phrases` was found.
  @inline(__always)
  func containsAny(_ phrases: [Int32]) -> Bool {
    for phrase in phrases where contains(phrase) { return true }
    return false
  }

  @inline(__always)
  func containsAll(_ phrases: [Int32]) -> Bool {
    for phrase in phrases where !contains(phrase) { return false }
    return true
  }
}
