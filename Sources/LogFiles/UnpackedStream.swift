// A compressed stream of bytes as the bytes it holds.
//
// Promises: any number of members, frames or streams one after another; memory bounded by a block and the format's
// window, nothing on disk; damage is told with the place in the compressed file, what came before it is handed over,
// and reading goes on with the next member that begins behind it. Leaves to others: lines.

public import Bytes
import Glibc

/// Where a compressed file is damaged.
public struct StreamDamage: Equatable, Sendable {
  /// Bytes of the compressed file before the place.
  public var offset: Int
  public var reason: String
  /// Bytes that were unpacked before it and are right: what came before the damaged member, whose checksum would
  /// only come at its end; all of them where the file is just cut short.
  public var trusted: Int
  /// False if the file may be sound, and asks for more than a reader gives it.
  public var isDamage = true
}

/// Unpacks one stream. Not for use by several threads at once.
public final class UnpackedStream: ByteStream {
  private enum State {
    /// At the beginning of a member, or at the end.
    case between
    case within
    /// Behind a damaged place.
    case searching
    case ended
  }

  public let compression: Compression
  /// What was wrong, in the order of the file; the first `damageLimit` of it.
  public private(set) var damages: [StreamDamage] = []
  /// Bytes of the compressed file that were used.
  public private(set) var consumed = 0
  /// Bytes that were handed over.
  public private(set) var produced = 0

  public static let damageLimit = 100

  /// Bytes of memory that unpacking holds, as far as the libraries say.
  var heldBytes: Int { block.count + (unpacker?.heldBytes ?? 0) }

  private let source: any ByteStream
  private var unpacker: (any Unpacker)?
  private var state = State.between
  private let block: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var sourceEnded = false
  private var members = 0
  /// Where the present member begins in the compressed file.
  private var memberStart = 0
  /// Bytes that were unpacked before the present member.
  private var memberBegin = 0
  /// Bytes before a damaged place in which the next member is searched too: a decoder that is led astray may run into
  /// it before it notices.
  private static let stepBack = 4096
  /// A newline has to come before what is unpacked next, so that two halves of different lines don't become one.
  private var owesNewline = false
  private var failure = 0

  public init(_ source: any ByteStream, _ compression: Compression) {
    self.source = source
    self.compression = compression
    block = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 * 1024, alignment: 4096)
  }

  deinit { block.deallocate() }

  public func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
    while true {
      switch state {
      case .ended: return failure
      case .between: begin()
      case .searching: search()
      case .within:
        if owesNewline {
          owesNewline = false
          memory.storeBytes(of: 0x0A, as: UInt8.self)
          produced += 1
          return 1
        }
        let made = unpack(UnsafeMutableRawBufferPointer(start: memory, count: count))
        produced += made
        if made > 0 { return made }
      }
    }
  }

  // MARK: Input

  private var input: ByteView { ByteView(UnsafeRawBufferPointer(rebasing: block[start..<end])) }

  /// Has `count` bytes at hand, or all there are.
  private func want(_ count: Int) {
    while end - start < count, !sourceEnded {
      guard let base = block.baseAddress else { return }
      if start > 0 {
        memmove(base, base + start, end - start)
        end -= start
        start = 0
      }
      let received = source.read(into: base + end, count: block.count - end)
      if received <= 0 {
        sourceEnded = true
        failure = received
      } else {
        end += received
      }
    }
  }

  private func use(_ count: Int) {
    start += count
    consumed += count
  }

  // MARK: Members

  private func begin() {
    want(Compression.lookahead)
    // Tapes and the xz format pad with zeros.
    while members > 0, input.at(0) == 0 {
      use(1)
      want(Compression.lookahead)
    }
    if input.isEmpty {
      state = .ended
      return
    }
    guard compression.begins(input) else {
      note(members == 0 ? "not a \(compression.rawValue) file" : "what follows is not \(compression.rawValue)")
      state = .searching
      return
    }
    do throws(UnpackError) {
      if unpacker == nil { unpacker = try compression.unpacker() }
      try unpacker?.begin()
      members += 1
      memberStart = consumed
      memberBegin = produced
      state = .within
    } catch {
      note(error.reason, isDamage: error.isDamage)
      state = .ended
    }
  }

  /// Fills `output` from the member; 0 bytes if it ended or is damaged.
  private func unpack(_ output: UnsafeMutableRawBufferPointer) -> Int {
    guard let unpacker else {
      state = .ended
      return 0
    }
    var made = 0
    while made < output.count, state == .within {
      want(1)
      do throws(UnpackError) {
        let step = try unpacker.step(
          UnsafeRawBufferPointer(rebasing: block[start..<end]), UnsafeMutableRawBufferPointer(rebasing: output[made...]))
        use(step.consumed)
        made += step.produced
        if step.isEnd {
          state = .between
        } else if step.consumed == 0, step.produced == 0 {
          if start < end {
            note("it can't be unpacked", trusted: memberBegin)
            state = .searching
          } else {
            if failure == 0 { note("the file ends in the middle", trusted: produced + made) }
            state = .ended
          }
        }
      } catch {
        use(error.consumed)
        made += error.produced
        note(error.reason, trusted: memberBegin, isDamage: error.isDamage)
        // The mark of the member that is damaged lies behind.
        state = .searching
      }
    }
    return made
  }

  /// Goes on to the next member that begins behind what is damaged.
  private func search() {
    owesNewline = produced > 0
    // Never back to the member that failed.
    let back = min(start, consumed - memberStart - 1, UnpackedStream.stepBack)
    if members > 0, back > 0 {
      start -= back
      consumed -= back
    } else {
      use(min(1, end - start))
    }
    while true {
      want(Compression.lookahead)
      let view = input
      let last = view.count - Compression.lookahead
      var at = 0
      while at <= last, !compression.begins(view.from(at)) { at += 1 }
      if at <= last {
        use(at)
        state = .between
        return
      }
      guard sourceEnded else {
        use(at)
        continue
      }
      use(view.count)
      owesNewline = false
      state = .ended
      return
    }
  }

  private func note(_ reason: String, trusted: Int? = nil, isDamage: Bool = true) {
    guard damages.count < UnpackedStream.damageLimit else { return }
    damages.append(
      StreamDamage(offset: consumed, reason: reason, trusted: trusted ?? produced, isDamage: isDamage))
  }
}
