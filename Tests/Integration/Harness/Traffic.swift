import Foundation
import Synchronization

/// Mail that keeps coming while a test does something else.
final class Traffic: Sendable {
  private struct State {
    var isStopping = false
    var isDone = false
    var sent = 0
    var failure: String?
  }
  private let state = Mutex(State())

  /// Sends batches of these, in turn, until `stop`.
  init(_ mails: [Mail]) {
    Thread.detachNewThread { [self] in
      var index = 0
      while !state.withLock({ $0.isStopping }) {
        let mail = mails[index % mails.count]
        index += 1
        do {
          try mail.send()
          state.withLock { $0.sent += mail.messages * mail.recipients }
        } catch {
          state.withLock { $0.failure = "\(error)" }
          break
        }
      }
      state.withLock { $0.isDone = true }
    }
  }

  /// Ends it after the batch under way; how many recipients were accepted. Throws if a single command got anything
  /// but a 2xx.
  @discardableResult
  func stop() throws -> Int {
    state.withLock { $0.isStopping = true }
    while !state.withLock({ $0.isDone }) { usleep(10_000) }
    let (sent, failure) = state.withLock { ($0.sent, $0.failure) }
    if let failure { throw Trouble("mail was not accepted: \(failure)") }
    return sent
  }
}
