import Bytes
import Glibc
import Synchronization
import SystemJournal

@testable import Sidecar

/// Keeps what a journald follower delivers.
final class JournaldRecorder: JournaldHandler {
  struct Content {
    var lines: [String] = []
    var opened: [JournaldPlace] = []
    var cursors: [JournaldCursor] = []
    var caughtUp = 0
    var gaps: [String] = []
    var problems: [String] = []
  }

  private let content = Mutex(Content())
  var now: Content { content.withLock { $0 } }

  func entry(_ line: ByteView, at cursor: JournaldCursor) {
    let text = String(line)
    content.withLock {
      $0.lines.append(text)
      $0.cursors.append(cursor)
    }
  }

  func opened(_ place: JournaldPlace) { content.withLock { $0.opened.append(place) } }
  func caughtUp() { content.withLock { $0.caughtUp += 1 } }
  func gap(_ note: String) { content.withLock { $0.gaps.append(note) } }
  func unavailable(_ reason: String) { content.withLock { $0.problems.append(reason) } }

  func wait(seconds: Double = 20, until condition: (Content) -> Bool) -> Bool {
    let deadline = MonotonicClock.now + Int64(seconds * 1e9)
    while MonotonicClock.now < deadline {
      if content.withLock({ condition($0) }) { return true }
      usleep(1000)
    }
    return content.withLock { condition($0) }
  }
}
