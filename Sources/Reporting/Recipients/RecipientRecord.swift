import Classification
import SMTPTypes

/// What is kept of an address that was put off or failed. Times are seconds since 1970, 0 for never; counts stop at
/// their type's end.
struct RecipientRecord {
  /// Messages put off, and attempts that were, within what was asked for.
  var messages: UInt32 = 0
  var attempts: UInt32 = 0
  var firstSoft: UInt32 = 0
  var lastSoft: UInt32 = 0
  /// The last delivery that the journal knows.
  var lastSuccess: UInt32 = 0
  /// The last failure that the recipient or their domain has to mend.
  var concern: UInt32 = 0
  /// The run of scoring messages since the last delivery.
  var runFirst: UInt32 = 0
  var runLast: UInt32 = 0
  var run: UInt16 = 0
  /// Recipients of messages that are open now.
  var open: UInt16 = 0
  /// Messages that arrived after all, and those that never did since the last that did.
  var recovered: UInt16 = 0
  var failed: UInt16 = 0
  var lastCause = Cause.unclassified.rawValue
  var concernCause = Cause.unclassified.rawValue
  var runCause = Cause.unclassified.rawValue
  /// A permanent code said that the address does not exist.
  var isUnknown = false

  /// Something stands against it, or may soon.
  var isOfWeight: Bool { open > 0 || run > 0 || concern > lastSuccess }

  static func seconds(_ time: Timestamp) -> UInt32 { UInt32(clamping: max(time.seconds, 0)) }

  /// A message arrived.
  mutating func deliver(at time: UInt32) {
    lastSuccess = max(lastSuccess, time)
    run = 0
    runFirst = 0
    runLast = 0
    isUnknown = false
    if recovered < .max { recovered += 1 }
    failed = 0
  }

  /// A scoring message ended. Returns whether it lengthened the run: two of one day count once.
  mutating func score(_ cause: UInt8, isUnknown: Bool, at time: UInt32, forget: UInt32) -> Bool {
    if runLast > 0, time > runLast, time - runLast >= forget {
      run = 0
      runFirst = 0
      self.isUnknown = false
    }
    if isUnknown { self.isUnknown = true }
    if run > 0, time / 86_400 == runLast / 86_400 {
      runLast = max(runLast, time)
      runCause = cause
      return false
    }
    if run < .max { run += 1 }
    if runFirst == 0 || time < runFirst { runFirst = time }
    runLast = max(runLast, time)
    runCause = cause
    return true
  }
}
