// A message's story for people: who it is, then each recipient's tries on a time line.

import Classification
import Journal
import SMTPTypes

/// Renders stories of messages as text.
public struct StoryRenderer: Sendable {
  /// Columns, at least 40.
  public var width: Int
  public var style: Style
  public var zone: DisplayZone
  /// Recipients of one message that are shown.
  static let recipientLimit = 50

  public init(width: Int = 80, isColoured: Bool = false, zone: DisplayZone = .utc) {
    self.width = max(width, 40)
    style = Style(isColoured: isColoured)
    self.zone = zone
  }

  /// The stories' lines, an empty line between two, and a line under several.
  public func render(_ stories: [MessageStory]) -> String {
    var out = Output(width: width)
    for (index, story) in stories.enumerated() {
      if index > 0 {
        out.blank()
        out.line(style.apply(.dim, String(repeating: "-", count: min(width, 40))))
      }
      identity(story, &out)
      for recipient in story.recipients.prefix(StoryRenderer.recipientLimit) { self.recipient(recipient, &out) }
      if story.recipients.count > StoryRenderer.recipientLimit {
        out.blank()
        let more = story.recipients.count - StoryRenderer.recipientLimit
        out.line("and \(Units.count(more, "more recipient")); --format json has all.")
      }
      if !story.other.isEmpty {
        out.section("The message itself", style)
        steps(story.other, &out)
      }
    }
    if stories.count > 1 {
      out.blank()
      out.line("\(Units.count(stories.count)) messages had that id.")
    }
    return out.text
  }

  private func identity(_ story: MessageStory, _ out: inout Output) {
    let ids = story.queueIDs.map { Printable.text($0, limit: 40) }.joined(separator: ", then ")
    var title = "Message" + (ids.isEmpty ? "" : " " + ids)
    if !story.host.isEmpty { title += " on " + Printable.text(story.host, limit: 80) }
    out.wrapped(title) { style.apply(.bold, $0) }
    func line(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      out.wrapped("  " + Columns.padded(name, 11) + Printable.text(value, limit: 500), indent: 13) { $0 }
    }
    line("arrived", story.arrival.map { "\(second($0)) \(Units.zone(zone, at: $0))" })
    line("Message-ID", story.messageID.map { "<\($0)>" })
    line("from", story.sender.map { $0.isEmpty ? "<> (the null sender: a report)" : $0 })
    line("user", story.user)
    if let address = story.clientAddress {
      let host = story.clientHost ?? ""
      line("client", host.isEmpty || host == "unknown" ? address : "\(host) [\(address)]")
    }
    line("tags", story.tags.map { "\($0.name)=\($0.value)" }.joined(separator: ", "))
  }

  private func recipient(_ recipient: MessageStory.Recipient, _ out: inout Output) {
    var title = Printable.text(recipient.address, limit: 320)
    if let original = recipient.originalAddress, original != recipient.address {
      title += " (for \(Printable.text(original, limit: 320)))"
    }
    if recipient.hop == .internal { title += ", on our own server" }
    title += ": " + StoryRenderer.outcome(recipient)
    let attempts = recipient.attempts
    if attempts > 0 { title += "; " + Units.count(attempts, "attempt") }
    let causes = recipient.causes.map(\.description).joined(separator: ", then ")
    if !causes.isEmpty { title += "; " + causes }
    out.section(title, style)
    steps(recipient.steps, &out) { recipient.isAside($0) }
  }

  static func outcome(_ recipient: MessageStory.Recipient) -> String {
    let after = recipient.duration.map { " after \(Units.duration($0))" } ?? ""
    switch recipient.end {
    case .open: return "still open"
    case .recovered: return "recovered" + after
    case .delivered: return "delivered at once"
    case .expired: return "given up" + after
    case .bounced: return "bounced" + after
    case .deleted: return "left the queue" + after
    case .unknown: return "no outcome of ours"
    }
  }

  // MARK: - Steps

  /// - Parameter isAside: tells of mail for another server what our own did with it.
  private func steps(_ steps: [StoryStep], _ out: inout Output, isAside: (StoryStep) -> Bool = { _ in false }) {
    var previous: Timestamp?
    for step in steps {
      let wait = previous.map { "+" + Units.duration(step.time.since($0)) } ?? ""
      previous = step.time
      let (word, tone) = StoryRenderer.word(step)
      let attempt = isAside(step) ? "" : step.attempt.map { "try \($0)" } ?? ""
      var head = "  " + style.apply(.dim, second(step.time)) + "  " + Columns.padded(wait, 10, right: true)
      head += "  " + Columns.padded(attempt, 7) + style.apply(tone, word)
      out.line(head)
      let details = StoryRenderer.details(step, isAside: isAside(step))
      if !details.isEmpty { out.wrapped("      " + details, indent: 6) { $0 } }
      if let reply = step.reply, !reply.isEmpty {
        out.wrapped("      " + Printable.text(reply, limit: 1000), indent: 6) { $0 }
      }
      if let note = step.note { out.wrapped("      " + Printable.text(note, limit: 300), indent: 6) { $0 } }
    }
  }

  private static func details(_ step: StoryStep, isAside: Bool) -> String {
    var parts: [String] = []
    if isAside { parts.append("on our own server") }
    if let cause = step.cause {
      parts.append(cause.description + (step.scope.map { " (to act: \(Advice.actor($0)))" } ?? ""))
    }
    if let relay = step.relay { parts.append(Printable.text(relay, limit: 300)) }
    if let stage = step.stage, step.relay != nil || step.type == .rejection { parts.append("at \(stage)") }
    if let status = step.status, step.reply == nil { parts.append(status.description) }
    if let wait = step.retryAfter { parts.append("asks to wait \(Units.duration(Double(wait)))") }
    if step.matched == false { parts.append("matches no message of ours; may be forged") }
    return parts.joined(separator: ", ")
  }

  private static func word(_ step: StoryStep) -> (String, Style.Tone) {
    switch step.type {
    case .transientFailure:
      if step.origin == .suspended { return ("held back untried", .dim) }
      return step.source == .queue ? ("deferred, by the queue", .yellow) : ("deferred", .yellow)
    case .delivery: return ("delivered", .green)
    case .bounce: return ("bounced", .red)
    case .expiration: return ("given up", .red)
    case .deletion: return ("left the queue", .dim)
    case .rejection: return ("turned away by our server", .cyan)
    case .delayNotice: return ("delay reported further on", .yellow)
    case .remoteBounce: return ("failure reported further on", .red)
    case .message, .tally, .alert, .gap, .checkpoint, .erasure: return (step.type.description, .dim)
    }
  }

  /// `2026-11-22 09:00:05`
  private func second(_ time: Timestamp) -> String {
    Units.minute(time, zone) + ":" + Units.two(zone.civil(time).second)
  }
}
