import Foundation

/// A real Postfix of the test's own (deploy/lib/postfix.sh).
final class PrivatePostfix {
  let directory: String
  var log: String { directory + "/mail.log" }

  /// Creates one with further `settings` for main.cf and `services` for master.cf; does not start it.
  init(settings: [String] = [], services: [String] = ["25 inet n - n - - smtpd"]) throws {
    directory = try World.scratch("postfix")
    try World.library("postfix_create", directory)
    if !settings.isEmpty { try set(settings) }
    let path = directory + "/etc/master.cf"
    let master = try String(contentsOfFile: path, encoding: .utf8)
    try (master + services.map { $0 + "\n" }.joined()).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The milter entry as the README gives it.
  static func milterEntry(_ socket: String) -> String {
    "{ \(socket), default_action=accept, connect_timeout=1s, command_timeout=2s, content_timeout=3s }"
  }

  func set(_ settings: [String]) throws {
    _ = try Command.run("postconf", ["-c", directory + "/etc", "-e"] + settings).checked()
  }

  func start() throws { try World.library("postfix_start", directory) }
  func stop() { _ = try? World.library("postfix_stop", directory) }
  func command(_ name: String) throws { _ = try Command.run("postfix", ["-c", directory + "/etc", name]).checked() }
  func flush() throws { try World.library("postfix_flush", directory) }

  var lines: [Substring] {
    ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n")
  }

  /// How many log lines contain `text`.
  func count(_ text: String) -> Int { lines.count { $0.contains(text) } }

  /// The queue is empty.
  var isIdle: Bool {
    get throws { try Command.run("postqueue", ["-c", directory + "/etc", "-p"]).output.contains("queue is empty") }
  }

  deinit { stop() }
}

/// Mail from Postfix's own smtp-source.
struct Mail {
  var messages = 1
  var sessions = 1
  var recipients = 1
  var from = "news@shop.example"
  var to: String
  var campaign: String?
  var server = "127.0.0.1:25"

  /// Sends it; throws if any command got anything but a 2xx.
  @discardableResult
  func send() throws -> Command {
    let command = try Command.run("smtp-source", try arguments())
    _ = try command.checked()
    return command
  }

  func arguments() throws -> [String] {
    let file = try World.scratch("message") + "/message"
    var text = "From: <\(from)>\nSubject: integration\n"
    if let campaign { text += "X-Campaign-Id: \(campaign)\n" }
    try (text + "\nHello.\n").write(toFile: file, atomically: true, encoding: .utf8)
    return [
      "-s", "\(sessions)", "-m", "\(messages)", "-r", "\(recipients)", "-N", "-M", "localhost", "-F", file, "-f", from,
      "-t", to, server,
    ]
  }
}
