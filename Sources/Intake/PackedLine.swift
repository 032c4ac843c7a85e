// The lines that most of a log is made of, packed for the joining thread: what another core wrote is slow to come by,
// so that little is handed over, in one run of bytes, which the processor fetches ahead.
//
// A packed line is a head, the part of its kind, and the stretch of the line that its texts stand in, copied at once: the
// part says where in it each stands.

import Bytes
import Classification
import Glibc
import MailLog
import SMTPTypes

/// What a packed line is made of.
enum PackedLine {
  enum Kind: UInt8 {
    /// Lines that only count; `Run` follows.
    case run
    /// Not packed; `Whole` follows.
    case whole
    case delivery
    case queueActive
    case removed
    case client
    case messageID
    case trouble
  }

  struct Head {
    /// The line's, or the first of a run; microseconds, and real digits of the second's fraction.
    var time: Int64 = 0
    /// Where the line starts in its file.
    var offset = 0
    /// Bytes from this head to the next one.
    var size: Int32 = 0
    /// The place of the line in the block, from 0.
    var number: UInt16 = 0
    /// Lines that only count right before it, of its host and its very time, and the place of the first.
    var runLength: UInt16 = 0
    var runStart: UInt16 = 0
    var fractionDigits: UInt8 = 0
    var kind = Kind.run
    /// It names the same host as the last line of this block before it that was read and is not foreign.
    var isOfSameHost = true
  }

  /// Of a run, its latest time.
  struct Run {
    var latest: Int64 = 0
  }

  /// Of a line that is not packed, its number in the block's list, and what the joiner has to do about it.
  struct Whole {
    var line: Int32 = 0
    var reading = LineAssessor.Reading.headed
    var weight = AssessedLine.Weight.full
  }

  /// Where a text stands in the stretch, if it is there: 16 bits are enough for both, and all of them set is no place.
  struct Text {
    /// The offset, and the count above it: one number is kept more easily than two.
    private var bits: UInt32

    @inline(__always)
    init() { bits = .max }

    @inline(__always)
    init(start: UInt, count: UInt) {
      bits = UInt32(truncatingIfNeeded: start & 0xFFFF | count << 16)
    }

    @inline(__always)
    var start: Int { Int(bits & 0xFFFF) }

    @inline(__always)
    var count: Int { Int(bits >> 16) }

    @inline(__always)
    var isPresent: Bool { bits != .max }
  }

  /// A client, a sender, a Message-ID, a removal.
  struct Message {
    var instance = Text()
    var queueID = Text()
    /// Sender or Message-ID, client's host.
    var first = Text()
    /// Client's address.
    var second = Text()
    var user = Text()
    var originalQueueID = Text()
    /// A removal's.
    var reason = RemovalRecord.Reason.finished
  }

  /// Trouble that is counted by its kind.
  struct Trouble {
    var kind = TroubleRecord.Kind.connection
  }

  struct Delivery {
    var delay = Double.nan
    /// The provider's name, which lives as long as the assessor.
    var provider = ByteView.empty
    var numbers = NameNumbers()
    var rule: Int32 = 0
    var retryAfter: Int32 = 0
    var status: EnhancedStatusCode?
    var replyEnhanced: EnhancedStatusCode?
    var replyCode: ReplyCode?
    var relayPort: UInt16?
    var instance = Text()
    var queueID = Text()
    var service = Text()
    var recipient = Text()
    var originalRecipient = Text()
    var relayHost = Text()
    var relayAddress = Text()
    var delays = Text()
    var reply = Text()
    var queuedAs = Text()
    var delayDigits: UInt8 = 0
    var outcome = DeliveryRecord.Outcome.sent
    var speaker = DeliveryRecord.Account.Speaker.remote
    var stage: Stage?
    var hop = Hop.external
    /// The verdict's, if there is one.
    var cause: Cause?
    var scope: Scope?
    var origin = Origin.remote
    var hasPlainDelays = false
    var hasPlainRecipient = false
    var domainLength: Int32 = -1
  }

  /// Bytes that a packed line takes up beside its texts at most.
  static var roomWithoutTexts: Int { (MemoryLayout<Head>.stride + MemoryLayout<Delivery>.stride + 15) & ~7 }

  /// Begins a line's part where it will stand.
  @inline(__always)
  static func part<Part>(at place: UnsafeMutableRawPointer, _ part: Part) -> UnsafeMutablePointer<Part> {
    let typed = (place + MemoryLayout<Head>.stride).assumingMemoryBound(to: Part.self)
    typed.initialize(to: part)
    return typed
  }

  /// Writes a packed line with the stretch `texts` at `place`, and returns its size, and where the stretch is now.
  @inline(__always)
  static func write<Part>(
    _ texts: ByteView, _ head: Head, _ part: Part, at place: UnsafeMutableRawPointer
  ) -> (size: Int, texts: ByteView) {
    write(texts, head, behind: PackedLine.part(at: place, part), at: place)
  }

  /// The same behind a part that was begun there.
  @inline(__always)
  static func write<Part>(
    _ texts: ByteView, _ head: Head, behind part: UnsafeMutablePointer<Part>, at place: UnsafeMutableRawPointer
  ) -> (size: Int, texts: ByteView) {
    let target = UnsafeMutableRawPointer(part + 1).assumingMemoryBound(to: UInt8.self)
    memcpy(target, texts.start, texts.count)
    let size = (UnsafeMutableRawPointer(target) + texts.count - place + 7) & ~7
    let written = place.assumingMemoryBound(to: Head.self)
    written.initialize(to: head)
    written.pointee.size = Int32(truncatingIfNeeded: size)
    return (size, ByteView(UnsafePointer(target), count: texts.count))
  }
}

/// The stretch of a line that texts stand in.
struct PackedStretch {
  // Addresses rather than offsets: what is looked at for each text is a comparison or two.
  /// Of the first text.
  private let start: UInt
  /// Bytes from there to the end of the line, and to the end of the last text so far.
  private let limit: UInt
  private var end: UInt = 0
  /// False if a text does not stand in the line behind the first one: then it can't be packed.
  private(set) var isWhole = true

  /// - Parameter first: of the texts that follow, the one that comes first in `line`, which has at most
  ///   `PackedLine.longestLine` bytes.
  @inline(__always)
  init(_ line: ByteView, first: ByteView) {
    let lineStart = UInt(bitPattern: line.start)
    let length = UInt(bitPattern: line.count)
    let offset = min(UInt(bitPattern: first.start) &- lineStart, length)
    start = lineStart &+ offset
    limit = length &- offset
  }

  @inline(__always)
  mutating func text(_ view: ByteView) -> PackedLine.Text {
    let at = UInt(bitPattern: view.start) &- start
    let count = UInt(bitPattern: view.count)
    guard at <= limit, count <= limit &- at else {
      // Nothing is nothing wherever it stands.
      if count > 0 { isWhole = false }
      return PackedLine.Text(start: 0, count: 0)
    }
    end = max(end, at &+ count)
    return PackedLine.Text(start: at, count: count)
  }

  @inline(__always)
  mutating func text(_ view: ByteView?) -> PackedLine.Text {
    guard let view else { return PackedLine.Text() }
    return text(view)
  }

  /// Writes the rest of a packed line at `place`, where its part is, and returns its size; nil if it can't be packed.
  @inline(__always)
  func write<Part>(
    _ head: PackedLine.Head, behind part: UnsafeMutablePointer<Part>, at place: UnsafeMutableRawPointer
  ) -> Int? {
    guard isWhole, let texts = UnsafePointer<UInt8>(bitPattern: start) else { return nil }
    return PackedLine.write(ByteView(texts, count: Int(bitPattern: end)), head, behind: part, at: place).size
  }
}

/// Reads the packed line at a place.
struct PackedLineReader {
  private let start: UnsafeRawPointer

  @inline(__always)
  init(_ start: UnsafeRawPointer) { self.start = start }

  @inline(__always)
  var head: UnsafePointer<PackedLine.Head> { start.assumingMemoryBound(to: PackedLine.Head.self) }

  /// The part, and what its texts stand in.
  @inline(__always)
  func part<Part>(_ type: Part.Type) -> (part: UnsafePointer<Part>, texts: Texts) {
    let place = start + MemoryLayout<PackedLine.Head>.stride
    return (
      place.assumingMemoryBound(to: Part.self),
      Texts(start: (place + MemoryLayout<Part>.stride).assumingMemoryBound(to: UInt8.self))
    )
  }

  struct Texts {
    fileprivate let start: UnsafePointer<UInt8>

    @inline(__always)
    subscript(text: PackedLine.Text) -> ByteView { ByteView(start + text.start, count: text.count) }

    @inline(__always)
    subscript(optional text: PackedLine.Text) -> ByteView? { text.isPresent ? self[text] : nil }
  }
}
