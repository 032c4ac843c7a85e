// One event as one readable line, for those who watch.

import Bytes
import Classification
public import Journal
import SMTPTypes

/// Renders events as lines of a terminal: time, what happened, at whose servers, why, to whom, and what was said.
public struct EventLineRenderer: Sendable {
  /// Columns to which a line is cut; nil leaves it whole.
  public var width: Int?
  public var style: Style
  public var zone: DisplayZone

  public init(width: Int? = nil, isColoured: Bool = false, zone: DisplayZone = .utc) {
    self.width = width
    style = Style(isColoured: isColoured)
    self.zone = zone
  }

  /// One line without its newline.
  public func line(_ event: borrowing Event) -> String {
    let civil = zone.civil(event.time)
    let time =
      "\(Units.two(civil.month))-\(Units.two(civil.day)) \(Units.two(civil.hour)):\(Units.two(civil.minute)):"
      + Units.two(civil.second)
    let (word, tone) = EventLineRenderer.word(event)
    var parts = [details(event)]
    if let note = event.note { parts.append(Printable.text(note, limit: 300)) }
    if let count = event.count { parts.append("(\(Units.count(count)) missing)") }
    if let reply = event.reply, !reply.text.isEmpty { parts.append(Printable.text(reply.text, limit: 300)) }
    let rest = parts.filter { !$0.isEmpty }.joined(separator: "  ")
    let head = time + " " + Columns.padded(word, 10)
    let room = width.map { max($0 - Columns.width(head) - 1, 20) }
    let shown = room.map { EventLineRenderer.cut(rest, $0) } ?? rest
    return style.apply(.dim, time) + " " + style.apply(tone, Columns.padded(word, 10)) + " " + shown
  }

  /// `rest` is printable already.
  private static func cut(_ text: String, _ limit: Int) -> String {
    guard Columns.width(text) > limit else { return text }
    var result = ""
    var width = 0
    for scalar in text.unicodeScalars {
      let columns = Columns.width(scalar)
      if width + columns > limit - 1 { break }
      result.unicodeScalars.append(scalar)
      width += columns
    }
    return result + "…"
  }

  private static func word(_ event: borrowing Event) -> (String, Style.Tone) {
    switch event.type {
    case .transientFailure: event.origin == .suspended ? ("held back", .dim) : ("deferred", .yellow)
    case .delivery: ("delivered", .green)
    case .bounce: ("bounced", .red)
    case .expiration: ("expired", .red)
    case .rejection: ("rejected", .cyan)
    case .delayNotice: ("delay DSN", .yellow)
    case .remoteBounce: ("bounce DSN", .red)
    case .message: ("message", .dim)
    case .alert: event.state.map({ $0 == "cleared" }) == true ? ("cleared", .green) : ("ALERT", .red)
    case .gap: ("gap", .yellow)
    case .deletion: ("deleted", .dim)
    case .erasure: ("erased", .dim)
    case .tally: ("tally", .dim)
    case .checkpoint: ("checkpoint", .dim)
    }
  }

  private func details(_ event: borrowing Event) -> String {
    var parts: [String] = []
    func add(_ view: ByteView?, limit: Int = 80) {
      if let view, !view.isEmpty { parts.append(Printable.text(view, limit: limit)) }
    }
    add(event.hop == .internal ? event.service : event.provider ?? event.domain, limit: 40)
    if let cause = event.cause { parts.append(cause.description) }
    if event.direction == .inbound, let client = event.client {
      parts.append("from")
      add(client.address.isEmpty ? client.host : client.address, limit: 60)
    }
    add(event.recipient)
    if event.type == .message {
      // Whose message it is, before what befell it.
      add(event.queueID, limit: 40)
      if let sender = event.sender {
        parts.append("from")
        add(sender.isEmpty ? ByteView("<>") : sender)
      }
      for tag in event.tags {
        parts.append("\(Printable.text(tag.name, limit: 40))=\(Printable.text(tag.value, limit: 60))")
      }
    }
    if let attempt = event.attempt { parts.append("try \(attempt)") }
    if let seconds = event.deferredFor { parts.append("after \(Units.duration(seconds))") }
    return parts.joined(separator: " ")
  }
}
