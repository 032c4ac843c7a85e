/// Tells someone of an alert, outside of softbounce.
public protocol AlertNotifier: Sendable {
  /// What it is called in logs: `command /usr/local/bin/page`, `mail to postmaster@example.org`.
  var label: String { get }

  /// Returns once it was handed over; throws `NotifierError` when that failed. Never takes longer than its time-out.
  func notify(_ alert: Alert, host: String) async throws(NotifierError)
}

/// A notifier that could not do its work.
public struct NotifierError: Error, CustomStringConvertible {
  public var label: String
  /// What happened, and what to look at.
  public var reason: String

  public init(label: String, reason: String) {
    self.label = label
    self.reason = reason
  }

  public var description: String { "\(label): \(reason)" }
}
