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
    /// Where the key and the values stand, for messages; empty if whoever read them did not look.
    var places: [Place] = []

    /// Equal if they say the same on the same line.
    static func == (left: Field, right: Field) -> Bool {
      (left.key, left.values, left.isList, left.line) == (right.key, right.values, right.isList, right.line)
    }
  }

  /// Counts from 1.
  struct Place {
    var line: Int
    var column: Int
  }

  var fields: [Field] = []
  var line: Int
}

extension RuleDraft {
  /// The rule, or what is wrong with it.
  func rule(file: String) throws(RuleError) -> Rule {
    var id: String?
    var cause: Cause?
    var scope: Scope?
    var evidence: Evidence?
    var rule = Rule(id: "", cause: .unclassified, evidence: .stage, file: file, line: line)
    for (index, field) in fields.enumerated() {
      // Unknown keys end the loop, so that two dozen stand before at most.
      if fields[..<index].contains(where: { $0.key == field.key }) {
        throw fault(file, field, "the key “\(field.key)” stands twice")
      }
      switch field.key {
      case "id": id = try identifier(file, field)
      case "cause": cause = try named(file, field, single: true)[0]
      case "scope": scope = try named(file, field, single: true)[0]
      case "nonexistent": rule.nonexistent = try named(file, field, single: true)[0]
      case "evidence": evidence = try named(file, field, single: true)[0]
      case "direction": rule.directions = try named(file, field)
      case "hop": rule.hops = try named(file, field)
      case "origin": rule.origins = try named(file, field)
      case "stages": rule.stages = try named(file, field)
      case "provider": rule.providers = field.values == ["any"] ? [] : field.values
      case "signature": rule.signature = try phrases(file, field, seeNames: true)
      case "enhanced":
        rule.enhanced = try values(file, field) { text in
          EnhancedCodePattern(text).map { .success($0) }
            ?? .failure("“\(text)” is no enhanced code; write it like 4.7.1 or 4.7.*")
        }
      case "codes":
        rule.codes = try values(file, field) { text in
          ReplyCodePattern(text).map { .success($0) }
            ?? .failure("“\(text)” is no reply code; write it like 450 or 45*")
        }
      case "yields_to":
        rule.yieldsTo = try values(file, field) { text in
          EnhancedCodePattern(text).map { .success($0) }
            ?? .failure("“\(text)” is no enhanced code; write it like 5.7.1 or 5.7.*")
        }
      case "words", "any_of": rule.anyOf += try phrases(file, field)
      case "all_of": rule.allOf = try phrases(file, field)
      case "none_of": rule.noneOf = try phrases(file, field)
      case "patterns":
        rule.patterns = try values(file, field) { text in
          do throws(PatternError) {
            return .success(try RegularExpression(text))
          } catch {
            return .failure(
              "“\(text)” is no regular expression that can be used: \(error.message) (at its byte \(error.offset))")
          }
        }
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
"id, cause, scope, evidence, nonexistent, direction, hop, origin, stages, provider, signature, enhanced, codes, "
    + "yields_to, words, any_of, all_of, "
    + "none_of, patterns, hint, documentation, source, retry_helps, matches, rejects"

  /// An error about the field, or about its value at `index`.
  private func fault(_ file: String, _ field: Field, at index: Int? = nil, _ message: String) -> RuleError {
    let place = index.map { $0 + 1 } ?? 0
    guard field.places.indices.contains(place) else { return RuleError(file: file, line: field.line, message: message) }
    return RuleError(
      file: file, line: field.places[place].line, column: field.places[place].column, message: message)
  }

  /// A value read, or what is wrong with it.
  private enum Reading<Value> {
    case success(Value)
    case failure(String)
  }

  private func values<Value>(
    _ file: String, _ field: Field, _ read: (String) -> Reading<Value>
  ) throws(RuleError) -> [Value] {
    var values: [Value] = []
    for (index, text) in field.values.enumerated() {
      switch read(text) {
      case .success(let value): values.append(value)
      case .failure(let message): throw fault(file, field, at: index, message)
      }
    }
    if values.isEmpty { throw fault(file, field, "“\(field.key)” is empty; give it a value or leave the key out") }
    return values
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
    if single, field.values.count > 1 { throw fault(file, field, "“\(field.key)” has more than one value") }
    return try values(file, field) { text in
      Value(name: text).map { .success($0) }
        ?? .failure("“\(text)” is no \(field.key); one of \(Value.names.joined(separator: ", "))")
    }
  }

  private func phrases(_ file: String, _ field: Field, seeNames: Bool = false) throws(RuleError) -> [Phrase] {
    try values(file, field) { text in
      Phrase(text, seesNames: seeNames).map { .success($0) }
        ?? .failure("“\(text)” can't be looked for: two bytes at least, `*` at an end only, no `@`, at most 200 bytes")
    }
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
    let hasPhrases = !anyOf.isEmpty || !allOf.isEmpty || !patterns.isEmpty
    if !providers.isEmpty { return .provider }
    if hasPhrases { return .text }
    if !enhanced.isEmpty { return .enhancedCode }
    if !codes.isEmpty { return .replyCode }
    return .stage
  }
}
