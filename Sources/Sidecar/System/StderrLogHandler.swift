import Glibc
public import Logging

/// Writes log messages to standard error, one line each: with a priority in front where systemd's journal reads them
/// (sd-daemon(3)), else with a time. What strangers wrote can't begin a line or move the cursor.
public struct StderrLogHandler: LogHandler {
  public var logLevel = Logger.Level.info
  public var metadata: Logger.Metadata = [:]
  private let label: String
  private let isJournal: Bool

  public init(label: String) {
    self.label = label
    isJournal = getenv("JOURNAL_STREAM") != nil
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var line = isJournal ? "<\(priority(event.level))>" : "\(WallClock.timestamp) \(label) \(event.level): "
    line += StderrLogHandler.plain(event.message.description)
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      line += " \(key)=\(StderrLogHandler.plain(value.description))"
    }
    line += "\n"
    // One write(2), so that lines of several threads do not mix.
    line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  }

  /// syslog(3)'s number.
  private func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .critical: 2
    case .error: 3
    case .warning: 4
    case .notice: 5
    case .info: 6
    case .debug, .trace: 7
    }
  }

  /// `text` in one line without control characters, at most 2,000 characters.
  static func plain(_ text: String) -> String {
    String(
      text.prefix(2000).map { character in
        character.unicodeScalars.contains {
          switch $0.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
          default: false
          }
        } ? "?" : character
      })
  }
}
