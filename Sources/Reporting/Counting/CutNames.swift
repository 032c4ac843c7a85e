import Bytes
import Synchronization

/// The keys of one table, numbered, so that everybody who counts has the same row for a key. Number 0 stands for what
/// came when the table was full.
final class CutNames: Sendable {
  /// Keys that one table takes as they come, so that strangers can't fill the memory; and how many more it takes of those
  /// that came later and come often, so that the worst is shown whenever it began.
  static let limit = 20_000
  static let lateLimit = 4_096
  static let other = 0

  private let lock = Mutex(())
  // Sendable: touched with `lock` held.
  private nonisolated(unsafe) var table = ByteTable<UInt8>(limit: CutNames.limit + CutNames.lateLimit)
  private nonisolated(unsafe) var late = LateKeys()

  init() { _ = table.insert(ByteView("~other"), default: 0) }

  /// The number of `key`, which gets one if there is room, or if it has been asked for often. Expected O(key).
  func number(of key: ByteView) -> Int {
    lock.withLock { _ in
      if table.count < CutNames.limit { return table.insert(key, default: 0) ?? CutNames.other }
      if let number = table.index(of: key) { return number }
      guard table.count < table.limit, late.isOften(key) else { return CutNames.other }
      return table.insert(key, default: 0) ?? CutNames.other
    }
  }

  var count: Int { lock.withLock { _ in table.count } }

  /// Keys whose first events count among the others'.
  var lateCount: Int { max(count - CutNames.limit, 0) }

  /// The key with a number that `number(of:)` gave.
  func key(_ number: Int) -> String { lock.withLock { _ in String(table.key(at: number)) } }
}

/// The tables of one book, and their keys.
final class BookNames: Sendable {
  let fields: [EventField]
  /// By `EventField.rawValue`; nil where no table was asked for.
  private let names: [CutNames?]
  /// Keys are `name=value`.
  let tags = CutNames()

  init(_ asked: [EventField]) {
    fields = EventField.allCases.filter { asked.contains($0) }
    names = EventField.allCases.map { asked.contains($0) ? CutNames() : nil }
  }

  func names(_ field: EventField) -> CutNames? { names[Int(field.rawValue)] }
}
