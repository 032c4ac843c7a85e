import Classification
import SMTPTypes

/// What is kept of an address while its messages are read: what was put off, and when it was heard of last: 32 bytes.
/// How its messages ended is kept apart (see `RecipientEndLog`). Times are seconds since 1970, 0 for never; counts stop
/// at their type's end. Nothing in it depends on what was told first.
struct RecipientRecord {
  /// Messages put off, and attempts that were, within what was asked for.
  var messages: UInt32 = 0
  var attempts: UInt32 = 0
  var firstSoft: UInt32 = 0
  var lastSoft: UInt32 = 0
  /// The last failure of an attempt that the recipient or their domain has to mend.
  var concern: UInt32 = 0
  /// When a message arrived last, which a report may take back, and when one ended last that never arrived; so far as
  /// the record was in memory then.
  var lastSuccess: UInt32 = 0
  var lastFailure: UInt32 = 0
  /// Recipients of messages that are open now.
  var open: UInt16 = 0
  var lastCause = Cause.unclassified.rawValue
  var concernCause = Cause.unclassified.rawValue

  init() {}

  /// Something stands against it, or may soon.
  var isOfWeight: Bool { open > 0 || concern > lastSuccess || lastFailure > lastSuccess }

  static func seconds(_ time: Timestamp) -> UInt32 { UInt32(clamping: max(time.seconds, 0)) }

  /// Something that was asked for was put off. Of what is told of one second the cause with the higher number counts.
  mutating func putOff(_ cause: UInt8, at time: UInt32) {
    if firstSoft == 0 || time < firstSoft { firstSoft = time }
    RecipientRecord.keepLast(cause, time, &lastCause, &lastSoft)
  }

  /// The same of what the recipient or their domain has to mend, asked for or not.
  mutating func concern(_ cause: UInt8, at time: UInt32) {
    RecipientRecord.keepLast(cause, time, &concernCause, &concern)
  }

  private static func keepLast(_ cause: UInt8, _ time: UInt32, _ lastCause: inout UInt8, _ last: inout UInt32) {
    guard time > last || time == last && (cause > lastCause || time == 0) else { return }
    last = time
    lastCause = cause
  }

  /// A message that counted was another address's. If nothing else stands against this one, nothing does.
  mutating func takeBack() {
    if messages > 0 { messages -= 1 }
    guard messages == 0, lastFailure <= lastSuccess else { return }
    firstSoft = 0
    lastSoft = 0
    concern = 0
  }

  /// Adds what another record tells of the same address.
  mutating func merge(_ other: RecipientRecord) {
    messages = RecipientRecord.sum(messages, other.messages)
    attempts = RecipientRecord.sum(attempts, other.attempts)
    open = RecipientRecord.sum(open, other.open)
    if other.firstSoft > 0, firstSoft == 0 || other.firstSoft < firstSoft { firstSoft = other.firstSoft }
    if other.lastSoft > 0 { RecipientRecord.keepLast(other.lastCause, other.lastSoft, &lastCause, &lastSoft) }
    if other.concern > 0 { RecipientRecord.keepLast(other.concernCause, other.concern, &concernCause, &concern) }
    lastSuccess = max(lastSuccess, other.lastSuccess)
    lastFailure = max(lastFailure, other.lastFailure)
  }

  private static func sum<Count: FixedWidthInteger>(_ one: Count, _ other: Count) -> Count {
    let (sum, isTooLarge) = one.addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}
