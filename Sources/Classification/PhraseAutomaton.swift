// All phrases of all rules found in one pass over a text (Aho and Corasick, 1975), as a dense table.

import Bytes

/// A set of phrases, compiled. Immutable. A scan is O(text + occurrences); the table takes 4 bytes for each state
/// and class of bytes, about a megabyte for a thousand phrases.
final class PhraseAutomaton: Sendable {
  // Sendable: both tables are written in `init` alone and freed in `deinit` alone.
  /// Next state by state and byte class. A state is its row's offset; the top bit says that phrases end there.
  private nonisolated(unsafe) let table: UnsafeMutablePointer<UInt32>
  /// The class of each byte; 0 is every byte that no phrase holds.
  private nonisolated(unsafe) let classes: UnsafeMutablePointer<UInt8>
  private let width: Int
  /// The first phrase that ends in a state, by state number, -1 for none.
  private let heads: [Int32]
  /// The next phrase that ends where this one does, -1 for none.
  private let next: [Int32]
  private let phrases: [(length: Int, startsWord: Bool, endsWord: Bool)]

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
    phrases = list.map { ($0.text.utf8.count, $0.startsWord, $0.endsWord) }

    // The trie. Row 0 is the root; 0 in a row is "no edge" while it grows.
    let bound = list.reduce(1) { $0 + $1.text.utf8.count }
    var edges = [UInt32](repeating: 0, count: bound * width)
    var heads = [Int32](repeating: -1, count: bound)
    var next = [Int32](repeating: -1, count: list.count)
    var states = 1
    for (index, phrase) in list.enumerated() {
      var state = 0
      for byte in phrase.text.utf8 {
        let slot = state * width + Int(classes[Int(byte)])
        if edges[slot] == 0 {
          edges[slot] = UInt32(states)
          states += 1
        }
        state = Int(edges[slot])
      }
      next[index] = heads[state]
      heads[state] = Int32(index)
    }

    // Breadth first: missing edges go where the longest proper suffix would go.
    var suffix = [Int](repeating: 0, count: states)
    var queue: [Int] = []
    queue.reserveCapacity(states)
    for column in 0..<width where edges[column] != 0 { queue.append(Int(edges[column])) }
    var at = 0
    while at < queue.count {
      let state = queue[at]
      at += 1
      let link = suffix[state]
      // Phrases that end in the suffix end here too: the state's own come first, then the suffix's.
      if heads[link] >= 0 {
        if heads[state] < 0 {
          heads[state] = heads[link]
        } else {
          var last = heads[state]
          while next[Int(last)] >= 0 { last = next[Int(last)] }
          next[Int(last)] = heads[link]
        }
      }
      for column in 0..<width {
        let slot = state * width + column
        let fallback = edges[link * width + column]
        if edges[slot] == 0 {
          edges[slot] = fallback
        } else {
          suffix[Int(edges[slot])] = Int(fallback)
          queue.append(Int(edges[slot]))
        }
      }
    }
    // Rows move into breadth-first order: a scan spends most of its time in the short prefixes, whose rows then lie
    // side by side in a processor's cache.
    var place = [Int](repeating: 0, count: states)
    for (rank, state) in queue.enumerated() { place[state] = rank + 1 }
    table = UnsafeMutablePointer<UInt32>.allocate(capacity: states * width)
    var ends = [Int32](repeating: -1, count: states)
    for state in 0..<states {
      ends[place[state]] = heads[state]
      for column in 0..<width {
        let target = Int(edges[state * width + column])
        table[place[state] * width + column] =
          UInt32(place[target] * width) | (heads[target] >= 0 ? PhraseAutomaton.outputBit : 0)
      }
    }
    self.heads = ends
    self.next = next
  }

  deinit {
    table.deallocate()
    classes.deallocate()
  }

  /// Calls `body` with the index of each phrase that `text` (normalized) holds, once for each occurrence.
  @inline(__always)
  func scan(_ text: ByteView, _ body: (Int) -> Void) {
    let bytes = text.start
    let count = text.count
    var state: UInt32 = 0
    for at in 0..<count {
      let value = table[Int(state) + Int(classes[Int(bytes[at])])]
      state = value & ~PhraseAutomaton.outputBit
      if value == state { continue }
      var phrase = Int(heads[Int(state) / width])
      while phrase >= 0 {
        let (length, startsWord, endsWord) = phrases[phrase]
        let start = at + 1 - length
        if !(startsWord && start > 0 && bytes[start - 1].isASCIIWordByte),
          !(endsWord && at + 1 < count && bytes[at + 1].isASCIIWordByte)
        {
          body(phrase)
        }
        phrase = Int(next[phrase])
      }
    }
  }
}
