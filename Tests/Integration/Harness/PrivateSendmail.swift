import Foundation

/// A real Sendmail of the test's own (deploy/lib/sendmail.sh), with the sidecar's milter attached as deploy/sendmail
/// says.
final class PrivateSendmail {
  let directory: String
  var log: String { directory + "/mail.log" }
  private let root: String
  private var server: Server?

  /// Creates one with further `lines` of m4, and `access` for its access table; does not start it.
  init(lines: [String] = [], access: String? = nil) throws {
    guard let root = World.sendmail else { throw Trouble("there is no Sendmail here; run deploy/test") }
    self.root = root
    directory = try World.scratch("sendmail")
    let snippet = try String(contentsOfFile: World.root + "/deploy/sendmail/softbounce.m4", encoding: .utf8)
    let milter = snippet.split(separator: "\n").filter { !$0.hasPrefix("dnl") }.map(String.init)
    let daemons = ["127.0.0.1", World.address].map { "DAEMON_OPTIONS(`Name=\($0), Addr=\($0), Port=25, Family=inet')" }
    let arguments = ["sendmail_create", root, directory] + daemons + milter + lines
    _ = try Command.run(World.root + "/deploy/lib/call", arguments).checked()
    if let access {
      _ = try Command.run(World.root + "/deploy/lib/call", ["sendmail_map", root, directory, "access"], input: access)
        .checked()
    }
  }

  /// Starts it with a run of the queue every two seconds; returns when it listens.
  func start() throws {
    server = try Server(
      World.root + "/deploy/lib/sendmail-daemon", [root, directory, "-bD", "-q2s"], output: directory + "/output")
    let isUp = try eventually(within: 20) {
      try Command.run("ss", ["-Hltn", "src \(World.address) and sport = 25"]).output.isEmpty == false
    }
    guard isUp else { throw Trouble("Sendmail did not start: \(server?.output ?? "")") }
  }

  func stop() { server?.end() }

  var lines: [Substring] {
    ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n")
  }

  /// How many log lines contain `text`.
  func count(_ text: String) -> Int { lines.count { $0.contains(text) } }

  /// No message waits in the queue.
  var isIdle: Bool {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: directory + "/queue").allSatisfy { !$0.hasPrefix("qf") }
    }
  }

  /// One recipient of a delivery line, read by plain text search, with nothing of the product's own code.
  struct Delivery: Hashable {
    var queueID: Substring
    var recipient: Substring
    /// `Deferred`, `Sent` or whatever else follows `stat=`.
    var outcome: Substring
  }

  /// Deliveries to other servers.
  var deliveries: [Delivery] {
    lines.flatMap { line -> [Delivery] in
      guard let to = line.firstRange(of: ": to="), let stat = line.lastRange(of: ", stat="), line.contains("mailer=esmtp"),
        let id = line.firstRange(of: "]: "), let end = line.firstRange(of: ", ")
      else { return [] }
      let outcome = line[stat.upperBound...].prefix { $0.isLetter }
      return line[to.upperBound..<end.lowerBound].split(separator: ",").map { recipient in
        Delivery(
          queueID: line[id.upperBound..<to.lowerBound], recipient: recipient.dropFirst().dropLast(), outcome: outcome)
      }
    }
  }

  deinit { stop() }
}

extension Substring {
  fileprivate func lastRange(of text: String) -> Range<Index>? { range(of: text, options: .backwards) }
}
