import Bytes
import Testing

@Suite struct HashCellsTests {
  /// Hashes of which many share their place, so that runs grow together and round the end.
  @Test func agreesWithListsByHash() {
    var cells = HashCells<Int32>()
    var model: [UInt64: [Int32]] = [:]
    var generator = SystemRandomNumberGenerator()
    for number in 0..<20_000 {
      let hash = UInt64.random(in: 0..<60, using: &generator) &* 0xFFFF_FFFF_FFFF_FFF1
      if Bool.random(using: &generator) || number < 200 {
        cells.add(Int32(number), hash)
        model[hash, default: []].append(Int32(number))
      } else {
        let isEven = Bool.random(using: &generator)
        let taken = cells.remove(hash) { ($0 % 2 == 0) == isEven }
        let place = model[hash, default: []].firstIndex { ($0 % 2 == 0) == isEven }
        let expected = place.map { model[hash, default: []].remove(at: $0) }
        #expect(taken == expected)
      }
      let first = cells.first(hash) { _ in true }
      #expect(first == model[hash, default: []].first)
    }
    var all: [UInt64: Set<Int32>] = [:]
    cells.forEach { all[$0, default: []].insert($1) }
    #expect(all == model.filter { !$0.value.isEmpty }.mapValues(Set.init))
    let count = cells.count
    #expect(count == model.values.reduce(0) { $0 + $1.count })
  }

  @Test func hasNothingAtFirst() {
    var cells = HashCells<Int32>()
    let isEmpty = cells.isEmpty
    #expect(isEmpty)
    let found = cells.first(7) { _ in true }
    #expect(found == nil)
    let taken = cells.remove(7) { _ in true }
    #expect(taken == nil)
  }
}
