import Classification
import SMTPTypes

/// What is kept of an address that was put off or failed: 48 bytes. Times are seconds since 1970, 0 for never; counts stop at
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
  /// When a message ended last that never arrived, for whatever cause.
  var lastFailure: UInt32 = 0
  /// The run of scoring messages since the last delivery.
  var runFirst: UInt32 = 0
  var runLast: UInt32 = 0
  var run: UInt16 = 0
  /// Recipients of messages that are open now.
  var open: UInt16 = 0
  /// Messages that arrived after all, and those that never did since the last that did.
  var recovered: UInt16 = 0
  var failed: UInt16 = 0
  /// Four flags, and above them four causes of five bits.
  private var bits: UInt32 = 0

  private struct Flags: OptionSet {
    let rawValue: UInt8
    static let isUnknown = Flags(rawValue: 1)
    static let hasDelivery = Flags(rawValue: 2)
    static let isBare = Flags(rawValue: 4)
    static let isPinned = Flags(rawValue: 8)
  }

  init() {
    let none = Cause.unclassified.rawValue
    (lastCause, concernCause, runCause, failureCause) = (none, none, none, none)
  }

  private var flags: Flags {
    get { Flags(rawValue: UInt8(truncatingIfNeeded: bits & 15)) }
    set { bits = bits & ~15 | UInt32(newValue.rawValue) }
  }

  private func cause(_ place: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: bits >> place & 31) }

  private mutating func set(_ cause: UInt8, _ place: UInt32) {
    bits = bits & ~(31 << place) | UInt32(cause & 31) << place
  }

  /// Of the last soft bounce, the last concern, the run's last message and the last failure: raw values of `Cause`.
  var lastCause: UInt8 {
    get { cause(4) }
    set { set(newValue, 4) }
  }
  var concernCause: UInt8 {
    get { cause(9) }
    set { set(newValue, 9) }
  }
  var runCause: UInt8 {
    get { cause(14) }
    set { set(newValue, 14) }
  }
  var failureCause: UInt8 {
    get { cause(19) }
    set { set(newValue, 19) }
  }

  /// Of deliveries alone; see `isBare`.
  static var bare: RecipientRecord {
    var record = RecipientRecord()
    record.flags = .isBare
    return record
  }

  /// A permanent code said that the address does not exist.
  var isUnknown: Bool {
    get { flags.contains(.isUnknown) }
    set { if newValue { flags.insert(.isUnknown) } else { flags.remove(.isUnknown) } }
  }

  /// Nothing but deliveries, to an address of which more may be known elsewhere: alone it tells nothing.
  var isBare: Bool { flags.contains(.isBare) }

  /// What was told of it was taken back.
  var isEmpty: Bool { messages == 0 && firstSoft == 0 && concern == 0 && lastSuccess == 0 && failed == 0 && open == 0 }

  /// A mark of whoever goes through all records.
  var isPinned: Bool {
    get { flags.contains(.isPinned) }
    set { if newValue { flags.insert(.isPinned) } else { flags.remove(.isPinned) } }
  }

  /// Something stands against it, or may soon.
  var isOfWeight: Bool { isInMotion || concern > lastSuccess || hasFailed }

  /// A message never arrived since the last that did.
  var hasFailed: Bool { failed > 0 && lastFailure >= lastSuccess }

  /// What comes next depends on what was before.
  var isInMotion: Bool { open > 0 || run > 0 || isPinned }

  static func seconds(_ time: Timestamp) -> UInt32 { UInt32(clamping: max(time.seconds, 0)) }

  /// A message arrived.
  mutating func deliver(at time: UInt32) {
    lastSuccess = max(lastSuccess, time)
    flags.insert(.hasDelivery)
    endRun()
    if recovered < .max { recovered += 1 }
    failed = 0
  }

  /// A message never arrived.
  mutating func fail(_ cause: UInt8, at time: UInt32) {
    if failed < .max { failed += 1 }
    guard time >= lastFailure else { return }
    lastFailure = time
    failureCause = cause
  }

  /// A message that counted was another address's. If nothing else stands against this one, nothing does.
  mutating func takeBack() {
    if messages > 0 { messages -= 1 }
    guard messages == 0, failed == 0, run == 0 else { return }
    firstSoft = 0
    lastSoft = 0
    concern = 0
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

  private mutating func endRun() {
    run = 0
    runFirst = 0
    runLast = 0
    isUnknown = false
  }

  /// Makes this the whole story of an address of which `earlier` is the part before, which ended without a run. What
  /// is still open is this part's.
  ///
  /// - Parameter evidence: of this part's run.
  mutating func follow(_ earlier: RecipientRecord, _ evidence: [Evidence]) {
    messages = RecipientRecord.sum(earlier.messages, messages)
    attempts = RecipientRecord.sum(earlier.attempts, attempts)
    recovered = RecipientRecord.sum(earlier.recovered, recovered)
    if !flags.contains(.hasDelivery) { failed = RecipientRecord.sum(earlier.failed, failed) }
    if earlier.firstSoft > 0 { firstSoft = earlier.firstSoft }
    if lastSoft == 0 || lastSoft < earlier.lastSoft {
      lastSoft = earlier.lastSoft
      lastCause = earlier.lastCause
    }
    if concern == 0 || concern < earlier.concern {
      concern = earlier.concern
      concernCause = earlier.concernCause
    }
    if lastFailure == 0 || lastFailure < earlier.lastFailure {
      lastFailure = earlier.lastFailure
      failureCause = earlier.failureCause
    }
    if run > 0, runFirst < earlier.lastSuccess { leaveOut(before: earlier.lastSuccess, evidence) }
    lastSuccess = max(lastSuccess, earlier.lastSuccess)
    flags.remove(.isBare)
    if earlier.flags.contains(.hasDelivery) { flags.insert(.hasDelivery) }
  }

  /// A journal that is not in the order of time, as one with an old log brought in, may tell of a delivery before it
  /// tells of older failures, which do not count.
  private mutating func leaveOut(before success: UInt32, _ evidence: [Evidence]) {
    guard runLast >= success else { return endRun() }
    let kept = evidence.filter { $0.time >= success }
    run -= min(run - 1, UInt16(clamping: evidence.count - kept.count))
    runFirst = kept.first?.time ?? runLast
  }

  private static func sum<Count: FixedWidthInteger>(_ one: Count, _ other: Count) -> Count {
    let (sum, isTooLarge) = one.addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}
