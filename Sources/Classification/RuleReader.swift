// Reads the subset of YAML that our own rule files are written in.
//
//   # a comment line
//   - id: some-rule                 items start in column 0, keys stand 2 further in
//     words: [plain, 'quoted, text', "quoted"]
//     hint: a plain text to the line's end
//     matches:
//       - 'a text with: anything, it''s quoted'
//
// A flow list may run over several lines; keys are lower-case words; double-quoted texts have no escapes; a plain text
// begins with a letter or a digit; all is UTF-8 without control characters. Anything else is an error here, so that no
// text of ours can be read in two ways.

import Bytes

struct RuleReader {
  private let file: String
  private var cursor: Cursor
  /// The last key stands alone on its line: items may follow.
  private var isListOpen = false

  static func drafts(name: String, text: ByteView) throws(RuleError) -> [RuleDraft] {
    var reader = RuleReader(file: name, cursor: Cursor(text: text))
    if let odd = unprintable(text) {
      reader.cursor.line = text.prefix(odd).buffer.count { $0 == 0x0A } + 1
      throw reader.fault("a control character, or a mark of order or a line's end that is no newline")
    }
    return try reader.read()
  }

  /// Where the first character stands that YAML refuses, passes over or takes for a line's end (YAML 1.1, sections 5.1
  /// and 5.4): control characters, U+0085, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF, and tabs, which it has rules of its
  /// own for.
  private static func unprintable(_ text: ByteView) -> Int? {
    for at in 0..<text.count {
      let isOdd: Bool
      switch text[at] {
      case 0x20...0x7E, 0x0A: continue
      case 0xC2: isOdd = text.at(at + 1) ?? 0 < 0xA0
      case 0xE2: isOdd = text.at(at + 1) == 0x80 && (text.at(at + 2) == 0xA8 || text.at(at + 2) == 0xA9)
      case 0xEF:
        let (second, third) = (text.at(at + 1) ?? 0, text.at(at + 2) ?? 0)
        isOdd = second == 0xBB && third == 0xBF || second == 0xBF && third >= 0xBE
      case let byte: isOdd = byte < 0x80
      }
      if isOdd { return at }
    }
    return nil
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
        try add(field(line.from(2)), to: &drafts[drafts.count - 1])
      } else if line.hasPrefix("    - "), let last = drafts.indices.last, let field = drafts[last].fields.indices.last {
        var rest = line.from(6).trimmed
        let value = try scalar(&rest, isInList: false)
        guard isListOpen, rest.isEmpty else { throw fault("not a list item") }
        drafts[last].fields[field].values.append(value)
      } else if line.hasPrefix("  "), line.at(2) != 0x20, let last = drafts.indices.last {
        try add(field(line.from(2)), to: &drafts[last])
      } else {
        throw fault("not of the form that built-in rules are written in")
      }
    }
    return drafts
  }

  private func add(_ field: RuleDraft.Field, to draft: inout RuleDraft) throws(RuleError) {
    guard !draft.fields.contains(where: { $0.key == field.key }) else { throw fault("a key stands twice") }
    draft.fields.append(field)
  }

  private mutating func field(_ text: ByteView) throws(RuleError) -> RuleDraft.Field {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { throw fault("no key") }
    guard (1...40).contains(colon), text.prefix(colon).buffer.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x5F })
    else {
      throw fault("a key must be a word in lower case")
    }
    guard colon + 1 == text.count || text[colon + 1] == 0x20 else { throw fault("no space after a key's colon") }
    var field = RuleDraft.Field(key: String(text.prefix(colon)), values: [], isList: false, line: cursor.line)
    var rest = text.from(colon + 1).trimmed
    isListOpen = rest.isEmpty
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
      // Most have nothing inside that is more than itself.
      if let end = rest.firstIndex(of: first, from: 1), rest.at(end + 1) != first,
        first == UInt8(ascii: "'") || rest.prefix(end).firstIndex(of: UInt8(ascii: "\\")) == nil
      {
        defer { rest = rest.from(end + 1).trimmed }
        return String(rest[1..<end])
      }
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
    guard let byte = plain.at(0), byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 else {
      throw fault("a plain value that starts with no letter and no digit; quote it")
    }
    if plain.contains(": ") || plain.contains(" #") || plain.hasSuffix(":") {
      throw fault("a plain value with “: ” or “ #”; quote it")
    }
    if isInList, plain.buffer.contains(where: { ByteView("[{}?:").firstIndex(of: $0) != nil }) {
      throw fault("a plain value with a bracket, “?” or “:” in a list; quote it")
    }
    rest = rest.from(end)
    return String(plain)
  }

  private func fault(_ message: String) -> RuleError {
    RuleError(file: file, line: cursor.line, message: message)
  }
}
