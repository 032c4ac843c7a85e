import Classification
import Journal
import SMTPTypes

/// What is told of a message that never arrived, but for its time.
struct FailureWords: Hashable {
  var type: EventType
  var cause: UInt8
  var status: EnhancedStatusCode?
  /// Of the reply's template; -1 without one.
  var reply: Int32 = -1
  /// It counts against the address.
  var scores = false
  /// A permanent code said that the address does not exist.
  var isUnknown = false

  /// The same of a message that does not count, of which no more is told.
  var notScoring: FailureWords { FailureWords(type: type, cause: cause) }
}

/// Words that were told, each once. Of replies, which differ only in addresses and numbers, `replyLimit` are kept, and
/// of words with more than a type and a cause `limit`: strangers write them.
final class FailureWordStore {
  static let replyLimit = 50_000
  static let limit = 200_000

  private var list: [FailureWords] = []
  private var numbers: [FailureWords: UInt32] = [:]
  private var replies: [String] = []
  private var replyNumbers: [String: Int32] = [:]

  /// The number of a reply, given without its addresses and numbers; -1 if there is no room.
  func number(ofReply template: String) -> Int32 {
    if let known = replyNumbers[template] { return known }
    guard replies.count < FailureWordStore.replyLimit else { return -1 }
    let number = Int32(replies.count)
    replies.append(template)
    replyNumbers[template] = number
    return number
  }

  func number(of words: FailureWords) -> UInt32 {
    if let known = numbers[words] { return known }
    if list.count >= FailureWordStore.limit, words.status != nil || words.reply >= 0 {
      var few = words
      few.status = nil
      few.reply = -1
      return number(of: few)
    }
    let number = UInt32(list.count)
    list.append(words)
    numbers[words] = number
    return number
  }

  /// Those of a failure.
  subscript(end: RecipientEnd) -> FailureWords {
    Int(end.number) < list.count
      ? list[Int(end.number)] : FailureWords(type: .bounce, cause: Cause.unclassified.rawValue)
  }

  func reply(_ words: FailureWords) -> String? {
    words.reply >= 0 && words.reply < replies.count ? replies[Int(words.reply)] : nil
  }

  /// An order of what was told in one second that does not depend on what was told first.
  func precedes(_ one: RecipientEnd, _ other: RecipientEnd) -> Bool {
    let (one, other) = (self[one], self[other])
    if one.cause != other.cause { return one.cause < other.cause }
    if one.type != other.type { return one.type.rawValue < other.type.rawValue }
    if one.scores != other.scores { return other.scores }
    if one.isUnknown != other.isUnknown { return other.isUnknown }
    if one.status != other.status { return (one.status?.description ?? "") < (other.status?.description ?? "") }
    return (reply(one) ?? "") < (reply(other) ?? "")
  }
}
