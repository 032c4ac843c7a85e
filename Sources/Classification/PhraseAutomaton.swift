// All phrases of all rules found in one pass over a text (Aho and Corasick, 1975), as a dense table.

import Bytes

/// A set of phrases, compiled. Immutable. A scan is O(text + occurrences); the table takes 4 bytes for each state
/// and class of bytes, about a megabyte for a thousand phrases.
final class PhraseAutomaton: Sendable {
  // Sendable: all tables are written in `init` alone and freed in `deinit` alone.
  /// Next state by state and byte class. A state is its row's offset; the top bit says that phrases end there.
  private nonisolated(unsafe) let table: UnsafeMutablePointer<UInt32>
  /// The class of each byte; 0 is every byte that no phrase holds.
  private nonisolated(unsafe) let classes: UnsafeMutablePointer<UInt8>
  private let width: Int
  /// The first phrase that ends in a state, by state number, -1 for none.
  private nonisolated(unsafe) let heads: UnsafeMutablePointer<Int32>
  /// The next phrase that ends where this one does, -1 for none.
  private nonisolated(unsafe) let next: UnsafeMutablePointer<Int32>
  private nonisolated(unsafe) let shapes: UnsafeMutablePointer<Shape>

  private struct Shape {
    var length: Int32
    var startsWord: Bool
    var endsWord: Bool
  }

  private static let outputBit: UInt32 = 1 << 31

  init(_ list: [Phrase]) {
    classes = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    classes.initialize(repeating: 0, count: 256)
    var width = 1
    for phrase in list {
      for byte in phrase.text.utf8 where classes[Int(byte)] == 0 && width < 256 {
        classes[Int(byte)] = UInt8(width)
        width += 1
      }
    }
    self.width = width
    shapes = UnsafeMutablePointer<Shape>.allocate(capacity: max(list.count, 1))
    for (index, phrase) in list.enumerated() {
      (shapes + index).initialize(
        to: Shape(
          length: Int32(phrase.text.utf8.count), startsWord: phrase.startsWord, endsWord: phrase.endsWord))
    }

    // The trie. Row 0 is the root; 0 in the table is "no edge" while it grows.
    let bound = list.reduce(1) { $0 + $1.text.utf8.count }
    let trie = UnsafeMutablePointer<Int32>.allocate(capacity: bound * width)
    defer { trie.deallocate() }
    trie.initialize(repeating: 0, count: bound * width)
    var ends = [Int32](repeating: -1, count: bound)
    next = UnsafeMutablePointer<Int32>.allocate(capacity: max(list.count, 1))
    next.initialize(repeating: -1, count: list.count)
    var states = 1
    for (index, phrase) in list.enumerated() {
      var state = 0
      for byte in phrase.text.utf8 {
        let slot = state * width + Int(classes[Int(byte)])
        if trie[slot] == 0 {
          trie[slot] = Int32(states)
          states += 1
        }
        state = Int(trie[slot])
      }
      next[index] = ends[state]
      ends[state] = Int32(index)
    }

    // Breadth first: states get numbers in the order of their depth, so that the few that most texts visit lie
    // together; missing edges go where the longest proper suffix would go.
    precondition(states * width < Int(PhraseAutomaton.outputBit))
    table = UnsafeMutablePointer<UInt32>.allocate(capacity: states * width)
    heads = UnsafeMutablePointer<Int32>.allocate(capacity: states)
    heads.initialize(repeating: -1, count: states)
    var queue: [Int32] = [0]
    queue.reserveCapacity(states)
    var suffix = [Int](repeating: 0, count: states)
    var at = 0
    while at < queue.count {
      // `at` is the state's number from here on, `queue[at]` its number in the trie.
      let row = Int(queue[at]) * width
      let link = suffix[at]
      // Phrases that end in the suffix end here too: the state's own come first, then the suffix's.
      var head = ends[Int(queue[at])]
      if at > 0, heads[link] >= 0 {
        if head < 0 {
          head = heads[link]
        } else {
          var last = head
          while next[Int(last)] >= 0 { last = next[Int(last)] }
          next[Int(last)] = heads[link]
        }
      }
      heads[at] = head
      for column in 0..<width {
        let fallback = at == 0 ? 0 : table[link * width + column]
        if trie[row + column] == 0 {
          table[at * width + column] = fallback
        } else {
          suffix[queue.count] = Int(fallback)
          table[at * width + column] = UInt32(queue.count)
          queue.append(trie[row + column])
        }
      }
      at += 1
    }
    // States become row offsets, with a bit for those that end a phrase.
    for slot in 0..<states * width {
      let state = Int(table[slot])
      table[slot] = UInt32(state * width) | (heads[state] >= 0 ? PhraseAutomaton.outputBit : 0)
    }
  }

  deinit {
    table.deallocate()
    classes.deallocate()
    heads.deallocate()
    next.deallocate()
    shapes.deallocate()
  }

  /// Adds the phrases that `text` (normalized) holds to `findings`.
  func scan(_ text: ByteView, into findings: inout Findings) {
    let bytes = text.start
    let count = text.count
    var state: UInt32 = 0
    for at in 0..<count {
      let value = table[Int(state) + Int(classes[Int(bytes[at])])]
      state = value & ~PhraseAutomaton.outputBit
      if value == state { continue }
      var phrase = Int(heads[Int(state) / width])
      while phrase >= 0 {
        let shape = shapes[phrase]
        let start = at + 1 - Int(shape.length)
        if !(shape.startsWord && start > 0 && bytes[start - 1].isASCIIWordByte),
          !(shape.endsWord && at + 1 < count && bytes[at + 1].isASCIIWordByte)
        {
          findings.insert(phrase)
        }
        phrase = Int(next[phrase])
      }
    }
  }
}
