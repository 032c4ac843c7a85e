// The lines that most of a log is made of, packed for the joining thread: what another core wrote is slow to come by,
// so that little is handed over, in one run of bytes, which the processor fetches ahead.
//
// A packed line is a head, the part of its kind, and texts one behind the other, whose lengths the part has.

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
    /// Of the syslog name, the first text, where it is another than that of the packed line before.
    var instance = PackedLine.absent
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

  /// A client, a sender, a Message-ID, a removal.
  struct Message {
    var queueID: UInt16 = 0
    /// Sender or Message-ID, client's host.
    var first = PackedLine.absent
    /// Client's address.
    var second = PackedLine.absent
    var user = PackedLine.absent
    var originalQueueID = PackedLine.absent
    var isDeleted = false
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
    var queueID: UInt16 = 0
    var service: UInt16 = 0
    var recipient: UInt16 = 0
    var originalRecipient = PackedLine.absent
    var relayHost = PackedLine.absent
    var relayAddress: UInt16 = 0
    var delays = PackedLine.absent
    var reply: UInt16 = 0
    var queuedAs = PackedLine.absent
    var delayDigits: UInt8 = 0
    var outcome = DeliveryRecord.Outcome.sent
    var speaker = DeliveryRecord.Account.Speaker.remote
    var stage: Stage?
    var hop = Hop.external
    /// The verdict's, if there is one.
    var cause: Cause?
    var scope: Scope?
    var origin = Origin.remote
  }

  /// The length of a text that is not there.
  static var absent: UInt16 { .max }
  /// Bytes that a packed line takes up beside its texts at most.
  static var roomWithoutTexts: Int { (MemoryLayout<Head>.stride + MemoryLayout<Delivery>.stride + 15) & ~7 }
}

/// Writes one packed line. Whoever makes one sees to the room.
struct PackedLineWriter {
  private let start: UnsafeMutableRawPointer
  private let part: UnsafeMutableRawPointer
  private var end: UnsafeMutableRawPointer

  /// - Parameter partSize: bytes of the kind's part.
  @inline(__always)
  init(_ start: UnsafeMutableRawPointer, partSize: Int) {
    self.start = start
    part = start + MemoryLayout<PackedLine.Head>.stride
    end = part + partSize
  }

  /// Appends a text and returns its length, which is under `PackedLine.absent`.
  @inline(__always)
  mutating func text(_ view: ByteView) -> UInt16 {
    _ = copy(view)
    return UInt16(truncatingIfNeeded: view.count)
  }

  @inline(__always)
  mutating func text(_ view: ByteView?) -> UInt16 {
    guard let view else { return PackedLine.absent }
    return text(view)
  }

  /// Writes the part and the head, and returns the size of all.
  @inline(__always)
  func finish<Part>(_ head: PackedLine.Head, _ value: Part) -> Int {
    part.assumingMemoryBound(to: Part.self).initialize(to: value)
    let size = (end - start + 7) & ~7
    let place = start.assumingMemoryBound(to: PackedLine.Head.self)
    place.initialize(to: head)
    place.pointee.size = Int32(truncatingIfNeeded: size)
    return size
  }

  /// Appends `view`, of any length, and returns the copy.
  @inline(__always)
  mutating func copy(_ view: ByteView) -> ByteView {
    let place = end.assumingMemoryBound(to: UInt8.self)
    view.copy(to: place)
    end += view.count
    return ByteView(UnsafePointer(place), count: view.count)
  }
}

/// Reads the packed line at a place.
struct PackedLineReader {
  private let start: UnsafeRawPointer
  private var at: UnsafeRawPointer

  @inline(__always)
  init(_ start: UnsafeRawPointer) {
    self.start = start
    at = start + MemoryLayout<PackedLine.Head>.stride
  }

  @inline(__always)
  var head: UnsafePointer<PackedLine.Head> { start.assumingMemoryBound(to: PackedLine.Head.self) }

  /// The part; texts follow, to be asked for in the order in which they were written.
  @inline(__always)
  mutating func part<Part>(_ type: Part.Type) -> Part {
    defer { at += MemoryLayout<Part>.stride }
    return at.assumingMemoryBound(to: Part.self).pointee
  }

  @inline(__always)
  mutating func text(_ length: UInt16) -> ByteView {
    let view = ByteView(at.assumingMemoryBound(to: UInt8.self), count: Int(length))
    at += Int(length)
    return view
  }

  @inline(__always)
  mutating func optionalText(_ length: UInt16) -> ByteView? { length == PackedLine.absent ? nil : text(length) }
}
