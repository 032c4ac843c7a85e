import Bytes

/// Rows of a list in their order, most of them in a file.
final class RecipientRun {
  private var bytes: ByteBuffer
  private var at = 0
  /// What has not been read of the file.
  private var rest: Range<Int>
  private(set) var rank = RecipientRank(rank: .max, .empty)
  /// Of the row that is next; nil behind the last one.
  private(set) var head: RecipientRow?

  private static let block = 32 * 1024

  /// A run that is in the file.
  init(_ range: Range<Int>) {
    bytes = ByteBuffer(capacity: 64)
    rest = range
  }

  /// A run that is in memory.
  init(_ bytes: consuming ByteBuffer) {
    self.bytes = bytes
    rest = 0..<0
  }

  /// The address of the row that is next; valid until the next call.
  var address: ByteView {
    let start = at + 8 + RecipientRow.size
    return bytes.view[start..<start + (head?.length ?? 0)]
  }

  /// The parts of the row that is next; valid until the next call.
  var row: (standing: RecipientStanding, address: ByteView, proofs: [RecipientEnd])? {
    head == nil ? nil : RecipientRow.parts(bytes.view.from(at + 8))
  }

  /// Goes to the first row, or from one to the next.
  func advance(_ file: SpillFile?) throws(SpillFile.Failure) {
    if let head { at += 8 + RecipientRow.size + head.tail }
    head = nextHead
    while head == nil, !rest.isEmpty, let file {
      bytes.removeFirst(at)
      at = 0
      let end = min(rest.lowerBound + RecipientRun.block, rest.upperBound)
      try file.read(rest.lowerBound..<end, to: &bytes)
      rest = end..<rest.upperBound
      head = nextHead
    }
    guard head != nil else { return }
    rank = RecipientRank(
      rank: UnsafeRawPointer(bytes.view.start + at).loadUnaligned(as: UInt64.self), address)
  }

  /// The row at `at`, if all of it is in memory.
  private var nextHead: RecipientRow? {
    bytes.count - at > 8 ? RecipientRow(bytes.view.from(at + 8)) : nil
  }

  func precedes(_ other: RecipientRun) -> Bool { rank.precedes(other.rank, address, other.address) }
}

/// Several runs as one: O(log of how many) a row.
struct RecipientMerge {
  /// A heap: the one whose row is next is first.
  private var runs: [RecipientRun] = []
  private let file: SpillFile?

  init(_ runs: [RecipientRun], _ file: SpillFile?) throws(SpillFile.Failure) {
    self.file = file
    for run in runs {
      try run.advance(file)
      if run.head != nil { self.runs.append(run) }
    }
    for at in self.runs.indices.reversed() { settle(at) }
  }

  /// The run whose row is next; nil if there are no more.
  var first: RecipientRun? { runs.first }

  mutating func next() throws(SpillFile.Failure) {
    guard let first = runs.first else { return }
    try first.advance(file)
    if first.head == nil {
      runs.swapAt(0, runs.count - 1)
      runs.removeLast()
    }
    settle(0)
  }

  /// Moves the run at `place` behind those that precede it.
  private mutating func settle(_ place: Int) {
    var at = place
    while true {
      var least = at
      for child in (2 * at + 1)...(2 * at + 2) where child < runs.count && runs[child].precedes(runs[least]) {
        least = child
      }
      if least == at { return }
      runs.swapAt(at, least)
      at = least
    }
  }
}
