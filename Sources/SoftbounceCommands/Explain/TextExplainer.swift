// What a user asks about: a reply, a log line, a reason out of one, a line of a delivery report, or an event; told apart
// by their shape.

import Bytes
import Classification
import Intake
import Journal
import SMTPTypes

/// Finds out what a line is and explains it. One thread.
final class TextExplainer {
  /// What is known beside the text, and goes before what its shape says.
  struct Context {
    var direction: Direction?
    var stage: Stage?
    var provider: String?
  }

  /// What came of a line.
  enum Outcome {
    /// `text` is what was judged.
    case explained(Explanation)
    /// A log line or an event that tells of no failure.
    case nothing
  }

  private let explainer: Explainer
  private let context: Context
  private let providerName: ByteStore
  private var reader: FailureReader
  private var decoder = EventDecoder()
  private var completed = ByteBuffer()

  init(classifier: Classifier, providers: ProviderMap, ownMachine: OwnMachine, context: Context, now: Timestamp) {
    explainer = Explainer(classifier: classifier)
    self.context = context
    providerName = ByteStore([context.provider ?? ""])
    reader = FailureReader(providers: providers, ownMachine: ownMachine, now: now)
  }

  /// Explains one line. O(line).
  func explain(_ line: ByteView) -> Outcome {
    let text = line.trimmedOfBlanks
    if text.at(0) == UInt8(ascii: "{"), let decoded = try? decoder.decode(text) {
      guard case .event(let event) = decoded, Failure(of: event) != nil else { return .nothing }
      return .explained(explain(event))
    }
    switch reader.read(text) {
    case .failure(let event): return .explained(explain(event))
    case .otherLine: return .nothing
    case .unknownLine:
      // A delivery line that was edited before it was shown keeps its reason.
      guard let reason = TextExplainer.reason(in: text) else { return .nothing }
      return .explained(explain(reply: reason))
    case .noLine: break
    }
    if complete(text) {
      if case .failure(let event) = reader.read(completed.view) { return .explained(explain(event)) }
    }
    return .explained(explain(reply: TextExplainer.bare(text)))
  }

  private func explain(_ event: borrowing Event) -> Explanation {
    var event = copy event
    if let direction = context.direction, direction != event.direction {
      event.direction = direction
      event.origin = direction == .inbound ? .ownReply : .remote
    }
    if let stage = context.stage { event.stage = stage }
    if !providerName[0].isEmpty { event.provider = providerName[0] }
    guard let failure = Failure(of: event) else { return explain(reply: .empty) }
    var explanation = explainer.explain(failure)
    explanation.verdict = explanation.verdict.adjusted(to: event)
    return explanation
  }

  private func explain(reply text: ByteView) -> Explanation {
    if context.direction != .inbound, let event = reader.read(reason: text) { return explain(event) }
    return explainer.explain(
      text: TextExplainer.quotedReply(in: text) ?? text, direction: context.direction ?? .outbound, stage: context.stage, provider: providerName[0])
  }

  // MARK: Shapes

  /// Writes a line of Postfix without the syslog header (`QID: to=<…>, …, status=…`, `NOQUEUE: reject: …`), as people
  /// copy it, to `completed` with one.
  private func complete(_ text: ByteView) -> Bool {
    let daemon: StaticString
    if text.contains(": to=<"), text.contains(", status=") {
      daemon = "smtp"
    } else if text.contains("reject: "), text.contains(" from ") {
      daemon = text.contains("milter-reject: END") ? "cleanup" : "smtpd"
    } else {
      return false
    }
    // The daemon may be left over from the header.
    var rest = text
    var name = ByteView(daemon)
    if text.hasPrefix("postfix"), let bracket = text.firstIndex(of: 0x5B),
      let slash = text.prefix(bracket).lastIndex(of: 0x2F),
      let end = text.firstRange(of: "]: ", from: bracket)
    {
      name = text[(slash + 1)..<bracket]
      rest = text.from(end.upperBound)
    }
    completed.removeAll()
    completed.append("2000-01-01T00:00:00+00:00 host postfix/")
    completed.append(name)
    completed.append("[1]: ")
    completed.append(rest)
    return true
  }

  /// What stands between the parentheses of a Postfix delivery line that failed.
  private static func reason(in line: ByteView) -> ByteView? {
    guard let status = line.firstRange(of: " status="), !line.from(status.upperBound).hasPrefix("sent"),
      let open = line.firstIndex(of: 0x28, from: status.upperBound)
    else { return nil }
    let end = line.at(line.count - 1) == 0x29 ? line.count - 1 : line.count
    return line[(open + 1)..<end]
  }

  /// Without what stands around a reply in a delivery report (`Diagnostic-Code: smtp; …`) and the parentheses of a
  /// log's reason.
  private static func bare(_ text: ByteView) -> ByteView {
    var text = text
    if text.hasPrefixIgnoringCase("diagnostic-code:") { text = text.from(16).trimmedOfBlanks }
    for type in ["smtp;", "x-postfix;", "lmtp;"] as [StaticString] where text.hasPrefixIgnoringCase(type) {
      text = text.from(type.utf8CodeUnitCount).trimmedOfBlanks
      break
    }
    if text.at(0) == 0x28, text.at(text.count - 1) == 0x29, text.hasPrefix("(host ") || text.hasPrefix("(connect to ") {
      text = text[1..<(text.count - 1)]
    }
    return text
  }

  /// The reply that `text` quotes behind words of another server's (Exim's `SMTP error from remote mail server after
  /// RCPT TO:<…>: `, qmail's `… does not like recipient./Remote host said: `), nil where it starts with a code of its
  /// own or quotes none.
  private static func quotedReply(in text: ByteView) -> ByteView? {
    guard ReplyCode(prefixOf: text) == nil, EnhancedStatusCode.scan(text) == nil else { return nil }
    let introductions: [StaticString] = ["SMTP error from remote", "Remote host said", "Remote server said", "host "]
    guard introductions.contains(where: { text.contains($0) }) else { return nil }
    var start = 0
    while let colon = text.firstRange(of: ": ", from: start) {
      start = colon.upperBound
      let rest = text.from(start)
      if let code = ReplyCode(prefixOf: rest), code.value >= 400, rest.at(3) == 0x20 || rest.at(3) == 0x2D { return rest }
    }
    return nil
  }
}

extension ByteView {
  /// Without blanks, carriage returns and other control bytes at either end.
  fileprivate var trimmedOfBlanks: ByteView {
    var lower = 0
    var upper = count
    while lower < upper, self[lower] <= 0x20 { lower += 1 }
    while upper > lower, self[upper - 1] <= 0x20 { upper -= 1 }
    return self[lower..<upper]
  }
}
