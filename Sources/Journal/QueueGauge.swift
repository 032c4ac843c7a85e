import Bytes
public import SMTPTypes

/// What Postfix's queue held at one moment, as a tally tells it under `queue`. Not a count of what happened: where
/// several tallies have one, the latest says how it is.
public struct QueueGauge: Sendable, Equatable {
  /// Recipients of one provider or domain.
  public struct Share: Sendable, Equatable {
    public var key: String
    public var recipients: Int

    public init(key: String, recipients: Int) {
      self.key = key
      self.recipients = recipients
    }
  }

  /// Keys of a cut; what is beyond is left out.
  public static var keyLimit: Int { 50 }

  /// When it was asked for.
  public var time: Timestamp
  /// Messages in the deferred queue, and their recipients that have no outcome yet.
  public var deferred = 0
  public var recipients = 0
  /// Messages in the active and incoming queues, and on hold.
  public var active = 0
  public var held = 0
  /// Arrival of the oldest deferred message.
  public var oldest: Timestamp?
  /// Deferred recipients, most first.
  public var byProvider: [Share] = []
  public var byDomain: [Share] = []

  public init(time: Timestamp) { self.time = time }
}

extension EventEncoder {
  static func append(_ gauge: QueueGauge, to buffer: inout ByteBuffer) {
    buffer.append(",\"queue\":{\"time\":\"")
    gauge.time.appendRFC3339(to: &buffer)
    buffer.append(0x22)
    number(",\"deferred\":", gauge.deferred, &buffer)
    number(",\"recipients\":", gauge.recipients, &buffer)
    number(",\"active\":", gauge.active, &buffer)
    number(",\"held\":", gauge.held, &buffer)
    if let oldest = gauge.oldest {
      buffer.append(",\"oldest\":\"")
      oldest.appendRFC3339(to: &buffer)
      buffer.append(0x22)
    }
    append(",\"by_provider\":{", gauge.byProvider, &buffer)
    append(",\"by_domain\":{", gauge.byDomain, &buffer)
    buffer.append(0x7D)
  }

  private static func append(_ key: StaticString, _ shares: [QueueGauge.Share], _ buffer: inout ByteBuffer) {
    guard !shares.isEmpty else { return }
    buffer.append(key)
    for (index, share) in shares.prefix(QueueGauge.keyLimit).enumerated() {
      if index > 0 { buffer.append(0x2C) }
      share.key.withByteView { buffer.append(json: $0, limit: tallyKeyLimit) }
      buffer.append(0x3A)
      buffer.append(decimal: share.recipients)
    }
    buffer.append(0x7D)
  }
}

extension EventDecoder {
  mutating func queueGauge(_ cursor: inout JSONCursor) throws(JournalLineError) -> QueueGauge {
    var gauge = QueueGauge(time: Timestamp(microseconds: 0))
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      switch key {
      case "time": gauge.time = try decoder.time(&cursor)
      case "deferred": gauge.deferred = try cursor.count()
      case "recipients": gauge.recipients = try cursor.count()
      case "active": gauge.active = try cursor.count()
      case "held": gauge.held = try cursor.count()
      case "oldest": gauge.oldest = try decoder.time(&cursor)
      case "by_provider": gauge.byProvider = try decoder.shares(&cursor)
      case "by_domain": gauge.byDomain = try decoder.shares(&cursor)
      default: return false
      }
      return true
    }
    return gauge
  }

  private mutating func shares(_ cursor: inout JSONCursor) throws(JournalLineError) -> [QueueGauge.Share] {
    var shares: [QueueGauge.Share] = []
    try members(&cursor) { (_, cursor, key) throws(JournalLineError) in
      let recipients = try cursor.count()
      if shares.count < QueueGauge.keyLimit {
        shares.append(QueueGauge.Share(key: String(key), recipients: recipients))
      }
      return true
    }
    return shares
  }
}
