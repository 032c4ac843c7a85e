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
    forEachAddress { standing, address, proofs in
      if standing.isEmpty { return }
      let state = options.policy.state(of: standing, now: now.seconds)
      list.counts[Int(state.rawValue)] += 1
      if !query.states.isEmpty, !query.states.contains(state) { return }
      if Int(standing.record.messages) < max(query.minimum, query.isNarrowed ? 1 : 0) { return }
      order.add(standing, state, address, proofs)
    }
    let shown = order.finish { standing, state, address, proofs in body(row(standing, state, address, proofs)) }
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

  private func row(
    _ standing: RecipientStanding, _ state: RecipientPolicy.State, _ address: ByteView, _ proofs: [RecipientEnd]
  ) -> RecipientList.Row {
    let record = standing.record
    func time(_ seconds: UInt32) -> Timestamp? { seconds > 0 ? Timestamp(seconds: Int64(seconds)) : nil }
    return RecipientList.Row(
      address: MailAddress.written(address), state: state, softBounces: Int(record.messages),
      attempts: Int(record.attempts), cause: Cause(rawValue: shownCause(standing)) ?? .unclassified,
      firstSoftBounce: time(record.firstSoft), lastSoftBounce: time(record.lastSoft),
      lastSuccess: time(standing.lastSuccess), open: Int(record.open), score: Int(standing.run),
      firstScore: time(standing.runFirst), lastScore: time(standing.runLast), isUnknown: standing.isUnknown,
      failed: Int(standing.failed), lastFailure: time(standing.lastFailure),
      evidence: proofs.map { proof in
        let told = words[proof]
        return RecipientList.Proof(
          time: Timestamp(seconds: Int64(proof.time)), type: told.type,
          cause: Cause(rawValue: told.cause) ?? .unclassified, status: told.status, reply: words.reply(told))
      })
  }

  /// Why the address is in its state: the last failure that tells, else the last soft bounce.
  func shownCause(_ standing: RecipientStanding) -> UInt8 {
    let record = standing.record
    if options.cause != nil, record.messages > 0 { return record.lastCause }
    if standing.runLast > 0, standing.runLast >= record.lastSoft { return standing.runCause }
    if standing.lastFailure >= record.lastSoft, standing.lastFailure > 0 { return standing.failureCause }
    return record.lastSoft > 0 ? record.lastCause : record.concernCause
  }
}

extension ByteView {
  /// Order of bytes.
  func precedes(_ other: ByteView) -> Bool { buffer.lexicographicallyPrecedes(other.buffer) }
}
