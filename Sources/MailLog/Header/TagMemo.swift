// Hosts and tags as the lines before had them. A log has a handful, and taking them apart was a third of what reading
// a line cost.

import Bytes

/// The last few beginnings `host tag[` and what they were taken apart into: the same as reading those bytes again, so
/// that copies may share them. For one thread at a time.
struct TagMemo {
  /// A beginning's parts, in bytes from where the host starts.
  struct Parts {
    /// Up to and with the bracket.
    var length: UInt8 = 0
    var hostLength: UInt8 = 0
    var tagStart: UInt8 = 0
    /// Within the tag; -1 without one.
    var firstSlash: Int8 = -1
    var lastSlash: Int8 = -1
    var program = Program.other
    /// The last eight bytes, which tell most tags apart, and the whole words from the start.
    fileprivate var last: UInt64 = 0
    fileprivate var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  }

  /// Bytes of the longest beginning that is kept.
  static let longest = 39
  private static let places = 8

  private struct Memory {
    var used = 0
    var next = 0
    // Plain memory: looking something up in an array that is a part of the reader copied it.
    let known: UnsafeMutablePointer<Parts>
  }

  /// Frees the memory with the last copy.
  private final class Owner {
    let memory: UnsafeMutablePointer<Memory>

    init() {
      let known = UnsafeMutablePointer<Parts>.allocate(capacity: TagMemo.places)
      known.initialize(repeating: Parts(), count: TagMemo.places)
      memory = UnsafeMutablePointer<Memory>.allocate(capacity: 1)
      memory.initialize(to: Memory(known: known))
    }

    deinit {
      memory.pointee.known.deallocate()
      memory.deallocate()
    }
  }

  private let owner: Owner
  /// The owner's, so that a look counts no references.
  private let memory: UnsafeMutablePointer<Memory>

  init() {
    owner = Owner()
    memory = owner.memory
  }

  /// What the `count` bytes at `start` begin with, if that is known; valid until the next call of `keep`.
  @inline(__always)
  func find(_ start: UnsafePointer<UInt8>, _ count: Int) -> UnsafePointer<Parts>? {
    for index in 0..<memory.pointee.used {
      let parts = memory.pointee.known + index
      let length = Int(parts.pointee.length)
      guard length <= count, WordScan.load(start, length &- 8) == parts.pointee.last,
        WordScan.load(start, 0) == parts.pointee.words.0,
        length < 16 || WordScan.load(start, 8) == parts.pointee.words.1,
        length < 24 || WordScan.load(start, 16) == parts.pointee.words.2,
        length < 32 || WordScan.load(start, 24) == parts.pointee.words.3
      else { continue }
      return UnsafePointer(parts)
    }
    return nil
  }

  /// Keeps the parts of what stands at `start`, where no `<` stands, for the lines that follow; what is short or long
  /// is not kept.
  func keep(
    _ start: UnsafePointer<UInt8>, host: ByteView, tag: ByteView, firstSlash: Int, lastSlash: Int, _ program: Program
  ) {
    let length = tag.start + tag.count + 1 - start
    guard (8...TagMemo.longest).contains(length) else { return }
    func word(_ index: Int) -> UInt64 { length >= index * 8 + 8 ? WordScan.load(start, index * 8) : 0 }
    let next = memory.pointee.next
    memory.pointee.known[next] = Parts(
      length: UInt8(length), hostLength: UInt8(host.count), tagStart: UInt8(tag.start - start),
      firstSlash: Int8(firstSlash), lastSlash: Int8(lastSlash), program: program,
      last: WordScan.load(start, length - 8), words: (word(0), word(1), word(2), word(3)))
    memory.pointee.used = max(memory.pointee.used, next + 1)
    memory.pointee.next = (next + 1) % TagMemo.places
  }
}
