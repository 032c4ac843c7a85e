// Replies that no rule knows, folded to what stays the same in them, so that what matters among them is seen.

public import Bytes
import Classification
public import Journal
public import SMTPTypes

/// A reply that no rule knows, without what a server fills in.
public struct UnknownReply: Sendable, Equatable {
  /// `450 4.7.1 <address>: desk <n> is closed`
  public var template: String
  /// The first that was met, as it came; at most 1,000 bytes.
  public var example: String
  public var count = 0
  public var direction: Direction
  /// The provider who sent it first, if known.
  public var provider: String?
  /// The rule that judged it by its code alone; nil if none judged it.
  public var rule: String?
}

/// Counts unknown replies by template. Memory is bounded: after 10,000 templates further ones are only counted.
public final class UnknownReplies {
  private static let templateLimit = 10_000
  private static let exampleLimit = 1_000

  private var templates = ByteTable<UnknownReply>(limit: UnknownReplies.templateLimit)
  private var scratch = ByteBuffer(capacity: 512)
  /// All that were given.
  public private(set) var total = 0

  public init() {}

  /// Counts the reply of `event`; `rule` is the one that judged it by its code alone. O(reply).
  public func add(_ event: borrowing Event, rule: ByteView? = nil) {
    total += 1
    guard let reply = event.reply, let direction = event.direction else { return }
    scratch.removeAll()
    ReplyTemplate.append(reply.text, to: &scratch)
    let provider = event.provider
    let index = templates.insert(
      scratch.view,
      default: UnknownReply(
        template: String(scratch.view), example: String(reply.text.prefix(UnknownReplies.exampleLimit)),
        direction: direction, provider: provider.map { String($0) }, rule: rule.map { String($0) }))
    if let index { templates[index].count += 1 }
  }

  /// Adds what was counted beside it. Of two examples the one that sorts first stays, so that it does not matter who
  /// counted what.
  func add(_ other: UnknownReplies) {
    total += other.total
    for index in 0..<other.templates.count {
      let reply = other.templates[index]
      var first = reply
      first.count = 0
      guard let own = templates.insert(other.templates.key(at: index), default: first) else { continue }
      if reply.example < templates[own].example {
        let count = templates[own].count
        templates[own] = first
        templates[own].count = count
      }
      templates[own].count += reply.count
    }
  }

  /// The most frequent `count` templates, those that nothing judged first.
  public func top(_ count: Int) -> [UnknownReply] {
    let all = (0..<templates.count).map { templates[$0] }
    let sorted = all.sorted { left, right in
      if (left.rule == nil) != (right.rule == nil) { return left.rule == nil }
      return (right.count, left.template) < (left.count, right.template)
    }
    return Array(sorted.prefix(count))
  }

  /// Templates that were kept.
  public var templateCount: Int { templates.count }
}
