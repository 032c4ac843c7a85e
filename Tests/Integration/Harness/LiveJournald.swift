import Foundation

/// A systemd-journald of our own: its /run is a directory of the world, which shows its sockets and files to us.
final class LiveJournald {
  static let program = "/lib/systemd/systemd-journald"

  private let run: String
  private let server: Server
  /// Where its files are.
  var directory: String { run + "/log/journal" }

  /// nil if it does not start here; `why` then says what it said.
  static func start() throws -> (journald: LiveJournald?, why: String) {
    guard FileManager.default.isExecutableFile(atPath: program) else { return (nil, "there is no \(program)") }
    let journald = try LiveJournald()
    let isUp = eventually(within: 10) {
      FileManager.default.fileExists(atPath: journald.run + "/systemd/journal/dev-log") || !journald.server.isRunning
    }
    return isUp && journald.server.isRunning ? (journald, "") : (nil, "it does not start: \(journald.server.output)")
  }

  private init() throws {
    let directory = try World.scratch("journald")
    run = directory + "/run"
    try FileManager.default.createDirectory(atPath: run + "/log/journal", withIntermediateDirectories: true)
    let script = "mount --bind \"$0\" /run && exec \"$1\""
    server = try Server(
      "unshare", ["--mount", "--propagation", "private", "sh", "-c", script, run, LiveJournald.program],
      output: directory + "/output")
  }

  /// Logs each of `lines` as Postfix's smtp does, through syslog's socket.
  func log(_ lines: [String]) throws {
    let path = try World.scratch("lines") + "/lines"
    try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: false, encoding: .utf8)
    let socket = run + "/systemd/journal/dev-log"
    _ = try Command.run("logger", ["--socket", socket, "-p", "mail.info", "-t", "postfix/smtp", "-f", path]).checked()
  }

  /// Begins new files (systemd-journald.service(8), SIGUSR2).
  func rotate() { server.signal(SIGUSR2) }

  func stop() { server.end() }
}
