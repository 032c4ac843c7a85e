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
  /// A rank, a `RecipientRow`, the address and its proofs for each.
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
  func add(
    _ standing: RecipientStanding, _ state: RecipientPolicy.State, _ address: ByteView, _ proofs: [RecipientEnd] = []
  ) {
    count += 1
    let key = RecipientRank(state, count: standing.record.messages, address)
    if isTrimmed, let most {
      guard most > 0 else { return }
      let last = kept[most - 1]
      if !key.precedes(last.key, address, self.address(last)) { return }
    }
    kept.append(Entry(key: key, place: items.count))
    append(key.rank, standing, address, proofs)
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

  private func append(
    _ rank: UInt64, _ standing: RecipientStanding, _ address: ByteView, _ proofs: [RecipientEnd]
  ) {
    items.append(capacity: 8) { place in
      UnsafeMutableRawPointer(place).storeBytes(of: rank, as: UInt64.self)
      return 8
    }
    let size = proofs.count * MemoryLayout<RecipientEnd>.stride
    RecipientRow(standing, length: address.count, extra: size).append(to: &items)
    items.append(address)
    proofs.withUnsafeBytes { items.append(ByteView($0)) }
  }

  private func address(_ entry: Entry) -> ByteView {
    let item = items.view.from(entry.place + 8)
    return RecipientRow(item).map { item[RecipientRow.size..<RecipientRow.size + $0.length] } ?? .empty
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
    let rest = items.view.from(entry.place)
    return rest.prefix(8 + RecipientRow.size + (RecipientRow(rest.from(8))?.tail ?? 0))
  }

  /// Hands over those that are shown, in order; returns how many. To be called once.
  func finish(
    _ body: (
      _ standing: RecipientStanding, _ state: RecipientPolicy.State, _ address: ByteView, _ proofs: [RecipientEnd]
    ) -> Void
  ) -> Int {
    sort()
    var shown = 0
    let most = most ?? .max
    if runs.isEmpty {
      for entry in kept.prefix(most) {
        guard let row = RecipientRow.parts(items.view.from(entry.place + 8)) else { continue }
        body(row.standing, entry.key.state, row.address, row.proofs)
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
      while shown < most, let run = merge.first, let row = run.row {
        body(row.standing, run.rank.state, row.address, row.proofs)
        shown += 1
        try merge.next()
      }
    } catch {
      failure = error
    }
    return shown
  }
}

/// What an item holds behind its rank.
typealias RecipientRow = Spilled<RecipientStanding>

extension RecipientRow {
  /// nil if `bytes` do not hold all of it.
  static func parts(_ bytes: ByteView) -> (standing: RecipientStanding, address: ByteView, proofs: [RecipientEnd])? {
    guard let row = RecipientRow(bytes) else { return nil }
    let text = bytes.from(size)
    let size = MemoryLayout<RecipientEnd>.stride
    let raw = UnsafeRawPointer(text.start) + row.length
    let proofs = (0..<row.extra / size).map { raw.loadUnaligned(fromByteOffset: $0 * size, as: RecipientEnd.self) }
    return (row.value, text.prefix(row.length), proofs)
  }
}
