public import Journal

import Bytes

/// What `verify` found, for people: one line a damage, and what was read.
public struct VerificationText {
  public init() {}

  public func render(_ report: ScanReport) -> String {
    var text = ""
    for damage in report.damage { text += Printable.text(damage.description, limit: 500) + "\n" }
    if report.damages > report.damage.count {
      text += "\(Units.count(report.damages - report.damage.count)) further damages are not listed\n"
    }
    let read = "\(Units.count(report.segments, "segment")), \(Units.count(report.lines, "line"))"
    text += report.damages == 0 ? "Sound: \(read)." : "Damaged: \(Units.count(report.damages, "place")) in \(read)."
    if report.superseded > 0 {
      text += " \(Units.count(report.superseded, "line")) of an abandoned segment stand again in the next one."
    }
    if report.uncommitted > 0 { text += " \(Units.count(report.uncommitted, "byte")) at the end are not committed." }
    return text + "\n"
  }
}

/// The same as JSON Lines: an object a damage, then one with the sums.
public struct VerificationJSON {
  public init() {}

  public func render(_ report: ScanReport) -> String {
    var buffer = ByteBuffer(capacity: 4096)
    for damage in report.damage {
      buffer.append("{\"kind\":\"\(damage.kind.rawValue)\",\"file\":")
      VerificationJSON.append(damage.file, &buffer)
      if damage.line > 0 { buffer.append(",\"line\":\(damage.line)") }
      buffer.append(",\"offset\":\(damage.offset),\"message\":")
      VerificationJSON.append(damage.message, &buffer)
      buffer.append("}\n")
    }
    buffer.append("{\"kind\":\"sum\",\"segments\":\(report.segments),\"lines\":\(report.lines)")
    buffer.append(",\"bytes\":\(report.bytes),\"superseded\":\(report.superseded)")
    buffer.append(",\"uncommitted_bytes\":\(report.uncommitted),\"damages\":\(report.damages)}\n")
    return String(buffer.view)
  }

  private static func append(_ text: String, _ buffer: inout ByteBuffer) {
    text.withByteView { buffer.append(json: $0) }
  }
}
