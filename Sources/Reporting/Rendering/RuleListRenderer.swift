public import Classification
import SMTPTypes

/// Renders a list of rules for a terminal.
public struct RuleListRenderer: Sendable {
  private let width: Int
  private let style: Style

  public init(width: Int = 80, isColoured: Bool = false) {
    self.width = max(width, 40)
    style = Style(isColoured: isColoured)
  }

  /// A line for each rule and a title.
  public func render(_ rules: [Rule]) -> String {
    guard !rules.isEmpty else { return "No such rule.\n" }
    var table = TextTable([
      .init("Rule", isRight: false), .init("cause", isRight: false), .init("scope", isRight: false, rank: 3),
      .init("by", isRight: false, rank: 2), .init("provider", isRight: false, rank: 1),
      .init("file", isRight: false, rank: 4),
    ])
    for rule in rules {
      table.rows.append([
        rule.id, rule.cause.description, rule.scope?.description ?? "", rule.evidence.description,
        Printable.text(rule.providers.joined(separator: " "), limit: 30),
        Printable.text("\(rule.file):\(rule.line)", limit: 60),
      ])
    }
    var out = Output(width: width)
    for (index, line) in table.lines(width: width).enumerated() {
      out.line(index == 0 ? style.apply(.cyan, line) : line)
    }
    return out.text
  }
}
