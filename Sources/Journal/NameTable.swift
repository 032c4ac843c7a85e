import Bytes
import Glibc
import SMTPTypes

/// Members of a closed set by name, in a table of fixed size: one multiplication and two comparisons of words a
/// look-up, no call.
struct NameTable<Member: NamedValue>: ~Copyable {
  private struct Slot {
    var words: (UInt64, UInt64)
    var name: StaticString
    var member: Member?
  }

  private let slots: UnsafeMutablePointer<Slot>
  private static var size: Int { 256 }

  init() {
    slots = UnsafeMutablePointer<Slot>.allocate(capacity: NameTable.size)
    slots.initialize(repeating: Slot(words: (0, 0), name: "", member: nil), count: NameTable.size)
    for member in Member.allCases {
      let name = ByteView(member.name)
      let words = NameTable.words(name, readable: name.count)
      var at = NameTable.hash(words, name.count)
      while slots[at].member != nil { at = (at + 1) & (NameTable.size - 1) }
      slots[at] = Slot(words: words, name: member.name, member: member)
    }
  }

  deinit {
    slots.deinitialize(count: NameTable.size)
    slots.deallocate()
  }

  @inline(__always)
  private static func hash(_ words: (UInt64, UInt64), _ count: Int) -> Int {
    let mixed = (words.0 ^ words.1 &* 31 ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 56)
  }

  /// The first sixteen bytes of `name`, zeros behind its end; `readable` bytes from its start may be read.
  @inline(__always)
  private static func words(_ name: ByteView, readable: Int) -> (UInt64, UInt64) {
    let start = UnsafeRawPointer(name.start)
    if readable >= 16 {
      let first = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
      let second = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      return (first & mask(name.count), second & mask(name.count - 8))
    }
    var words: (UInt64, UInt64) = (0, 0)
    for index in 0..<min(name.count, 16) {
      let byte = UInt64(name.start[index])
      if index < 8 { words.0 |= byte << UInt64(index * 8) } else { words.1 |= byte << UInt64(index * 8 - 64) }
    }
    return words
  }

  /// Ones over the first `bytes` bytes of a word.
  @inline(__always)
  private static func mask(_ bytes: Int) -> UInt64 {
    if bytes >= 8 { return .max }
    return bytes <= 0 ? 0 : (1 << UInt64(truncatingIfNeeded: bytes &* 8)) &- 1
  }

  /// The member called `name`. `readable` bytes from the name's start may be read: at least its own.
  @inline(__always)
  func find(_ name: ByteView, readable: Int) -> Member? {
    let words = NameTable.words(name, readable: readable)
    var at = NameTable.hash(words, name.count)
    while let member = slots[at].member {
      if slots[at].words == words, slots[at].name.utf8CodeUnitCount == name.count {
        if name.count <= 16 { return member }
        // Long names that agree in sixteen bytes.
        if memcmp(name.start + 16, slots[at].name.utf8Start + 16, name.count - 16) == 0 { return member }
      }
      at = (at + 1) & (NameTable.size - 1)
    }
    return nil
  }

  subscript(name: ByteView) -> Member? { find(name, readable: name.count) }
}
