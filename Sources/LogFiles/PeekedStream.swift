public import Bytes
import Glibc

/// A stream whose beginning can be looked at before it is read.
public final class PeekedStream: ByteStream {
  private let source: any ByteStream
  private var ahead = ByteBuffer(capacity: 4096)
  private var used = 0
  private var ending: Int?

  public init(_ source: any ByteStream) { self.source = source }

  /// What was looked at; valid until the next call.
  public var beginning: ByteView { ahead.view }

  /// Reads ahead once, at most `count` bytes; false at the end. Not after `read`.
  public func peek(_ count: Int) -> Bool {
    guard ending == nil, count > 0 else { return false }
    return withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { block in
      guard let base = block.baseAddress else { return false }
      let received = source.read(into: base, count: count)
      guard received > 0 else {
        ending = received
        return false
      }
      ahead.append(ByteView(UnsafeRawBufferPointer(start: base, count: received)))
      return true
    }
  }

  public func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
    let rest = ahead.view.from(used)
    if !rest.isEmpty {
      let amount = min(count, rest.count)
      memcpy(memory, rest.start, amount)
      used += amount
      return amount
    }
    return ending ?? source.read(into: memory, count: count)
  }
}

/// A stream that tells how many bytes it gives.
public final class MeteredStream: ByteStream {
  private let source: any ByteStream
  private let note: (Int) -> Void

  public init(_ source: any ByteStream, _ note: @escaping (Int) -> Void) {
    self.source = source
    self.note = note
  }

  public func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
    let received = source.read(into: memory, count: count)
    if received > 0 { note(received) }
    return received
  }
}
