public import Classification
import SMTPTypes

/// What to do, for the causes that weigh most.
public struct Advisory: Sendable, Equatable {
  public var cause: Cause
  public var scope: Scope?
  /// Who has to act.
  public var actor: String
  public var hint: String
  /// The provider's page about it.
  public var documentation: String?

  /// Advice for up to four causes with at least a twentieth of the deferrals each. Inbound causes get none: they are
  /// seen from the client, and what they mean for us is our own setting.
  static func lines(_ report: Report) -> [Advisory] {
    guard report.outbound.deferrals > 0 else { return [] }
    var lines: [Advisory] = []
    for row in report.causes.prefix(4) where row.deferrals * 20 >= report.outbound.deferrals {
      guard let cause = Cause(name: row.key) else { continue }
      let scope = cause.defaultScope
      var advisory = Advisory(cause: cause, scope: scope, actor: Advice.actor(scope), hint: Advice.hint(cause))
      // What the rule that named most of them says is nearer to the matter.
      if let rule = report.rules.first(where: { $0.mainCause == cause }), rule.deferrals * 2 > row.deferrals,
        let hint = report.hints[rule.key]
      {
        advisory.hint = hint.text
        advisory.documentation = hint.documentation
      }
      lines.append(advisory)
    }
    return lines
  }
}
