import Bytes
import Glibc

/// Names by number, each at an address that never changes while the store lives: what was handed out stays valid,
/// also on another thread, whatever is added. Not thread-safe itself.
struct NameStore: ~Copyable {
  private var names: ByteTable<UnsafePointer<UInt8>>
  /// Where the texts are; pieces are only added.
  private var pieces: [UnsafeMutablePointer<UInt8>] = []
  private var used = NameStore.pieceSize

  /// Numbers of names that came last, each under a hint.
  private let recent: UnsafeMutablePointer<Int32>
  private static var recentCount: Int { 128 }

  private static var pieceSize: Int { 16 * 1024 }

  /// - Parameter limit: how many names it takes.
  init(limit: Int) {
    names = ByteTable(limit: limit)
    recent = UnsafeMutablePointer<Int32>.allocate(capacity: NameStore.recentCount)
    recent.initialize(repeating: .max, count: NameStore.recentCount)
  }

  deinit {
    recent.deallocate()
    for piece in pieces { piece.deallocate() }
  }

  func index(of name: ByteView) -> Int? { names.index(of: name) }

  /// The same as `insert(_:)`, sooner where the last name that came with the same hint, which may be any number, was the
  /// same.
  @inline(__always)
  mutating func insert(_ name: ByteView, hint: Int) -> Int? {
    let place = recent + (hint & (NameStore.recentCount - 1))
    let last = Int(place.pointee)
    if last < names.count, self[last] == name { return last }
    guard let number = insert(name) else { return nil }
    place.pointee = Int32(truncatingIfNeeded: number)
    return number
  }

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
