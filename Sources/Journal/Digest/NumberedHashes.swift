/// Different 64-bit values, numbered in the order in which they were met. Look-ups are expected O(1) whoever chooses the
/// values: where one lies depends on numbers drawn anew for each table. Twelve to twenty bytes for each value.
struct NumberedHashes: ~Copyable {
  private var slots: [UInt32] = Array(repeating: 0, count: 256)
  private var values: [UInt64] = []
  private let secret: (UInt64, UInt64)

  init() {
    var generator = SystemRandomNumberGenerator()
    secret = (generator.next(), generator.next() | 1)
  }

  var count: Int { values.count }

  /// The number of `value`, and whether it has been met now for the first time.
  mutating func number(of value: UInt64) -> (Int, isNew: Bool) {
    let at = place(value)
    if slots[at] != 0 { return (Int(slots[at]) - 1, false) }
    values.append(value)
    slots[at] = UInt32(values.count)
    if values.count * 2 > slots.count { grow() }
    return (values.count - 1, true)
  }

  /// The slot of `value`, or the free one where it belongs.
  private func place(_ value: UInt64) -> Int {
    let mask = slots.count - 1
    let (high, low) = (value ^ secret.0).multipliedFullWidth(by: secret.1)
    var at = Int(truncatingIfNeeded: high ^ low) & mask
    while slots[at] != 0, values[Int(slots[at]) - 1] != value { at = (at + 1) & mask }
    return at
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (index, value) in values.enumerated() { slots[place(value)] = UInt32(index + 1) }
  }
}
