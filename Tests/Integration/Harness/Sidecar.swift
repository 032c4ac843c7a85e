import Foundation

/// A running `softbounced` with a configuration, a journal and a spool of its own.
final class Sidecar {
  static let port = 8894

  let directory: String
  var journal: JournalView { JournalView(directory: directory + "/journal") }
  var configuration: String { directory + "/softbounce.yaml" }
  private(set) var server: Server?
  /// What Postfix's milter entry names.
  let socket: String
  private let listensForMilter: Bool

  struct Options {
    /// The log to follow; nil follows none.
    var log: String?
    /// Follow the systemd journal below a directory instead.
    var journald: String?
    var hasMilter = true
    /// A UNIX socket instead of TCP on the loopback.
    var unixSocket = false
    /// YAML for the key `alerts`, indented by two.
    var alerts: String?
    /// The command that lists the queue; nil looks at none.
    var queue: [String]?
    /// Further top-level YAML.
    var more = ""
  }

  init(_ options: Options) throws {
    directory = try World.scratch("sidecar")
    listensForMilter = options.hasMilter
    socket = options.unixSocket ? "unix:\(directory)/milter.sock" : "inet:127.0.0.1:\(Sidecar.port)"
    // Postfix's smtpd has to reach the socket.
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)
    let listen = options.unixSocket ? socket : "inet:\(Sidecar.port)@127.0.0.1"
    var yaml = """
      host: mail
      journal:
        directory: \(directory)/journal
      milter:
        enabled: \(options.hasMilter)
        listen: "\(listen)"
        socket_mode: "0666"
        tags: {campaign: X-Campaign-Id}

      """
    yaml += options.queue.map { "queue:\n  interval: 10s\n  command: [\($0.joined(separator: ", "))]\n" }
      ?? "queue:\n  enabled: false\n"
    if let log = options.log {
      yaml += "log:\n  source: file\n  path: \(log)\n"
    } else if let journald = options.journald {
      yaml += "log:\n  source: journald\n  journald_directory: \(journald)\n"
    } else {
      yaml += "log:\n  source: none\n"
    }
    yaml += options.more
    if let alerts = options.alerts { yaml += "alerts:\n\(alerts)\n" }
    try yaml.write(toFile: configuration, atomically: true, encoding: .utf8)
  }

  /// Starts it; returns when its milter answers, or at once if it has none.
  func start(waiting: Bool = true) throws {
    let arguments = ["--config", configuration]
    server = try Server(World.binaries + "/softbounced", arguments, output: directory + "/output")
    guard waiting, listensForMilter else { return }
    let isUp = try eventually(within: 20) { try isListening || !isRunning }
    guard isUp, isRunning else { throw Trouble("softbounced did not start: \(output)") }
  }

  private var isListening: Bool {
    get throws {
      if socket.hasPrefix("unix:") { return FileManager.default.fileExists(atPath: String(socket.dropFirst(5))) }
      return try Command.run("ss", ["-Hltn", "src 127.0.0.1 and sport = \(Sidecar.port)"]).output.isEmpty == false
    }
  }

  var isRunning: Bool { server?.isRunning ?? false }
  var output: String { server?.output ?? "" }

  func signal(_ number: Int32) { server?.signal(number) }

  /// Ends it, and returns the seconds that took.
  @discardableResult
  func end(_ number: Int32 = SIGTERM) -> Double { server?.end(number) ?? 0 }

  /// What `softbounce report` says of the journal.
  func report() throws -> ReportView { try ReportView(directory + "/journal") }
}

/// The numbers of `softbounce report --format json`.
struct ReportView: Decodable {
  struct Outbound: Decodable {
    struct Cohort: Decodable { var recipients, recovered, expired, bounced, deleted, open: Int }
    var attempts, deliveries, bounces, deferrals, suspensions: Int
    var first_attempts, first_attempts_deferred: Int?
    var cohort: Cohort
    var tables: [String: [Row]]
  }
  struct Row: Decodable { var key: String, deferrals: Int, attempts: Int? }
  struct Inbound: Decodable { var rejections: Int }
  struct Internal: Decodable { var attempts: Int }
  struct Log: Decodable { var lines, unknown_lines: Int }
  struct Queue: Decodable {
    struct Age: Decodable {
      var up_to: Int?
      var messages: Int
    }
    var deferred, recipients: Int
    var oldest: String?
    var ages: [Age]
    var by_provider, by_domain: [String: Int]
  }
  struct Gap: Decodable {
    var source: String?
    var text: String
    var count: Int?
  }

  var outbound: Outbound
  var inbound: Inbound
  var `internal`: Internal
  var alert_count: Int
  var gap_count: Int
  var gaps: [Gap]
  var queues: [Queue]?
  var log: Log

  init(_ path: String) throws {
    let run = try Command.run(World.binaries + "/softbounce", ["report", "--format", "json", "--top", "100", path])
    guard run.status == 0 || run.status == 1 else { throw Trouble("softbounce report: \(run.status) \(run.output)") }
    self = try JSONDecoder().decode(ReportView.self, from: Data(run.output.utf8))
  }

  func row(_ table: String, _ key: String) -> Row? { outbound.tables[table]?.first { $0.key == key } }
}
