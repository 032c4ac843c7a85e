// The story of a provider or a domain for programs. Keys are stable; shares are 0 to 1, durations seconds, times RFC 3339
// UTC.
//
//   format, version   "softbounce-place", 1
//   kind, name
//   as_of             what state, trouble and open_at_end speak of: the end of a period that is past, else `last`
//   state             in a sentence
//   open_at_start     recipients that were open when the period began, put off up to 8 days before it
//   open_at_end       recipients that were open at as_of; open: those that had not come to an end by `last` either
//   last              moment read, up to 30 days behind the period
//   trouble           began, ended (while it is going on how far it is known to last), is_going_on (at as_of), trend (worse, better, no clear change, too few to tell),
//                     rate_at_first, rate_lately; absent if there was none
//   step              hour, 3-hours, 6-hours, 12-hours, day, week (from Monday) or month, by the zone's clocks;
//                     step_hours is how many hours most of them have
//   steps[]           start, end, attempts, deferrals, rate, suspensions, put_off (recipients that were not open
//                     before their failure in the step), recovered, expired, bounced,
//                     deleted, open (at its end), main_cause
//   report            what `softbounce report --format json` says of this place alone

import Classification
import SMTPTypes

/// Renders the story of a place as JSON.
public struct PlaceJSON: Sendable {
  public init() {}

  public func render(_ story: PlaceStory) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("format", "softbounce-place")
      json.member("version", 1)
      json.member("kind", story.kind.rawValue)
      json.member("name", story.name)
      json.member("as_of", story.asOf?.description)
      json.member("state", story.state)
      json.member("open_at_start", story.openAtStart)
      json.member("open_at_end", story.openAtEnd)
      json.member("open", story.open)
      json.member("last", story.last?.description)
      if let episode = story.episode {
        json.object("trouble") { json in
          json.member("began", episode.began.description)
          json.member("ended", episode.ended.description)
          json.member("is_going_on", episode.isGoingOn)
          json.member("trend", episode.trend.rawValue)
          json.member("rate_at_first", episode.rateAtFirst)
          json.member("rate_lately", episode.rateLately)
        }
      }
      json.member("step", story.step.name)
      json.member("step_hours", story.step.nominalHours)
      json.array("steps") { json in
        for step in story.steps { self.step(step, &json) }
      }
      json.object("report") { json in JSONRenderer().members(story.report, &json) }
    }
    return json.text
  }

  private func step(_ step: PlaceStory.Step, _ json: inout JSONWriter) {
    json.object { json in
      json.member("start", step.start.description)
      json.member("end", step.end.description)
      json.member("attempts", step.attempts)
      json.member("deferrals", step.deferrals)
      json.member("rate", step.rate)
      json.member("suspensions", step.suspensions)
      json.member("put_off", step.putOff)
      json.member("recovered", step.recovered)
      json.member("expired", step.expired)
      json.member("bounced", step.bounced)
      json.member("deleted", step.deleted)
      json.member("open", step.open)
      json.member("main_cause", step.mainCause?.description)
    }
  }
}
