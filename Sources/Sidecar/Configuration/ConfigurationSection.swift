import Journal
import Yams

/// One mapping of a configuration file while it is read: hands out values, notes what is wrong with each, and in the
/// end which keys nobody asked for.
final class ConfigurationSection {
  /// All that is wrong so far; shared by the sections of a file.
  final class Problems {
    let file: String
    var list: [ConfigurationProblem] = []

    init(file: String) { self.file = file }
  }

  let problems: Problems
  /// `alerts.rules[0]`; empty at the top.
  let path: String
  let line: Int?
  private let entries: [(name: String, value: Node, line: Int?)]
  private var asked: Set<String> = []

  /// A section that is not there is an empty one; one that is no mapping is a problem.
  init(_ node: Node?, path: String, problems: Problems) {
    self.problems = problems
    self.path = path
    line = node?.mark?.line
    if let mapping = node?.mapping {
      entries = mapping.map { ($0.key.string ?? "?", $0.value, $0.key.mark?.line) }
    } else {
      entries = []
      if let node, !ConfigurationSection.isNull(node) {
        problems.list.append(
          ConfigurationProblem(
            file: problems.file, line: node.mark?.line, key: path, reason: "a list of keys is expected here",
            remedy: "Write \"key: value\" lines below it, indented"))
      }
    }
  }

  private static func isNull(_ node: Node) -> Bool {
    node.scalar.map { $0.style == .plain && ["", "~", "null"].contains($0.string) } ?? false
  }

  func key(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  func problem(_ name: String?, _ reason: String, _ remedy: String) {
    let line = name.flatMap { name in entries.first { $0.name == name }?.line } ?? self.line
    problems.list.append(
      ConfigurationProblem(
        file: problems.file, line: line, key: name.map(key) ?? path, reason: reason, remedy: remedy))
  }

  func has(_ name: String) -> Bool { entries.contains { $0.name == name } }

  func node(_ name: String) -> Node? {
    asked.insert(name)
    return entries.first { $0.name == name }.map(\.value)
  }

  // MARK: Values

  func section(_ name: String) -> ConfigurationSection {
    ConfigurationSection(node(name), path: key(name), problems: problems)
  }

  /// The sections of a list of mappings; nil if the key is not there.
  func sections(_ name: String) -> [ConfigurationSection]? {
    guard let node = node(name) else { return nil }
    if ConfigurationSection.isNull(node) { return [] }
    guard let sequence = node.sequence else {
      problem(name, "a list is expected here", "Write \"- key: value\" lines below it")
      return nil
    }
    return sequence.enumerated().map {
      ConfigurationSection($0.element, path: "\(key(name))[\($0.offset)]", problems: problems)
    }
  }

  /// The text of a scalar, or nil if the key is not there or has another form.
  func text(_ name: String) -> String? {
    guard let node = node(name) else { return nil }
    guard let scalar = node.scalar, !ConfigurationSection.isNull(node) else {
      problem(name, "one value is expected here", "Write \"\(name): value\" on one line, or leave the key out")
      return nil
    }
    guard !scalar.string.utf8.contains(0) else {
      problem(name, "the value holds a zero byte", "Write plain text")
      return nil
    }
    return scalar.string
  }

  func texts(_ name: String) -> [String]? {
    guard let node = node(name) else { return nil }
    if ConfigurationSection.isNull(node) { return [] }
    if let single = node.scalar { return [single.string] }
    guard let sequence = node.sequence else {
      problem(name, "a list of values is expected here", "Write [one, two]")
      return nil
    }
    let texts = sequence.compactMap { $0.scalar?.string }
    guard texts.count == sequence.count, !texts.contains(where: { $0.utf8.contains(0) }) else {
      problem(name, "a list of plain values is expected here", "Write [one, two]")
      return nil
    }
    return texts
  }

  /// A program and its arguments. One text is a program without any: no shell takes it apart, and a program whose name
  /// has blanks is written as a list.
  func command(_ name: String) -> [String]? {
    let isText = entries.first { $0.name == name }?.value.scalar != nil
    let command = texts(name)
    guard isText, let text = command?.first else { return command }
    let parts = text.split(whereSeparator: \.isWhitespace)
    guard parts.count > 1 else { return command }
    let list = parts.prefix(4).map { shown(String($0)) }.joined(separator: ", ")
    problem(
      name, "the program and its arguments stand in one text, and there is no shell that takes them apart",
      "Write [\(list)\(parts.count > 4 ? ", …" : "")]")
    return nil
  }

  /// Names and texts of a mapping, in its order.
  func pairs(_ name: String) -> [(name: String, value: String)]? {
    guard let node = node(name) else { return nil }
    if ConfigurationSection.isNull(node) { return [] }
    guard let mapping = node.mapping else {
      problem(name, "names with values are expected here", "Write \"name: value\" lines below it")
      return nil
    }
    var pairs: [(name: String, value: String)] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string, let text = value.scalar?.string else {
        problem(name, "a plain name and a plain value are expected here", "Write \"name: value\"")
        return nil
      }
      pairs.append((name, text))
    }
    return pairs
  }

  func flag(_ name: String) -> Bool? {
    guard let text = text(name) else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      problem(name, "\"\(shown(text))\" is neither true nor false", "Write true or false")
      return nil
    }
  }

  func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
    parsed(name, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func size(_ name: String, in range: ClosedRange<Int>) -> Int? {
    parsed(
      name,
      "a size from \(Quantity.describe(size: range.lowerBound)) to \(Quantity.describe(size: range.upperBound)), such as 64MiB"
    ) { text in Quantity.size(text).flatMap { range.contains($0) ? $0 : nil } }
  }

  func duration(_ name: String, in range: ClosedRange<Int>) -> Int? {
    parsed(
      name,
      "a time from \(Quantity.describe(duration: range.lowerBound)) to \(Quantity.describe(duration: range.upperBound)), such as 15m or 24h"
    ) { text in Quantity.duration(text).flatMap { range.contains($0) ? $0 : nil } }
  }

  /// One of a closed set of words.
  func choice<Value>(_ name: String, _ values: [(String, Value)]) -> Value? {
    let names = values.map(\.0)
    return parsed(name, "one of \(names.joined(separator: ", "))", suggestions: names) { text in
      values.first { $0.0 == text }?.1
    }
  }

  /// Reads the text with `parse`; nil from that is a problem.
  func parsed<Value>(
    _ name: String, _ expected: String, suggestions: [String] = [], _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(name) else { return nil }
    if let value = parse(text) { return value }
    let near = ConfigurationSection.nearest(text, suggestions).map { " (did you mean \($0)?)" } ?? ""
    problem(name, "\"\(shown(text))\" is not \(expected)", "Write \(expected)\(near)")
    return nil
  }

  /// Notes the keys that nothing asked for.
  func finish() {
    for entry in entries where !asked.contains(entry.name) {
      let near = ConfigurationSection.nearest(entry.name, Array(asked))
      let known = asked.sorted().joined(separator: ", ")
      problems.list.append(
        ConfigurationProblem(
          file: problems.file, line: entry.line, key: key(shown(entry.name)), reason: "there is no such key",
          remedy: near.map { "Did you mean \($0)" } ?? "Known here: \(known)"))
    }
  }

  /// Text of a file as a message may show it: one line, no control bytes, bounded.
  func shown(_ text: String) -> String {
    let plain = String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(60).map { $0.properties.generalCategory == .control ? "?" : $0 }))
    return plain.unicodeScalars.count < text.unicodeScalars.count ? plain + "…" : plain
  }

  /// The candidate that differs from `text` in the fewest letters, at most two.
  static func nearest(_ text: String, _ candidates: [String]) -> String? {
    candidates.sorted().map { ($0, distance(Array(text.prefix(40)), Array($0))) }.filter { $0.1 <= 2 }
      .min { $0.1 < $1.1 }?.0
  }

  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
