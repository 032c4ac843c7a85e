// The recipients of one life that wait, found by the hash of their address.

import Bytes

/// Recipients without a final outcome. Few are searched one by one, which is fastest and allocates nothing; from
/// `indexedFrom` on an index finds them, so that one message to 100,000 recipients costs no more a line than any
/// other. Expected O(1) each; the order is that of their failures until one of many leaves, whose place the last
/// one takes.
struct OpenRecipients {
  /// How many there are when the index is made.
  static let indexedFrom = 32

  private var recipients: [OpenRecipient] = []
  /// Places by hash; empty while there are few.
  private var places: [UInt64: Int] = [:]

  /// The place of the recipient whose address has `hash`, until one is removed.
  func index(ofHash hash: UInt64) -> Int? {
    if !places.isEmpty { return places[hash] }
    return recipients.firstIndex { $0.hash == hash }
  }

  /// The recipient at a place that `index` or `append` gave.
  subscript(index: Int) -> OpenRecipient {
    get { recipients[index] }
    _modify { yield &recipients[index] }
  }

  /// Adds a recipient whose hash is not there yet; its place.
  mutating func append(_ recipient: OpenRecipient) -> Int {
    let index = recipients.count
    recipients.append(recipient)
    if !places.isEmpty {
      places[recipient.hash] = index
    } else if recipients.count >= OpenRecipients.indexedFrom {
      for (place, recipient) in recipients.enumerated() { places[recipient.hash] = place }
    }
    return index
  }

  mutating func remove(at index: Int) {
    guard !places.isEmpty else {
      recipients.remove(at: index)
      return
    }
    places[recipients[index].hash] = nil
    let last = recipients.removeLast()
    if index < recipients.count {
      recipients[index] = last
      places[last.hash] = index
    }
  }

  mutating func removeAll() {
    recipients.removeAll()
    places.removeAll()
  }

  /// O(`count`).
  mutating func removeAll(where isGone: (OpenRecipient) -> Bool) {
    recipients.removeAll(where: isGone)
    guard !places.isEmpty else { return }
    places.removeAll(keepingCapacity: true)
    for (place, recipient) in recipients.enumerated() { places[recipient.hash] = place }
  }
}

extension OpenRecipients: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { recipients.count }
}
