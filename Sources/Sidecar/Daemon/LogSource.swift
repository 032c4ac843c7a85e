import Bytes
import Glibc
import Journal
import Logging
import SMTPTypes
import Synchronization

/// Hands the follower's lines to the pipeline, no faster than the journal's disk takes what they give.
final class LogSource: LogLineHandler {
  private let pipeline: EventPipeline
  private let logger: Logger
  private let isStopping = Atomic<Bool>(false)
  private let lines = Atomic<Int>(0)

  /// - Parameter since: lines before it are passed over, because the log that was followed until then had them.
  init(pipeline: EventPipeline, since: Timestamp? = nil, logger: Logger) {
    self.pipeline = pipeline
    pipeline.passOver(before: since)
    self.logger = logger
  }

  func stop() { isStopping.store(true, ordering: .relaxed) }

  func opened(_ position: LogPosition) {
    if position.isNamed { logger.info("reading \(position.path) from offset \(position.offset)") }
    pipeline.opened(position)
  }

  func line(_ bytes: ByteView, offset: Int, next: Int) {
    if lines.wrappingAdd(1, ordering: .relaxed).newValue & 255 == 0 { pauseIfFull() }
    pipeline.line(bytes, offset: offset, next: next)
  }

  func batchEnd(_ position: LogPosition, caughtUp: Bool) {
    pipeline.batchEnd(position, caughtUp: caughtUp)
    pauseIfFull()
  }

  func finished(_ position: LogPosition) {
    logger.info("\(position.path) is read to its end")
    pipeline.finished(position)
  }

  func gap(_ gap: LogGap) {
    logger.warning("\(gap)")
    pipeline.gap(gap)
  }

  func unavailable(_ path: String, _ error: SystemError) {
    let remedy = error.code == EACCES ? ". Let softbounced's user read it (on Debian: the group adm)." : ""
    logger.warning("the log can't be read for now, waiting for it: \(error)\(remedy)")
  }

  var hasRoom: Bool { pipeline.hasRoom }

  /// Waits outside of the pipeline's lock, so that the milter goes on.
  private func pauseIfFull() { pipeline.pauseWhileFull { self.isStopping.load(ordering: .relaxed) } }
}
