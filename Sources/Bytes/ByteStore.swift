/// Immutable byte strings that live as long as the store, reachable as views without a copy: names of rules,
/// providers and the like, handed to hot paths.
public final class ByteStore: Sendable {
  // Sendable: the memory is written in `init` alone and freed in `deinit` alone.
  private nonisolated(unsafe) let memory: UnsafeMutablePointer<UInt8>
  /// The strings, valid while the store is.
  public nonisolated(unsafe) let views: UnsafeBufferPointer<ByteView>

  public init(_ strings: [String]) {
    let total = strings.reduce(0) { $0 + $1.utf8.count }
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(total, 1))
    let views = UnsafeMutableBufferPointer<ByteView>.allocate(capacity: strings.count)
    var end = 0
    for (index, string) in strings.enumerated() {
      let start = end
      for byte in string.utf8 {
        memory[end] = byte
        end += 1
      }
      views.initializeElement(at: index, to: ByteView(UnsafePointer(memory + start), count: end - start))
    }
    self.views = UnsafeBufferPointer(views)
  }

  deinit {
    memory.deallocate()
    views.deallocate()
  }

  public var count: Int { views.count }

  /// The string at `index`, valid while the store is; traps outside of `0..<count`.
  public subscript(index: Int) -> ByteView {
    precondition(index >= 0 && index < views.count)
    return views[index]
  }
}
