import Bytes
import Classification
import Journal

/// Events by type, cause and provider, as one of several readers of a journal counts them.
final class EventCounts: JournalConsumer {
  struct Key: Hashable {
    var type: EventType
    var cause: Cause?
    var provider: String
  }

  private(set) var total = 0
  private var cells: [(key: Key, count: Int)] = []
  private var places: [Key: Int] = [:]
  /// The cells of the heads of lines that were met, by their number modulo `JournalReader.headLimit`.
  private var heads = Array(repeating: (head: -1, cell: 0), count: JournalReader.headLimit)

  var byKey: [(key: Key, count: Int)] { cells }

  func receive(_ event: borrowing Event, head: Int) {
    total += 1
    let slot = max(head, 0) % JournalReader.headLimit
    if head < 0 || heads[slot].head != head {
      let cell = cell(of: event)
      cells[cell].count += 1
      if head >= 0 { heads[slot] = (head, cell) }
    } else {
      cells[heads[slot].cell].count += 1
    }
  }

  private func cell(of event: borrowing Event) -> Int {
    let key = Key(type: event.type, cause: event.cause, provider: String(event.provider ?? .empty))
    if let place = places[key] { return place }
    cells.append((key, 0))
    places[key] = cells.count - 1
    return cells.count - 1
  }

  func receive(_ tally: borrowing TallyLine) {}

  // Counts add up in any order: nothing waits.
  func settle() {}

  var held: Int { 0 }
}
