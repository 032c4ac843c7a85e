// Lines that one after another are written to a journal begin alike: between its time and its cause a line names a type,
// a source, a host, a program and a direction, which most lines of a type share to the byte, and several are of one
// second. What was written last is copied where it would be written again.

import Bytes
import Glibc
import SMTPTypes

/// What whoever writes many lines keeps of the last of each type, for `EventEncoder.append(_:more:to:memory:)`. Some
/// 10 KiB. For one thread at a time.
public struct EncoderMemory: ~Copyable {
  let state: UnsafeMutablePointer<State>

  public init() {
    state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(to: State())
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  struct State: ~Copyable {
    /// By type.
    private let heads: UnsafeMutablePointer<Head>
    /// Of each type its head, and behind `textLimit` the names in it.
    private let texts: UnsafeMutablePointer<UInt8>
    private let time = Written()
    private let arrival = Written()

    private static var textLimit: Int { 384 }
    private static var nameLimit: Int { 256 }
    private static var room: Int { textLimit + nameLimit }

    init() {
      let types = EventType.allCases.count
      heads = UnsafeMutablePointer<Head>.allocate(capacity: types)
      heads.initialize(repeating: Head(), count: types)
      texts = UnsafeMutablePointer<UInt8>.allocate(capacity: types * State.room)
    }

    deinit {
      heads.deallocate()
      texts.deallocate()
    }

    /// Writes what stands between an event's time and its cause.
    @inline(__always)
    func head(_ event: borrowing Event, _ start: LineWriter) -> LineWriter {
      var line = start
      let place = Int(event.type.rawValue)
      if holds(event, place),
        line.copy(ByteView(UnsafePointer(texts + place * State.room), count: Int(heads[place].length)))
      {
        return line
      }
      line = EventEncoder.head(event, line)
      if line.isPlain, line.isWhole {
        keep(event, place, ByteView(UnsafePointer(start.end), count: line.end - start.end))
      }
      return line
    }

    @inline(__always)
    private func holds(_ event: borrowing Event, _ place: Int) -> Bool {
      let head = heads + place
      guard head.pointee.length > 0, head.pointee.source == event.source, head.pointee.direction == event.direction,
        head.pointee.hop == event.hop
      else { return false }
      var name = UnsafePointer(texts + (place * State.room + State.textLimit))
      return State.isSame(event.service, head.pointee.service, &name)
        && State.isSame(event.host, head.pointee.host, &name)
        && State.isSame(event.instance, head.pointee.instance, &name)
    }

    /// True if `text` is that of `length` at `place`, which moves behind it.
    @inline(__always)
    private static func isSame(_ text: ByteView?, _ length: Int16, _ place: inout UnsafePointer<UInt8>) -> Bool {
      guard let text else { return length < 0 }
      guard text.count == Int(length), ByteView(place, count: text.count) == text else { return false }
      place += text.count
      return true
    }

    /// Keeps the head `written` of an event whose texts it holds as they are.
    @inline(never)
    private func keep(_ event: borrowing Event, _ place: Int, _ written: ByteView) {
      heads[place].length = 0
      let names = (event.service?.count ?? 0) + (event.host?.count ?? 0) + (event.instance?.count ?? 0)
      guard written.count <= State.textLimit, names <= State.nameLimit else { return }
      var name = texts + (place * State.room + State.textLimit)
      func kept(_ text: ByteView?) -> Int16 {
        guard let text else { return -1 }
        text.copy(to: name)
        name += text.count
        return Int16(text.count)
      }
      heads[place] = Head(
        length: Int16(written.count), service: kept(event.service), host: kept(event.host),
        instance: kept(event.instance), source: event.source, direction: event.direction, hop: event.hop)
      written.copy(to: texts + place * State.room)
    }

    @inline(__always)
    func time(_ value: Timestamp, _ line: LineWriter) -> LineWriter { time.write(value, line) }

    @inline(__always)
    func arrival(_ value: Timestamp, _ line: LineWriter) -> LineWriter { arrival.write(value, line) }
  }

  /// Of the last event of a type. Lengths are -1 for what it did not have.
  private struct Head {
    var length: Int16 = 0
    var service: Int16 = -1
    var host: Int16 = -1
    var instance: Int16 = -1
    var source: Source?
    var direction: Direction?
    var hop: Hop?
  }

  /// A time as it was written last.
  private struct Written: ~Copyable {
    private struct Memory {
      var value: Timestamp?
      var length = 0
    }

    private let memory: UnsafeMutablePointer<Memory>
    private let text: UnsafeMutablePointer<UInt8>

    init() {
      memory = UnsafeMutablePointer<Memory>.allocate(capacity: 1)
      memory.initialize(to: Memory())
      text = UnsafeMutablePointer<UInt8>.allocate(capacity: Timestamp.longestRFC3339)
    }

    deinit {
      memory.deallocate()
      text.deallocate()
    }

    @inline(__always)
    func write(_ value: Timestamp, _ start: LineWriter) -> LineWriter {
      var line = start
      if let last = memory.pointee.value, last.microseconds == value.microseconds,
        last.fractionDigits == value.fractionDigits
      {
        line.append(ByteView(UnsafePointer(text), count: memory.pointee.length))
        return line
      }
      line.time(value)
      memory.pointee = Memory(value: value, length: line.end - start.end)
      memcpy(text, start.end, memory.pointee.length)
      return line
    }
  }
}
