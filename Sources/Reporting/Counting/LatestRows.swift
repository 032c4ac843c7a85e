import Bytes
import Glibc

/// The rows of the texts that came last, one for the heads of lines that share a place: what stands behind equal heads
/// is mostly equal too, and comparing costs less than a look-up.
struct LatestRows: ~Copyable {
  private struct Latest {
    /// -1 for none.
    var length = -1
    var row: Int32 = -1
  }

  private static var count: Int { 64 }
  private let lengthLimit: Int
  private let latest: UnsafeMutablePointer<Latest>
  private let texts: UnsafeMutablePointer<UInt8>

  /// - Parameter lengthLimit: bytes of the longest text that is kept.
  init(lengthLimit: Int) {
    self.lengthLimit = lengthLimit
    latest = UnsafeMutablePointer<Latest>.allocate(capacity: LatestRows.count)
    latest.initialize(repeating: Latest(), count: LatestRows.count)
    texts = UnsafeMutablePointer<UInt8>.allocate(capacity: LatestRows.count * lengthLimit)
  }

  deinit {
    latest.deallocate()
    texts.deallocate()
  }

  @inline(__always)
  private static func place(_ head: Int) -> Int { max(head, 0) % count }

  /// - Parameter head: see `JournalConsumer`.
  @inline(__always)
  func find(_ text: ByteView, _ head: Int) -> Int32? {
    let place = LatestRows.place(head)
    guard latest[place].length == text.count, memcmp(texts + place * lengthLimit, text.start, text.count) == 0 else {
      return nil
    }
    return latest[place].row
  }

  @inline(__always)
  func keep(_ text: ByteView, _ head: Int, row: Int32) {
    guard text.count <= lengthLimit else { return }
    let place = LatestRows.place(head)
    memcpy(texts + place * lengthLimit, text.start, text.count)
    latest[place] = Latest(length: text.count, row: row)
  }
}
