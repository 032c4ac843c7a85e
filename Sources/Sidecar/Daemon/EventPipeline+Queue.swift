import Intake
import MailQueue
import SMTPTypes

extension EventPipeline {
  /// True while the log has nothing more to tell.
  var isCaughtUp: Bool { traffic.isCaughtUp }

  func beginListing(at time: Timestamp) { withIntake { $0.beginListing(at: time) } }

  func listed(_ entry: borrowing QueueEntry) {
    let entry = copy entry
    withIntake { $0.listed(entry) }
  }

  func endListing(isComplete: Bool) { withIntake { _ = $0.endListing(isComplete: isComplete) } }
}
