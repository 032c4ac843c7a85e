// Reads messages that may be delivery reports: a push parser from bytes to one DeliveryReport a message.
//
// It promises: the same answer however the bytes were cut into chunks; time proportional to the bytes; memory
// bounded by `ReportLimits`; never a trap, whatever the bytes. It leaves to others: where the bytes come from, whose
// message was meant, what to think of it. The MIME walk is in ReportReader+Walk.swift, the delivery-status part in
// ReportReader+Status.swift, the verdict in ReportReader+Verdict.swift, notices in words in Notice….swift.

public import Bytes

/// A streaming reader of delivery reports (RFC 3464, RFC 6522, RFC 6533) and of the notices that are none. One
/// thread at a time; use one reader for many messages, so that its buffers are used again.
public struct ReportReader: ~Copyable {
  /// Where the next line belongs.
  enum Place {
    case topHeader, partHeader
    /// Before the first part of a multipart.
    case preamble
    case text, status, originalHeader, feedbackHeader
    /// Bytes that say nothing here: returned bodies, epilogues, other types.
    case skip
  }

  /// One open multipart; its boundary is `boundaries[start..<end]`.
  struct Level {
    var start: Int
    var end: Int
  }

  public let limits: ReportLimits
  var lines: LineSplitter
  var decodedLines: LineSplitter
  var decoder = TransferDecoder()
  var decoded = ByteBuffer(capacity: 512)

  var levels: [Level] = []
  var boundaries = ByteBuffer(capacity: 256)
  var partCount = 0
  /// A line in a preamble or a status part that looks like a boundary but is none that was announced.
  var stray = ByteBuffer(capacity: 128)
  var hasStray = false

  var place = Place.topHeader
  var isFirstLine = true
  /// The header field that is being unfolded; its name is the first `fieldName` bytes.
  var field = ByteBuffer(capacity: 1024)
  var fieldName = 0
  var hasField = false
  var fieldCount = 0
  var headerBytes = 0

  /// Of the part that is being read.
  var kind = PartKind.text
  var encoding = TransferEncoding.identity
  var boundary = ByteBuffer(capacity: 128)

  var envelope = Envelope()
  var report = DeliveryReport()
  var current: ReportedRecipient?
  var sawStatus = false
  var sawOriginal = false
  /// The returned message is itself a report, wrapped by a gateway; its boundary is in `boundary`.
  var isWrappedReport = false
  /// A delivery-status part asks the sender to make himself known.
  var isChallenge = false
  /// Decoded text of the parts before the returned message, lines ended by LF.
  var text = ByteBuffer(capacity: 4096)
  /// Lines were left out of it for want of room.
  var textWasCut = false
  var textIsHTML = false
  var textParts = 0

  public init(limits: ReportLimits = ReportLimits()) {
    self.limits = limits
    lines = LineSplitter(limit: limits.line)
    decodedLines = LineSplitter(limit: limits.line)
  }

  /// Takes the next bytes of a message, from its header's first byte on.
  public mutating func append(_ chunk: ByteView) {
    var cursor = 0
    while let line = lines.next(in: chunk, cursor: &cursor) { take(line) }
  }

  /// Takes one header field as a milter shows it, before any body; the value may be folded.
  public mutating func appendHeader(name: ByteView, value: ByteView) {
    append(name)
    append(ByteView(": "))
    append(value)
    append(ByteView("\r\n"))
  }

  /// Says that the message's envelope sender is the null one, where no Return-Path field says it (a milter sees the
  /// envelope, not the field). Notices in words are told by it among other signs.
  public mutating func noteNullSender() { envelope.isFromNullSender = true }

  /// Ends the message and starts the next one. What a truncated message had said so far counts.
  public mutating func finish() -> DeliveryReport {
    while let line = lines.last() { take(line) }
    endLeaf()
    if lines.wasCut || decodedLines.wasCut { report.exceeded.insert(.line) }
    conclude()
    let result = report
    reset()
    return result
  }

  /// Reads one whole message. O(bytes).
  public static func read(
    _ message: ByteView, isFromNullSender: Bool = false, limits: ReportLimits = ReportLimits()
  ) -> DeliveryReport {
    var reader = ReportReader(limits: limits)
    if isFromNullSender { reader.noteNullSender() }
    reader.append(message)
    return reader.finish()
  }

  /// Forgets what was appended since the last message.
  public mutating func reset() {
    lines.reset()
    decodedLines.reset()
    decoder.reset()
    levels.removeAll(keepingCapacity: true)
    boundaries.removeAll()
    partCount = 0
    hasStray = false
    place = .topHeader
    isFirstLine = true
    field.removeAll()
    fieldName = 0
    hasField = false
    fieldCount = 0
    headerBytes = 0
    kind = .text
    encoding = .identity
    boundary.removeAll()
    envelope = Envelope()
    report = DeliveryReport()
    current = nil
    sawStatus = false
    sawOriginal = false
    isWrappedReport = false
    isChallenge = false
    text.removeAll()
    textWasCut = false
    textIsHTML = false
    textParts = 0
  }
}
