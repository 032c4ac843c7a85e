// Recipients for programs: CSV and JSON Lines.

public import Bytes
import Journal
import SMTPTypes

/// Renders one recipient as a line. Times are RFC 3339 UTC, absent values empty (CSV) or left out (JSON).
public enum RecipientLine {
  public static let header: StaticString =
    "address,state,cause,soft_bounces,attempts,first_soft_bounce,last_soft_bounce,last_success,open,failed_in_a_row,first_failed,last_failed,unknown_address,evidence\r\n"

  public static func append(csv row: RecipientList.Row, to buffer: inout ByteBuffer) {
    CSVCell.append(row.address, to: &buffer)
    let cells = [
      row.state.description, row.cause.description, String(row.softBounces), String(row.attempts),
      row.firstSoftBounce?.description ?? "", row.lastSoftBounce?.description ?? "",
      row.lastSuccess?.description ?? "", String(row.open), String(row.score), row.firstScore?.description ?? "",
      row.lastScore?.description ?? "", row.isUnknown ? "yes" : "no",
      row.evidence.map(sentence).joined(separator: " | "),
    ]
    for cell in cells {
      buffer.append(UInt8(ascii: ","))
      CSVCell.append(cell, to: &buffer)
    }
    buffer.append("\r\n")
  }

  private static func sentence(_ proof: RecipientList.Proof) -> String {
    "\(proof.time) \(proof.type) \(proof.cause)"
      + (proof.status.map { " \($0)" } ?? "") + (proof.reply.map { ": \(Printable.text($0, limit: 200))" } ?? "")
  }

  public static func append(json row: RecipientList.Row, to buffer: inout ByteBuffer) {
    var line = ByteBuffer()
    line.append("{\"address\":")
    row.address.withByteView { line.append(json: $0) }
    text(",\"state\":", row.state.description, &line)
    text(",\"cause\":", row.cause.description, &line)
    number(",\"soft_bounces\":", row.softBounces, &line)
    number(",\"attempts\":", row.attempts, &line)
    text(",\"first_soft_bounce\":", row.firstSoftBounce?.description, &line)
    text(",\"last_soft_bounce\":", row.lastSoftBounce?.description, &line)
    text(",\"last_success\":", row.lastSuccess?.description, &line)
    number(",\"open\":", row.open, &line)
    number(",\"failed_in_a_row\":", row.score, &line)
    text(",\"first_failed\":", row.firstScore?.description, &line)
    text(",\"last_failed\":", row.lastScore?.description, &line)
    line.append(row.isUnknown ? ",\"unknown_address\":true" : ",\"unknown_address\":false")
    line.append(",\"evidence\":[")
    for (index, proof) in row.evidence.enumerated() {
      line.append(index > 0 ? ",{" : "{")
      text("\"time\":", proof.time.description, &line)
      text(",\"type\":", proof.type.description, &line)
      text(",\"cause\":", proof.cause.description, &line)
      text(",\"status\":", proof.status?.description, &line)
      text(",\"reply\":", proof.reply, &line)
      line.append("}")
    }
    line.append("]}\n")
    Printable.append(json: line.view, to: &buffer)
  }

  private static func text(_ key: StaticString, _ value: String?, _ line: inout ByteBuffer) {
    guard let value else { return }
    line.append(key)
    value.withByteView { line.append(json: $0) }
  }

  private static func number(_ key: StaticString, _ value: Int, _ line: inout ByteBuffer) {
    line.append(key)
    line.append(decimal: value)
  }
}
