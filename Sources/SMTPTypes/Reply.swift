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

  /// Reads code and enhanced code off the start of `text`: `450 4.2.1 …`, `421-4.7.28 …`, `4.7.1 …`; the enhanced code
  /// of a refusal also as qmail writes it: `421 #4.4.5 …`, `451 … (#4.3.0)`.
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
    if let found = EnhancedStatusCode.scan(rest) {
      enhanced = found.code
    } else if let code, code.value >= 400 {
      enhanced = Reply.numbered(rest)
    }
  }

  /// The enhanced code that qmail and its kin put behind a number sign: `#4.4.5 …` in front, `… (#4.3.0)` behind; looked
  /// for in the first 400 bytes. Exchange's `(4.7.1)` and other forms are no codes here.
  @usableFromInline
  static func numbered(_ text: ByteView) -> EnhancedStatusCode? {
    if text.at(0) == 0x23 { return EnhancedStatusCode.scan(text.from(1))?.code }
    let near = text.prefix(400)
    var at = 1
    while let sign = near.firstIndex(of: 0x23, from: at) {
      if near[sign - 1] == 0x28, let found = EnhancedStatusCode.scan(near.from(sign + 1)) { return found.code }
      at = sign + 1
    }
    return nil
  }
}
