import Bytes
import Journal
import SMTPTypes

/// Sorts events into the stories of messages.
struct StoryBuilder {
  /// One life: (host, queue id, arrival), the unit in which a journal follows a message.
  private struct Life {
    var story: MessageStory
    /// The queue id under which the life is known, which a requeue does not change.
    var key: String
    var last: Timestamp
    /// Another pass of the same message may have led here.
    var isFirstPass: Bool
  }

  private var lives: [Life] = []
  /// Delivery reports, which name a message but no life.
  private var reports: [(step: StoryStep, recipient: String?, messageID: String?)] = []
  private var byKey: [String: [Int]] = [:]
  private var readings = Readings()

  /// A checkpoint of what was read stands behind what was added last.
  mutating func note(_ checkpoint: Checkpoint) { readings.note(checkpoint) }

  /// What is added from now on is from another source.
  mutating func endSource() { readings.endSource() }

  mutating func add(_ event: borrowing Event) { add(MessageEvent(event)) }

  mutating func add(_ event: MessageEvent) {
    var step = event.step
    step.reading = readings.place(isUnplaced: event.isUnplaced)
    guard let key = event.firstQueueID ?? step.queueID else {
      reports.append((step, event.recipient, event.messageID))
      return
    }
    let index = life(of: event, key: (event.host ?? "") + "\0" + key)
    describe(index, event)
    lives[index].last = max(lives[index].last, step.time)
    if step.hop == .internal { lives[index].isFirstPass = true }
    guard step.type != .message else { return }
    guard let recipient = event.recipient else {
      lives[index].story.other.append(step)
      return
    }
    StoryBuilder.add(step, to: &lives[index].story, recipient, event.originalRecipient, step.hop)
  }

  private mutating func life(of event: MessageEvent, key: String) -> Int {
    let known = byKey[key] ?? []
    if let arrival = event.arrival {
      let isSame = { (index: Int) -> Bool in
        guard let other = lives[index].story.arrival else { return true }
        return abs(other.microseconds - arrival.microseconds) <= Int64(LifeKey.tolerance)
      }
      if let index = known.last(where: isSame) { return index }
    } else if let index = known.last {
      // A line that does not tell when the message came is about the one that has the id.
      return index
    }
    lives.append(Life(story: MessageStory(), key: key, last: event.step.time, isFirstPass: false))
    byKey[key, default: []].append(lives.count - 1)
    return lives.count - 1
  }

  private mutating func describe(_ index: Int, _ event: MessageEvent) {
    if let host = event.host { lives[index].story.host = host }
    for id in [event.firstQueueID, event.step.queueID] {
      if let id, !lives[index].story.queueIDs.contains(id) { lives[index].story.queueIDs.append(id) }
    }
    if lives[index].story.arrival == nil { lives[index].story.arrival = event.arrival }
    if lives[index].story.messageID == nil { lives[index].story.messageID = event.messageID }
    if lives[index].story.sender == nil { lives[index].story.sender = event.sender }
    if lives[index].story.user == nil { lives[index].story.user = event.user }
    if lives[index].story.clientAddress == nil, let client = event.client {
      lives[index].story.clientHost = client.host
      lives[index].story.clientAddress = client.address
    }
    if lives[index].story.tags.isEmpty { lives[index].story.tags = event.tags }
  }

  private static func canonical(_ address: String) -> String { address.withByteView { MailAddress.canonical($0) } }

  private static func add(
    _ step: StoryStep, to story: inout MessageStory, _ recipient: String, _ original: String?, _ hop: Hop?
  ) {
    let alias = original.map(canonical) == canonical(recipient) ? nil : original
    if let at = place(of: recipient, alias, hop, step, in: story.recipients) {
      story.recipients[at].steps.append(step)
      if story.recipients[at].originalAddress == nil { story.recipients[at].originalAddress = alias }
      if hop == .external { story.recipients[at].hop = hop }
    } else {
      story.recipients.append(
        MessageStory.Recipient(address: recipient, originalAddress: alias, hop: hop, steps: [step]))
    }
  }

  /// Where the recipient is: the address by this alias, each of which is a recipient of its own. The queue's listing
  /// (before Postfix 3.11), reports and ends without an attempt may not say by which: they go to the address by any, and
  /// what only the queue has told of goes on under the first alias that is told.
  private static func place(
    of address: String, _ alias: String?, _ hop: Hop?, _ step: StoryStep, in recipients: [MessageStory.Recipient]
  ) -> Int? {
    // Expirations that the queue told have no hop. Who waits goes on waiting when the message takes another way: through
    // our own content filter, to our own mailboxes, or from those to another server.
    let places = recipients.indices.filter {
      recipients[$0].address == address
        && (recipients[$0].hop == hop || hop == nil || recipients[$0].hop == nil
          || step.isOutcome && recipients[$0].end == .open)
    }
    let isSame = { (at: Int) in recipients[at].originalAddress.map(canonical) == alias.map(canonical) }
    if let same = places.last(where: { isSame($0) && recipients[$0].end == .open }) ?? places.last(where: isSame) {
      return same
    }
    if alias == nil, step.source != .log || step.type == .expiration || step.type == .deletion {
      return places.last
    }
    return places.last { at in
      recipients[at].originalAddress == nil && recipients[at].steps.allSatisfy { $0.source != .log }
    }
  }

  // MARK: - Joining

  /// The stories by arrival: passes of one message are joined, and reports go to the message that they name.
  func stories() -> [MessageStory] {
    var joined: [Life] = []
    let ordered = lives.sorted { StoryBuilder.begin($0) < StoryBuilder.begin($1) }
    for life in ordered {
      if let at = joined.lastIndex(where: { StoryBuilder.isContinued($0, by: life) }) {
        StoryBuilder.merge(life, into: &joined[at])
      } else {
        joined.append(life)
      }
    }
    var stories = joined.map(\.story)
    for report in reports {
      let at = stories.lastIndex { story in
        story.messageID != nil && story.messageID == report.messageID
          && (story.arrival.map { $0 <= report.step.time } ?? true)
      }
      if let at {
        if let recipient = report.recipient {
          StoryBuilder.add(report.step, to: &stories[at], recipient, nil, nil)
        } else {
          stories[at].other.append(report.step)
        }
      } else {
        var story = MessageStory()
        story.messageID = report.messageID
        if let recipient = report.recipient {
          story.recipients = [
            MessageStory.Recipient(address: recipient, originalAddress: nil, hop: nil, steps: [report.step])
          ]
        } else {
          story.other = [report.step]
        }
        stories.append(story)
      }
    }
    for story in stories.indices {
      for recipient in stories[story].recipients.indices {
        stories[story].recipients[recipient].steps = readings.ordered(stories[story].recipients[recipient].steps)
      }
    }
    return stories
  }

  private static func begin(_ life: Life) -> Timestamp { life.story.arrival ?? life.last }

  /// True if `next` is the same message on its way: it goes by the same first queue id as a pass that led to our own
  /// filter, or it carries the Message-ID of such a pass and came in while that was under way.
  private static func isContinued(_ life: Life, by next: Life) -> Bool {
    guard life.isFirstPass, life.story.host == next.story.host else { return false }
    let slack = Double(LifeKey.tolerance) / 1_000_000
    let lasts = begin(next).since(begin(life)) >= -slack && begin(next).since(life.last) <= 3600
    guard lasts else { return false }
    if life.key == next.key { return true }
    return life.story.messageID != nil && life.story.messageID == next.story.messageID
  }

  private static func merge(_ next: Life, into life: inout Life) {
    life.last = max(life.last, next.last)
    life.isFirstPass = next.isFirstPass
    for id in next.story.queueIDs where !life.story.queueIDs.contains(id) { life.story.queueIDs.append(id) }
    if life.story.user == nil { life.story.user = next.story.user }
    if life.story.tags.isEmpty { life.story.tags = next.story.tags }
    if life.story.messageID == nil { life.story.messageID = next.story.messageID }
    if life.story.sender == nil { life.story.sender = next.story.sender }
    if life.story.clientAddress == nil {
      life.story.clientHost = next.story.clientHost
      life.story.clientAddress = next.story.clientAddress
    }
    life.story.recipients += next.story.recipients
    life.story.other += next.story.other
  }
}
