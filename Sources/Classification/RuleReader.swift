// Reads the subset of YAML that our own rule files are written in.
//
//   # a comment line
//   - id: some-rule                 items start in column 0, keys stand 2 further in
//     words: [plain, 'quoted, text', "quoted"]
//     hint: a plain text to the line's end
//     matches:
//       - 'a text with: anything, it''s quoted'
//
// A flow list may run over several lines; double-quoted texts have no escapes. Anything else is an error here, so
// that no text of ours can be read in two ways.

import Bytes

struct RuleReader {
  private let file: String
  private var cursor: Cursor

  static func drafts(name: String, text: ByteView) throws(RuleError) -> [RuleDraft] {
    var reader = RuleReader(file: name, cursor: Cursor(text: text))
    return try reader.read()
  }

  /// A position in the text, by lines.
  private struct Cursor {
    let text: ByteView
    var at = 0
    var line = 0

    /// The next line without its newline, or nil.
    mutating func next() -> ByteView? {
      guard at < text.count else { return nil }
      let end = text.firstIndex(of: 0x0A, from: at) ?? text.count
      defer {
        at = end + 1
        line += 1
      }
      return text[at..<end]
    }
  }

  private mutating func read() throws(RuleError) -> [RuleDraft] {
    var drafts: [RuleDraft] = []
    while let line = cursor.next() {
      let content = line.trimmed
      if content.isEmpty || content.hasPrefix("#") { continue }
      if line.hasPrefix("- ") {
        drafts.append(RuleDraft(line: cursor.line))
        try drafts[drafts.count - 1].fields.append(field(line.from(2)))
      } else if line.hasPrefix("    - "), let last = drafts.indices.last, let field = drafts[last].fields.indices.last {
        var rest = line.from(6).trimmed
        let value = try scalar(&rest, isInList: false)
        guard drafts[last].fields[field].isList, rest.isEmpty else { throw fault("not a list item") }
        drafts[last].fields[field].values.append(value)
      } else if line.hasPrefix("  "), line.at(2) != 0x20, let last = drafts.indices.last {
        try drafts[last].fields.append(field(line.from(2)))
      } else {
        throw fault("not of the form that built-in rules are written in")
      }
    }
    return drafts
  }

  private mutating func field(_ text: ByteView) throws(RuleError) -> RuleDraft.Field {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { throw fault("no key") }
    var field = RuleDraft.Field(key: String(text.prefix(colon)), values: [], isList: false, line: cursor.line)
    var rest = text.from(colon + 1).trimmed
    if rest.isEmpty {
      field.isList = true
    } else if rest[0] == UInt8(ascii: "[") {
      field.isList = true
      rest = rest.from(1)
      try list(rest, into: &field.values)
    } else {
      field.values = [try scalar(&rest, isInList: false)]
      guard rest.isEmpty else { throw fault("text after a quoted value") }
    }
    return field
  }

  /// The items of a flow list up to its bracket, which may stand on a later line.
  private mutating func list(_ start: ByteView, into values: inout [String]) throws(RuleError) {
    var rest = start.trimmed
    while true {
      if rest.isEmpty {
        guard let line = cursor.next() else { throw fault("the list has no end") }
        rest = line.trimmed
        continue
      }
      if rest[0] == UInt8(ascii: "]") {
        guard rest.count == 1 else { throw fault("text after a list") }
        return
      }
      values.append(try scalar(&rest, isInList: true))
      if rest.at(0) == UInt8(ascii: ",") {
        rest = rest.from(1).trimmed
      } else if rest.at(0) != UInt8(ascii: "]") {
        throw fault("a comma or ] is missing")
      }
    }
  }

  /// Takes one scalar off the start of `rest`.
  private func scalar(_ rest: inout ByteView, isInList: Bool) throws(RuleError) -> String {
    guard let first = rest.at(0) else { throw fault("a value is missing") }
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      var bytes: [UInt8] = []
      var at = 1
      while let byte = rest.at(at) {
        if byte == first {
          if first == UInt8(ascii: "'"), rest.at(at + 1) == first {
            at += 1
          } else {
            rest = rest.from(at + 1).trimmed
            return String(decoding: bytes, as: UTF8.self)
          }
        } else if byte == UInt8(ascii: "\\"), first == UInt8(ascii: "\"") {
          throw fault("no escapes in built-in rules; use single quotes")
        }
        bytes.append(byte)
        at += 1
      }
      throw fault("a quote has no end")
    }
    var end = rest.count
    if isInList {
      end = 0
      while let byte = rest.at(end), byte != UInt8(ascii: ","), byte != UInt8(ascii: "]") { end += 1 }
    }
    let plain = rest.prefix(end).trimmed
    if plain.contains(": ") || plain.contains(" #") { throw fault("a plain value with “: ” or “ #”; quote it") }
    if let byte = plain.at(0), ByteView("*&!|>%@`{}[]?#").firstIndex(of: byte) != nil {
      throw fault("a plain value that starts with a special character; quote it")
    }
    rest = rest.from(end)
    return String(plain)
  }

  private func fault(_ message: String) -> RuleError {
    RuleError(file: file, line: cursor.line, message: message)
  }
}
