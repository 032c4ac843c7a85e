// What a running sidecar asks of a joiner beside feeding it.

import Bytes
public import Classification
public import Journal

extension Intake {
  /// Judges with other rules from the next line on.
  public func use(_ classifier: Classifier) {
    assessor.pointee.judge = Judge(classifier: classifier)
    memory.pointee.rules = RuleNames(classifier)
  }

  /// The version of the rules that judge.
  public var rulesetVersion: String { String(memory.pointee.rules.ruleset) }

  /// Puts what `body` makes of each identity in its place. Messages whose first failure was logged keep what they have.
  public func reviseIdentities(_ body: (MessageIdentity) -> MessageIdentity) {
    identities.revise(body)
  }

  /// Calls `body` with what each host has counted since its last tally.
  public func forEachUnfinishedTally(_ body: (borrowing Tally) -> Void) {
    for host in hosts where !host.tallyIsEmpty { body(host.tally) }
  }
}
