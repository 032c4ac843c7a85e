import Bytes

/// Which addresses come first in a list: worst state, most soft bounces, then by their bytes. Of those that are not
/// shown none is kept. Where all are, memory is bounded if a file may be used: it takes sorted runs, which are merged.
final class RecipientOrder {
  private struct Entry {
    let key: RecipientRank
    /// Of its item in `items`.
    let place: Int
  }

  /// How many are shown at most; nil for all.
  private let most: Int?
  /// Those that may be shown, at most twice as many, or as many as a run has.
  private var kept: [Entry] = []
  /// A rank, a `SpilledRecord` and the address for each.
  private var items = ByteBuffer(capacity: 64 * 1024)
  /// `kept` begins with the `most` first ones of all that were added, in order.
  private var isTrimmed = false
  private let file: SpillFile?
  /// The file takes no more.
  private var isFull = false
  private let runSize: Int
  private var runs: [RecipientRun] = []
  /// How many there are in all.
  private(set) var count = 0
  /// Why some could not be read again.
  private(set) var failure: SpillFile.Failure?

  private static let leastKept = 1000

  /// - Parameters:
  ///   - file: where runs may be put; nil to keep all in memory.
  ///   - runSize: bytes of a run.
  init(most: Int?, file: SpillFile? = nil, runSize: Int = 4 << 20) {
    self.most = most
    self.file = file
    self.runSize = runSize
  }

  /// Expected O(1) where few are shown, and no order was chosen to hinder it; else O(log of what is kept).
  func add(_ record: RecipientRecord, _ state: RecipientPolicy.State, _ address: ByteView, index: Int) {
    count += 1
    let key = RecipientRank(state, count: record.messages, address)
    if isTrimmed, let most {
      guard most > 0 else { return }
      let last = kept[most - 1]
      if !key.precedes(last.key, address, self.address(last)) { return }
    }
    kept.append(Entry(key: key, place: items.count))
    append(key.rank, SpilledRecord(record: record, index: Int32(index), length: address.count), address)
    if let most, most < Int.max / 2, kept.count >= max(2 * most, RecipientOrder.leastKept) { trim(to: most) }
    if file != nil, !isFull, items.count >= runSize { writeRun() }
  }

  /// Puts what is kept, in order, into the file.
  private func writeRun() {
    guard let file else { return }
    sort()
    if let most, kept.count > most { kept.removeLast(kept.count - most) }
    do throws(SpillFile.Failure) {
      let start = file.length
      var block = ByteBuffer(capacity: 128 * 1024)
      for entry in kept {
        block.append(item(entry))
        guard block.count >= 64 * 1024 else { continue }
        _ = try file.append(block.view)
        block.removeAll()
      }
      _ = try file.append(block.view)
      runs.append(RecipientRun(start..<file.length))
      kept.removeAll(keepingCapacity: true)
      items.removeAll()
      isTrimmed = false
    } catch {
      // Memory has to do.
      isFull = true
    }
  }

  private func append(_ rank: UInt64, _ head: SpilledRecord, _ address: ByteView) {
    items.append(capacity: 8) { place in
      UnsafeMutableRawPointer(place).storeBytes(of: rank, as: UInt64.self)
      return 8
    }
    head.append(to: &items)
    items.append(address)
  }

  private func address(_ entry: Entry) -> ByteView {
    let item = items.view.from(entry.place + 8)
    return SpilledRecord(item).map { item[SpilledRecord.size..<SpilledRecord.size + $0.length] } ?? .empty
  }

  private func sort() {
    kept.sort { $0.key.precedes($1.key, address($0), address($1)) }
  }

  private func trim(to most: Int) {
    sort()
    kept.removeLast(kept.count - most)
    isTrimmed = true
    // The items of the others go.
    var rest = ByteBuffer(capacity: items.count / 2)
    for at in kept.indices {
      let entry = kept[at]
      kept[at] = Entry(key: entry.key, place: rest.count)
      rest.append(item(entry))
    }
    swap(&items, &rest)
  }

  private func item(_ entry: Entry) -> ByteView {
    let address = address(entry)
    return items.view[entry.place..<entry.place + 8 + SpilledRecord.size + address.count]
  }

  /// Hands over those that are shown, in order; returns how many. To be called once.
  func finish(
    _ body: (_ record: RecipientRecord, _ state: RecipientPolicy.State, _ address: ByteView, _ index: Int) -> Void
  ) -> Int {
    sort()
    var shown = 0
    let most = most ?? .max
    if runs.isEmpty {
      for entry in kept.prefix(most) {
        guard let head = SpilledRecord(items.view.from(entry.place + 8)) else { continue }
        body(head.record, entry.key.state, address(entry), Int(head.index))
        shown += 1
      }
      return shown
    }
    var rest = ByteBuffer(capacity: items.count)
    for entry in kept { rest.append(item(entry)) }
    runs.append(RecipientRun(rest))
    kept = []
    items = ByteBuffer()
    do throws(SpillFile.Failure) {
      var merge = try RecipientMerge(runs, file)
      while shown < most, let run = merge.first, let head = run.head {
        body(head.record, run.rank.state, run.address, Int(head.index))
        shown += 1
        try merge.next()
      }
    } catch {
      failure = error
    }
    return shown
  }
}
