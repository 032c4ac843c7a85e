// The recipients of one life that wait, found by a hash of their address and of the alias that led to it.

import Bytes

/// Recipients without a final outcome. One, as most lives have, is kept in place; few are searched one by one, which is
/// fastest; from `indexedFrom` on an index finds them, so that one message to 100,000 recipients costs no more a line
/// than any other. Expected O(1) each; the order is that of their failures until one of many leaves, whose place the
/// last one takes.
struct OpenRecipients {
  /// How many there are when the index is made.
  static let indexedFrom = 32

  /// The only one.
  private var single: OpenRecipient?
  /// All, where they are or were several.
  private var several: Several?

  /// Never changed where someone else has it too.
  private final class Several {
    var recipients: [OpenRecipient]
    /// Places by hash; empty while there are few.
    var places: [UInt64: Int] = [:]

    init(_ recipients: [OpenRecipient]) { self.recipients = recipients }

    func copy() -> Several {
      let copy = Several(recipients)
      copy.places = places
      return copy
    }

    @inline(never)
    func index(ofHash hash: UInt64) -> Int? {
      places.isEmpty ? recipients.firstIndex { $0.hash == hash } : places[hash]
    }

    /// Finds the places anew, if there are many.
    func index() {
      places.removeAll(keepingCapacity: true)
      guard recipients.count >= OpenRecipients.indexedFrom else { return }
      for (place, recipient) in recipients.enumerated() { places[recipient.hash] = place }
    }

    func append(_ recipient: OpenRecipient) -> Int {
      let index = recipients.count
      recipients.append(recipient)
      if !places.isEmpty { places[recipient.hash] = index } else { self.index() }
      return index
    }

    func remove(at index: Int) {
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
  }

  /// Sees to it that `several` may be changed. Nobody may hold it meanwhile.
  private mutating func makeOwn() {
    if isKnownUniquelyReferenced(&several) { return }
    several = several?.copy()
  }

  /// The place of the recipient that has `hash`, until one is removed.
  @inline(__always)
  func index(ofHash hash: UInt64) -> Int? {
    if let single { return single.hash == hash ? 0 : nil }
    // Searched there: of what a function is called on here, a copy is made first.
    return several?.index(ofHash: hash)
  }

  /// Adds a recipient whose hash is not there yet; its place.
  mutating func append(_ recipient: OpenRecipient) -> Int {
    guard several != nil else {
      guard let first = single else {
        single = recipient
        return 0
      }
      single = nil
      several = Several([first, recipient])
      return 1
    }
    makeOwn()
    return several?.append(recipient) ?? 0
  }

  mutating func remove(at index: Int) {
    if several == nil {
      precondition(index == 0)
      single = nil
    } else {
      makeOwn()
      several?.remove(at: index)
    }
  }

  mutating func removeAll() {
    single = nil
    several = nil
  }

  /// O(`count`).
  mutating func removeAll(where isGone: (OpenRecipient) -> Bool) {
    if let single, isGone(single) { self.single = nil }
    guard several != nil else { return }
    makeOwn()
    several?.recipients.removeAll(where: isGone)
    several?.index()
  }
}

extension OpenRecipients: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { single != nil ? 1 : several?.recipients.count ?? 0 }
  var count: Int { endIndex }
  var isEmpty: Bool { single == nil && several?.recipients.isEmpty ?? true }

  /// The recipient at a place that `index` or `append` gave.
  subscript(index: Int) -> OpenRecipient {
    @inline(__always) get {
      if let single, index == 0 { return single }
      guard let several else { preconditionFailure("no recipient at \(index)") }
      return several.recipients[index]
    }
    set {
      if single != nil, index == 0 {
        single = newValue
      } else {
        makeOwn()
        guard let several else { preconditionFailure("no recipient at \(index)") }
        several.recipients[index] = newValue
      }
    }
  }
}
