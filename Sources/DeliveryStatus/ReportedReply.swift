public import SMTPTypes

/// What the far side said, out of a Diagnostic-Code field or a notice's text; owned.
public struct ReportedReply: Equatable, Sendable {
  public var code: ReplyCode?
  public var enhanced: EnhancedStatusCode?
  /// Codes included, unfolded, at most `ReportLimits.replyText` bytes.
  public var text: String

  public init(code: ReplyCode? = nil, enhanced: EnhancedStatusCode? = nil, text: String) {
    self.code = code
    self.enhanced = enhanced
    self.text = text
  }

  /// How a reply begins that only tells a program's exit status.
  static let exitStatus = "exit status "

  /// True if the words beside the report may say more.
  var isPoor: Bool { code == nil && text.hasPrefix(ReportedReply.exitStatus) }
}
