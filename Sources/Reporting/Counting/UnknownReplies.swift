// Replies that no rule knows, folded to what stays the same in them, so that what matters among them is seen.

public import Bytes
import Classification
import Glibc
public import Journal
public import SMTPTypes

/// A reply that no rule knows, without what a server fills in.
public struct UnknownReply: Sendable, Equatable {
  /// `450 4.7.1 <address>: desk <n> is closed`
  public var template: String
  /// As it came; of several the one that sorts first, so that it does not matter who reads what. At most 1,000 bytes.
  public var example: String
  public var count = 0
  public var direction: Direction
  /// The provider who sent the example, if known.
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
    add(event, rule: rule, times: 1)
  }

  func add(_ event: borrowing Event, rule: ByteView? = nil, times: Int) {
    total += times
    guard let reply = event.reply, let direction = event.direction else { return }
    scratch.removeAll()
    ReplyTemplate.append(reply.text, to: &scratch)
    let example = reply.text.prefix(UnknownReplies.exampleLimit)
    func fresh() -> UnknownReply {
      UnknownReply(
        template: String(scratch.view), example: String(example), direction: direction,
        provider: event.provider.map { String($0) }, rule: rule.map { String($0) })
    }
    guard let index = templates.insert(scratch.view, default: fresh()) else { return }
    let count = templates[index].count
    let order = templates[index].example.withByteView { example.order(to: $0) }
    if order < 0 || (order == 0 && UnknownReplies.comes(event.provider, before: templates[index].provider)) {
      templates[index] = fresh()
    }
    templates[index].count = count + times
  }

  private static func comes(_ provider: ByteView?, before other: String?) -> Bool {
    guard let other else { return false }
    guard let provider else { return true }
    return other.withByteView { provider.order(to: $0) < 0 }
  }

  /// Adds what was counted beside it.
  func add(_ other: UnknownReplies) {
    total += other.total
    for index in 0..<other.templates.count {
      let reply = other.templates[index]
      var first = reply
      first.count = 0
      guard let own = templates.insert(other.templates.key(at: index), default: first) else { continue }
      let count = templates[own].count
      let (one, two) = ((reply.example, reply.provider ?? ""), (templates[own].example, templates[own].provider ?? ""))
      let order = one.0.withByteView { one in two.0.withByteView { one.order(to: $0) } }
      let isEarlier = order < 0 || (order == 0 && one.1 < two.1)
      if isEarlier { templates[own] = first }
      templates[own].count = count + reply.count
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

extension ByteView {
  /// Negative if this view comes before `other` byte by byte, 0 if they are equal.
  fileprivate func order(to other: ByteView) -> Int {
    let order = memcmp(start, other.start, min(count, other.count))
    return order != 0 ? Int(order) : count - other.count
  }
}
