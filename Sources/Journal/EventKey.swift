import SMTPTypes

/// The keys of an event's line, in the order in which they are written.
enum EventKey: UInt8, NamedValue {
  case time, type, source, host, instance, service, direction, hop, cause, scope, origin, provider, domain, status,
    stage, attempt, queueID, firstQueueID, previousQueueID, arrival, messageID, user, sender, recipient,
    originalRecipient, relay, client, delay, delays, xdelay, retryAfter, rule, ruleset, reply, tags, deferredFor, count,
    state, key, note, matched, offset, more

  /// The last key that `EventDecoder.Depth.leading` reads.
  static var lastLeading: EventKey { .attempt }

  var name: StaticString {
    switch self {
    case .time: "time"
    case .type: "type"
    case .source: "source"
    case .host: "host"
    case .instance: "instance"
    case .service: "service"
    case .direction: "direction"
    case .hop: "hop"
    case .cause: "cause"
    case .scope: "scope"
    case .origin: "origin"
    case .provider: "provider"
    case .domain: "domain"
    case .status: "status"
    case .stage: "stage"
    case .attempt: "attempt"
    case .queueID: "queue_id"
    case .firstQueueID: "first_queue_id"
    case .previousQueueID: "previous_queue_id"
    case .arrival: "arrival"
    case .messageID: "message_id"
    case .user: "user"
    case .sender: "sender"
    case .recipient: "recipient"
    case .originalRecipient: "orig_recipient"
    case .relay: "relay"
    case .client: "client"
    case .delay: "delay"
    case .delays: "delays"
    case .xdelay: "xdelay"
    case .retryAfter: "retry_after"
    case .rule: "rule"
    case .ruleset: "ruleset"
    case .reply: "reply"
    case .tags: "tags"
    case .deferredFor: "deferred_for"
    case .count: "count"
    case .state: "state"
    case .key: "key"
    case .note: "note"
    case .matched: "matched"
    case .offset: "offset"
    case .more: "more"
    }
  }
}
