public import Bytes

/// All rules, ready to judge. Immutable; `Judge` adds what one thread keeps.
public final class Classifier: Sendable {
  /// The version of the rules, a short hash of their text.
  public let ruleset: String
  private let names: ByteStore

  public init() {
    ruleset = ""
    names = ByteStore([])
  }

  /// The id of rule `index`, valid while the classifier is.
  public func ruleName(_ index: Int) -> ByteView { names[index] }
}

/// Judges failures on one thread, with a cache of its own.
public final class Judge {
  public let classifier: Classifier

  public init(classifier: Classifier) { self.classifier = classifier }

  public func judge(_ failure: Failure) -> Verdict {
    Verdict(cause: .unclassified, scope: nil, origin: failure.origin, rule: 0)
  }
}
