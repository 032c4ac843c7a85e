import Bytes
import Journal
import SMTPTypes

/// What is kept between the listings of the queue, and while one is taken in.
struct QueueListing: ~Copyable {
  /// Seconds for which the log must have been silent about a message before the queue's word is taken.
  static let quiet: Int64 = 30
  /// Listings that must miss a recipient before it counts as gone.
  static let missesUntilGone = 2
  /// Unknown recipients that are remembered from one listing to the next.
  static let pendingLimit = 200_000

  /// Counts from 1.
  var number = 0
  var host = 0
  var began = Timestamp(seconds: 0)
  /// Recipients that the last listing had and we did not know, and those of the present one.
  var pending: Set<UInt64> = []
  var found: Set<UInt64> = []
  /// Syslog names whose messages the listing is known to have: only those can be missed in it. Another instance of
  /// Postfix, or Sendmail, has a queue of its own.
  var instances: Set<String> = ["postfix"]
  var gauge = QueueGauge(time: Timestamp(seconds: 0))
  var byProvider = ByteTable<Waiting>(limit: 10_000)
  var byDomain = ByteTable<Waiting>(limit: 10_000)

  /// Deferred recipients of one provider or domain.
  struct Waiting {
    var recipients = 0
    /// Arrival of the oldest message.
    var oldest = Timestamp(microseconds: .max)

    mutating func count(_ arrival: Timestamp) {
      recipients += 1
      if arrival < oldest { oldest = arrival }
    }
  }

  mutating func begin(_ time: Timestamp, host: Int) {
    number += 1
    began = time
    self.host = host
    found.removeAll(keepingCapacity: true)
    gauge = QueueGauge(time: time)
    byProvider.removeAll()
    byDomain.removeAll()
  }

  /// The greatest shares of `table`.
  static func shares(_ table: borrowing ByteTable<Waiting>) -> [QueueGauge.Share] {
    var shares: [QueueGauge.Share] = []
    for index in 0..<table.count {
      shares.append(
        QueueGauge.Share(
          key: String(table.key(at: index)), recipients: table[index].recipients, oldest: table[index].oldest))
    }
    shares.sort { $0.recipients != $1.recipients ? $0.recipients > $1.recipients : $0.key < $1.key }
    return Array(shares.prefix(QueueGauge.keyLimit))
  }
}
