import Logging

/// A logger that says nothing.
enum SilentLog {
  static let logger = Logger(label: "checks") { _ in SwiftLogNoOpLogHandler() }
}
