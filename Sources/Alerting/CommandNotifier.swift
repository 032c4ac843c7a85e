import Journal
import SMTPTypes

/// Runs a command for each alert: the alert's JSON on standard input, its main facts in the environment
/// (SOFTBOUNCE_STATE, _RULE, _KEY, _SUMMARY, _HOST, _VALUE, _ATTEMPTS, _DEFERRALS). No shell is involved.
public struct CommandNotifier: AlertNotifier {
  /// An absolute path, then arguments.
  public let command: [String]
  /// Seconds after which it is ended.
  public let timeout: Int

  /// nil when `command` is empty.
  public init?(command: [String], timeout: Int = 30) {
    guard !command.isEmpty else { return nil }
    self.command = command
    self.timeout = min(max(timeout, 1), 600)
  }

  public var label: String { "command \(command[0])" }

  public func notify(_ alert: Alert, host: String) async throws(NotifierError) {
    let environment = [
      "SOFTBOUNCE_STATE": alert.state.description,
      "SOFTBOUNCE_RULE": alert.rule.name,
      "SOFTBOUNCE_KEY": Alert.printable(alert.key ?? ""),
      "SOFTBOUNCE_SUMMARY": Alert.printable(alert.summary),
      "SOFTBOUNCE_HOST": host,
      "SOFTBOUNCE_VALUE": String(alert.value),
      "SOFTBOUNCE_ATTEMPTS": String(alert.counts.attempts),
      "SOFTBOUNCE_DEFERRALS": String(alert.counts.deferrals),
    ]
    try await ChildProcess.run(
      command, input: alert.json(host: host) + "\n", environment: environment, timeout: timeout,
      label: label)
  }
}
