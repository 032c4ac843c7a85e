// What the rules do not know.

import SMTPTypes

extension TextRenderer {
  /// Replies that no rule knows; nothing if there are none.
  func unknown(_ report: Report, _ out: inout Output) {
    guard report.unknownReplyCount > 0 else { return }
    if report.isQuick {
      out.blank()
      out.line("Replies that no rule knows: \(Units.count(report.unknownReplyCount)).")
      return
    }
    let whole = report.outbound.deferrals + report.internal.deferrals + report.inbound.total
    let share = Units.percent(report.unknownReplyCount, of: max(whole, report.unknownReplyCount))
    out.section("Replies that no rule knows: \(Units.count(report.unknownReplyCount)) (\(share))", style)
    let digits = report.unknownReplies.map { Units.count($0.count).count }.max() ?? 1
    for reply in report.unknownReplies {
      let figures = "  " + Columns.padded(Units.count(reply.count), digits, right: true) + "  "
      out.wrapped(figures + Printable.text(reply.template, limit: 400), indent: figures.count) { $0 }
      guard reply.example != reply.template else { continue }
      let indent = figures.count + 6
      let margin = String(repeating: " ", count: figures.count)
      out.wrapped(margin + "as in " + Printable.text(reply.example, limit: 300), indent: indent) {
        style.apply(.dim, $0)
      }
    }
    if report.hiddenUnknownReplies > 0 {
      out.line(style.apply(.dim, "  and \(Units.count(report.hiddenUnknownReplies, "more template"))"))
    }
    out.line("  softbounce rules suggest drafts rules for them.")
  }
}
