import Bytes
import Classification
import Journal
import SMTPTypes

/// One message that counts against an address.
struct Evidence: Equatable {
  /// Seconds since 1970.
  var time: UInt32
  var type: EventType
  var cause: UInt8
  var status: EnhancedStatusCode?
  /// Of the reply's template; -1 without one.
  var reply: Int32
}

/// The scoring messages behind each run. Replies that differ only in addresses and numbers are kept once, and of those
/// `replyLimit` at most; of a long run the first and the last few messages.
struct EvidenceStore {
  static let keptMessages = 5
  static let replyLimit = 50_000

  private var byRecord: [Int: [Evidence]] = [:]
  private var replies: [String] = []
  private var replyIndex: [String: Int32] = [:]

  /// The number of a reply, given without its addresses and numbers; -1 if there is no room.
  mutating func reply(_ template: String) -> Int32 {
    if let known = replyIndex[template] { return known }
    guard replies.count < EvidenceStore.replyLimit else { return -1 }
    let index = Int32(replies.count)
    replies.append(template)
    replyIndex[template] = index
    return index
  }

  mutating func add(_ evidence: Evidence, _ record: Int) {
    var kept = byRecord[record] ?? []
    if kept.count >= EvidenceStore.keptMessages { kept.remove(at: 1) }
    kept.append(evidence)
    byRecord[record] = kept
  }

  mutating func forget(_ record: Int) {
    if !byRecord.isEmpty { byRecord[record] = nil }
  }

  /// Records have moved.
  mutating func renumber(_ number: (Int) -> Int?) {
    var moved: [Int: [Evidence]] = [:]
    for (old, list) in byRecord {
      if let new = number(old) { moved[new] = list }
    }
    byRecord = moved
  }

  func evidence(_ record: Int) -> [Evidence] { byRecord[record] ?? [] }
  func reply(_ evidence: Evidence) -> String? {
    evidence.reply >= 0 && evidence.reply < replies.count ? replies[Int(evidence.reply)] : nil
  }
}
