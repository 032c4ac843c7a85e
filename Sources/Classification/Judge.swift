import Bytes
import SMTPTypes

/// Judges failures on one thread.
///
/// One pass over the text finds every phrase of every rule; what it found makes candidates, and the first candidate
/// whose other conditions hold gives the verdict: the same as trying every rule in order. Verdicts on texts that
/// differ in nothing that a rule can see are remembered. Memory is fixed: some bytes a rule and 400 KiB of cache.
public final class Judge {
  public let classifier: Classifier
  /// Behind a pointer, so that no run-time check of exclusive access stands before what each text touches.
  private let memory: UnsafeMutablePointer<Memory>
  private let matcher = PatternMatcher()
  /// Bits of the rules that this text makes candidates.
  private let candidates: UnsafeMutablePointer<UInt64>
  private let words: Int
  private let remembers: Bool

  private struct Memory: ~Copyable {
    var text = NormalizedText()
    var cache = VerdictCache()
    var findings: Findings
  }

  /// - Parameter remembers: false to judge each text anew, for measuring.
  public init(classifier: Classifier, remembers: Bool = true) {
    self.classifier = classifier
    self.remembers = remembers
    memory = UnsafeMutablePointer<Memory>.allocate(capacity: 1)
    memory.initialize(to: Memory(findings: Findings(phrases: classifier.phraseCount)))
    words = classifier.untriggered.count
    candidates = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
    candidates.initialize(repeating: 0, count: words)
  }

  deinit {
    memory.deinitialize(count: 1)
    memory.deallocate()
    candidates.deallocate()
  }

  private var text: NormalizedText {
    _read { yield memory.pointee.text }
    _modify { yield &memory.pointee.text }
  }

  private var cache: VerdictCache {
    _read { yield memory.pointee.cache }
    _modify { yield &memory.pointee.cache }
  }

  private var findings: Findings {
    _read { yield memory.pointee.findings }
    _modify { yield &memory.pointee.findings }
  }

  /// The verdict on `failure`. O(text).
  public func judge(_ failure: Failure) -> Verdict {
    text.normalize(failure.reply.text)
    let facts = CompiledRule.Facts(failure, classifier.providers)
    let slot = remembers ? cache.slot(text.view, facts) : -1
    let known = cache.verdict(in: slot, text.view, facts)
    let verdict: Verdict
    if let known {
      verdict = known
    } else {
      verdict = search(facts)
      cache.keep(verdict, in: slot, text.view, facts)
    }
    return Verdict(
      cause: verdict.cause, scope: verdict.scope, origin: failure.origin, rule: verdict.rule,
      retryAfter: verdict.retryAfter)
  }

  /// The verdict on the normalized text; its origin is not set.
  private func search(_ facts: CompiledRule.Facts) -> Verdict {
    findings.removeAll()
    classifier.phrases.scan(text, into: &findings)
    for word in 0..<words { candidates[word] = classifier.untriggered[word] }
    var announcesWait = false
    for at in 0..<findings.count {
      let phrase = findings[at]
      if phrase >= classifier.waitPhrases { announcesWait = true }
      for trigger in Int(classifier.triggerStarts[phrase])..<Int(classifier.triggerStarts[phrase + 1]) {
        let rule = Int(classifier.triggered[trigger])
        candidates[rule >> 6] |= 1 << UInt64(rule & 63)
      }
    }
    let retryAfter = announcesWait ? WaitTime.seconds(in: text.view) : nil
    for word in 0..<words {
      var bits = candidates[word]
      while bits != 0 {
        let index = word * 64 + bits.trailingZeroBitCount
        bits &= bits &- 1
        if isMatch(index, facts) {
          return Verdict(
            cause: classifier.compiled[index].cause, scope: classifier.compiled[index].scope, origin: .remote,
            rule: index, retryAfter: retryAfter)
        }
      }
    }
    // Not reached: the last rule has no condition.
    return Verdict(cause: .unclassified, scope: nil, origin: .remote, rule: classifier.rules.count - 1)
  }

  // MARK: Explaining

  /// The first rule that matches `failure`, and how long its reply asks to wait; `explain` then tells more of it.
  /// The same as `judge`, which remembers.
  func look(at failure: Failure) -> Verdict {
    text.normalize(failure.reply.text)
    var verdict = search(CompiledRule.Facts(failure, classifier.providers))
    verdict.origin = failure.origin
    return verdict
  }

  /// Reasons of the verdict that `look` gave last on `failure`: what of the rule stands in the text, and the further
  /// rules that match.
  func reasons(of verdict: Verdict, _ failure: Failure) -> Reasons {
    let rule = classifier.rules[verdict.rule]
    var reasons = Reasons()
    for (phrase, number) in zip(rule.anyOf, classifier.compiled[verdict.rule].anyOf) where findings.contains(number) {
      reasons.phrases.append(phrase.text)
    }
    for (phrase, number) in zip(rule.allOf, classifier.compiled[verdict.rule].allOf) where findings.contains(number) {
      reasons.phrases.append(phrase.text)
    }
    reasons.patterns = rule.patterns.filter { matcher.matches($0, text.view) }.map(\.pattern)
    let facts = CompiledRule.Facts(failure, classifier.providers)
    for word in verdict.rule / 64..<words {
      var bits = candidates[word]
      if word == verdict.rule / 64 { bits &= (~0 << UInt64(verdict.rule & 63)) << 1 }
      while bits != 0 {
        let index = word * 64 + bits.trailingZeroBitCount
        bits &= bits &- 1
        // The last matches everything and says nothing.
        if index < classifier.rules.count - 1, isMatch(index, facts) { reasons.beaten.append(index) }
      }
    }
    if verdict.cause == .blocklisted { reasons.blockList = NamedList.find(in: text.view) }
    return reasons
  }

  struct Reasons {
    var phrases: [String] = []
    var patterns: [String] = []
    var beaten: [Int] = []
    var blockList: String?
  }

  @inline(__always)
  private func isMatch(_ index: Int, _ facts: CompiledRule.Facts) -> Bool {
    classifier.compiled[index].matches(facts, findings)
      && (classifier.compiled[index].patterns.isEmpty
        || matcher.matchesAny(classifier.compiled[index].patterns, text.view))
  }
}
