import Bytes
public import SMTPTypes

/// A set of enhanced status codes as a rule writes it: `4.7.28`, `4.7.*` or `4.*.*` (any detail, any subject).
///
/// The class digit is not compared: a server may answer 450 with 5.7.1, and Postfix defers permanent codes under
/// `soft_bounce` and during a greeting. What the MTA did with a reply is told elsewhere.
public struct EnhancedCodePattern: Hashable, Sendable, CustomStringConvertible {
  /// nil is any subject.
  public let subject: UInt16?
  /// nil is any detail.
  public let detail: UInt16?

  public init(subject: UInt16?, detail: UInt16?) {
    self.subject = subject
    self.detail = detail
  }

  /// nil unless `text` is class 4, 5 or `*`, a dot, a subject, a dot and a detail (0 to 999, or `*`).
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, ["4", "5", "*"].contains(parts[0]) else { return nil }
    guard let subject = EnhancedCodePattern.part(parts[1]), let detail = EnhancedCodePattern.part(parts[2]) else {
      return nil
    }
    self.init(subject: subject.value, detail: detail.value)
  }

  private static func part(_ text: Substring) -> (value: UInt16?, Void)? {
    if text == "*" { return (nil, ()) }
    guard let value = UInt16(text), value <= 999, text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
    return (value, ())
  }

  public func matches(_ code: EnhancedStatusCode) -> Bool {
    if let subject, subject != code.subject { return false }
    if let detail, detail != code.detail { return false }
    return true
  }

  /// True if the set has `enhanced` and the reply that brings it is a permanent one: by its reply code, where it has
  /// one.
  @inline(__always)
  func matchesPermanent(_ code: ReplyCode?, _ enhanced: EnhancedStatusCode?) -> Bool {
    guard let enhanced, code?.isPermanent ?? (enhanced.isPermanent) else { return false }
    return matches(enhanced)
  }

  public var description: String {
    "4.\(subject.map(String.init) ?? "*").\(detail.map(String.init) ?? "*")"
  }
}
