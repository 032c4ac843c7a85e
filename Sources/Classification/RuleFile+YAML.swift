// Rule files as YAML: what Yams reads becomes drafts of rules.

import Yams

extension RuleFile {
  /// The rules that `text` writes, unchecked, and what is no rule. Where the whole is no YAML, each rule is read by
  /// itself, so that one with a mistake leaves the others in force.
  /// - Throws: `RuleError` if the text is no list of rules at all.
  static func drafts(name: String, text: String) throws(RuleError) -> (drafts: [RuleDraft], errors: [RuleError]) {
    let whole: RuleError
    do throws(RuleError) {
      return try composed(name: name, text: text)
    } catch {
      whole = error
    }
    let items = items(of: text)
    guard items.count > 1 else { throw whole }
    var drafts: [RuleDraft] = []
    var errors: [RuleError] = []
    for item in items {
      do throws(RuleError) {
        let (read, refused) = try composed(name: name, text: item.text)
        drafts += read.map { $0.moved(by: item.line - 1) }
        errors += refused.map { $0.moved(by: item.line - 1) }
      } catch {
        errors.append(error.moved(by: item.line - 1))
      }
    }
    return (drafts, errors)
  }

  /// The text cut before each line that starts an item of the list, and the lines on which the pieces start.
  private static func items(of text: String) -> [(text: String, line: Int)] {
    var items: [(text: String, line: Int)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if items.isEmpty || line.hasPrefix("- ") || line == "-" { items.append(("", index + 1)) }
      items[items.count - 1].text += line + "\n"
    }
    return items
  }

  private static func composed(
    name: String, text: String
  ) throws(RuleError) -> (drafts: [RuleDraft], errors: [RuleError]) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw error.ruleError(name)
    } catch {
      throw RuleError(file: name, line: 1, message: "is no YAML: \(error)")
    }
    // A file of comments alone.
    guard let root else { return ([], []) }
    if case .scalar(let scalar) = root, scalar.string.isEmpty { return ([], []) }
    guard case .sequence(let items) = root else {
      throw RuleError(
        file: name, line: root.mark?.line ?? 1, column: root.mark?.column ?? 1,
        message: "must be a list of rules, each “- id: …”")
    }
    var drafts: [RuleDraft] = []
    var errors: [RuleError] = []
    for item in items {
      do throws(RuleError) {
        drafts.append(try RuleDraft(item, file: name))
      } catch {
        errors.append(error)
      }
    }
    return (drafts, errors)
  }
}

extension RuleDraft {
  fileprivate init(_ node: Node, file: String) throws(RuleError) {
    let start = Place(node.mark) ?? Place(line: 1, column: 1)
    func fault(_ mark: Mark?, _ message: String) -> RuleError {
      let place = Place(mark) ?? start
      return RuleError(file: file, line: place.line, column: place.column, message: message)
    }
    guard case .mapping(let mapping) = node else {
      throw fault(node.mark, "a rule is a mapping of keys to values, “- id: …” and so on")
    }
    self.init(line: start.line)
    for (key, value) in mapping {
      guard case .scalar(let name) = key else { throw fault(key.mark, "a key must be a word") }
      let place = Place(key.mark) ?? start
      var field = Field(key: name.string, values: [], isList: false, line: place.line, places: [place])
      switch value {
      case .scalar(let scalar):
        field.values = [scalar.string]
        field.places.append(Place(value.mark) ?? place)
      case .sequence(let items):
        field.isList = true
        for item in items {
          guard case .scalar(let scalar) = item else {
            throw fault(item.mark, "“\(name.string)” must be a list of texts; quote what holds “: ” or braces")
          }
          field.values.append(scalar.string)
          field.places.append(Place(item.mark) ?? place)
        }
      default:
        throw fault(value.mark, "“\(name.string)” must be a text or a list of texts")
      }
      fields.append(field)
    }
  }
}

extension RuleDraft.Place {
  fileprivate init?(_ mark: Mark?) {
    guard let mark else { return nil }
    self.init(line: mark.line, column: mark.column)
  }
}

extension YamlError {
  fileprivate func ruleError(_ file: String) -> RuleError {
    switch self {
    case .scanner(let context, let problem, let mark, _):
      // Where a quote that never ends begins says more than where the file ends.
      RuleError(
        file: file, line: context?.mark.line ?? mark.line, column: context?.mark.column ?? mark.column,
        message: "is no YAML: \(problem)\(context.map { " " + $0.text } ?? "")")
    case .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      RuleError(file: file, line: mark.line, column: mark.column, message: "is no YAML: \(problem)")
    case .reader(let problem, _, _, _):
      RuleError(file: file, line: 1, message: "is no YAML: \(problem); write it in UTF-8")
    case .duplicatedKeysInMapping(let keys, let context):
      RuleError(
        file: file, line: context.mark.line, column: context.mark.column,
        message: "the same key stands twice in one rule: \(keys.joined(separator: ", "))")
    default:
      RuleError(file: file, line: 1, message: "is no YAML: \(self)")
    }
  }
}

extension RuleDraft {
  fileprivate func moved(by lines: Int) -> RuleDraft {
    var moved = self
    moved.line += lines
    for field in moved.fields.indices {
      moved.fields[field].line += lines
      for place in moved.fields[field].places.indices { moved.fields[field].places[place].line += lines }
    }
    return moved
  }
}

extension RuleError {
  fileprivate func moved(by lines: Int) -> RuleError {
    RuleError(file: file, line: line + lines, column: column, message: message)
  }
}
