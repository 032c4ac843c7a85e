// A rule as it was written, before anything was checked.

import SMTPTypes

/// Keys and values of one rule with the lines they stand on. Every value is a list of texts; a single text is a list
/// of one.
struct RuleDraft: Equatable {
  struct Field: Equatable {
    var key: String
    var values: [String]
    var isList: Bool
    /// Counts from 1.
    var line: Int
  }

  var fields: [Field] = []
  var line: Int
}

extension RuleDraft {
  /// The rule, or what is wrong with it.
  func rule(file: String) throws(RuleError) -> Rule {
    var seen: Set<String> = []
    var id: String?
    var cause: Cause?
    var scope: Scope?
    var evidence: Evidence?
    var rule = Rule(id: "", cause: .unclassified, evidence: .stage, file: file, line: line)
    for field in fields {
      if !seen.insert(field.key).inserted { throw fault(file, field, "the key “\(field.key)” stands twice") }
      switch field.key {
      case "id": id = try identifier(file, field)
      case "cause": cause = try named(file, field, single: true)[0]
      case "scope": scope = try named(file, field, single: true)[0]
      case "evidence": evidence = try named(file, field, single: true)[0]
      case "direction": rule.directions = try named(file, field)
      case "hop": rule.hops = try named(file, field)
      case "origin": rule.origins = try named(file, field)
      case "stages": rule.stages = try named(file, field)
      case "provider": rule.providers = field.values
      case "signature": rule.signature = try phrases(file, field)
      case "enhanced":
        rule.enhanced = try field.values.map { text throws(RuleError) in
          if let pattern = EnhancedCodePattern(text) { return pattern }
          throw fault(file, field, "“\(text)” is no enhanced code; write it like 4.7.1 or 4.7.*")
        }
      case "codes":
        rule.codes = try field.values.map { text throws(RuleError) in
          if let pattern = ReplyCodePattern(text) { return pattern }
          throw fault(file, field, "“\(text)” is no reply code; write it like 450 or 45*")
        }
      case "words", "any_of": rule.anyOf += try phrases(file, field)
      case "all_of": rule.allOf = try phrases(file, field)
      case "none_of": rule.noneOf = try phrases(file, field)
      case "hint": rule.hint = field.values.joined(separator: " ")
      case "documentation": rule.documentation = field.values.first
      case "source": rule.source = field.values.joined(separator: " ")
      case "retry_helps": rule.retryHelps = try flag(file, field)
      case "matches": rule.matches = field.values
      case "rejects": rule.rejects = field.values
      default: throw fault(file, field, "no such key “\(field.key)”; known keys: \(RuleDraft.keys)")
      }
    }
    guard let id else { throw RuleError(file: file, line: line, message: "the rule has no id") }
    guard let cause else {
      let known = Cause.names.joined(separator: ", ")
      throw RuleError(file: file, line: line, message: "rule \(id) has no cause; one of \(known)")
    }
    rule.id = id
    rule.cause = cause
    rule.scope = scope ?? cause.defaultScope
    if !rule.providers.isEmpty, rule.directions.isEmpty { rule.directions = [.outbound] }
    if rule.providers.isEmpty, !rule.signature.isEmpty {
      throw RuleError(
        file: file, line: line, message: "rule \(id): “signature” stands in for a “provider”, which is missing")
    }
    rule.evidence = evidence ?? rule.natural
    return rule
  }

  static let keys =
    "id, cause, scope, evidence, direction, hop, origin, stages, provider, signature, enhanced, codes, words, any_of, all_of, "
    + "none_of, hint, documentation, source, retry_helps, matches, rejects"

  private func fault(_ file: String, _ field: Field, _ message: String) -> RuleError {
    RuleError(file: file, line: field.line, message: message)
  }

  private func identifier(_ file: String, _ field: Field) throws(RuleError) -> String {
    let text = field.values.first ?? ""
    let isSound =
      !text.isEmpty && text.utf8.count <= 64
      && text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
      }
    guard isSound, !field.isList else {
      throw fault(file, field, "an id is 1 to 64 lower-case letters, digits and hyphens")
    }
    return text
  }

  private func named<Value: NamedValue>(
    _ file: String, _ field: Field, single: Bool = false
  ) throws(RuleError) -> [Value] {
    var values: [Value] = []
    for text in field.values {
      guard let value = Value(name: text) else {
        throw fault(file, field, "“\(text)” is no \(field.key); one of \(Value.names.joined(separator: ", "))")
      }
      values.append(value)
    }
    if single ? values.count != 1 : values.isEmpty { throw fault(file, field, "“\(field.key)” has no value") }
    return values
  }

  private func phrases(_ file: String, _ field: Field) throws(RuleError) -> [Phrase] {
    var phrases: [Phrase] = []
    for text in field.values {
      guard let phrase = Phrase(text) else {
        throw fault(
          file, field,
          "“\(text)” can't be looked for: two bytes at least, `*` at an end only, no `@`, at most 200 bytes")
      }
      phrases.append(phrase)
    }
    if phrases.isEmpty { throw fault(file, field, "“\(field.key)” is empty") }
    return phrases
  }

  private func flag(_ file: String, _ field: Field) throws(RuleError) -> Bool {
    switch field.values.first {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw fault(file, field, "“\(field.key)” is true or false")
    }
  }
}

extension Rule {
  /// What a rule goes by if it does not say.
  var natural: Evidence {
    let hasPhrases = !anyOf.isEmpty || !allOf.isEmpty
    if !providers.isEmpty { return .provider }
    if hasPhrases { return .text }
    if !enhanced.isEmpty { return .enhancedCode }
    if !codes.isEmpty { return .replyCode }
    return .stage
  }
}
