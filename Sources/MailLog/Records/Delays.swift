public import Bytes

/// Where a delivery's time went, in seconds (Postfix's `delays=a/b/c/d`).
public struct Delays: Equatable, Sendable {
  public var beforeQueueManager: Double
  public var inQueueManager: Double
  public var connectionSetup: Double
  public var transmission: Double

  /// Reads `0.11/0.03/0.23/0.19`; nil for anything else.
  public init?(_ text: ByteView) {
    let base = text.start
    let end = text.count
    var at = 0
    func part(isLast: Bool) -> Double? {
      guard let number = LogNumber(base, end, at) else { return nil }
      at = number.end
      guard isLast ? at == end : at < end && base[at] == 0x2F else { return nil }
      at += 1
      return number.value
    }
    guard let first = part(isLast: false), let second = part(isLast: false), let third = part(isLast: false),
      let fourth = part(isLast: true)
    else { return nil }
    beforeQueueManager = first
    inQueueManager = second
    connectionSetup = third
    transmission = fourth
  }
}

extension DeliveryRecord {
  /// nil if the line has none.
  public var delays: Delays? { delaysText.flatMap(Delays.init) }

  /// Seconds that this attempt took (Sendmail's `xdelay=`, deliver.c logdelivery); nil if the line does not say.
  public var xdelay: Double? { delaysText.flatMap(SendmailDeliveryLine.duration) }
}
