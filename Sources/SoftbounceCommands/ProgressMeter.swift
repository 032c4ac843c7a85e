import Glibc
import Synchronization

/// How far long work has come, where a person watches: shown from the first half second on, ten times a second at most.
/// From any thread.
final class ProgressMeter: Sendable {
  private let errors: ErrorStream
  private let isWatched: Bool
  /// When the line is due again.
  private let next: Mutex<Double>

  init(_ console: Console) {
    errors = console.errorStream
    isWatched = console.isWatched
    next = Mutex(ProgressMeter.seconds + 0.5)
  }

  /// Shows `text`, which is asked for only if the line is due.
  func show(_ text: () -> String) {
    guard isWatched else { return }
    let now = ProgressMeter.seconds
    let isDue = next.withLock { next in
      guard now >= next else { return false }
      next = now + 0.1
      return true
    }
    if isDue { errors.show(progress: text()) }
  }

  /// Shows `done` of `total` segments.
  func showSegments(_ done: Int, _ total: Int) { show { "\(done) of \(total) segments" } }

  /// Takes the line away.
  func clear() { errors.show(progress: nil) }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
