public import SMTPTypes

/// A tag of a message: a configured name and the header field's value.
public struct ObservedTag: Hashable, Sendable {
  public let name: String
  /// Unfolded, without surrounding blanks, cut at the configured limit; a stranger's text.
  public let value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Who a message is: queue id, envelope, chosen header fields, authenticated user, client. All texts are a stranger's;
/// bytes that are not UTF-8 became U+FFFD.
public struct ObservedMessage: Hashable, Sendable {
  /// When the MTA said DATA, or ended the header.
  public var time: Timestamp
  /// Empty if the MTA gave none.
  public var queueID: String
  /// Without angle brackets and ESMTP parameters; empty for the null sender.
  public var sender: String
  /// Accepted recipients, up to the configured limit.
  public var recipients: [String]
  /// All accepted recipients.
  public var recipientCount: Int
  /// True for mail that did not come by SMTP: local submission, and the MTA's own notices.
  public var isInternal: Bool
  public var messageID: String?
  public var listID: String?
  public var feedbackID: String?
  /// In the configuration's order; only those that the message has.
  public var tags: [ObservedTag]
  /// The authenticated user (`{auth_authen}`), or nil.
  public var user: String?
  public var client: ObservedClient
}
