// Shows explanations: JSON Lines for programs, a few lines each for people.

import Bytes
import Classification
import Journal
import Reporting

/// Prints what came of each line.
///
/// JSON: `text, cause, scope, origin, provider, rule, evidence, retry_after, confidence` always, null where nothing is
/// known; behind them, where there is something to say, `retry_helps`, `block_list`, `page` (that the reply names),
/// `hint`, `documentation` and `alternatives` (rules that matched too, in their order, with their causes). A log line
/// that tells of no failure has a null `cause`.
struct ExplanationPrinter: ~Copyable {
  private let format: OutputFormat
  private let console: Console
  private var line = ByteBuffer(capacity: 4096)
  private var shown = ByteBuffer(capacity: 4096)
  private(set) var count = 0

  init(format: OutputFormat, console: Console) {
    self.format = format
    self.console = console
  }

  /// Prints what came of `text`.
  mutating func print(_ text: ByteView, _ outcome: TextExplainer.Outcome) {
    switch format {
    case .json:
      printJSON(text, outcome)
    case .text:
      if count > 0 { console.write("\n") }
      printText(text, outcome)
    }
    count += 1
  }

  // MARK: - JSON

  private mutating func printJSON(_ text: ByteView, _ outcome: TextExplainer.Outcome) {
    line.removeAll()
    line.append("{\"text\":")
    line.append(json: text)
    switch outcome {
    case .nothing:
      line.append(
        ",\"cause\":null,\"scope\":null,\"origin\":null,\"provider\":null,\"rule\":null,\"evidence\":null,"
          + "\"retry_after\":null,\"confidence\":null")
    case .explained(let explanation): members(explanation)
    }
    line.append("}\n")
    shown.removeAll()
    Printable.append(json: line.view, to: &shown)
    console.write(shown.view)
  }

  private mutating func members(_ explanation: Explanation) {
    let verdict = explanation.verdict
    name("cause", verdict.cause.name)
    name("scope", verdict.scope?.name)
    name("origin", verdict.origin.name)
    member("provider", explanation.provider)
    member("rule", explanation.rule.id)
    member("evidence", explanation.evidence)
    key("retry_after")
    if let seconds = verdict.retryAfter { line.append(decimal: seconds) } else { line.append("null") }
    key("confidence")
    let hundredths = Int((explanation.confidence * 100).rounded())
    line.append(decimal: hundredths / 100)
    line.append(UInt8(ascii: "."))
    line.append(twoDigits: hundredths % 100)
    if let helps = explanation.retryHelps {
      key("retry_helps")
      line.append(helps ? "true" : "false")
    }
    if let list = explanation.blockList { member("block_list", list) }
    if let page = explanation.page { member("page", page) }
    if let hint = explanation.hint { member("hint", hint) }
    if let page = explanation.documentation { member("documentation", page) }
    guard !explanation.beaten.isEmpty else { return }
    key("alternatives")
    line.append(UInt8(ascii: "["))
    for (index, rule) in explanation.beaten.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      line.append("{\"rule\":\"")
      line.append(rule.id)
      line.append("\",\"cause\":\"")
      line.append(rule.cause.name)
      line.append("\"}")
    }
    line.append(UInt8(ascii: "]"))
  }

  private mutating func key(_ name: StaticString) {
    line.append(",\"")
    line.append(name)
    line.append("\":")
  }

  private mutating func name(_ key: StaticString, _ value: StaticString?) {
    self.key(key)
    guard let value else { return line.append("null") }
    line.append(UInt8(0x22))
    line.append(value)
    line.append(UInt8(0x22))
  }

  private mutating func member(_ key: StaticString, _ value: String?) {
    self.key(key)
    guard let value else { return line.append("null") }
    value.withByteView { line.append(json: $0) }
  }

  // MARK: - Text

  private func printText(_ text: ByteView, _ outcome: TextExplainer.Outcome) {
    let renderer = ExplanationRenderer(width: console.width, isColoured: console.isColoured)
    switch outcome {
    case .nothing: console.write(renderer.render(text, nil))
    case .explained(let explanation): console.write(renderer.render(text, explanation))
    }
  }
}
