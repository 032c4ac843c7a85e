import Bytes
import Journal
import SMTPTypes

/// What a story keeps of one event: texts of its own, so that it may wait for what came before it.
struct MessageEvent {
  var step: StoryStep
  /// A line of a log that does not tell where in it it stands; see `Readings`.
  var isUnplaced: Bool
  var host: String?
  var firstQueueID: String?
  var arrival: Timestamp?
  var messageID: String?
  var sender: String?
  var user: String?
  var client: (host: String, address: String)?
  var tags: [MessageStory.Tag]
  var recipient: String?
  var originalRecipient: String?

  init(_ event: borrowing Event) {
    step = StoryStep(event)
    isUnplaced = event.source == .log && event.offset == nil
    host = event.host.map { String($0) }
    firstQueueID = event.firstQueueID.map { String($0) }
    arrival = event.arrival
    messageID = event.messageID.map { String($0) }
    sender = event.sender.map { String($0) }
    user = event.user.map { String($0) }
    client = event.client.map { (String($0.host), String($0.address)) }
    tags = event.tags.map { MessageStory.Tag(name: String($0.name), value: String($0.value)) }
    recipient = event.recipient.map { String($0) }
    originalRecipient = event.originalRecipient.map { String($0) }
  }
}
