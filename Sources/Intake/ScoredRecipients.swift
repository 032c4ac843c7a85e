// Recipients whose next delivery is worth an event even though it arrived at once.

import Bytes
import Classification
public import Journal
import MailLog
import SMTPTypes

/// Addresses that a message failed for good: their next delivery is an event, because it takes back what speaks against
/// them. By hash and time, some twenty bytes each;
/// bounded by `limit`, past which the older half goes.
struct ScoredRecipients: ~Copyable {
  static let limit = 200_000
  /// Seconds after which nobody remembers a failure: 90 days.
  static let memory: Int64 = 90 * 86_400

  /// Seconds since 1970-01-01T00:00:00Z, one for each hash.
  private var lastFailure = HashCells<UInt32>()

  var isEmpty: Bool { lastFailure.isEmpty }

  /// Amortized O(log `limit`).
  mutating func add(_ hash: UInt64, at time: Timestamp) {
    let earlier = lastFailure.remove(hash) { _ in true } ?? 0
    lastFailure.add(max(earlier, UInt32(clamping: time.seconds)), hash)
    guard lastFailure.count > ScoredRecipients.limit else { return }
    var times: [UInt32] = []
    lastFailure.forEach { times.append($1) }
    times.sort()
    let kept = times[times.count / 2]
    var younger = HashCells<UInt32>()
    lastFailure.forEach { if $1 > kept { younger.add($1, $0) } }
    lastFailure = younger
  }

  /// True if a failure within the time of memory waits for this delivery: once, but for deliveries before the failure,
  /// of a log that is read behind another's, which may part it from an earlier one.
  mutating func take(_ hash: UInt64, at time: Timestamp) -> Bool {
    guard let failure = lastFailure.remove(hash, where: { _ in true }) else { return false }
    let wait = time.seconds - Int64(failure)
    if wait < 0 { lastFailure.add(failure, hash) }
    return abs(wait) <= ScoredRecipients.memory
  }
}

extension SegmentSummary {
  /// False if no event of the segment can speak against its recipient, so that `Intake.restoreScore` needs none of it.
  public var mayScore: Bool {
    !isComplete
      || rows.contains { row in
        scores(row.group.type, direction: row.group.direction, row.group.hop)
      }
  }
}

/// True if an event that ends so stands against its recipient, whatever the cause, until something is delivered.
private func scores(_ type: EventType, direction: Direction?, _ hop: Hop?) -> Bool {
  switch type {
  case .bounce, .expiration, .remoteBounce: direction != .inbound && hop != .internal
  case .transientFailure, .delivery, .deletion, .rejection, .delayNotice, .message, .tally, .alert, .gap, .checkpoint,
    .erasure:
    false
  }
}

extension Intake {
  /// Remembers whose next delivery matters.
  func noteScore(_ event: borrowing Event) {
    guard scores(event.type, direction: event.direction, event.hop),
      // Anybody can write a report of mail that we never sent.
      event.type != .remoteBounce || event.matched == true,
      let recipient = event.recipient
    else { return }
    if let hash = scoredHash(recipient) { scored.add(hash, at: event.time) }
    if let original = event.originalRecipient, let hash = scoredHash(original) { scored.add(hash, at: event.time) }
  }

  /// True if a failure of the recipient waits for this delivery.
  @inline(__always)
  func takeScore(_ outcome: Outcome) -> Bool {
    guard !scored.isEmpty else { return false }
    if outcome.assessment.hasPlainRecipient, outcome.record.originalRecipient == nil, options.recipientKey == nil {
      // What the address was hashed to already is what it is asked after by.
      return scored.take(outcome.hash, at: outcome.header.time)
    }
    return takeScore(
      outcome.record.recipient, original: outcome.record.originalRecipient, at: outcome.header.time)
  }

  /// True if a failure of the recipient waits for this delivery.
  func takeScore(_ recipient: ByteView, original: ByteView?, at time: Timestamp) -> Bool {
    guard !scored.isEmpty else { return false }
    var isTaken = false
    if let hash = scoredHash(recipient) { isTaken = scored.take(hash, at: time) }
    if let original, let hash = scoredHash(original), scored.take(hash, at: time) { isTaken = true }
    return isTaken
  }

  /// Of an address, that which the sender wrote to or that which it led to, however it is spelt; of its pseudonym where the journal holds those, so
  /// that it is the same for what comes from the log and from the journal. nil where the journal tells the address of
  /// one message from that of another: nobody could say whose delivery it was.
  private func scoredHash(_ recipient: ByteView) -> UInt64? {
    if options.recipientKey?.isPerMessage == true { return nil }
    var address = recipient
    if address.hasASCIIUppercase || !address.isASCII || address.at(0) == 0x22 {
      // A buffer of its own: the event's domain may stand in the shared one.
      memory.pointee.address.removeAll()
      MailAddress.append(canonical: address, to: &memory.pointee.address)
      address = memory.pointee.address.view
    }
    return hash(ofRecipient: address, .empty)
  }

  /// Takes an event of the journal for the sake of scores alone: those last longer than lives.
  public func restoreScore(_ event: borrowing Event) {
    switch event.type {
    case .bounce, .expiration, .remoteBounce: noteScore(event)
    case .delivery:
      guard event.direction != .inbound, event.hop != .internal, let recipient = event.recipient else { return }
      _ = takeScore(recipient, original: event.originalRecipient, at: event.time)
    case .transientFailure, .deletion, .rejection, .delayNotice, .message, .tally, .alert, .gap, .checkpoint, .erasure:
      break
    }
  }
}
