// The daemon's parts as services: each runs until it is asked to end and returns when it has.

import Alerting
import Glibc
import Journal
import Logging
import Milter
import SMTPTypes
import ServiceLifecycle
import Synchronization

/// Follows the log.
struct LogService: Service {
  let follower: LogFollower
  let source: LogSource

  func run() async throws {
    try follower.start()
    try? await gracefulShutdown()
    source.stop()
    await onThread { follower.stop() }
  }
}

/// Serves the MTA's milter sessions.
struct MilterService: Service {
  let server: MilterServer
  let logger: Logger

  func run() async throws {
    let outcome = Mutex<Result<MilterServer.Ending, MilterError>?>(nil)
    await withGracefulShutdownHandler {
      await onThread {
        let result = Result { () throws(MilterError) in try server.run() }
        outcome.withLock { $0 = result }
      }
    } onGracefulShutdown: {
      // Blocks for some seconds at worst.
      detachThread { _ = server.stop() }
    }
    if case .failure(let error) = outcome.withLock({ $0 }) { throw error }
    if case .success(.signalled) = outcome.withLock({ $0 }) { logger.notice("libmilter took a signal to end") }
  }
}

/// The clock: about each second what waits is released, what is due committed, and every few seconds the alerts are
/// looked at.
struct ClockService: Service {
  let pipeline: EventPipeline
  let dispatcher: AlertDispatcher
  let spool: IdentitySpool?
  let logger: Logger

  /// Seconds between two evaluations of the alerts.
  static let evaluationInterval = 5

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var ticks = 0
      var faults = 0
      let watchdog = ServiceManager.watchdogInterval
      var lastSign = 0.0
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(1))
        let now = WallClock.timestamp
        pipeline.advance(to: now)
        ticks += 1
        if ticks % Self.evaluationInterval == 0 {
          for alert in pipeline.evaluateAlerts(now: now) { dispatcher.send(alert) }
        }
        if ticks % 60 == 0, let spool, spool.isDue { spool.rewrite(pipeline.knownIdentities) }
        faults = tellFaults(since: faults)
        let seconds = Double(MonotonicClock.now) / 1e9
        if let watchdog, seconds - lastSign >= watchdog * 0.9 {
          lastSign = seconds
          ServiceManager.alive()
        }
      }
    }
  }

  /// Says in the log when the journal's disk begins to refuse.
  private func tellFaults(since known: Int) -> Int {
    let counters = pipeline.writer.counters
    if counters.faults > 0, known == 0 || counters.isRefusing && counters.faults >= known * 10 {
      logger.error(
        "the journal can't be written, mail goes on: \(counters.lastFault ?? "unknown")",
        metadata: ["dropped": "\(counters.droppedLines)"])
      return counters.faults
    }
    return counters.isRefusing ? known : 0
  }
}

/// Seals and drops the journal's older segments, about once a minute.
struct KeeperService: Service {
  let keeper: JournalKeeper
  let logger: Logger

  static let interval = 60

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(Self.interval))
        await onThread { [keeper, logger] in Self.keep(keeper, logger) }
      }
    }
  }

  private static func keep(_ keeper: JournalKeeper, _ logger: Logger) {
    do {
      let report = try keeper.run()
      for file in report.sealed { logger.info("sealed \(file)") }
      for file in report.dropped { logger.notice("dropped \(file), as the configuration asks") }
      for failure in report.failures { logger.error("keeping the journal: \(failure); tried again in a minute") }
    } catch {
      logger.error("keeping the journal: \(error); tried again in a minute")
    }
  }
}

/// Closes the journal, last of all.
struct JournalService: Service {
  let pipeline: EventPipeline

  func run() async throws {
    try? await gracefulShutdown()
    await onThread { pipeline.close() }
  }
}

/// Runs `body`, which may block, on a thread of its own.
func onThread(_ body: @escaping @Sendable () -> Void) async {
  await withCheckedContinuation { continuation in
    detachThread {
      body()
      continuation.resume()
    }
  }
}

/// Starts a thread for `body`; runs it here if the system has no more threads.
func detachThread(_ body: @escaping @Sendable () -> Void) {
  let box = Unmanaged.passRetained(ThreadBody(body))
  var thread = pthread_t()
  if pthread_create(&thread, nil, runThreadBody, box.toOpaque()) == 0 {
    pthread_detach(thread)
  } else {
    box.release()
    body()
  }
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().body()
  return nil
}
