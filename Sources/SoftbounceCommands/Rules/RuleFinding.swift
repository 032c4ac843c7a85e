import Bytes
import Classification
import Journal
import Reporting

/// Something to be said about a rule file: what was refused, a text that does not come out as it should, or advice.
struct RuleFinding {
  enum Severity: String {
    /// The rule is left out, or does not do what its texts say.
    case error
    /// It works; something about it is not as good as it could be.
    case warning
  }

  var severity: Severity
  var file: String
  /// Counts from 1; 0 where it is not known.
  var line: Int
  var column: Int
  var message: String

  init(_ severity: Severity, file: String, line: Int, column: Int = 0, _ message: String) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  init(_ error: RuleError) {
    self.init(.error, file: error.file, line: error.line, column: error.column, error.message)
  }

  /// `local.yaml:9:10: error: …`, as compilers write it.
  var text: String {
    let place = line == 0 ? "" : column == 0 ? ":\(line)" : ":\(line):\(column)"
    return Printable.text("\(file)\(place): \(severity.rawValue): \(message)", limit: 1000)
  }

  func appendJSON(to line: inout ByteBuffer) {
    line.append("{\"severity\":\"")
    line.append(severity.rawValue)
    line.append("\",\"file\":")
    file.withByteView { line.append(json: $0) }
    line.append(",\"line\":")
    line.append(decimal: self.line)
    if column > 0 {
      line.append(",\"column\":")
      line.append(decimal: column)
    }
    line.append(",\"message\":")
    message.withByteView { line.append(json: $0) }
    line.append("}\n")
  }

  /// Prints findings: for people as lines, for programs as JSON Lines.
  static func print(_ findings: [RuleFinding], _ format: OutputFormat, _ console: Console) {
    for finding in findings {
      switch format {
      case .text: console.write(finding.text + "\n")
      case .json:
        var line = ByteBuffer(capacity: 1024)
        finding.appendJSON(to: &line)
        var safe = ByteBuffer(capacity: 1024)
        Printable.append(json: line.view, to: &safe)
        console.write(safe.view)
      }
    }
  }
}
