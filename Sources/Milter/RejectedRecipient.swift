public import SMTPTypes

/// A recipient that our own server refused before it asked the milter (`SMFIP_RCPT_REJ`). Postfix says so with the
/// macros `{rcpt_mailer}` (error), `{rcpt_host}` (the enhanced code) and `{rcpt_addr}` (the text); the three-digit code
/// and the text's first words may be missing. With `smtpd_delay_reject` this includes refusals that are about the
/// client, its HELO or the sender.
public struct RejectedRecipient: Hashable, Sendable {
  public var time: Timestamp
  public var client: ObservedClient
  /// The authenticated user, or nil.
  public var user: String?
  /// Empty for the null sender.
  public var sender: String
  public var recipient: String
  /// Known once an earlier recipient of the same message was accepted.
  public var queueID: String?
  /// 4 or 5; reliable.
  public var severity: Int
  /// nil when the MTA gave no well-formed code.
  public var enhancedCode: EnhancedStatusCode?
  /// The reply's text as far as the MTA tells it; a stranger may have written part of it.
  public var text: String

  public var isTransient: Bool { severity == 4 }
}
