// Log lines that come after another window has told of what they say: the log was behind, or had a gap.
//
// An event is never changed, so the line gives none; it is counted as the attempt that it is, and as late.

import Bytes
import Journal
import MailLog
import SMTPTypes

extension Intake {
  /// What a tally calls such lines.
  static let lateLine: StaticString = "late-line"
  /// Bytes of a reply by which a failure is known again: the log cuts what the queue shows whole.
  private static let comparedReply = 256

  static func key(ofReply reply: Reply?) -> UInt64 { (reply?.text ?? .empty).prefix(comparedReply).tableHash }

  /// Notes that the queue told of the failure that `event` says; its line may still come.
  func noteToldByQueue(_ event: borrowing Event, life: Int, recipient index: Int) {
    lives[life].open[index].queueTold = event.time.microseconds
    lives[life].open[index].queueReply = Intake.key(ofReply: event.reply)
  }

  /// True, once, if `event` is of a line that is older than a listing which showed the same failure.
  func isLate(_ event: borrowing Event, life: Int, recipient index: Int) -> Bool {
    let told = lives[life].open[index].queueTold
    guard told != 0 else { return false }
    guard event.time.microseconds <= told else {
      lives[life].open[index].queueTold = 0
      return false
    }
    guard lives[life].open[index].queueReply == Intake.key(ofReply: event.reply) else { return false }
    lives[life].open[index].queueTold = 0
    return true
  }

  /// Takes a rejection of the journal that only the milter had seen: its line may still come.
  func restoreToldByMilter(_ event: borrowing Event) {
    guard event.type == .rejection, event.source == .milter, let client = event.client, let sender = event.sender,
      let recipient = event.recipient
    else { return }
    let key = RejectionMatcher.key(client: client.address, sender: sender, recipient: recipient)
    rejections.noteTold(key, at: event.time)
  }
}
