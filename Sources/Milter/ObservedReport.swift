/// A message from the null sender that reports on deliveries, or looks like it, with its raw bytes.
public struct ObservedReport: Hashable, Sendable {
  public var message: ObservedMessage
  /// Header fields, an empty line and the body, lines ended by CRLF; at most the configured limit. Hostile.
  public var content: [UInt8]
  /// True if the message went on beyond `content`.
  public var isTruncated: Bool
}
