public import Bytes
public import Privacy

/// What a recipient is known by within a message: the hash of its address as it stands in the journal, so that a
/// life that was rebuilt from there and the log's next line about it meet.
public struct RecipientKey: Sendable {
  private let pseudonyms: Pseudonyms

  public init(_ pseudonyms: Pseudonyms) { self.pseudonyms = pseudonyms }

  /// True if the same address is known by another hash in another message.
  public var isPerMessage: Bool { pseudonyms.mode == .domainOnly }

  /// The key of `recipient`, in plain or already a pseudonym, of the message with `queueID`.
  public func hash(_ recipient: ByteView, queueID: ByteView) -> UInt64 {
    pseudonyms.address(for: recipient, message: queueID).withByteView { $0.tableHash }
  }
}
