import Bytes
import Testing

@testable import Intake

/// Lives and names are found, whatever came and went before.
@Suite struct LifeTableTests {
  private static func find(_ id: String, _ lives: borrowing LifeTable) -> Int? {
    var copy = id
    return copy.withUTF8 { lives.find(host: 1, queueID: ByteView($0)) }
  }

  private static func insert(_ id: String, _ lives: inout LifeTable) -> Int {
    var copy = id
    return copy.withUTF8 { lives.insert(host: 1, queueID: ByteView($0)) }
  }

  @Test func slotsAreUsedAgain() {
    var lives = LifeTable()
    var known: [String: Int] = [:]
    var random = SeededGenerator(state: 11)
    var slots = 0
    for step in 0..<20_000 {
      let id = "4ABC\(Int.random(in: 0..<300, using: &random))"
      if let index = known.removeValue(forKey: id) {
        lives.remove(index)
        // One that is gone can go once more.
        if step.isMultiple(of: 7) { lives.remove(index) }
        #expect(LifeTableTests.find(id, lives) == nil)
      } else {
        let index = LifeTableTests.insert(id, &lives)
        #expect(!known.values.contains(index))
        #expect(lives[index].host == 1)
        known[id] = index
        slots = max(slots, index + 1)
      }
    }
    #expect(lives.count == known.count)
    #expect(slots <= 300)
    for (id, index) in known { #expect(LifeTableTests.find(id, lives) == index) }
  }

  /// A name that is expected is known by where it stands and how long it is.
  @Test func whatIsExpectedIsThatAlone() {
    var lives = LifeTable()
    let index = LifeTableTests.insert("4ABC1", &lives)
    let other = LifeTableTests.insert("4ABC", &lives)
    var text = "4ABC1"
    text.withUTF8 { bytes in
      let name = ByteView(bytes)
      lives.expect(name, hash: name.tableHash)
      #expect(lives.find(host: 1, queueID: name) == index)
      #expect(lives.find(host: 1, queueID: name.prefix(4)) == other)
      #expect(lives.find(host: 2, queueID: name) == nil)
      #expect(LifeTableTests.find("4ABC", lives) == other)
      lives.expectNone()
      #expect(lives.find(host: 1, queueID: name) == index)
    }
  }

  /// A hint leads to a name, and never to another.
  @Test func namesUnderOneHint() {
    var names = NameStore(limit: 3)
    func insert(_ name: String, _ hint: Int) -> Int? {
      var copy = name
      return copy.withUTF8 { names.insert(ByteView($0), hint: hint) }
    }
    for hint in [0, 7, -1, .min, .max] {
      for _ in 0..<3 {
        #expect(insert("google", hint) == 0)
        #expect(insert("microsoft", hint) == 1)
        #expect(insert("", hint) == 2)
        #expect(insert("full", hint) == nil)
      }
    }
  }
}
