/// What a failure was judged to be, and by which rule.
public struct Verdict: Equatable, Sendable {
  public var cause: Cause
  public var scope: Scope?
  public var origin: Origin
  /// Index of the rule in its classifier (`Classifier.ruleName(_:)`).
  public var rule: Int
  /// Seconds that the reply asks us to wait, 1 to 604,800; nil if it names none.
  public var retryAfter: Int?

  public init(cause: Cause, scope: Scope?, origin: Origin, rule: Int, retryAfter: Int? = nil) {
    self.cause = cause
    self.scope = scope
    self.origin = origin
    self.rule = rule
    self.retryAfter = retryAfter
  }
}
