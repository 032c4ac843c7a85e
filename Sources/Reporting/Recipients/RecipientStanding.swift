import Classification

/// How an address stands, by all that was told of it: a function of its messages' ends and their times, whatever was
/// read first. Logs of several servers overlap, and old ones are brought in late. Times are seconds since 1970, 0 for
/// never; counts stop at their type's end.
struct RecipientStanding {
  var record = RecipientRecord()
  /// The last delivery that no report took back.
  private(set) var lastSuccess: UInt32 = 0
  /// When a message ended last that never arrived, for whatever cause.
  private(set) var lastFailure: UInt32 = 0
  /// The run of scoring messages since the last delivery.
  private(set) var runFirst: UInt32 = 0
  private(set) var runLast: UInt32 = 0
  var run: UInt16 = 0
  /// Messages that arrived since something failed or was put off, and those that never did since the last that did.
  var recovered: UInt16 = 0
  var failed: UInt16 = 0
  private(set) var runCause = Cause.unclassified.rawValue
  private(set) var failureCause = Cause.unclassified.rawValue
  /// A permanent code said that the address does not exist.
  var isUnknown = false

  /// So many of the messages of a run are kept as evidence: the first, and the last few.
  static let keptMessages = 5
  /// A report that a message was not delivered may come before the log's line that says that it was, seconds.
  private static let reportSlack: UInt32 = 60

  init() {}

  /// - Parameters:
  ///   - ends: in the order of `RecipientEnd.precedes`.
  ///   - forget: seconds without a scoring message after which a run begins anew.
  ///   - proofs: takes the messages of the run.
  /// - Complexity: O(count of `ends`).
  init(
    _ record: RecipientRecord, _ ends: [RecipientEnd], _ words: FailureWordStore, forget: UInt32,
    proofs: inout [RecipientEnd]
  ) {
    self.record = record
    proofs.removeAll(keepingCapacity: true)
    var denials: [UInt32: UInt32] = [:]
    for end in ends where end.kind == .denial { denials[end.number] = end.time }
    var trouble = record.firstSoft > 0 ? record.firstSoft : .max
    for end in ends {
      switch end.kind {
      case .denial: break
      case .delivery:
        if !denials.isEmpty, let denied = denials[end.number], end.time <= denied &+ RecipientStanding.reportSlack {
          continue
        }
        if end.time >= trouble, recovered < .max { recovered += 1 }
        deliver(at: end.time)
        proofs.removeAll(keepingCapacity: true)
      case .failure:
        trouble = min(trouble, end.time)
        if failed < .max { failed += 1 }
        lastFailure = end.time
        let told = words[end]
        failureCause = told.cause
        if told.scores { score(told, end, forget: forget, &proofs) }
      }
    }
  }

  private mutating func deliver(at time: UInt32) {
    lastSuccess = time
    failed = 0
    run = 0
    runFirst = 0
    runLast = 0
    isUnknown = false
  }

  /// A scoring message ended. Two of one day (UTC) count once.
  private mutating func score(
    _ told: FailureWords, _ end: RecipientEnd, forget: UInt32, _ proofs: inout [RecipientEnd]
  ) {
    if run > 0, end.time - runLast >= forget {
      run = 0
      isUnknown = false
      proofs.removeAll(keepingCapacity: true)
    }
    if told.isUnknown { isUnknown = true }
    if run == 0 || end.time / 86_400 != runLast / 86_400 {
      if run == 0 { runFirst = end.time }
      if run < .max { run += 1 }
      if proofs.count >= RecipientStanding.keptMessages { proofs.remove(at: 1) }
      proofs.append(end)
    }
    runLast = end.time
    runCause = told.cause
  }

  /// What was told of it was taken back.
  var isEmpty: Bool {
    record.messages == 0 && record.firstSoft == 0 && record.concern == 0 && record.open == 0 && lastSuccess == 0
      && lastFailure == 0
  }

  /// A message never arrived since the last that did.
  var hasFailed: Bool { failed > 0 }
}
