import Bytes

/// The rows of replies that were met to the byte before: folding a reply costs more than finding it.
struct ReplyRows: ~Copyable {
  /// Replies that are kept, and bytes of the longest.
  private static let limit = 2048
  private static let lengthLimit = 512
  /// Replies that may be missed before those that are kept make room for others.
  private static let patience = 32 * limit

  private var rows = ByteTable<Int32>(limit: ReplyRows.limit)
  private var missed = 0

  /// The row of `text`; `fold` finds it if it is not known.
  @inline(__always)
  mutating func row(of text: ByteView, _ fold: (ByteView) -> Int32) -> Int32 {
    if let row = rows[text] { return row }
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
