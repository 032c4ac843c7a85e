import Bytes
import SMTPTypes

/// Judges failures on one thread.
///
/// One pass over the text finds every phrase of every rule; what it found makes candidates, and the first candidate
/// whose other conditions hold gives the verdict: the same as trying every rule in order. Memory is fixed by the
/// rules.
public final class Judge {
  public let classifier: Classifier
  private var text = NormalizedText()
  /// By phrase: the judgement that last found it.
  private let found: UnsafeMutablePointer<UInt32>
  private let foundCount: Int
  /// Bits of the rules that this text makes candidates.
  private let candidates: UnsafeMutablePointer<UInt64>
  private let words: Int
  private var judgement: UInt32 = 0

  public init(classifier: Classifier) {
    self.classifier = classifier
    foundCount = classifier.triggered.count
    found = UnsafeMutablePointer<UInt32>.allocate(capacity: max(foundCount, 1))
    found.initialize(repeating: 0, count: foundCount)
    words = classifier.untriggered.count
    candidates = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
    candidates.initialize(repeating: 0, count: words)
  }

  deinit {
    found.deallocate()
    candidates.deallocate()
  }

  /// The verdict on `failure`. O(text).
  public func judge(_ failure: Failure) -> Verdict {
    judgement &+= 1
    if judgement == 0 {
      found.update(repeating: 0, count: foundCount)
      judgement = 1
    }
    for word in 0..<words { candidates[word] = classifier.untriggered[word] }
    text.normalize(failure.reply.text)
    let found = found
    let candidates = candidates
    let judgement = judgement
    classifier.automaton.scan(text.view) { phrase in
      if found[phrase] == judgement { return }
      found[phrase] = judgement
      for rule in classifier.triggered[phrase] {
        candidates[Int(rule) >> 6] |= 1 << UInt64(rule & 63)
      }
    }
    let facts = CompiledRule.Facts(failure, classifier.providers)
    let retryAfter = announcesWait ? WaitTime.seconds(in: text.view) : nil
    for word in 0..<words {
      var bits = candidates[word]
      while bits != 0 {
        let index = word * 64 + bits.trailingZeroBitCount
        bits &= bits &- 1
        let rule = classifier.compiled[index]
        if rule.matches(facts, found: { found[Int($0)] == judgement }) {
          return Verdict(
            cause: rule.cause, scope: rule.scope, origin: failure.origin, rule: index, retryAfter: retryAfter)
        }
      }
    }
    // Not reached: the last rule has no condition.
    return Verdict(cause: .unclassified, scope: nil, origin: failure.origin, rule: classifier.rules.count - 1)
  }

  private var announcesWait: Bool {
    for phrase in classifier.waitPhrases..<foundCount where found[phrase] == judgement { return true }
    return false
  }
}
