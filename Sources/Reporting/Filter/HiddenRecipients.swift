// Questions about recipients to a journal that stores them under pseudonyms.

import Bytes
public import Privacy
import SMTPTypes
import Synchronization

/// Notices, while events are compared with conditions on recipients, those of which it can't be told whether they meet
/// them: no answer is then to be taken for the whole one. Events of other domains are not looked at.
public final class HiddenRecipients: Sendable {
  /// What a condition asks for: the domain, and whether its local part is a pattern, which fits no pseudonym.
  private struct Question: Sendable {
    var domain: Condition
    var isPattern: Bool
  }

  private let questions: [Question]
  private let keys: [Pseudonyms]
  private let metPseudonym = Atomic(false)
  private let metPattern = Atomic(false)
  private let metMark = Atomic(false)

  /// nil if no condition names a recipient.
  /// - Parameter keys: what pseudonyms are known to be made with.
  public init?(_ conditions: [Condition], keys: [Pseudonyms]) {
    questions = conditions.compactMap { condition in
      guard condition.isOnRecipient, let at = condition.pattern.lastIndex(of: "@"), !condition.pattern.hasPrefix("~")
      else { return nil }
      let local = condition.pattern[..<at]
      if local == "*" { return nil }
      let domain = String(condition.pattern[at...].dropFirst())
      return Question(domain: Condition(.field(.domain), domain), isPattern: local.contains("*"))
    }
    if questions.isEmpty { return nil }
    self.keys = keys
  }

  /// Some stood under pseudonyms that no key at hand made.
  public var arePseudonyms: Bool { metPseudonym.load(ordering: .relaxed) }
  /// Some stood under pseudonyms, which a pattern can't be compared with.
  public var arePatterns: Bool { metPattern.load(ordering: .relaxed) }
  /// Of some the journal has the domain alone.
  public var areMarks: Bool { metMark.load(ordering: .relaxed) }
  public var isAny: Bool { arePseudonyms || arePatterns || areMarks }

  /// Looks at a recipient that no condition fits.
  func note(_ recipient: ByteView) {
    guard let at = recipient.lastIndex(of: 0x40) else { return }
    let local = recipient.prefix(at)
    guard Pseudonyms.looksLikePseudonym(local) else { return }
    let domain = recipient.from(at + 1)
    guard let question = questions.first(where: { $0.domain.fits(domain) }) else { return }
    if local.count < 25 {
      metMark.store(true, ordering: .relaxed)
    } else if question.isPattern {
      metPattern.store(true, ordering: .relaxed)
    } else if !arePseudonyms, !keys.contains(where: { $0.made(recipient) }) {
      metPseudonym.store(true, ordering: .relaxed)
    }
  }
}

extension Condition {
  /// True if it looks at whom mail was for.
  public var isOnRecipient: Bool { subject == .field(.recipient) || subject == .field(.originalRecipient) }
}
