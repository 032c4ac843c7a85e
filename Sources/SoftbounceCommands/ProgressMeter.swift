import Glibc
import Synchronization

/// A line on standard error that tells how far long work has come, where a person watches: on a terminal, and after
/// the first second only.
final class ProgressMeter: Sendable {
  private struct State {
    var started = ProgressMeter.seconds
    var shown = 0.0
    var isShown = false
  }

  private let isWatched: Bool
  private let unit: String
  private let state = Mutex(State())

  init(_ console: Console, _ unit: String) {
    isWatched = console.isTerminal && isatty(STDERR_FILENO) == 1
    self.unit = unit
  }

  /// From any thread.
  func show(_ done: Int, of total: Int) {
    guard isWatched else { return }
    state.withLock { state in
      let now = ProgressMeter.seconds
      guard now - state.started > 1, now - state.shown > 0.1 else { return }
      state.shown = now
      state.isShown = true
      ProgressMeter.write("\r\(done) of \(total) \(unit)\u{1B}[K")
    }
  }

  /// Takes the line away.
  func clear() {
    state.withLock { state in
      if state.isShown { ProgressMeter.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private static func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
