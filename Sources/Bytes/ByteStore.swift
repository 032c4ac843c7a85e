/// Immutable byte strings that live as long as the store, reachable as views without a copy: names of rules,
/// providers and the like, handed to hot paths.
public final class ByteStore: Sendable {
  // Sendable: the memory is written in `init` alone and freed in `deinit` alone.
  private nonisolated(unsafe) let memory: UnsafeMutablePointer<UInt8>
  private let ends: [Int]

  public init(_ strings: [String]) {
    let total = strings.reduce(0) { $0 + $1.utf8.count }
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(total, 1))
    var ends: [Int] = []
    var end = 0
    for string in strings {
      for byte in string.utf8 {
        memory[end] = byte
        end += 1
      }
      ends.append(end)
    }
    self.ends = ends
  }

  deinit { memory.deallocate() }

  public var count: Int { ends.count }

  /// The string at `index`, valid while the store is.
  public subscript(index: Int) -> ByteView {
    let start = index == 0 ? 0 : ends[index - 1]
    return ByteView(UnsafePointer(memory + start), count: ends[index] - start)
  }
}
