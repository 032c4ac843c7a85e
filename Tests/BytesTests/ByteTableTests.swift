import Bytes
import Testing

@Suite struct ByteTableTests {
  @Test(arguments: [false, true])
  func agreesWithADictionary(isDense: Bool) {
    var table = ByteTable<Int>(isDense: isDense)
    var model: [String: Int] = [:]
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let key = "key\(Int.random(in: 0..<5_000, using: &generator))"
      model[key, default: 0] += 1
      let index = key.withByteView { table.insert($0, default: 0) }
      if let index { table[index] += 1 } else { Issue.record("refused \(key)") }
    }
    let count = table.count
    #expect(count == model.count)
    for (key, value) in model {
      let found = key.withByteView { table[$0] }
      #expect(found == value)
    }
    let missing = "missing".withByteView { table[$0] }
    #expect(missing == nil)
    for index in 0..<count {
      let (key, value) = (String(table.key(at: index)), table[index])
      #expect(model[key] == value)
    }
  }

  @Test func aFullTableRefusesNewKeysAndKeepsTheOld() {
    var table = ByteTable<Int>(limit: 2)
    do {
      let index = table.insert(ByteView("a"), default: 1)
      #expect(index == 0)
    }
    do {
      let index = table.insert(ByteView("b"), default: 2)
      #expect(index == 1)
    }
    do {
      let index = table.insert(ByteView("c"), default: 3)
      #expect(index == nil)
    }
    do {
      let index = table.insert(ByteView("a"), default: 9)
      #expect(index == 0)
    }
    do {
      let value = table[ByteView("a")]
      #expect(value == 1)
    }
    table.removeAll()
    do {
      let value = table[ByteView("a")]
      #expect(value == nil)
    }
    do {
      let index = table.insert(ByteView("c"), default: 3)
      #expect(index == 0)
    }
  }

  @Test(arguments: [0, 1, 3, 1000], [2, 3, 7])
  func whatIsRemovedIsGoneAndTheRestStays(count: Int, divisor: Int) {
    var table = ByteTable<Int>()
    for number in 0..<count { "key\(number)".withByteView { _ = table.insert($0, default: number) } }
    var moved: [Int: Int] = [:]
    table.removeAll { index, value, next in
      guard value % divisor == 0 else { return true }
      moved[index] = next
      return false
    }
    let kept = (0..<count).filter { $0 % divisor == 0 }
    #expect(table.count == kept.count)
    for (place, number) in kept.enumerated() {
      #expect("key\(number)".withByteView { table.index(of: $0) } == place)
      #expect(table[place] == number)
      #expect(moved[number] == place)
    }
    #expect("key1".withByteView { table.index(of: $0) } == nil)
    // There is room again, and what was removed can come back.
    for number in 0..<count { "key\(number)".withByteView { _ = table.insert($0, default: -number) } }
    #expect(table.count == count)
    for number in 0..<count {
      #expect("key\(number)".withByteView { table[$0] } == (number % divisor == 0 ? number : -number))
    }
  }

  @Test func aKeyIsFoundByItsHash() {
    var table = ByteTable<Int>()
    let key = ByteView("key")
    #expect(table.index(of: key, hash: key.tableHash) == nil)
    #expect(table.insert(key, hash: key.tableHash, default: 7) == 0)
    #expect(table.index(of: key) == 0)
    #expect(table.index(of: key, hash: key.tableHash) == 0)
    table.prefetch(key.tableHash)
    table.prefetchEntry(key.tableHash)
    table.prefetchKey(key.tableHash)
  }
}
