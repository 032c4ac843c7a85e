// A file of rules in YAML: an administrator's, or the text of ours.

import Glibc

/// What a rule file held: the rules that are sound, and what is wrong with the others. A bad rule never takes the
/// good ones with it; text that is no YAML is refused whole.
public struct RuleFile: Sendable {
  /// A rule file may have at most 4 MiB.
  public static let sizeLimit = 4 << 20

  public var name: String
  public var rules: [Rule] = []
  public var errors: [RuleError] = []

  public init(name: String, rules: [Rule] = [], errors: [RuleError] = []) {
    self.name = name
    self.rules = rules
    self.errors = errors
  }

  /// Reads YAML `text`; `name` is for messages.
  public init(name: String, text: String) {
    self.name = name
    do throws(RuleError) {
      let (drafts, errors) = try RuleFile.drafts(name: name, text: text)
      self.errors = errors
      add(drafts)
    } catch {
      errors = [error]
    }
  }

  /// Reads the file at `path`.
  public init(path: String) {
    do throws(RuleError) {
      self.init(name: path, text: try RuleFile.contents(of: path))
    } catch {
      self.init(name: path, errors: [error])
    }
  }

  /// Reads the file at `path`, which was found and not named: a pipe is refused, since its writer may never come.
  private init(found path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else {
      self.init(path: path)
      return
    }
    let message = "is a pipe and no rule file; take it out of the directory"
    self.init(name: path, errors: [RuleError(file: path, line: 0, message: message)])
  }

  /// The files `*.yaml` of a directory in the order of their names; none if there is no such directory, and one that is
  /// nothing but an error if it can't be read.
  public static func files(inDirectory directory: String) -> [RuleFile] {
    guard let stream = opendir(directory) else {
      if errno == ENOENT { return [] }
      let reason = String(cString: strerror(errno))
      return [RuleFile(name: directory, errors: [RuleError(file: directory, line: 0, message: "can't be read: \(reason)")])]
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().map { RuleFile(found: "\(directory)/\($0)") }
  }

  mutating func add(_ drafts: [RuleDraft]) {
    var lines = Dictionary(rules.map { ($0.id, $0.line) }, uniquingKeysWith: { first, _ in first })
    for draft in drafts {
      do throws(RuleError) {
        let rule = try draft.rule(file: name)
        if let line = lines[rule.id] {
          throw RuleError(file: name, line: rule.line, message: "rule \(rule.id) stands already at line \(line)")
        }
        lines[rule.id] = rule.line
        rules.append(rule)
      } catch {
        errors.append(error)
      }
    }
  }

  private static func contents(of path: String) throws(RuleError) -> String {
    guard let file = fopen(path, "r") else {
      throw RuleError(file: path, line: 0, message: "can't be opened: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
      if bytes.count > sizeLimit {
        throw RuleError(file: path, line: 0, message: "is larger than \(sizeLimit) bytes; split it")
      }
    }
    guard ferror(file) == 0 else { throw RuleError(file: path, line: 0, message: "can't be read") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
      throw RuleError(file: path, line: (bad ?? 0) + 1, message: "is not UTF-8; save it in that encoding")
    }
    return text
  }
}
