// Stories of messages for programs: keys stable, absent values left out, times RFC 3339
// UTC, durations seconds.
//
//   host, queue_ids, arrival, message_id, sender, user, client{host,address}, tags[]{name,value}
//   recipients[]   recipient, orig_recipient, hop, end (open, recovered, delivered, expired, bounced, deleted, unknown),
//                  first, last, seconds, attempts, causes[], relays[], steps[]
//   other[]        steps that concern no recipient alone
//   step           time, type, wait (seconds since the step before), source, hop, service, queue_id, attempt, relay,
//                  stage, status, reply{code,text}, cause, scope, origin, rule, retry_after, deferred_for, note, matched

import Classification
import Journal
import SMTPTypes

/// Renders stories of messages as JSON.
public struct StoryJSON: Sendable {
  public init() {}

  public func render(_ stories: [MessageStory]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("format", "softbounce-message")
      json.member("version", 1)
      json.array("messages") { json in
        for story in stories { self.story(story, &json) }
      }
    }
    return json.text
  }

  private func story(_ story: MessageStory, _ json: inout JSONWriter) {
    json.object { json in
      json.member("host", story.host.isEmpty ? nil : story.host)
      json.members("queue_ids", story.queueIDs)
      json.member("arrival", story.arrival?.description)
      json.member("message_id", story.messageID)
      json.member("sender", story.sender)
      json.member("user", story.user)
      if let address = story.clientAddress {
        json.object("client") { json in
          json.member("host", story.clientHost)
          json.member("address", address)
        }
      }
      json.array("tags") { json in
        for tag in story.tags {
          json.object { json in
            json.member("name", tag.name)
            json.member("value", tag.value)
          }
        }
      }
      json.array("recipients") { json in
        for recipient in story.recipients { self.recipient(recipient, &json) }
      }
      steps("other", story.other, &json)
    }
  }

  private func recipient(_ recipient: MessageStory.Recipient, _ json: inout JSONWriter) {
    json.object { json in
      json.member("recipient", recipient.address)
      json.member("orig_recipient", recipient.originalAddress)
      json.member("hop", recipient.hop?.description)
      json.member("end", recipient.end.rawValue)
      json.member("first", recipient.first?.description)
      json.member("last", recipient.last?.description)
      json.member("seconds", recipient.duration)
      json.member("attempts", recipient.attempts)
      json.members("causes", recipient.causes.map(\.description))
      json.members("relays", recipient.relays)
      steps("steps", recipient.steps, &json)
    }
  }

  private func steps(_ key: StaticString, _ steps: [StoryStep], _ json: inout JSONWriter) {
    json.array(key) { json in
      var previous: Timestamp?
      for step in steps {
        self.step(step, wait: previous.map { step.time.since($0) }, &json)
        previous = step.time
      }
    }
  }

  private func step(_ step: StoryStep, wait: Double?, _ json: inout JSONWriter) {
    json.object { json in
      json.member("time", step.time.description)
      json.member("type", step.type.description)
      json.member("wait", wait)
      json.member("source", step.source?.description)
      json.member("hop", step.hop?.description)
      json.member("service", step.service)
      json.member("queue_id", step.queueID)
      json.member("attempt", step.attempt)
      json.member("relay", step.relay)
      json.member("stage", step.stage?.description)
      json.member("status", step.status?.description)
      if let reply = step.reply {
        json.object("reply") { json in
          json.member("code", step.replyCode.map { Int($0.value) })
          json.member("text", reply)
        }
      }
      json.member("cause", step.cause?.description)
      json.member("scope", step.scope?.description)
      json.member("origin", step.origin?.description)
      json.member("rule", step.rule)
      json.member("retry_after", step.retryAfter)
      json.member("deferred_for", step.deferredFor)
      json.member("note", step.note)
      json.member("matched", step.matched)
    }
  }
}
