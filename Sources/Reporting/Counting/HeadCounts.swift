import Classification
import Journal
import SMTPTypes

/// Events whose lines begin alike, until they are counted together: where nothing but a line's head and its attempt is
/// counted, adding one to the count of its head is all that an event takes. By the numbers of heads; see
/// `JournalConsumer`.
struct HeadCounts: ~Copyable {
  /// Events of one head and one hour, all within the period.
  struct Cell {
    var head: Int
    var hour: Int
    var times = 0
    /// How many of them are first attempts.
    var firsts = 0
    /// The filter's conditions hold for them.
    var isCounted: Bool
    /// Where their attempts wait for a tally; nil if they are none that count.
    var pending: CountingShare.PendingPlace?
    // What `CountingShare.count` looks at.
    private let time: Timestamp
    private let type: EventType
    private let source: Source?
    private let direction: Direction?
    private let hop: Hop?
    private let cause: Cause?
    private let origin: Origin?

    init(_ event: borrowing Event, head: Int, hour: Int, isCounted: Bool, pending: CountingShare.PendingPlace?) {
      self.head = head
      self.hour = hour
      self.isCounted = isCounted
      self.pending = pending
      time = event.time
      type = event.type
      source = event.source
      direction = event.direction
      hop = event.hop
      cause = event.cause
      origin = event.origin
    }

    /// An event like them, without its texts, which belong to whoever read them.
    var event: Event {
      var event = Event(time: time, type: type)
      event.source = source
      event.direction = direction
      event.hop = hop
      event.cause = cause
      event.origin = origin
      return event
    }
  }

  /// By number modulo `JournalReader.headLimit`: which of `cells`, and one; 0 for none.
  private let places: UnsafeMutablePointer<Int32>
  private var cells: [Cell] = []

  init() {
    places = UnsafeMutablePointer<Int32>.allocate(capacity: JournalReader.headLimit)
    places.initialize(repeating: 0, count: JournalReader.headLimit)
  }

  deinit { places.deallocate() }

  @inline(__always)
  private static func slot(_ head: Int) -> Int { head % JournalReader.headLimit }

  /// True if the cells hold another head with the same place, or the same one in another hour: they have to be taken
  /// first.
  @inline(__always)
  func isTaken(_ head: Int, _ hour: Int) -> Bool {
    let place = places[HeadCounts.slot(head)]
    return place > 0 && (cells[Int(place) - 1].head != head || cells[Int(place) - 1].hour != hour)
  }

  /// Counts an event of `head`, which `isTaken` is false for; nil if there is no cell of it yet, else whether it counts.
  @inline(__always)
  mutating func count(_ head: Int, isFirst: Bool) -> Bool? {
    let place = Int(places[HeadCounts.slot(head)]) - 1
    guard place >= 0 else { return nil }
    cells[place].times += 1
    if isFirst { cells[place].firsts += 1 }
    return cells[place].isCounted
  }

  mutating func insert(_ cell: Cell) {
    cells.append(cell)
    places[HeadCounts.slot(cell.head)] = Int32(cells.count)
  }

  /// Hands over all cells, and forgets them.
  mutating func takeAll() -> [Cell] {
    for cell in cells { places[HeadCounts.slot(cell.head)] = 0 }
    let all = cells
    cells.removeAll()
    return all
  }
}
