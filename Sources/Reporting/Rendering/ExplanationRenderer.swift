// A verdict with its reasons, for people: the text, then a line for each thing that is known of it.

public import Bytes
public import Classification
import SMTPTypes

/// Renders explanations for a terminal.
public struct ExplanationRenderer: Sendable {
  private let width: Int
  private let style: Style

  public init(width: Int = 80, isColoured: Bool = false) {
    self.width = max(width, 40)
    style = Style(isColoured: isColoured)
  }

  /// What was made of `text`; nil if it tells of no failure.
  public func render(_ text: ByteView, _ explanation: Explanation?) -> String {
    var out = Output(width: width)
    out.wrapped(Printable.text(text, limit: 2000)) { style.apply(.bold, $0) }
    guard let explanation else {
      out.line("  This line tells of no failure.")
      return out.text
    }
    for (name, value) in rows(explanation) {
      let label = "  " + Columns.padded(name, 13)
      out.wrapped(label + value, indent: 15) { $0 }
    }
    return out.text
  }

  private func rows(_ explanation: Explanation) -> [(String, String)] {
    let verdict = explanation.verdict
    let rule = explanation.rule
    var rows: [(String, String)] = []
    let actor = verdict.scope == nil ? "" : " (to act: \(Advice.actor(verdict.scope)))"
    rows.append(("cause", verdict.cause.description + actor))
    if verdict.cause == .unclassified {
      rows.append(("rule", "none; softbounce rules suggest writes the skeleton of one"))
    } else {
      rows.append(("rule", "\(rule.id)  \(Printable.text(rule.file, limit: 200)):\(rule.line)"))
      rows.append(("evidence", Printable.text(explanation.evidence, limit: 600)))
    }
    rows.append(("origin", verdict.origin.description))
    if let provider = explanation.provider { rows.append(("provider", Printable.text(provider, limit: 200))) }
    let hundredths = Int((explanation.confidence * 100).rounded())
    rows.append(("confidence", "\(hundredths / 100).\(Units.two(hundredths % 100))"))
    if let helps = explanation.retryHelps {
      rows.append(("retrying", helps ? "helps: waiting is enough" : "alone does not help"))
    }
    if let seconds = verdict.retryAfter { rows.append(("asks to wait", Units.duration(Double(seconds)))) }
    if let list = explanation.blockList { rows.append(("block list", Printable.text(list, limit: 200))) }
    if let hint = explanation.hint { rows.append(("what to do", Printable.text(hint))) }
    if let page = explanation.documentation { rows.append(("read", Printable.text(page, limit: 300))) }
    if let page = explanation.page, page != explanation.documentation {
      rows.append(("reply names", Printable.text(page, limit: 300)))
    }
    let beaten = explanation.beaten.prefix(6).map { "\($0.id) (\($0.cause), by \($0.evidence))" }
    if !beaten.isEmpty {
      let more = explanation.beaten.count > 6 ? ", and \(explanation.beaten.count - 6) more" : ""
      rows.append(("instead of", beaten.joined(separator: ", ") + more))
    }
    return rows
  }
}
