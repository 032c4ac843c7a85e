public import Journal

import SMTPTypes

/// What `prune` drops, or would.
public struct Pruning {
  let segments: [JournalSurvey.Segment]
  let isDone: Bool

  public init(segments: [JournalSurvey.Segment], isDone: Bool) {
    self.segments = segments
    self.isDone = isDone
  }

  private var bytes: Int { segments.reduce(0) { $0 + $1.stored } }
  private var events: Int { segments.reduce(0) { $0 + $1.events } }

  public func text(_ zone: DisplayZone) -> String {
    guard !segments.isEmpty else { return "Nothing is old or large enough to be dropped.\n" }
    var text = ""
    for segment in segments {
      let span = segment.earliest.map { Units.minute($0, zone) } ?? "?"
      let end = segment.latest.map { Units.minute($0, zone) } ?? "?"
      text += "\(Printable.text(segment.file))  \(span) to \(end)  \(Units.count(segment.events, "event"))"
      text += "  \(Units.size(segment.stored))\n"
    }
    let sum = "\(Units.count(segments.count, "segment")) with \(Units.count(events, "event")), \(Units.size(bytes))"
    return text + (isDone ? "Dropped \(sum).\n" : "Would drop \(sum). --delete drops them.\n")
  }

  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("deleted", isDone)
      writer.member("events", events)
      writer.member("stored_bytes", bytes)
      writer.array("segments") { writer in
        for segment in segments { SurveyJSON.append(segment, &writer) }
      }
    }
    return writer.text
  }
}
