import Bytes
import SMTPTypes

/// Judges failures on one thread.
///
/// One pass over the text finds every phrase of every rule; what it found makes candidates, and the first candidate
/// whose other conditions hold gives the verdict: the same as trying every rule in order. What was made of texts that
/// differ in nothing that a rule can see is remembered: the verdict by the shape of the text as it was given and of the
/// normalized one, and where not phrases alone decided, what they made of it, and the verdict by the very text. Memory is
/// fixed: some bytes a rule and at most 544 KiB of cache.
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
    /// Of the text as it was given, and what texts of a shape are judged to be.
    var givenShape = TextShape()
    var given = VerdictCache<KeptVerdict>(bits: 14)
    var text = NormalizedText()
    var shape = TextShape()
    var known = VerdictCache<Known>(bits: 11)
    var findings: Findings
  }

  /// A verdict without its origin, in few bytes: thousands are kept.
  private struct KeptVerdict {
    private let cause: Cause
    private let scope: Scope?
    private let rule: Int32
    /// 0 for none.
    private let retryAfter: Int32

    init(_ verdict: Verdict) {
      cause = verdict.cause
      scope = verdict.scope
      rule = Int32(truncatingIfNeeded: verdict.rule)
      // A week at most.
      retryAfter = Int32(truncatingIfNeeded: verdict.retryAfter ?? 0)
    }

    @inline(__always)
    var verdict: Verdict {
      Verdict(
        cause: cause, scope: scope, origin: .remote, rule: Int(rule),
        retryAfter: retryAfter > 0 ? Int(retryAfter) : nil)
    }
  }

  /// What is known of normalized texts of a shape.
  private enum Known {
    /// Phrases and facts alone led to it.
    case verdict(Verdict)
    case decision(Decision)
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

  private var findings: Findings {
    _read { yield memory.pointee.findings }
    _modify { yield &memory.pointee.findings }
  }

  /// The verdict on `failure`. O(text).
  public func judge(_ failure: Failure) -> Verdict {
    let facts = CompiledRule.Facts(failure, classifier.providers)
    var verdict: Verdict
    if remembers {
      verdict = remembered(failure.reply.text, facts)
    } else {
      text.normalizeOnly(failure.reply.text)
      verdict = self.verdict(by: decide(facts))
    }
    verdict.origin = failure.origin
    return verdict
  }

  /// The verdict on a text, as it was given before where that is known; its origin is not set.
  @inline(__always)
  private func remembered(_ given: ByteView, _ facts: CompiledRule.Facts) -> Verdict {
    guard memory.pointee.givenShape.take(given, seen: classifier.seenWords) else {
      text.normalizeOnly(given)
      return normalized(facts).verdict
    }
    let shape = memory.pointee.givenShape.view
    if let kept = memory.pointee.given.known(shape, facts) { return kept.verdict }
    return judgeAnew(given, shape, facts)
  }

  /// The verdict on a text whose shape alone tells none.
  @inline(never)
  private func judgeAnew(_ given: ByteView, _ shape: ByteView, _ facts: CompiledRule.Facts) -> Verdict {
    let hidesWords = memory.pointee.givenShape.hidesWords
    // A reply may say the same again, number for number.
    if hidesWords, let kept = memory.pointee.given.known(given, facts) { return kept.verdict }
    text.normalizeOnly(given)
    let (verdict, isOfShape) = normalized(facts)
    memory.pointee.given.keep(KeptVerdict(verdict), of: isOfShape || !hidesWords ? shape : given, facts)
    return verdict
  }

  /// The verdict on the normalized text, as it was given before where that is known, and whether phrases and facts alone
  /// led to it; its origin is not set.
  private func normalized(_ facts: CompiledRule.Facts) -> (verdict: Verdict, isOfShape: Bool) {
    guard memory.pointee.shape.take(text.view, seen: classifier.seenWords) else {
      return (verdict(by: decide(facts)), false)
    }
    let shape = memory.pointee.shape.view
    let decision: Decision
    switch memory.pointee.known.known(shape, facts) {
    case .verdict(let verdict): return (verdict, true)
    case .decision(let known): decision = known
    case nil:
      decision = decide(facts)
      if decision.isComplete {
        let verdict = self.verdict(by: decision)
        memory.pointee.known.keep(.verdict(verdict), of: shape, facts)
        return (verdict, true)
      }
      if !decision.isOfText { memory.pointee.known.keep(.decision(decision), of: shape, facts) }
    }
    return (verdict(by: decision), false)
  }

  /// What phrases and facts make of the normalized text.
  private func decide(_ facts: CompiledRule.Facts) -> Decision {
    findings.removeAll()
    text.findNames()
    classifier.phrases.scan(text, into: &findings)
    for word in 0..<words { candidates[word] = classifier.untriggered[word] }
    var decision = Decision()
    for at in 0..<findings.count {
      let phrase = findings[at]
      if phrase >= classifier.waitPhrases { decision.cues.insert(phrase - classifier.waitPhrases) }
      for trigger in Int(classifier.triggerStarts[phrase])..<Int(classifier.triggerStarts[phrase + 1]) {
        let rule = Int(classifier.triggered[trigger])
        candidates[rule >> 6] |= 1 << UInt64(rule & 63)
      }
    }
    for word in 0..<words {
      var bits = candidates[word]
      while bits != 0 {
        let index = word * 64 + bits.trailingZeroBitCount
        bits &= bits &- 1
        guard classifier.compiled[index].matches(facts, findings) else { continue }
        if !classifier.compiled[index].patterns.isEmpty {
          if decision.add(contender: index) { continue }
          decision.isOfText = true
          guard matcher.matchesAny(classifier.compiled[index].patterns, text) else { continue }
        }
        decision.rule = index
        return decision
      }
    }
    // Not reached: the last rule has no condition.
    decision.rule = classifier.rules.count - 1
    return decision
  }

  /// The verdict that `decision` leads to on the normalized text; its origin is not set.
  private func verdict(by decision: Decision) -> Verdict {
    var rule = decision.rule
    for at in 0..<decision.contenderCount {
      let contender = Int(decision.contenders[at])
      text.findNames()
      if matcher.matchesAny(classifier.compiled[contender].patterns, text) {
        rule = contender
        break
      }
    }
    return Verdict(
      cause: classifier.compiled[rule].cause, scope: classifier.compiled[rule].scope, origin: .remote, rule: rule,
      retryAfter: decision.cues.isEmpty ? nil : WaitTime.seconds(in: text.view, cues: decision.cues))
  }

  // MARK: Explaining

  /// The first rule that matches `failure`, and how long its reply asks to wait; `explain` then tells more of it.
  /// The same as `judge`, which remembers.
  func look(at failure: Failure) -> Verdict {
    text.normalizeOnly(failure.reply.text)
    var verdict = self.verdict(by: decide(CompiledRule.Facts(failure, classifier.providers)))
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
    for expression in rule.patterns where matcher.matches(expression, text) {
      reasons.patterns.append(expression.pattern)
    }
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
        || matcher.matchesAny(classifier.compiled[index].patterns, text))
  }
}
