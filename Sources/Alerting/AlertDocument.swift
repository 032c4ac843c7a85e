// An alert as others read it: the journal's event, the JSON of a command, the body of a mail.

import Bytes
public import Journal

import Classification
import SMTPTypes

extension Alert {
  /// Calls `body` with the alert as a journal event of `host`.
  public func withEvent(host: String, _ body: (borrowing Event) -> Void) {
    let texts = ByteStore([host, rule.name, state.description, key ?? "", summary])
    var event = Event(time: time, type: .alert)
    event.host = texts[0]
    event.rule = texts[1]
    event.state = texts[2]
    if key != nil { event.key = texts[3] }
    event.note = texts[4]
    event.count = counts.deferrals
    switch rule.grouping {
    case .cut(.provider): event.provider = texts[3]
    case .cut(.domain): event.domain = texts[3]
    case .cut(.service): event.service = texts[3]
    case .cut(.user): event.user = texts[3]
    case .cut(.relay), .cut(.senderDomain), .cut(.tag), .all: break
    }
    withExtendedLifetime(texts) { body(event) }
  }

  /// One JSON object, without a newline.
  public func json(host: String) -> String {
    var buffer = ByteBuffer(capacity: 1024)
    func member(_ name: StaticString, _ text: String) {
      buffer.append(name)
      text.withByteView { buffer.append(json: $0) }
    }
    buffer.append("{")
    member("\"rule\":", rule.name)
    member(",\"state\":", state.description)
    member(",\"host\":", host)
    member(",\"metric\":", rule.metric.description)
    member(",\"by\":", rule.grouping.name)
    if let key { member(",\"key\":", key) }
    member(",\"summary\":", summary)
    member(",\"time\":", time.description)
    member(",\"since\":", since.description)
    buffer.append(",\"value\":\(Alert.decimal(value))")
    buffer.append(",\"threshold\":\(Alert.decimal(rule.threshold)),\"window\":\(rule.window)")
    buffer.append(",\"attempts\":\(counts.attempts),\"deferrals\":\(counts.deferrals)")
    buffer.append(",\"causes\":[")
    for (index, cause) in causes.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append("{\"cause\":\"\(cause.cause)\",\"count\":\(cause.count)}")
    }
    buffer.append("]")
    if let sample { member(",\"sample\":", sample) }
    buffer.append("}")
    return String(buffer.view)
  }

  /// Four decimals, without an exponent.
  private static func decimal(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "0" }
    let scaled = Int((value * 10_000).rounded())
    let fraction = String(scaled % 10_000 + 10_000).dropFirst()
    return "\(scaled / 10_000).\(fraction)"
  }

  /// The body of a mail for the one on call: what, since when, how bad, why, what to do.
  public func mailBody(host: String) -> String {
    var lines = [summary, ""]
    lines.append("State:     \(state)")
    lines.append("Rule:      \(rule.name) (\(rule.metric) by \(rule.grouping.name))")
    lines.append("Host:      \(host)")
    lines.append("Since:     \(since)")
    if state == .cleared { lines.append("Cleared:   \(time)") }
    lines.append("Attempts:  \(counts.attempts)")
    lines.append("Deferred:  \(counts.deferrals)")
    if !causes.isEmpty {
      lines += ["", "Causes:"]
      for cause in causes { lines.append("  \(cause.count)  \(cause.cause)") }
    }
    if let sample { lines += ["", "Last reply:", "  \(Alert.printable(sample))"] }
    let filter = filterArguments
    lines += [
      "", "To see more:", "  softbounce report --since 1h\(filter)", "  softbounce events --since 1h\(filter)", "",
    ]
    return lines.joined(separator: "\n")
  }

  private var filterArguments: String {
    guard let key else { return "" }
    // Only what needs no quoting is shown as a command.
    let isPlain = key.utf8.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2E || $0 == 0x2D || $0 == 0x5F
    }
    return isPlain ? " --where \(rule.grouping.name)=\(key)" : ""
  }

  /// `text` in one line of printable characters.
  static func printable(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: "?"
        default: Character(scalar)
        }
      })
  }
}
