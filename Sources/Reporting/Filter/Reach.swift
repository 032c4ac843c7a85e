// What mail a question leaves in sight. What it leaves out was not counted, which is not the same as none: a report says
// nothing of it.

import Bytes
import Journal
import SMTPTypes

public struct Reach: Sendable, Equatable {
  /// Attempts at other sites' servers.
  public var outbound = true
  /// Deliveries to our own mailboxes and programs.
  public var `internal` = true
  /// Clients that our own server turned away.
  public var inbound = true
  /// Deferrals, of those that `outbound` and `internal` keep.
  public var deferrals = true

  public init() {}

  /// The names of the parts that are left out, as in JSON.
  public var leftOut: [String] {
    [("outbound", outbound), ("internal", `internal`), ("inbound", inbound)].filter { !$0.1 }.map(\.0)
  }

  /// One sentence on what is left out; nil if nothing is.
  var sentence: String? {
    var parts: [String] = []
    if !outbound { parts.append("mail to other servers") }
    if !`internal` { parts.append("our own mailboxes") }
    if !inbound { parts.append("what our own server turned away") }
    if outbound || `internal`, !deferrals { parts.append("deferrals") }
    guard let last = parts.last else { return nil }
    let words = parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
    return "The conditions leave out \(words): nothing is said of that."
  }
}

extension EventFilter {
  /// What mail can meet the conditions, by its direction, hop and type.
  var reach: Reach {
    var reach = Reach()
    // What a sink counts as outbound, or as of our own mailboxes; see `CountingShare.book(of:)`.
    let isOutbound =
      keeps(.direction, Direction.outbound.description)
      && [EventType.transientFailure, .bounce, .expiration].contains { keeps(.type, $0.description) }
    reach.outbound = isOutbound && keeps(.hop, Hop.external.description)
    reach.internal = isOutbound && keeps(.hop, Hop.internal.description)
    reach.inbound =
      keeps(.direction, Direction.inbound.description) && keeps(.type, EventType.rejection.description)
      && keeps(.hop, Hop.external.description)
    reach.deferrals = keeps(.type, EventType.transientFailure.description)
    return reach
  }

  /// True if the attempts that tallies count, which are outbound, external and of the log, are those that the conditions
  /// keep.
  var knowsAttempts: Bool {
    guard denominator != .unknown else { return false }
    let reach = reach
    return reach.outbound && reach.deferrals && keeps(.source, Source.log.description)
  }
}
