import Alerting
import Logging
import ServiceLifecycle

/// Tells the notifiers of alerts, one alert after the other, off every hot path. At most `limit` wait; what is beyond
/// is in the journal all the same.
struct AlertDispatcher: Service {
  static let limit = 100

  private let notifiers: [any AlertNotifier]
  private let pipeline: EventPipeline
  private let logger: Logger
  private let stream: AsyncStream<Alert>
  private let continuation: AsyncStream<Alert>.Continuation

  init(notifiers: [any AlertNotifier], pipeline: EventPipeline, logger: Logger) {
    self.notifiers = notifiers
    self.pipeline = pipeline
    self.logger = logger
    (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(AlertDispatcher.limit))
  }

  func send(_ alert: Alert) {
    logger.warning("alert \(alert.state): \(alert.summary)", metadata: ["rule": "\(alert.rule.name)"])
    guard !notifiers.isEmpty else { return }
    if case .dropped = continuation.yield(alert) {
      logger.error("too many alerts wait for their notifiers; this one is in the journal only")
      pipeline.tellFailure(of: "all notifiers", alert: alert, "too many alerts wait")
    }
  }

  func run() async throws {
    await withGracefulShutdownHandler {
      for await alert in stream {
        await withTaskGroup(of: Void.self) { group in
          for notifier in notifiers { group.addTask { await tell(alert, notifier) } }
        }
      }
    } onGracefulShutdown: {
      continuation.finish()
    }
  }

  private func tell(_ alert: Alert, _ notifier: any AlertNotifier) async {
    do throws(NotifierError) {
      try await notifier.notify(alert, host: pipeline.host)
      logger.debug("told \(notifier.label) of \(alert.rule.name)")
    } catch {
      logger.error("\(error)")
      pipeline.tellFailure(of: notifier.label, alert: alert, error.reason)
    }
  }
}
