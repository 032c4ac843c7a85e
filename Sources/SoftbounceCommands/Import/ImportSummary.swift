import Bytes
import Journal
import Reporting
import SMTPTypes

/// What an import did, or would do.
struct ImportSummary {
  var journal: String
  var isDryRun: Bool
  var files: [Importer.Outcome]
  /// Events by type.
  var counts: [Int]
  var hosts: [String]
  var first: Timestamp?
  var last: Timestamp?

  var events: Int { counts.reduce(0, +) }

  // MARK: Text

  func text() -> String {
    var text = ""
    for file in files {
      let name = Printable.text(file.file, limit: 200)
      var words = "\(name): \(file.lines) \(file.lines == 1 ? "line" : "lines")"
      if file.known > 0 { words += ", \(file.known == file.lines ? "all" : "\(file.known)") in the journal already" }
      if file.left > 0 { words += ", \(file.left) left to softbounced, which stands in this file" }
      if file.new > 0 { words += ", \(file.events) \(file.events == 1 ? "event" : "events")" }
      text += words + "\n"
    }
    let shown = Printable.text(journal, limit: 200)
    guard files.contains(where: { $0.new > 0 }) else { return text + "Nothing new for \(shown).\n" }
    text += "\(isDryRun ? "Would add" : "Added") \(events) \(events == 1 ? "event" : "events")"
    if let first, let last { text += " of \(first.day) to \(last.day)" }
    if !hosts.isEmpty { text += " from \(hosts.map { Printable.text($0, limit: 80) }.joined(separator: ", "))" }
    text += " to \(shown)"
    let parts = EventType.allCases.filter { counts[Int($0.rawValue)] > 0 }.map { "\($0) \(counts[Int($0.rawValue)])" }
    return text + (parts.isEmpty ? ".\n" : ": \(parts.joined(separator: ", ")).\n")
  }

  // MARK: JSON

  func json() -> String {
    var line = ByteBuffer(capacity: 1024)
    line.append("{\"journal\":")
    journal.withByteView { line.append(json: $0) }
    line.append(isDryRun ? ",\"dry_run\":true" : ",\"dry_run\":false")
    if let first, let last {
      line.append(",\"first\":\"\(first)\",\"last\":\"\(last)\"" as String)
    }
    line.append(",\"hosts\":[")
    for (index, host) in hosts.enumerated() {
      if index > 0 { line.append(",") }
      host.withByteView { line.append(json: $0) }
    }
    line.append("],\"events\":{")
    let types = EventType.allCases.filter { counts[Int($0.rawValue)] > 0 }
    for (index, type) in types.enumerated() {
      line.append("\(index > 0 ? "," : "")\"\(type)\":\(counts[Int(type.rawValue)])" as String)
    }
    line.append("},\"files\":[")
    for (index, file) in files.enumerated() {
      if index > 0 { line.append(",") }
      line.append("{\"file\":")
      file.file.withByteView { line.append(json: $0) }
      line.append(
        ",\"lines\":\(file.lines),\"known_lines\":\(file.known),\"left_lines\":\(file.left),\"events\":\(file.events)"
          as String)
      if !file.problems.isEmpty {
        line.append(",\"problems\":[")
        for (index, problem) in file.problems.enumerated() {
          if index > 0 { line.append(",") }
          problem.withByteView { line.append(json: $0) }
        }
        line.append("]")
      }
      line.append("}")
    }
    line.append("]}\n")
    var shown = ByteBuffer(capacity: line.count)
    Printable.append(json: line.view, to: &shown)
    return String(shown.view)
  }
}

extension Timestamp {
  /// `2026-11-23`, in UTC.
  fileprivate var day: Substring { description.prefix(10) }
}
