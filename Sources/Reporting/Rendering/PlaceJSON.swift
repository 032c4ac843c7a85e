// The story of a provider or a domain for programs. Keys are stable; shares are 0 to 1, durations seconds, times RFC 3339
// UTC.
//
//   format, version   "softbounce-place", 1
//   kind, name, state, open (recipients), last (moment read)
//   trouble           began, ended, is_going_on, trend (worse, better, no clear change, too few to tell), rate_at_first,
//                     rate_lately; absent if there was none
//   step_hours, steps[]   start, attempts, deferrals, rate, suspensions, put_off (recipients whose first failure in the
//                     period lies in the step: with those that were put off before it), recovered, expired, bounced,
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
      json.member("state", story.state)
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
      json.member("step_hours", story.step)
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
