// Where a command's words go and what it may know of its surroundings. Data goes to standard output, diagnostics to
// standard error; colour and width only where a terminal shows them.

public import Bytes
import Glibc
public import Reporting
public import SMTPTypes

/// A command's surroundings; tests give their own.
public final class Console {
  /// Where bytes go.
  public enum Sink {
    case descriptor(Int32)
    /// Kept, for tests.
    case memory
  }

  private let outputSink: Sink
  /// Standard error, for whoever tells of progress.
  let errorStream: ErrorStream
  private var pending = ByteBuffer(capacity: 64 * 1024)
  /// What was written to a `memory` sink.
  public private(set) var output = ""
  public var errors: String { errorStream.kept }
  /// Standard output is a terminal.
  public let isTerminal: Bool
  /// Columns of the terminal; 80 elsewhere.
  public let width: Int
  /// A person watches standard error: long work may tell there how far it is.
  public let isWatched: Bool
  /// Columns of standard error's terminal.
  public let errorWidth: Int
  public let environment: [String: String]
  /// Where large temporary files go: file-hierarchy(7) of systemd keeps /tmp for small ones, and often in memory.
  var temporaryDirectory: String { environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/var/tmp" }
  public let now: Timestamp
  public let zone: DisplayZone
  /// Standard input, for `-`.
  public let input: Int32
  public var paths: DefaultPaths
  /// errno of the first write that failed; 0 if none did.
  public private(set) var writeFailure: Int32 = 0

  public init(
    output: Sink = .memory, errors: Sink = .memory, input: Int32 = 0, isTerminal: Bool = false, width: Int = 80,
    isWatched: Bool = false, errorWidth: Int = 80, environment: [String: String] = [:], now: Timestamp,
    zone: DisplayZone = .utc, paths: DefaultPaths = DefaultPaths()
  ) {
    outputSink = output
    if case .descriptor(let descriptor) = errors {
      errorStream = ErrorStream(descriptor, isWatched: isWatched)
    } else {
      errorStream = ErrorStream(nil, isWatched: isWatched)
    }
    self.input = input
    self.isTerminal = isTerminal
    self.width = width
    self.isWatched = isWatched
    self.errorWidth = errorWidth
    self.environment = environment
    self.now = now
    self.zone = zone
    self.paths = paths
  }

  /// The process's own.
  public static func system() -> Console {
    var environment: [String: String] = [:]
    for name in ["NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG", "COLUMNS", "TMPDIR"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let columns = environment["COLUMNS"].flatMap { Int($0) }
    // A terminal that can't go back to a line's beginning has no place for progress.
    let isWatched = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    return Console(
      output: .descriptor(STDOUT_FILENO), errors: .descriptor(STDERR_FILENO), input: STDIN_FILENO,
      isTerminal: isTerminal, width: isTerminal ? columnsOf(STDOUT_FILENO, columns) : 80, isWatched: isWatched,
      errorWidth: isWatched ? columnsOf(STDERR_FILENO, columns) : 80, environment: environment,
      now: Timestamp(microseconds: Int64(clock.tv_sec) * 1_000_000 + Int64(clock.tv_nsec / 1000)), zone: .system)
  }

  /// Of a terminal, 40 to 200.
  private static func columnsOf(_ terminal: Int32, _ configured: Int?) -> Int {
    var size = winsize()
    if ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 { return min(Int(size.ws_col), 200) }
    return configured.map { (40...200).contains($0) ? $0 : 80 } ?? 80
  }

  /// Colour suits a terminal that can show it, unless NO_COLOR (no-color.org) is set to anything.
  public var isColoured: Bool {
    isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Block characters need UTF-8. A locale that names another character set rules them out; one that names none does
  /// not, because cron and systemd set none and their mail is read as UTF-8.
  public var isUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { self.environment[$0] }.first { !$0.isEmpty }
    guard let locale = locale?.lowercased() else { return true }
    return !locale.contains(".") || locale.contains("utf-8") || locale.contains("utf8")
  }

  /// True if standard input is a file, so that nobody waits for answers line by line.
  public var inputIsFile: Bool {
    var status = stat()
    return fstat(input, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// True if standard input has bytes to read, or its end, at this moment.
  public var inputIsReady: Bool {
    var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) > 0
  }

  // MARK: - Writing

  /// False once standard output takes nothing more.
  public var isOpen: Bool { writeFailure == 0 }

  public func write(_ text: String) { text.withByteView { write($0) } }

  public func write(_ bytes: ByteView) {
    pending.append(bytes)
    if pending.count >= 64 * 1024 { flush() }
  }

  /// Writes what was kept back.
  public func flush() {
    switch outputSink {
    case .memory: output += String(pending.view)
    case .descriptor(let descriptor): send(descriptor)
    }
    pending.removeAll()
  }

  private func send(_ descriptor: Int32) {
    var sent = 0
    if isTerminal { errorStream.show(progress: nil) }
    let bytes = pending.view
    while sent < bytes.count, writeFailure == 0 {
      let count = Glibc.write(descriptor, bytes.start + sent, bytes.count - sent)
      if count >= 0 {
        sent += count
      } else if errno != EINTR {
        writeFailure = errno
      }
    }
  }

  /// A line for people on standard error; untrusted parts must be escaped by the caller.
  public func diagnose(_ text: String) {
    flush()
    errorStream.write("softbounce: " + text + "\n")
  }
}

/// Where things are unless the command line says otherwise.
public struct DefaultPaths: Sendable {
  public var journal: String
  public var logs: [String]
  /// Where systemd's journald writes: what lasts, and what does not.
  public var systemJournals: [String]
  /// The sidecar's configuration.
  public var configuration: String
  /// The site's own rules.
  public var rules: String

  public init(
    journal: String = "/var/lib/softbounce/journal",
    logs: [String] = ["/var/log/mail.log", "/var/log/maillog", "/var/log/mail"],
    systemJournals: [String] = ["/var/log/journal", "/run/log/journal"],
    configuration: String = "/etc/softbounce/softbounce.yaml", rules: String = "/etc/softbounce/rules.d"
  ) {
    self.journal = journal
    self.logs = logs
    self.systemJournals = systemJournals
    self.configuration = configuration
    self.rules = rules
  }
}
