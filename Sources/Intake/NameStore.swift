import Bytes
import Glibc

/// Names by number, each at an address that never changes while the store lives: what was handed out stays valid,
/// also on another thread, whatever is added. Not thread-safe itself.
struct NameStore: ~Copyable {
  private var names: ByteTable<UnsafePointer<UInt8>>
  /// Where the texts are; pieces are only added.
  private var pieces: [UnsafeMutablePointer<UInt8>] = []
  private var used = NameStore.pieceSize

  private static var pieceSize: Int { 16 * 1024 }

  /// - Parameter limit: how many names it takes.
  init(limit: Int) {
    names = ByteTable(limit: limit)
  }

  deinit {
    for piece in pieces { piece.deallocate() }
  }

  func index(of name: ByteView) -> Int? { names.index(of: name) }

  /// The number of `name`, which is added if it was missing; nil if the store is full.
  mutating func insert(_ name: ByteView) -> Int? {
    if let known = names.index(of: name) { return known }
    guard names.count < names.limit else { return nil }
    let place: UnsafeMutablePointer<UInt8>
    if name.count > NameStore.pieceSize / 4 {
      place = UnsafeMutablePointer<UInt8>.allocate(capacity: name.count)
      // In front, so that the piece that is being filled stays the last.
      pieces.insert(place, at: 0)
    } else {
      if used + name.count > NameStore.pieceSize {
        pieces.append(UnsafeMutablePointer<UInt8>.allocate(capacity: NameStore.pieceSize))
        used = 0
      }
      place = pieces[pieces.count - 1] + used
      used += name.count
    }
    memcpy(place, name.start, name.count)
    return names.insert(name, default: UnsafePointer(place))
  }

  /// The name with a number that this store gave.
  subscript(index: Int) -> ByteView { ByteView(names[index], count: names.key(at: index).count) }
}
