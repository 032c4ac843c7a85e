// One rule: what it looks for and what it concludes. Rules are data (YAML); RuleReader and RuleFile make them.

import Bytes
public import SMTPTypes

/// A rule that names a cause. All conditions that it states must hold; an empty list states none.
public struct Rule: Sendable, Equatable {
  /// Lower-case letters, digits and hyphens; unique.
  public var id: String
  public var cause: Cause
  /// Who has to act; the cause's own scope unless the rule says otherwise.
  public var scope: Scope?
  public var evidence: Evidence
  /// What such a reply says there is none of, if its code is a permanent one; nil if it does not say.
  public var nonexistent: Nonexistent?

  // Conditions.
  public var directions: [Direction] = []
  public var hops: [Hop] = []
  /// A failure that the queue manager repeats (`suspended`) counts as remote and as transport.
  public var origins: [Origin] = []
  public var providers: [String] = []
  /// Phrases that give a provider away where its name is not known; they stand in for `providers`.
  public var signature: [Phrase] = []
  public var enhanced: [EnhancedCodePattern] = []
  public var codes: [ReplyCodePattern] = []
  /// Enhanced codes that say more than this rule's words where the reply is a permanent one: the rule leaves such a
  /// reply to others.
  public var yieldsTo: [EnhancedCodePattern] = []
  public var stages: [Stage] = []
  public var anyOf: [Phrase] = []
  public var allOf: [Phrase] = []
  public var noneOf: [Phrase] = []
  /// One of them must match, beside what the phrases ask for.
  public var patterns: [RegularExpression] = []

  // For people.
  /// What the operator can do.
  public var hint: String?
  /// The page on which the provider or software explains the reply.
  public var documentation: String?
  /// Where the texts were seen.
  public var source: String?
  /// False where waiting alone will not help; nil: not said.
  public var retryHelps: Bool?
  /// Texts that this rule must match.
  public var matches: [String] = []
  /// Texts that it must not.
  public var rejects: [String] = []
  public var file: String
  public var line: Int

  public init(
    id: String, cause: Cause, scope: Scope? = nil, evidence: Evidence, file: String = "", line: Int = 0
  ) {
    self.id = id
    self.cause = cause
    self.scope = scope ?? cause.defaultScope
    self.evidence = evidence
    self.file = file
    self.line = line
  }

  /// True if every condition but provider and phrases holds.
  public func admits(_ failure: Failure) -> Bool {
    if !directions.isEmpty, !directions.contains(failure.direction) { return false }
    if !hops.isEmpty, !hops.contains(failure.hop) { return false }
    if !origins.isEmpty, !origins.contains(where: { $0.covers(failure.origin) }) { return false }
    if !stages.isEmpty {
      guard let stage = failure.stage, stages.contains(stage) else { return false }
    }
    if !codes.isEmpty {
      guard let code = failure.reply.code, codes.contains(where: { $0.matches(code) }) else { return false }
    }
    if !enhanced.isEmpty {
      guard let code = failure.enhanced, enhanced.contains(where: { $0.matches(code) }) else { return false }
    }
    return !yieldsTo.contains(where: { $0.matchesPermanent(failure.reply.code, failure.enhanced) })
  }

  /// True if this rule alone matches `failure`, whose text is in `normalized`. O(phrases × text); the classifier gives
  /// the same answer for all rules in one pass.
  public func matches(_ failure: Failure, normalized: borrowing NormalizedText) -> Bool {
    guard admits(failure) else { return false }
    if !providers.isEmpty, !providers.contains(where: { $0.withByteView { name in name == failure.provider } }),
      !holdsAny(of: signature, normalized)
    {
      return false
    }
    if !anyOf.isEmpty, !holdsAny(of: anyOf, normalized) { return false }
    for phrase in allOf where !phrase.occurs(in: normalized) { return false }
    if holdsAny(of: noneOf, normalized) { return false }
    if patterns.isEmpty { return true }
    for expression in patterns where expression.occurs(in: normalized) { return true }
    return false
  }

  private func holdsAny(of phrases: [Phrase], _ normalized: borrowing NormalizedText) -> Bool {
    for phrase in phrases where phrase.occurs(in: normalized) { return true }
    return false
  }
}

extension Origin {
  /// True if a rule for this origin applies to `other`.
  func covers(_ other: Origin) -> Bool {
    self == other || (other == .suspended && (self == .remote || self == .transport))
  }
}

extension Failure {
  /// The enhanced code to go by: the other side's, else what our MTA recorded.
  var enhanced: EnhancedStatusCode? {
    if let own = reply.enhanced { return own }
    return status
  }
}
