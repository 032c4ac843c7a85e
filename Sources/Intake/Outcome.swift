import Bytes
import MailLog
import SMTPTypes

extension Intake {
  /// One delivery line and what is known of it, by its place in memory: it is several hundred bytes, which would be
  /// copied with most of the calls that a line is handed to. There is one, valid until the next line or the next recipient
  /// that a listing of the queue has: a sink must not call back.
  struct Outcome {
    private struct Circumstances {
      var header: LogHeader
      var host = 0
      var life = 0
      var hop = Hop.external
      var hash: UInt64 = 0
      var assessment = Assessment()
    }

    private let recordPlace: UnsafeMutablePointer<DeliveryRecord>
    private let place: UnsafeMutablePointer<Circumstances>

    /// In new memory, which `free` gives back.
    init() {
      recordPlace = UnsafeMutablePointer<DeliveryRecord>.allocate(capacity: 1)
      recordPlace.initialize(
        to: DeliveryRecord(
          queueID: .empty, recipient: .empty, outcome: .deferred, reason: .empty,
          account: DeliveryRecord.Account(speaker: .local, reply: Reply(text: .empty))))
      place = UnsafeMutablePointer<Circumstances>.allocate(capacity: 1)
      place.initialize(
        to: Circumstances(
          header: LogHeader(
            time: Timestamp(seconds: 0), host: .empty, instance: .empty, service: .empty, daemon: .empty)))
    }

    func free() {
      recordPlace.deinitialize(count: 1)
      recordPlace.deallocate()
      place.deinitialize(count: 1)
      place.deallocate()
    }

    var record: DeliveryRecord {
      @inline(__always) unsafeAddress { UnsafePointer(recordPlace) }
      @inline(__always) nonmutating unsafeMutableAddress { recordPlace }
    }

    var header: LogHeader {
      @inline(__always) get { place.pointee.header }
      @inline(__always) nonmutating set { place.pointee.header = newValue }
    }

    var host: Int {
      @inline(__always) get { place.pointee.host }
      @inline(__always) nonmutating set { place.pointee.host = newValue }
    }

    var life: Int {
      @inline(__always) get { place.pointee.life }
      @inline(__always) nonmutating set { place.pointee.life = newValue }
    }

    var hop: Hop {
      @inline(__always) get { place.pointee.hop }
      @inline(__always) nonmutating set { place.pointee.hop = newValue }
    }

    /// Of the recipient's address.
    var hash: UInt64 {
      @inline(__always) get { place.pointee.hash }
      @inline(__always) nonmutating set { place.pointee.hash = newValue }
    }

    var assessment: Assessment {
      @inline(__always) get { place.pointee.assessment }
      @inline(__always) nonmutating set { place.pointee.assessment = newValue }
    }
  }
}
