import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// A reply that somebody met, with where it is quoted and the cause that a postmaster would name.
struct LabelledReply: CustomStringConvertible, Sendable {
  var cause: Cause
  /// Who spoke and where: empty for a remote server, `tr` our transport, `lo` our own software, `in` our reply to a
  /// client, anything else the provider's name.
  var context: String
  var text: String
  var source: String

  var description: String { "\(cause): \(text)" }
}

/// Lines `cause|context|text` under lines `# source`.
enum LabelledReplies {
  static let all: [LabelledReply] = parse(providers) + parse(software)

  private static func parse(_ table: String) -> [LabelledReply] {
    var source = ""
    var replies: [LabelledReply] = []
    for line in table.split(separator: "\n") {
      if line.hasPrefix("# ") {
        source = String(line.dropFirst(2))
        continue
      }
      let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map { String($0) }
      guard parts.count == 3, let cause = Cause(name: parts[0]) else {
        Issue.record("a line that is none: \(line)")
        continue
      }
      replies.append(LabelledReply(cause: cause, context: parts[1], text: parts[2], source: source))
    }
    return replies
  }
}

extension LabelledReply {
  /// The verdict on this reply and the rule that gave it.
  func judged(by classifier: Classifier) -> (verdict: Verdict, rule: String) {
    let origin: Origin =
      switch context {
      case "tr": .transport
      case "lo": .local
      case "in": .ownReply
      default: .remote
      }
    let provider = ["", "tr", "lo", "in"].contains(context) ? "" : context
    return text.withByteView { bytes in
      provider.withByteView { provider in
        let verdict = Judge(classifier: classifier).judge(
          Failure(
            direction: context == "in" ? .inbound : .outbound, origin: origin, reply: Reply(parsing: bytes),
            provider: provider))
        return (verdict, String(classifier.ruleName(verdict.rule)))
      }
    }
  }
}

struct LabelledReplyTests {
  @Test func everyLineHasASource() {
    #expect(LabelledReplies.all.allSatisfy { !$0.source.isEmpty && !$0.text.isEmpty })
    #expect(Set(LabelledReplies.all.map { $0.context + $0.text }).count == LabelledReplies.all.count)
  }

  @Test(arguments: LabelledReplies.all)
  func cause(_ reply: LabelledReply) {
    let (verdict, rule) = reply.judged(by: .builtIn())
    #expect(verdict.cause == reply.cause, "by \(rule); \(reply.source)")
  }

  /// What is our own fault, or the way's, is never laid at the recipient's door.
  @Test func recipientsAreNotBlamed() {
    for reply in LabelledReplies.all where reply.cause.defaultScope != .recipient {
      let (verdict, rule) = reply.judged(by: .builtIn())
      #expect(verdict.scope != .recipient, "\(rule): \(reply)")
    }
  }
}
