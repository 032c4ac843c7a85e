import Bytes
import Testing

@Suite struct ByteTableTests {
  @Test func agreesWithADictionary() {
    var table = ByteTable<Int>()
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
}
