import Classification

extension Configuration {
  /// Which of the site's rules are left out, and why, with file, line and column; the others are in force.
  public var refusedRules: [String] {
    Classifier(directory: rulesDirectory).errors.map { "\($0); the rule is left out" }
  }
}
