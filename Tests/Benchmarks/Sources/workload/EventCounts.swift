import Bytes
import Classification
import Journal

/// Events by type, cause and provider.
struct EventCounts: Sendable {
  struct Key: Hashable {
    var type: EventType
    var cause: Cause?
    var provider: String
  }

  private(set) var total = 0
  /// Counts by the key's bytes: type, cause and the provider's hash; a provider's name is made a String once.
  private var cells: [UInt64: (key: Key, count: Int)] = [:]

  var byKey: [(Key, Int)] { cells.values.map { ($0.key, $0.count) } }

  mutating func count(_ event: borrowing Event) {
    total += 1
    let provider = event.provider ?? .empty
    let type = event.type
    let cause = event.cause
    let hash = provider.hash64 &* 31 &+ UInt64(type.rawValue) << 8 &+ UInt64(cause?.rawValue ?? .max)
    cells[hash, default: (Key(type: type, cause: cause, provider: String(provider)), 0)].count += 1
  }
}
