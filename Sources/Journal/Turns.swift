import Glibc
import Synchronization

/// Numbered pieces of work that several threads take in order, each of which has its turn once all before it are
/// finished.
final class Turns: Sendable {
  struct Outcome {
    var report: ScanReport
    /// Lines that are part of the journal; nil if the segment is gone.
    var counted: Int?
  }

  // Sendable: touched with `monitor` locked.
  private nonisolated(unsafe) var outcomes: [Outcome?]
  private let monitor = Monitor()
  private let taken = Atomic(0)
  /// The piece whose turn it is.
  private let turn = Atomic(0)
  private let count: Int

  init(count: Int) {
    self.count = count
    outcomes = Array(repeating: nil, count: count)
  }

  /// The next piece that nobody has taken.
  func next() -> Int? {
    let number = taken.add(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }

  func isUp(_ number: Int) -> Bool { turn.load(ordering: .acquiring) == number }

  func wait(for number: Int) {
    if isUp(number) { return }
    monitor.lock()
    while !isUp(number) { monitor.wait(for: .news) }
    monitor.unlock()
  }

  /// Ends the turn of `number`, which must be up.
  func finish(_ number: Int, _ report: ScanReport, counted: Int?) {
    monitor.lock()
    outcomes[number] = Outcome(report: report, counted: counted)
    turn.store(number + 1, ordering: .releasing)
    monitor.broadcast(.news)
    monitor.unlock()
  }

  /// How each piece ended, once all threads have.
  var finished: [Outcome?] {
    monitor.lock()
    defer { monitor.unlock() }
    return outcomes
  }
}
