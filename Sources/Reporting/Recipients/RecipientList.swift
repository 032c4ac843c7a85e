// The addresses that were asked for, as plain values.

import Bytes
public import Classification
import Glibc
public import Journal
public import SMTPTypes

/// Recipients and what is proposed for each.
public struct RecipientList: Sendable {
  public var policy = RecipientPolicy()
  /// The moment at which the states hold.
  public var asOf = Timestamp(seconds: 0)
  /// Addresses that were asked for, and how many of them were not handed over.
  public var found = 0
  public var hidden = 0
  /// How many addresses are in each state, by `RecipientPolicy.State.rawValue`; whatever was asked for.
  public var counts = [Int](repeating: 0, count: RecipientPolicy.State.allCases.count)
  /// Sentences on what is missing.
  public var remarks: [String] = []
  /// What had been read could not all be kept.
  public var isIncomplete = false

  public init() {}

  public struct Row: Sendable, Equatable {
    public var address: String
    public var state: RecipientPolicy.State
    /// Messages put off, and attempts that were.
    public var softBounces: Int
    public var attempts: Int
    /// The cause of the last one.
    public var cause: Cause
    public var firstSoftBounce: Timestamp?
    public var lastSoftBounce: Timestamp?
    public var lastSuccess: Timestamp?
    /// Messages that are open now.
    public var open: Int
    /// Scoring messages in a row, and when the first and the last of them ended.
    public var score: Int
    public var firstScore: Timestamp?
    public var lastScore: Timestamp?
    /// A permanent code said that there is no such address.
    public var isUnknown: Bool
    /// Messages that never arrived since the last that did, for whatever cause, and when the last of them ended.
    public var failed: Int
    public var lastFailure: Timestamp?
    public var evidence: [Proof]
  }

  /// A message that counts against the address.
  public struct Proof: Sendable, Equatable {
    public var time: Timestamp
    public var type: EventType
    public var cause: Cause
    public var status: EnhancedStatusCode?
    /// What was said, with addresses and numbers left out.
    public var reply: String?
  }

  /// Which rows.
  public struct Query: Sendable {
    public var states: Set<RecipientPolicy.State> = []
    /// Soft bounces at least.
    public var minimum = 0
    public var top: Int?
    /// Counts are cut by a cause or a period: addresses without any are not meant.
    public var isNarrowed = false

    public init() {}
  }
}

extension RecipientLedger {
  /// What has been read so far, at the moment `now`. Hands each address that was asked for to `body`, worst first.
  public func list(
    _ query: RecipientList.Query, now: Timestamp, _ body: (RecipientList.Row) -> Void
  ) -> RecipientList {
    finish()
    var list = RecipientList()
    list.policy = options.policy
    list.asOf = now
    let order = RecipientOrder(most: query.top, file: file)
    forEachAddress { record, address, index in
      if record.isEmpty { return }
      let state = options.policy.state(of: record, now: now.seconds)
      list.counts[Int(state.rawValue)] += 1
      if !query.states.isEmpty, !query.states.contains(state) { return }
      if Int(record.messages) < max(query.minimum, query.isNarrowed ? 1 : 0) { return }
      order.add(record, state, address, index: index)
    }
    let shown = order.finish { record, state, address, index in body(row(record, state, address, index)) }
    list.found = order.count
    list.hidden = order.count - shown
    lossFailure = lossFailure ?? order.failure
    list.isIncomplete = lossFailure != nil
    list.remarks = remarks
    return list
  }

  public var remarks: [String] {
    var remarks: [String] = []
    if excused > 0 {
      remarks.append(
        "Not counted: \(Units.count(excused, "failure")) to connect or to resolve while most other domains failed likewise, so "
          + "that it was our own resolver or uplink.")
    }
    if thinned > 0 {
      remarks.append(
        "\(Units.count(thinned, "address", "addresses")) against which nothing stands dropped: more than "
          + "\(Units.count(records.limit)) had to be kept.")
    }
    if omitted > 0 {
      remarks.append(
        "\(Units.count(omitted, "event")) of addresses that found no room beside \(Units.count(records.limit)) others; narrow the period or "
          + "raise --limit.")
    }
    if let directory = options.spillDirectory, let failure = lossFailure ?? (thinned > 0 ? spillFailure : nil) {
      remarks.append(
        (lossFailure == nil
          ? "No temporary file could be used" : "Addresses are missing or told of in part: a temporary file failed")
          + " in \(Printable.text(directory, limit: 200)) (\(String(cString: strerror(failure.code)))); name another "
          + "directory in TMPDIR.")
    }
    if nameless > 0 {
      remarks.append("\(Units.count(nameless, "event")) without a recipient's address, of no use here.")
    }
    return remarks
  }

  /// - Parameter index: where it is in memory; -1 for nowhere.
  private func row(
    _ record: RecipientRecord, _ state: RecipientPolicy.State, _ address: ByteView, _ index: Int
  ) -> RecipientList.Row {
    func time(_ seconds: UInt32) -> Timestamp? { seconds > 0 ? Timestamp(seconds: Int64(seconds)) : nil }
    return RecipientList.Row(
      address: MailAddress.written(address), state: state, softBounces: Int(record.messages),
      attempts: Int(record.attempts), cause: Cause(rawValue: shownCause(record)) ?? .unclassified,
      firstSoftBounce: time(record.firstSoft), lastSoftBounce: time(record.lastSoft),
      lastSuccess: time(record.lastSuccess), open: Int(record.open), score: Int(record.run),
      firstScore: time(record.runFirst), lastScore: time(record.runLast), isUnknown: record.isUnknown,
      failed: record.hasFailed ? Int(record.failed) : 0, lastFailure: time(record.lastFailure),
      evidence: evidence.evidence(index).filter { $0.time >= record.lastSuccess }.map { proof in
        RecipientList.Proof(
          time: Timestamp(seconds: Int64(proof.time)), type: proof.type,
          cause: Cause(rawValue: proof.cause) ?? .unclassified, status: proof.status, reply: evidence.reply(proof))
      })
  }

  /// Why the address is in its state: the last failure that tells, else the last soft bounce.
  func shownCause(_ record: RecipientRecord) -> UInt8 {
    if options.cause != nil, record.messages > 0 { return record.lastCause }
    if record.runLast > 0, record.runLast >= record.lastSoft { return record.runCause }
    if record.lastFailure >= record.lastSoft, record.lastFailure > 0 { return record.failureCause }
    return record.lastSoft > 0 ? record.lastCause : record.concernCause
  }
}

extension ByteView {
  /// Order of bytes.
  func precedes(_ other: ByteView) -> Bool { buffer.lexicographicallyPrecedes(other.buffer) }
}
