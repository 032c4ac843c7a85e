// Verdicts with their reasons: what `Judge` decides, and what it went by.

public import Bytes
public import SMTPTypes

/// Explains verdicts. One thread.
public final class Explainer {
  public let classifier: Classifier
  private let judge: Judge

  public init(classifier: Classifier) {
    self.classifier = classifier
    judge = Judge(classifier: classifier)
  }

  /// The verdict on `failure` and why. O(text) and some microseconds.
  public func explain(_ failure: Failure) -> Explanation { explain([failure]) }

  /// Explains a bare reply or reason, of which nothing else is known. Without a reply code or an enhanced code in
  /// front it may be a server's words, our transport's or our own software's. It counts as a server's (origin remote)
  /// unless an earlier rule knows it as our transport's or our software's; our own machine is found at fault only by
  /// words that say more than those in which a server's reply would be understood.
  public func explain(
    text: ByteView, direction: Direction = .outbound, hop: Hop = .external, stage: Stage? = nil,
    provider: ByteView = .empty
  ) -> Explanation {
    let reply = Reply(parsing: text)
    let speaks: [Origin]
    if direction == .inbound {
      speaks = [.ownReply]
    } else {
      speaks = reply.code != nil || reply.enhanced != nil ? [.remote] : [.remote, .transport, .local]
    }
    return explain(
      speaks.map { origin in
        Failure(direction: direction, hop: hop, origin: origin, stage: stage, reply: reply, provider: provider)
      })
  }

  /// The verdict on the likeliest of `failures`, of which there is one at least: the first, or one that an earlier rule
  /// takes and, where that speaks of our own machine, on more telling words.
  private func explain(_ failures: [Failure]) -> Explanation {
    var chosen = failures[0]
    var verdict = judge.look(at: chosen)
    for other in failures.dropFirst() {
      let strength = strength(of: verdict, chosen)
      let found = judge.look(at: other)
      guard found.rule < verdict.rule, found.cause != verdict.cause || other.origin != .local else { continue }
      if other.origin == .local || found.scope == .local, self.strength(of: found, other) <= strength { continue }
      (chosen, verdict) = (other, found)
    }
    // What `reasons` goes by is of the failure that was looked at last.
    if failures.count > 1 { verdict = judge.look(at: chosen) }
    let rule = classifier.rules[verdict.rule]
    let reasons = judge.reasons(of: verdict, chosen)
    let named = chosen.provider.isEmpty ? nil : String(chosen.provider)
    return Explanation(
      text: String(chosen.reply.text), verdict: verdict, rule: rule,
      provider: named ?? (rule.providers.count == 1 ? rule.providers[0] : nil), phrases: reasons.phrases,
      patterns: reasons.patterns, enhanced: rule.enhanced.isEmpty ? nil : chosen.enhanced?.description,
      code: rule.codes.isEmpty ? nil : chosen.reply.code?.description,
      beaten: reasons.beaten.map { classifier.rules[$0] }, blockList: reasons.blockList,
      page: NamedPage.find(in: chosen.reply.text), nonexistent: chosen.isPermanent ? rule.nonexistent : nil)
  }

  /// How much `verdict` on `failure` is grounded in: the kind of evidence, then the longest phrase that was found.
  private func strength(of verdict: Verdict, _ failure: Failure) -> (kind: Int, length: Int) {
    _ = judge.look(at: failure)
    let phrases = judge.reasons(of: verdict, failure).phrases
    let evidence = classifier.rules[verdict.rule].evidence
    return (-Int(evidence.rawValue), phrases.map(\.utf8.count).max() ?? 0)
  }
}
