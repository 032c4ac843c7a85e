import Bytes

/// The rows of replies that were met to the byte before: folding a reply costs more than finding it.
struct ReplyRows: ~Copyable {
  /// Replies that are kept, and bytes of the longest.
  private static let limit = 2048
  private static let lengthLimit = 512
  /// Replies that may be missed before those that are kept make room for others.
  private static let patience = 32 * limit
  /// Replies looked up before it is judged whether looking is worth its while; if less than a third were found, so many
  /// times as many are folded unseen.
  private static let trial = 1024
  private static let pause = 16

  private var rows = ByteTable<Int32>(limit: ReplyRows.limit)
  private var missed = 0
  private var found = 0
  private var looked = 0
  private var unseen = 0
  /// Most servers say one thing for one reason.
  private let latest = LatestRows(lengthLimit: ReplyRows.lengthLimit)

  /// The row of `text`; `fold` finds it if it is not known. `head`: see `JournalConsumer`.
  @inline(__always)
  mutating func row(of text: ByteView, head: Int, _ fold: (ByteView) -> Int32) -> Int32 {
    if let row = latest.find(text, head), row != CutNames.other { return row }
    let row = search(text, fold)
    latest.keep(text, head, row: row)
    return row
  }

  @inline(__always)
  private mutating func search(_ text: ByteView, _ fold: (ByteView) -> Int32) -> Int32 {
    if unseen > 0 {
      unseen -= 1
      return fold(text)
    }
    looked += 1
    if looked == ReplyRows.trial {
      if found < ReplyRows.trial / 3 { unseen = ReplyRows.trial * ReplyRows.pause }
      looked = 0
      found = 0
    }
    if let row = rows[text], row != CutNames.other {
      found += 1
      return row
    }
    let row = fold(text)
    if text.count <= ReplyRows.lengthLimit, rows.insert(text, default: row) == nil {
      missed += 1
      if missed > ReplyRows.patience {
        missed = 0
        rows.removeAll()
      }
    }
    return row
  }
}
