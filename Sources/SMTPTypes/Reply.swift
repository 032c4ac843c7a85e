public import Bytes

/// What the other side said: reply code, enhanced status code and text (RFC 5321, section 4.2; RFC 2034). Borrowed
/// from the line that it was read from.
public struct Reply {
  public var code: ReplyCode?
  public var enhanced: EnhancedStatusCode?
  /// The text as it was given, codes included, not more than the source kept of it.
  public var text: ByteView

  public init(code: ReplyCode? = nil, enhanced: EnhancedStatusCode? = nil, text: ByteView) {
    self.code = code
    self.enhanced = enhanced
    self.text = text
  }

  /// Reads code and enhanced code off the start of `text`: `450 4.2.1 …`, `421-4.7.28 …`, `4.7.1 …`.
  @inlinable
  public init(parsing text: ByteView) {
    self.text = text
    var rest = text
    code = ReplyCode(prefixOf: text)
    if code != nil {
      rest = text.from(3)
      if let separator = rest.at(0), separator == 0x20 || separator == 0x2D { rest = rest.from(1) }
      while rest.at(0) == 0x20 { rest = rest.from(1) }
    }
    // Postfix writes some replies as "450 #4.7.1 …" and Exchange as "(4.7.1)"; only the plain form is a code here.
    enhanced = EnhancedStatusCode.scan(rest)?.code
  }
}
