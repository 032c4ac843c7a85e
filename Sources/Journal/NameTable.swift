import Bytes
import SMTPTypes

/// Members of a closed set by name, in a table of fixed size: one multiplication and one comparison a look-up.
struct NameTable<Member: NamedValue>: ~Copyable {
  private struct Slot {
    var name: StaticString
    var member: Member?
  }

  private let slots: UnsafeMutablePointer<Slot>
  private static var size: Int { 256 }

  init() {
    slots = UnsafeMutablePointer<Slot>.allocate(capacity: NameTable.size)
    slots.initialize(repeating: Slot(name: "", member: nil), count: NameTable.size)
    for member in Member.allCases {
      let name = member.name
      var at = NameTable.hash(name.utf8Start, name.utf8CodeUnitCount)
      while slots[at].member != nil { at = (at + 1) & (NameTable.size - 1) }
      slots[at] = Slot(name: name, member: member)
    }
  }

  deinit {
    slots.deinitialize(count: NameTable.size)
    slots.deallocate()
  }

  /// The first, the middle and the last byte and the length tell nearly all of our names apart.
  @inline(__always)
  private static func hash(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard count > 0 else { return 0 }
    let mixed =
      UInt32(start[0]) | UInt32(start[count >> 1]) << 8 | UInt32(start[count - 1]) << 16
      | UInt32(truncatingIfNeeded: count) << 24
    return Int((mixed &* 0x9E37_79B1) >> 24)
  }

  @inline(__always)
  subscript(name: ByteView) -> Member? {
    var at = NameTable.hash(name.start, name.count)
    while let member = slots[at].member {
      if name == slots[at].name { return member }
      at = (at + 1) & (NameTable.size - 1)
    }
    return nil
  }
}
