import Bytes
import Journal
import SMTPTypes

/// What is kept for one reporting host.
final class HostState {
  let name: String
  private let nameBytes: ByteStore
  /// The minute's counts; behind a pointer for the same reason as `Intake.memory`.
  private let counts: UnsafeMutablePointer<Tally>
  var tallyIsEmpty = true
  /// The last listing of the queue had deferred messages.
  var queueWasFilled = false
  /// Time of the first line that was followed: a message that arrived later was seen from its start.
  var firstTime: Timestamp?
  /// Time of the newest line, so far.
  var lastTime: Timestamp
  /// Rejection events of the present minute by (cause, stage), to keep strangers from filling the disk.
  var rejectionMinute: Int64 = 0
  var rejectionCounts: [UInt16: Int] = [:]
  /// Recipients of delivery reports in the present minute, for the same reason.
  var reportMinute: Int64 = 0
  var reportCount = 0

  init(name: String, time: Timestamp) {
    self.name = name
    nameBytes = ByteStore([name])
    counts = UnsafeMutablePointer<Tally>.allocate(capacity: 1)
    counts.initialize(to: Tally(minute: HostState.minute(of: time)))
    lastTime = time
  }

  deinit {
    counts.deinitialize(count: 1)
    counts.deallocate()
  }

  var tally: Tally {
    unsafeAddress { UnsafePointer(counts) }
    unsafeMutableAddress { counts }
  }

  var nameView: ByteView { nameBytes[0] }

  static func minute(of time: Timestamp) -> Timestamp {
    Timestamp(seconds: time.seconds - (time.seconds % 60 + 60) % 60)
  }
}
