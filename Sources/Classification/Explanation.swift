import SMTPTypes

/// A verdict with its reasons, for people.
public struct Explanation: Sendable {
  public var text: String
  public var verdict: Verdict
  public var rule: Rule
  /// The provider that the failure named, or the one that the rule gave away; nil if neither.
  public var provider: String?
  /// Phrases of the rule that the text holds, lower case.
  public var phrases: [String]
  /// Regular expressions of the rule that match, as written.
  public var patterns: [String]
  /// The enhanced code and the reply code that the rule goes by, as written; nil where it does not.
  public var enhanced: String?
  public var code: String?
  /// Other rules that match too, in the order in which they would have been taken.
  public var beaten: [Rule]
  /// The block list that turned us away, if the text names one (`zen.spamhaus.org`).
  public var blockList: String?
  /// The first web page that the text names.
  public var page: String?

  /// `text "over quota", enhanced code 4.2.2`
  public var evidence: String {
    var parts: [String] = []
    if !phrases.isEmpty { parts.append("text " + phrases.map { "\"\($0)\"" }.joined(separator: " ")) }
    if !patterns.isEmpty { parts.append("pattern " + patterns.map { "/\($0)/" }.joined(separator: " ")) }
    if let enhanced { parts.append("enhanced code \(enhanced)") }
    if let code { parts.append("reply code \(code)") }
    if !rule.stages.isEmpty { parts.append("stage " + rule.stages.map(\.description).joined(separator: "|")) }
    if !rule.providers.isEmpty, let provider { parts.append("provider \(provider)") }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// How far the verdict can be trusted, 0 to 1; 0 if unclassified.
  public var confidence: Double { verdict.cause == .unclassified ? 0 : rule.evidence.confidence }

  /// A permanent code says that this does not exist; nil if none does.
  public var nonexistent: Nonexistent?

  /// False where waiting alone will not help; nil where that is not known.
  public var retryHelps: Bool? { nonexistent != nil ? false : rule.retryHelps ?? verdict.cause.retryHelps }
  /// What the operator can do.
  public var hint: String? { rule.hint }
  /// The provider's page, or the one that the reply names.
  public var documentation: String? { rule.documentation ?? page }
}
