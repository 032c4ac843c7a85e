// What all sessions of a server share: what is looked at, the bounds, and the way to the observer.

import Bytes
import SMTPTypes
import Synchronization

/// Settings and destination of every session; immutable but for two counters.
final class Watch: Sendable {
  let observer: any MilterObserver
  let negotiation: Negotiation
  let interest: HeaderInterest
  let recipientLimit: Int
  let headerValueLimit: Int
  let reportLimit: Int
  let clock: @Sendable () -> Timestamp
  let gate = DeliveryGate()

  private let reportMemoryLimit: Int
  private let reportMemory = Atomic<Int>(0)

  init(_ configuration: MilterConfiguration, observer: any MilterObserver) {
    self.observer = observer
    interest = HeaderInterest(identity: configuration.wantsIdentityHeaders, tags: configuration.tags)
    negotiation = Negotiation(
      wantsHeaders: !interest.isEmpty, wantsReports: configuration.wantsReports)
    recipientLimit = max(configuration.recipientLimit, 0)
    headerValueLimit = max(configuration.headerValueLimit, 1)
    reportLimit = max(configuration.reportLimit, 1024)
    reportMemoryLimit = max(configuration.reportMemoryLimit, 0)
    clock = configuration.clock
  }

  /// Sets `count` bytes aside for a report; false if all sessions together would hold too many.
  func reserveReportMemory(_ count: Int) -> Bool {
    let now = reportMemory.add(count, ordering: .relaxed).newValue
    if now <= reportMemoryLimit { return true }
    releaseReportMemory(count)
    return false
  }

  func releaseReportMemory(_ count: Int) {
    reportMemory.subtract(count, ordering: .relaxed)
  }
}

/// Lets observer calls through until it is closed, and then waits for those under way. libmilter's threads may still
/// be at work when smfi_main returns.
final class DeliveryGate: Sendable {
  /// Calls under way, plus `closed` once the gate is.
  private let state = Atomic<Int>(0)
  private static let closed = 1 << 40

  /// Runs `call` unless the gate is closed.
  @inline(__always)
  func pass(_ call: () -> Void) {
    if state.add(1, ordering: .acquiring).oldValue < Self.closed { call() }
    state.subtract(1, ordering: .releasing)
  }

  /// From now on nothing passes.
  func close() {
    var old = state.load(ordering: .acquiring)
    while old < Self.closed {
      let (exchanged, seen) = state.compareExchange(
        expected: old, desired: old + Self.closed, ordering: .acquiringAndReleasing)
      if exchanged { return }
      old = seen
    }
  }

  /// True once the gate is closed and no call is under way.
  var isQuiet: Bool { state.load(ordering: .acquiring) == Self.closed }
}
