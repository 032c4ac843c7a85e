import Bytes

@testable import Classification

/// A rule file: what the reader of the built-in rules takes, YAML's reader takes for the same.
func checkRules(_ bytes: ByteView) throws(CheckFailure) {
  guard let text = String(validating: bytes.buffer, as: UTF8.self) else { return }
  let file = RuleFile(name: "f", text: text)
  for error in file.errors { try require(error.line >= 0 && !error.message.isEmpty, "an error without a message") }
  for rule in file.rules { try require(!rule.id.isEmpty, "a rule without an id") }
  guard let ours = try? RuleReader.drafts(name: "f", text: bytes) else { return }
  guard let theirs = try? RuleFile.drafts(name: "f", text: text) else {
    throw CheckFailure(message: "taken here, refused by YAML")
  }
  guard theirs.errors.isEmpty else { return }
  let (first, second) = (ours.map(said), theirs.drafts.map(said))
  try require(first == second, "read in two ways: \(first) and \(second)")
}

/// What a draft says, without where in its line. A key without a value is an empty list to the one reader and an empty
/// text to the other; the rule is refused either way.
private func said(_ draft: RuleDraft) -> [String] {
  draft.fields.map { field in
    field.values.allSatisfy(\.isEmpty)
      ? "\(field.line) \(field.key)" : "\(field.line) \(field.key) \(field.isList) \(field.values)"
  }
}
