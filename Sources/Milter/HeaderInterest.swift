import Bytes

/// The header fields that are kept, and where. Slots: Message-ID, List-Id, Feedback-ID, then the tags in order.
struct HeaderInterest: Sendable {
  static let messageID = 0
  static let listID = 1
  static let feedbackID = 2
  static let firstTag = 3

  private struct Entry: Sendable {
    let name: [UInt8]  // lower case
    let slot: Int
  }

  let tagNames: [String]
  /// Entries by length of the name, so that most fields of a message cost one look.
  private let byLength: [[Entry]]
  private static let longestName = 127

  init(identity: Bool, tags: [TagHeader]) {
    var byLength = [[Entry]](repeating: [], count: Self.longestName + 1)
    func add(_ field: String, _ slot: Int) {
      let name = field.utf8.map(\.lowercasedASCII)
      guard !name.isEmpty, name.count <= Self.longestName else { return }
      byLength[name.count].append(Entry(name: name, slot: slot))
    }
    if identity {
      add("Message-ID", Self.messageID)
      add("List-Id", Self.listID)
      add("Feedback-ID", Self.feedbackID)
    }
    for (index, tag) in tags.enumerated() { add(tag.field, Self.firstTag + index) }
    self.byLength = byLength
    tagNames = tags.map(\.name)
  }

  var isEmpty: Bool { byLength.allSatisfy(\.isEmpty) }
  var slotCount: Int { Self.firstTag + tagNames.count }

  /// Calls `body` with each slot that wants the field `name`. O(fields wanted that have this length).
  @inline(__always)
  func forEachSlot(of name: ByteView, _ body: (Int) -> Void) {
    guard name.count < byLength.count else { return }
    for entry in byLength[name.count] where entry.name.withUnsafeBufferPointer({ name.matches(lowercase: $0) }) {
      body(entry.slot)
    }
  }

  /// A field's value as it is kept: at most `limit` bytes, line breaks of folding removed, outer blanks trimmed.
  static func value(_ raw: ByteView, limit: Int) -> String {
    var kept = raw.trimmed
    guard kept.firstIndex(of: 0x0A) != nil || kept.firstIndex(of: 0x0D) != nil else {
      return String(kept.prefix(limit).trimmed)
    }
    // Folding is bounded by what the MTA takes as one field; reading twice the limit leaves room for its line breaks.
    kept = kept.prefix(limit * 2)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(kept.count)
    for byte in kept.buffer where byte != 0x0A && byte != 0x0D { bytes.append(byte) }
    return bytes.withUnsafeBufferPointer { String(ByteView($0).prefix(limit).trimmed) }
  }
}

extension ByteView {
  /// Equality with `other`, which is in lower case and of the same length.
  @inline(__always)
  fileprivate func matches(lowercase other: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in 0..<count where buffer[index].lowercasedASCII != other[index] { return false }
    return true
  }
}
