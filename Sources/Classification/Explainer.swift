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
  /// front it may be a server's words, our transport's or our own software's: the strongest evidence wins.
  public func explain(
    text: ByteView, direction: Direction = .outbound, hop: Hop = .external, stage: Stage? = nil,
    provider: ByteView = .empty
  ) -> Explanation {
    let reply = Reply(parsing: text)
    let speaks: [Origin]
    if direction == .inbound {
      speaks = [.ownReply]
    } else {
      speaks = reply.code != nil || reply.enhanced != nil ? [.remote] : [.transport, .remote, .local]
    }
    return explain(
      speaks.map { origin in
        Failure(direction: direction, hop: hop, origin: origin, stage: stage, reply: reply, provider: provider)
      })
  }

  /// The verdict on the one of `failures`, of which there is one at least, that the first rule takes.
  private func explain(_ failures: [Failure]) -> Explanation {
    var chosen = failures[0]
    var verdict = judge.look(at: chosen)
    for other in failures.dropFirst() {
      let found = judge.look(at: other)
      if found.rule < verdict.rule { (chosen, verdict) = (other, found) }
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
      page: NamedPage.find(in: chosen.reply.text))
  }
}
