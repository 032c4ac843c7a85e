import Bytes
import Journal
import SMTPTypes

/// What is kept for one reporting host. A name for a place in memory, because every line reads and changes it and
/// counting references took longer than that; whoever has the list of all frees them.
struct HostState {
  private struct Memory: ~Copyable {
    let name: String
    let nameBytes: ByteStore
    var tally: Tally
    var tallyIsEmpty = true
    var tallyNumber: UInt64 = 0
    var queueWasFilled = false
    var firstTime: Timestamp?
    var lastTime: Timestamp
    var rejectionMinute: Int64 = 0
    var rejectionCounts: [UInt16: Int] = [:]
    var reportMinute: Int64 = 0
    var reportCount = 0
  }

  private let memory: UnsafeMutablePointer<Memory>
  /// The name; valid until `free`.
  let nameView: ByteView

  init(name: String, time: Timestamp) {
    let bytes = ByteStore([name])
    nameView = bytes[0]
    memory = UnsafeMutablePointer<Memory>.allocate(capacity: 1)
    memory.initialize(
      to: Memory(name: name, nameBytes: bytes, tally: Tally(minute: HostState.minute(of: time)), lastTime: time))
  }

  /// To be called once, by the last who has it.
  func free() {
    memory.deinitialize(count: 1)
    memory.deallocate()
  }

  var name: String { memory.pointee.name }

  /// The minute's counts.
  var tally: Tally {
    _read { yield memory.pointee.tally }
    nonmutating _modify { yield &memory.pointee.tally }
  }

  /// Of the tally, different from all others'; 0 if it has none, and places in it are not to be kept.
  var tallyNumber: UInt64 { memory.pointee.tallyNumber }

  /// Begins a minute's tally.
  func beginTally(_ minute: Timestamp, number: UInt64) {
    memory.pointee.tally = Tally(minute: minute)
    memory.pointee.tallyNumber = number
    memory.pointee.tallyIsEmpty = true
  }

  var tallyIsEmpty: Bool {
    get { memory.pointee.tallyIsEmpty }
    nonmutating set { memory.pointee.tallyIsEmpty = newValue }
  }

  /// The last listing of the queue had deferred messages.
  var queueWasFilled: Bool {
    get { memory.pointee.queueWasFilled }
    nonmutating set { memory.pointee.queueWasFilled = newValue }
  }

  /// Time of the first line that was followed: a message that arrived later was seen from its start.
  var firstTime: Timestamp? {
    get { memory.pointee.firstTime }
    nonmutating set { memory.pointee.firstTime = newValue }
  }

  /// Time of the newest line, so far.
  var lastTime: Timestamp {
    get { memory.pointee.lastTime }
    nonmutating set { memory.pointee.lastTime = newValue }
  }

  /// Rejection events of the present minute by (cause, stage), to keep strangers from filling the disk.
  var rejectionMinute: Int64 {
    get { memory.pointee.rejectionMinute }
    nonmutating set { memory.pointee.rejectionMinute = newValue }
  }

  var rejectionCounts: [UInt16: Int] {
    _read { yield memory.pointee.rejectionCounts }
    nonmutating _modify { yield &memory.pointee.rejectionCounts }
  }

  /// Recipients of delivery reports in the present minute, for the same reason.
  var reportMinute: Int64 {
    get { memory.pointee.reportMinute }
    nonmutating set { memory.pointee.reportMinute = newValue }
  }

  var reportCount: Int {
    get { memory.pointee.reportCount }
    nonmutating set { memory.pointee.reportCount = newValue }
  }

  static func minute(of time: Timestamp) -> Timestamp {
    Timestamp(seconds: time.seconds - (time.seconds % 60 + 60) % 60)
  }
}
