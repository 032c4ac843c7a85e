import Bytes
import Glibc
import Journal
import Logging
import ServiceLifecycle
import Synchronization
import SystemJournal

/// Hands the systemd journal's entries to the pipeline, no faster than the journal's disk takes what they give.
final class JournaldSource: JournaldHandler {
  private let pipeline: EventPipeline
  private let logger: Logger
  private let isStopping = Atomic<Bool>(false)
  private let lines = Atomic<Int>(0)

  init(pipeline: EventPipeline, logger: Logger) {
    self.pipeline = pipeline
    self.logger = logger
  }

  func stop() { isStopping.store(true, ordering: .relaxed) }

  func opened(_ place: JournaldPlace) { pipeline.opened(place) }

  func entry(_ line: ByteView, at cursor: JournaldCursor) {
    if lines.wrappingAdd(1, ordering: .relaxed).newValue & 255 == 0 {
      pipeline.pauseWhileFull { self.isStopping.load(ordering: .relaxed) }
    }
    pipeline.entry(line, at: cursor)
  }

  func caughtUp() { pipeline.caughtUp() }

  var hasRoom: Bool { pipeline.hasRoom }

  func gap(_ note: String) {
    logger.warning("\(note)")
    pipeline.gap(note, source: .log)
  }

  func unavailable(_ reason: String) {
    logger.warning("the systemd journal can't be read for now, trying again: \(reason)")
  }
}

/// Follows the systemd journal.
struct JournaldService: Service {
  let follower: JournaldFollower
  let source: JournaldSource

  func run() async throws {
    try follower.start()
    try? await gracefulShutdown()
    source.stop()
    await onThread { follower.stop() }
  }
}

extension EventPipeline {
  /// Bytes that wait for the disk above which reading pauses; the log can wait, and what waits in it is not lost.
  static let pauseAbove = 16 << 20

  /// True unless so much waits for the disk that reading should.
  var hasRoom: Bool { writer.counters.queuedBytes <= Self.pauseAbove }

  /// Returns when the journal's disk has taken enough, or when `isStopping`.
  func pauseWhileFull(_ isStopping: () -> Bool) {
    while !hasRoom, !isStopping() { usleep(20_000) }
  }
}
