// Reads a file descriptor or another stream line by line in large blocks.

import Glibc

/// Lines of a stream of bytes, read in blocks of 128 KiB, which stay in a core's cache until they are looked at.
///
/// The destination of each read stays page-aligned, because `read(2)` to a page offset of 16 is several times slower
/// on common processors; the torn line at a block's end is carried to just before the block. A line longer than
/// `maximumLineLength` is handed over cut, once, and the rest of it is passed over.
public struct LineReader: ~Copyable {
  /// A line without its newline, and where it stands.
  public struct Line {
    public let bytes: ByteView
    /// Offset of the line's first byte in what was read from this reader.
    public let offset: Int
    /// False for the last bytes of a file that does not end in a newline.
    public let isTerminated: Bool

    /// Offset of what follows the line and its newline.
    public var end: Int { offset + bytes.count + (isTerminated ? 1 : 0) }

    /// The line as it stands behind zeros: a writer that does not append leaves them where a file was cut under it
    /// (copytruncate).
    public var withoutLeadingZeros: Line {
      let zeros = bytes.leadingZeros
      return Line(bytes: bytes.from(zeros), offset: offset + zeros, isTerminated: isTerminated)
    }

    /// Of `wholeLines`: as many lines, separated by newlines and without the last one's.
    public var separated: Line { Line(bytes: bytes.prefix(bytes.count - 1), offset: offset, isTerminated: true) }
  }

  public static var blockSize: Int { 128 * 1024 }

  private let stream: any ByteStream
  private let memory: UnsafeMutableRawPointer
  private let room: Int
  private let passesZeros: Bool
  private var cursor: UnsafeMutablePointer<UInt8>
  private var end: UnsafeMutablePointer<UInt8>
  private var consumed: Int
  private var skipping = false
  private var atEnd = false
  /// The errno of a failed read; 0 if none failed.
  public private(set) var failure: Int32 = 0

  /// - Parameters:
  ///   - descriptor: open for reading; stays the caller's.
  ///   - offset: what to count as the first byte's offset.
  ///   - maximumLineLength: bytes, at least 1; memory is bounded by it.
  ///   - passesZeros: true to begin a line that is longer than that behind the zeros in front of it.
  public init(
    descriptor: Int32, offset: Int = 0, maximumLineLength: Int = 256 * 1024, passesZeros: Bool = false
  ) {
    self.init(
      DescriptorStream(descriptor: descriptor), offset: offset, maximumLineLength: maximumLineLength,
      passesZeros: passesZeros)
  }

  /// - Parameter stream: read from where it stands.
  public init(
    _ stream: any ByteStream, offset: Int = 0, maximumLineLength: Int = 256 * 1024, passesZeros: Bool = false
  ) {
    self.stream = stream
    self.passesZeros = passesZeros
    room = (max(maximumLineLength, 1) + 4095) / 4096 * 4096
    memory = UnsafeMutableRawPointer.allocate(byteCount: room + LineReader.blockSize, alignment: 4096)
    cursor = (memory + room).assumingMemoryBound(to: UInt8.self)
    end = cursor
    consumed = offset
  }

  deinit { memory.deallocate() }

  /// The next line, or nil at the end of the file or after a failure. The view is valid until the next call.
  public mutating func next() -> Line? {
    while true {
      let available = end - cursor
      if available > 0, let newline = memchr(cursor, 0x0A, available) {
        let length = newline - UnsafeMutableRawPointer(cursor)
        let line = Line(bytes: ByteView(UnsafePointer(cursor), count: length), offset: consumed, isTerminated: true)
        cursor += length + 1
        consumed += length + 1
        if skipping {
          skipping = false
          continue
        }
        return line
      }
      if atEnd {
        guard available > 0 else { return nil }
        let line = Line(bytes: ByteView(UnsafePointer(cursor), count: available), offset: consumed, isTerminated: false)
        cursor = end
        consumed += available
        if skipping { return nil }
        return line
      }
      if available >= room {
        if passesZeros, cursor.pointee == 0 {
          let zeros = ByteView(UnsafePointer(cursor), count: available).leadingZeros
          cursor += zeros
          consumed += zeros
          continue
        }
        let line = Line(bytes: ByteView(UnsafePointer(cursor), count: room), offset: consumed, isTerminated: true)
        // Copied away only by the next fill, which the caller triggers by asking on.
        consumed += available
        cursor = end
        if skipping { continue }
        skipping = true
        return line
      }
      fill()
    }
  }

  /// Whole lines, at least one, each with its newline, of those that are at hand and end at or before offset `limit`; nil
  /// if there are none, and `next` tells what comes. The view is valid until the next call.
  public mutating func wholeLines(before limit: Int) -> Line? {
    if skipping { return nil }
    if !atEnd, end - cursor < room, memchr(cursor, 0x0A, end - cursor) == nil { fill() }
    let available = min(end - cursor, limit - consumed)
    guard available > 0, let newline = ByteView(UnsafePointer(cursor), count: available).lastIndex(of: 0x0A) else {
      return nil
    }
    let lines = Line(bytes: ByteView(UnsafePointer(cursor), count: newline + 1), offset: consumed, isTerminated: true)
    cursor += newline + 1
    consumed += newline + 1
    return lines
  }

  private mutating func fill() {
    let carried = end - cursor
    let block = (memory + room).assumingMemoryBound(to: UInt8.self)
    if carried > 0 { memmove(block - carried, cursor, carried) }
    cursor = block - carried
    var received = stream.read(into: block, count: LineReader.blockSize)
    if received <= 0 {
      if received < 0 { failure = Int32(-received) }
      atEnd = true
      received = 0
    }
    end = block + received
  }
}
