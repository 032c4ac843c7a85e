import Bytes
public import SMTPTypes

/// What Postfix's queue held at one moment, as a tally tells it under `queue`. Not a count of what happened: where
/// several tallies have one, the latest says how it is.
public struct QueueGauge: Sendable, Equatable {
  /// Recipients of one provider or domain.
  public struct Share: Sendable, Equatable {
    public var key: String
    public var recipients: Int
    /// Arrival of the oldest message that one of them waits for.
    public var oldest: Timestamp?

    public init(key: String, recipients: Int, oldest: Timestamp? = nil) {
      self.key = key
      self.recipients = recipients
      self.oldest = oldest
    }
  }

  /// Upper bounds in seconds of the classes of `ages`; the last class is open.
  public static let ageBounds: [Double] = [300, 900, 3600, 14_400, 86_400, 259_200]

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
  /// Deferred messages by their age, by `ageBounds`.
  public var ages = Array(repeating: 0, count: QueueGauge.ageBounds.count + 1)
  /// Deferred recipients, most first.
  public var byProvider: [Share] = []
  public var byDomain: [Share] = []

  public init(time: Timestamp) { self.time = time }

  /// Counts a deferred message that arrived at `arrival`.
  public mutating func countAge(of arrival: Timestamp) {
    let age = time.since(arrival)
    var index = 0
    while index < QueueGauge.ageBounds.count, age > QueueGauge.ageBounds[index] { index += 1 }
    ages[index] += 1
  }
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
    if gauge.ages.contains(where: { $0 != 0 }) {
      buffer.append(",\"ages\":[")
      for (index, count) in gauge.ages.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        buffer.append(decimal: count)
      }
      buffer.append(0x5D)
    }
    append(",\"by_provider\":{", gauge.byProvider, &buffer)
    append(",\"by_domain\":{", gauge.byDomain, &buffer)
    appendOldest(",\"oldest_by_provider\":{", gauge.byProvider, &buffer)
    appendOldest(",\"oldest_by_domain\":{", gauge.byDomain, &buffer)
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

extension EventEncoder {
  private static func appendOldest(_ key: StaticString, _ shares: [QueueGauge.Share], _ buffer: inout ByteBuffer) {
    var separator = key
    var isOpen = false
    for share in shares.prefix(QueueGauge.keyLimit) {
      guard let oldest = share.oldest else { continue }
      buffer.append(separator)
      separator = ","
      isOpen = true
      share.key.withByteView { buffer.append(json: $0, limit: tallyKeyLimit) }
      buffer.append(":\"")
      oldest.appendRFC3339(to: &buffer)
      buffer.append(0x22)
    }
    if isOpen { buffer.append(0x7D) }
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
      case "ages": try decoder.histogram(&cursor, &gauge.ages)
      case "by_provider": gauge.byProvider = try decoder.shares(&cursor)
      case "by_domain": gauge.byDomain = try decoder.shares(&cursor)
      case "oldest_by_provider": try decoder.oldest(&cursor, &gauge.byProvider)
      case "oldest_by_domain": try decoder.oldest(&cursor, &gauge.byDomain)
      default: return false
      }
      return true
    }
    return gauge
  }

  /// Times of shares that were read before.
  private mutating func oldest(
    _ cursor: inout JSONCursor, _ shares: inout [QueueGauge.Share]
  ) throws(JournalLineError) {
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      // A copy: reading the time may use the memory that holds the key.
      let name = String(key)
      let time = try decoder.time(&cursor)
      if let index = shares.firstIndex(where: { $0.key == name }) { shares[index].oldest = time }
      return true
    }
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
