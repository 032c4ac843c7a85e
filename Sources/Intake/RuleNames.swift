import Bytes
import Classification

/// The names of the rules that judge, and of their set: views that are valid as long as this is.
struct RuleNames {
  private let names: ByteStore
  private let set: ByteStore
  /// The same, to be looked at without counting references.
  private let views: UnsafeBufferPointer<ByteView>
  /// The version of the rules.
  let ruleset: ByteView

  init(_ classifier: Classifier) {
    names = classifier.ruleNames
    set = ByteStore([classifier.ruleset])
    views = names.views
    ruleset = set[0]
  }

  /// The name of the rule with a number.
  @inline(__always)
  subscript(rule: Int) -> ByteView {
    precondition(rule >= 0 && rule < views.count)
    return views[rule]
  }

  /// The number of the rule that takes what no other does.
  var last: Int { views.count - 1 }
}
