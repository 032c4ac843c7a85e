import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// A reply that somebody met, with where it is quoted and the cause and scope that a postmaster would name.
struct LabelledReply: CustomStringConvertible, Sendable {
  var cause: Cause
  var scope: Scope?
  /// Who spoke and where: empty for a remote server, `tr` our transport, `lo` our own software, `int` a server on an
  /// internal hop, `in` our reply to a client, anything else the provider's name.
  var context: String
  var text: String
  var source: String

  var description: String { "\(cause): \(text)" }
}

/// Lines `cause|context|text`, or `cause/scope|context|text` where the scope is not the cause's own, under lines
/// `# source`. The labels are set before anybody looks at a verdict.
enum LabelledReplies {
  static let tables = [providers, software, threads, setAside, holdOut, secondHoldOut]
  static let all: [LabelledReply] = tables.flatMap(parse)

  static func parse(_ table: String) -> [LabelledReply] {
    var source = ""
    var replies: [LabelledReply] = []
    for line in table.split(separator: "\n") {
      if line.hasPrefix("# ") {
        source = String(line.dropFirst(2))
        continue
      }
      let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map { String($0) }
      let label = (parts.first ?? "").split(separator: "/").map { String($0) }
      guard parts.count == 3, let word = label.first, let cause = Cause(name: word) else {
        Issue.record("a line that is none: \(line)")
        continue
      }
      let scope = label.count > 1 ? Scope(name: label[1]) : cause.defaultScope
      replies.append(LabelledReply(cause: cause, scope: scope, context: parts[1], text: parts[2], source: source))
    }
    return replies
  }
}

extension LabelledReply {
  private static let words: Set<String> = ["", "tr", "lo", "int", "in"]

  /// The verdict on this reply and the rule that gave it.
  func judged(by classifier: Classifier) -> (verdict: Verdict, rule: String) {
    let origin: Origin =
      switch context {
      case "tr": .transport
      case "lo": .local
      case "in": .ownReply
      default: .remote
      }
    let provider = Self.words.contains(context) ? "" : context
    return text.withByteView { bytes in
      provider.withByteView { provider in
        let verdict = Judge(classifier: classifier).judge(
          Failure(
            direction: context == "in" ? .inbound : .outbound, hop: context == "int" ? .internal : .external,
            origin: origin, reply: Reply(parsing: bytes), provider: provider))
        return (verdict, String(classifier.ruleName(verdict.rule)))
      }
    }
  }
}

struct LabelledReplyTests {
  @Test func everyLineHasASource() {
    #expect(LabelledReplies.all.count >= 400)
    #expect(LabelledReplies.all.allSatisfy { !$0.source.isEmpty && !$0.text.isEmpty })
    #expect(Set(LabelledReplies.all.map { $0.context + $0.text }).count == LabelledReplies.all.count)
  }

  @Test(arguments: LabelledReplies.all)
  func cause(_ reply: LabelledReply) {
    let (verdict, rule) = reply.judged(by: .builtIn())
    #expect(verdict.cause == reply.cause, "by \(rule); \(reply.source)")
    #expect(verdict.scope == reply.scope, "by \(rule); \(reply.source)")
  }

  /// What is our own fault, or the way's, is never laid at the recipient's door.
  @Test func recipientsAreNotBlamed() {
    for reply in LabelledReplies.all where reply.scope != .recipient {
      let (verdict, rule) = reply.judged(by: .builtIn())
      #expect(verdict.scope != .recipient, "\(rule): \(reply)")
    }
  }

  /// Prints, for each label, what the rules say, so that the figures can be had again.
  @Test func confusion() {
    var verdicts: [Cause: [Cause: Int]] = [:]
    var right = 0
    var unclassified = 0
    for reply in LabelledReplies.all {
      let cause = reply.judged(by: .builtIn()).verdict.cause
      verdicts[reply.cause, default: [:]][cause, default: 0] += 1
      if cause == reply.cause { right += 1 }
      if cause == .unclassified { unclassified += 1 }
    }
    print("labelled replies: \(LabelledReplies.all.count), as labelled: \(right), unclassified: \(unclassified)")
    for label in Cause.allCases {
      guard let row = verdicts[label] else { continue }
      let cells = row.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      print("  \(label): " + cells.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }
    #expect(unclassified * 100 < LabelledReplies.all.count * 3)
  }
}
