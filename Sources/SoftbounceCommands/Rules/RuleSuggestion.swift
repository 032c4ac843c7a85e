// Drafts of rules, as YAML that `softbounce rules check` takes once a cause is filled in.

import Bytes
import Classification
import Reporting
import SMTPTypes

enum RuleSuggestion {
  /// A rule file for `replies`, which are the most frequent of `all`.
  static func file(_ replies: [UnknownReply], of all: UnknownReplies) -> String {
    guard !replies.isEmpty else { return "# Nothing to suggest: a rule knows every reply.\n" }
    var text = """
      # Drafts by softbounce rules suggest: \(replies.count) of \(all.templateCount) kinds of reply that no rule knows, \
      \(all.total) replies in all.
      # Give each a cause, drop those that are not worth a rule, then:
      #   softbounce rules check THIS-FILE
      #   sudo cp THIS-FILE /etc/softbounce/rules.d/ && sudo systemctl reload softbounced
      # Causes: \(Cause.names.filter { $0 != "unclassified" }.joined(separator: ", ")).
      # Add scope if another than the cause's own has to act (\(Scope.names.joined(separator: ", "))).

      """
    var ids: Set<String> = []
    for reply in replies { text += "\n" + draft(reply, &ids) }
    return text
  }

  private static func draft(_ reply: UnknownReply, _ ids: inout Set<String>) -> String {
    let example = shown(reply.example)
    let phrase = phrase(of: reply.template, in: example)
    var lines: [String] = []
    let times = "\(reply.count) time\(reply.count == 1 ? "" : "s")"
    let judged = reply.rule.map { ", so far judged by \($0)" } ?? ""
    lines.append("# \(times)\(judged): \(Printable.text(reply.template, limit: 300))")
    lines.append("- id: \(id(phrase ?? "reply", &ids))")
    lines.append("  cause:")
    lines.append("  # hint: what to do about it")
    lines.append("  direction: \(reply.direction)")
    if let provider = reply.provider,
      provider.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2E || $0 == 0x2D })
    {
      lines.append("  # provider: \(provider)      # if nobody else says so")
    }
    example.withByteView { bytes in
      let read = Reply(parsing: bytes)
      if let code = read.code { lines.append("  codes: ['\(code)']") }
      if let enhanced = read.enhanced { lines.append("  enhanced: ['\(enhanced)']") }
    }
    if let phrase { lines.append("  words: [\(quoted(phrase))]") }
    lines.append("  matches: [\(quoted(example))]")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The longest run of words of the template that stays the same and stands in the example as a rule sees it.
  static func phrase(of template: String, in example: String) -> String? {
    var runs: [String] = []
    var run: [Substring] = []
    for word in template.split(separator: " ") {
      let isPlain = word.utf8.allSatisfy { byte in
        byte.isASCIILetter || byte >= 0x80 || byte == 0x2D || byte == 0x27 || byte == 0x2C || byte == 0x2E
      }
      if isPlain {
        run.append(word)
        continue
      }
      runs.append(run.joined(separator: " "))
      run = []
    }
    runs.append(run.joined(separator: " "))
    var normalized = NormalizedText()
    example.withByteView { normalized.normalize($0) }
    for run in runs.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      let words = cut(run)
      if let phrase = Phrase(words), words.utf8.count >= 6, phrase.occurs(in: normalized) {
        return words.lowercased()
      }
    }
    return nil
  }

  /// At most 60 bytes of whole words, without punctuation at either end.
  private static func cut(_ run: String) -> String {
    var kept = ""
    for word in run.split(separator: " ") {
      if !kept.isEmpty, kept.utf8.count + word.utf8.count >= 60 { break }
      kept += (kept.isEmpty ? "" : " ") + word
    }
    let marks: Set<Character> = [".", ",", "'", "-", "…"]
    while let last = kept.last, marks.contains(last) { kept.removeLast() }
    while let first = kept.first, marks.contains(first) { kept.removeFirst() }
    return kept
  }

  /// The example without people's addresses and without what YAML or a terminal would trip over.
  private static func shown(_ example: String) -> String {
    var text = ""
    for scalar in example.unicodeScalars {
      switch scalar.value {
      case 0...0x20: text += " "
      case 0x7F...0x9F, 0xFFFD...0xFFFF: text += "?"
      default: text += Printable.text(String(scalar)).unicodeScalars.count == 1 ? String(scalar) : "?"
      }
    }
    let words = text.split(separator: " ").map { word -> String in
      guard let at = word.firstIndex(of: "@"), at != word.startIndex else { return String(word) }
      let before = word[..<at]
      let start = before.lastIndex { "<>\"'(,;:=".contains($0) }.map { before.index(after: $0) } ?? before.startIndex
      let after = word[word.index(after: at)...]
      let end = after.firstIndex { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") } ?? after.endIndex
      return start < at ? word[..<start] + "user@example.org" + word[end...] : String(word)
    }
    return words.joined(separator: " ")
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  private static func id(_ phrase: String, _ ids: inout Set<String>) -> String {
    var id = "local"
    for word in phrase.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber)) }) {
      if id.utf8.count + word.utf8.count > 48 { break }
      id += "-" + word.lowercased()
    }
    var unique = id
    var number = 2
    while !ids.insert(unique).inserted {
      unique = "\(id)-\(number)"
      number += 1
    }
    return unique
  }
}
