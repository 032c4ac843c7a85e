public import Classification
import Journal
public import SMTPTypes

/// What a journal tells of one message, from its arrival to the end of each recipient that was put off. A requeue and
/// the second pass through a content filter belong to the same story.
public struct MessageStory: Sendable, Equatable {
  public var host = ""
  /// In the order in which the message had them.
  public var queueIDs: [String] = []
  /// When the message entered the queue; nil if no event tells.
  public var arrival: Timestamp?
  public var messageID: String?
  /// The envelope sender; empty for the null sender.
  public var sender: String?
  /// The authenticated user.
  public var user: String?
  public var clientHost: String?
  public var clientAddress: String?
  public var tags: [Tag] = []
  /// In the order in which they were first heard of.
  public var recipients: [Recipient] = []
  /// What concerns no recipient alone.
  public var other: [StoryStep] = []

  public struct Tag: Sendable, Equatable {
    public var name: String
    public var value: String
  }

  /// How a recipient of the message ended.
  public enum End: String, Sendable {
    case open, recovered, delivered, expired, bounced, deleted
    /// Known from a DSN or a rejection alone.
    case unknown
  }

  /// One recipient, by one alias.
  public struct Recipient: Sendable, Equatable {
    public var address: String
    public var originalAddress: String?
    /// Internal if no step led elsewhere.
    public var hop: Hop?
    /// As they happened; see `Readings`.
    public var steps: [StoryStep]

    public var end: End {
      guard let last = steps.last(where: \.isOutcome) else { return .unknown }
      switch last.type {
      case .delivery: return steps.contains { $0.type == .transientFailure } || last.deferredFor != nil ? .recovered : .delivered
      case .bounce: return .bounced
      case .expiration: return .expired
      case .deletion: return .deleted
      default: return .open
      }
    }

    public var first: Timestamp? { steps.first?.time }
    public var last: Timestamp? { steps.last?.time }

    /// Outcomes of tries; held back and given up are none, nor is what our own server did with mail for another.
    public var attempts: Int {
      let tries = steps.filter { !isAside($0) }
      let seen = tries.count { step in
        switch step.type {
        case .transientFailure: step.origin != .suspended && step.source != .queue
        case .delivery, .bounce: true
        default: false
        }
      }
      return max(seen, tries.compactMap(\.attempt).max() ?? 0)
    }

    /// True for what our own server (a content filter, mostly) did with mail for another.
    public func isAside(_ step: StoryStep) -> Bool { step.hop == .internal && hop != .internal }

    /// Causes in order, each once in a row.
    public var causes: [Cause] {
      var causes: [Cause] = []
      for step in steps where step.type == .transientFailure || step.type == .bounce {
        if let cause = step.cause, causes.last != cause { causes.append(cause) }
      }
      return causes
    }

    /// Relays that were spoken to, in order, each once.
    public var relays: [String] {
      var relays: [String] = []
      for relay in steps.compactMap(\.relay) where !relays.contains(relay) { relays.append(relay) }
      return relays
    }

    /// Seconds from the first deferral to the end; nil while open, and where the clock was set back in between.
    public var duration: Double? {
      guard let last = steps.last(where: \.isOutcome), last.type != .transientFailure else { return nil }
      if let seconds = last.deferredFor { return seconds }
      let seconds = steps.first { $0.type == .transientFailure }.map { last.time.since($0.time) }
      return seconds.flatMap { $0 >= 0 ? $0 : nil }
    }
  }
}
