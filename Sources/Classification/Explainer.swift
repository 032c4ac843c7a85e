// Verdicts with their reasons; slower than `Judge`, and to the same effect.

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

  /// The verdict on `failure` and why. O(rules × text).
  public func explain(_ failure: Failure) -> Explanation {
    let verdict = judge.judge(failure)
    let rule = classifier.rules[verdict.rule]
    var normalized = NormalizedText()
    normalized.normalize(failure.reply.text)
    let text = normalized.view
    let phrases = (rule.anyOf + rule.allOf).filter { $0.occurs(in: text) }.map(\.text)
    let beaten = classifier.rules[(verdict.rule + 1)...].dropLast().filter { $0.matches(failure, normalized: text) }
    let named = failure.provider.isEmpty ? nil : String(failure.provider)
    return Explanation(
      text: String(failure.reply.text), verdict: verdict, rule: rule,
      provider: named ?? (rule.providers.count == 1 ? rule.providers[0] : nil), phrases: phrases,
      enhanced: rule.enhanced.isEmpty ? nil : failure.enhanced?.description,
      code: rule.codes.isEmpty ? nil : failure.reply.code?.description, beaten: Array(beaten),
      blockList: verdict.cause == .blocklisted ? Explainer.blockList(in: text) : nil,
      page: Explainer.page(in: failure.reply.text))
  }

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
    var best: (origin: Origin, verdict: Verdict)?
    for origin in speaks {
      let failure = Failure(
        direction: direction, hop: hop, origin: origin, stage: stage, reply: reply, provider: provider)
      let verdict = judge.judge(failure)
      if best == nil || verdict.rule < (best?.verdict.rule ?? 0) { best = (origin, verdict) }
    }
    return explain(
      Failure(
        direction: direction, hop: hop, origin: best?.origin ?? .remote, stage: stage, reply: reply,
        provider: provider))
  }

  // MARK: - What the text names

  /// The list after `blocked using`, `listed at` and the like, or a list that is known by its name.
  static func blockList(in normalized: ByteView) -> String? {
    let cues: [StaticString] = [
      "blocked using ", "listed at ", "listed by ", "listed in ", "listed on ", "list provider ", "blacklisted by ",
      "blacklist at ", "rejected by ", "rbl on ", "found in ",
    ]
    for cue in cues {
      guard let range = normalized.firstRange(of: cue) else { continue }
      var end = range.upperBound
      while let byte = normalized.at(end), byte.isASCIIWordByte || byte == 0x2E || byte == 0x2D { end += 1 }
      var name = normalized[range.upperBound..<end]
      while name.at(name.count - 1) == 0x2E { name = name.prefix(name.count - 1) }
      if name.firstIndex(of: 0x2E) != nil { return String(name) }
    }
    let names: [StaticString] = [
      "spamhaus", "spamcop", "sorbs", "barracudacentral", "uceprotect", "invaluement", "abuseat", "surbl", "uribl",
      "mailspike", "spamrats", "cloudmark", "senderscore", "backscatterer", "psbl", "hostkarma", "manitu", "spfbl",
    ]
    for name in names where normalized.contains(name) { return String(ByteView(name)) }
    return nil
  }

  /// The first `http://` or `https://` address, without the punctuation that ends a sentence; at most 300 bytes.
  static func page(in text: ByteView) -> String? {
    guard
      let start = [text.firstRange(of: "http://"), text.firstRange(of: "https://")].compactMap(\.?.lowerBound).min()
    else { return nil }
    var end = start
    while let byte = text.at(end), byte > 0x20, byte < 0x7F, end - start < 300 {
      if byte == 0x3E || byte == 0x22 || byte == 0x29 || byte == 0x5D { break }
      end += 1
    }
    while end > start, [0x2E, 0x2C, 0x3B, 0x3A].contains(text[end - 1]) { end -= 1 }
    return String(text[start..<end])
  }
}
