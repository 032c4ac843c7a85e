import Alerting
import Glibc
import Journal
import Milter
import Testing

@testable import Sidecar

@Suite struct ConfigurationTests {
  /// The sample that a package installs, found from this file.
  static var samplePath: String {
    var path = #filePath
    for _ in 0..<4 { path = splitPath(path).directory }
    return path + "/deploy/softbounce.yaml"
  }

  @Test func theSampleSaysTheDefaults() throws {
    let path = Self.samplePath
    var sample = try Configuration(path: path)
    // Written out in the sample; by default it follows the journal's directory.
    #expect(sample.spoolDirectory == Configuration().effectiveSpoolDirectory)
    sample.spoolDirectory = nil
    #expect(sample == Configuration())
  }

  @Test func anEmptyFileIsTheDefaults() throws {
    #expect(try Configuration(text: "", file: "x") == Configuration())
    #expect(try Configuration(text: "# nothing\n", file: "x") == Configuration())
    #expect(try Configuration(text: "log:\nmilter:\nalerts:\n", file: "x") == Configuration())
  }

  static let full = """
    host: mx1.example.org
    log: {source: file, path: /srv/log/mail.log, start: end, warm_up: 1MiB}
    milter:
      enabled: no
      listen: unix:/run/softbounce/milter
      socket_mode: "0600"
      socket_group: postfix
      tags: {campaign: X-Campaign-Id, list: List-Id}
    journal: {directory: /srv/journal/, scope: all, segment_size: 128 MiB, segment_age: 7d}
    own_addresses: [192.0.2.1, "2001:db8::1"]
    classification: {rules_directory: /srv/rules}
    alerts:
      timeout: 10s
      rules:
        - {name: google, metric: first-attempt-deferral-rate, by: all, above: 12.5%, window: 1h, minimum: 10}
        - {name: many, metric: deferrals, by: domain, above: 500}
        - {name: campaign, by: tag, above: 0.3, clear_below: 5%}
      notify:
        - command: [/usr/local/bin/page, "a b", "off"]
        - mail: {to: [a@example.org, b@example.org], from: sb@example.org, sendmail: /opt/sendmail}
    """

  @Test func readsEveryKey() throws {
    let configuration = try Configuration(text: Self.full, file: "x")
    #expect(configuration.host == "mx1.example.org")
    #expect(configuration.log == .init(source: .file, path: "/srv/log/mail.log", start: .end, warmUp: 1 << 20))
    #expect(!configuration.milter.isEnabled)
    #expect(configuration.milter.socket == .unix(path: "/run/softbounce/milter"))
    #expect(configuration.milter.socketMode == 0o600)
    #expect(configuration.milter.tags.map(\.field) == ["X-Campaign-Id", "List-Id"])
    #expect(configuration.journal.directory == "/srv/journal")
    #expect(configuration.journal.segmentSize == 128 << 20)
    #expect(configuration.effectiveSpoolDirectory == "/srv/spool")
    #expect(configuration.ownAddresses == ["192.0.2.1", "2001:db8::1"])
    #expect(configuration.alerts.rules.map(\.threshold) == [0.125, 500, 0.3])
    #expect(configuration.alerts.rules.map(\.clearBelow) == [0.0625, 250, 0.05])
    #expect(configuration.alerts.rules.map(\.grouping) == [.all, .cut(.domain), .cut(.tag)])
    #expect(configuration.alerts.notifiers.first == .command(arguments: ["/usr/local/bin/page", "a b", "off"]))
    #expect(configuration.alerts.timeout == 10)
  }

  @Test(arguments: ["", full, "host: \"strange: name\"", "milter: {listen: fd:3}"])
  func whatIsInEffectReadsBackTheSame(text: String) throws {
    guard var before = try? Configuration(text: text, file: "x") else { return }
    let after = try Configuration(text: before.yaml, file: "in effect")
    before.spoolDirectory = before.effectiveSpoolDirectory
    #expect(after == before, "\(before.yaml)")
  }

  static let bad: [(yaml: String, line: Int?, key: String, part: String)] = [
    ("hots: a", 1, "hots", "Did you mean host"),
    ("log:\n  sorce: file", 2, "log.sorce", "Did you mean source"),
    ("log:\n  source: syslog", 2, "log.source", "auto, file, journald, none"),
    ("log:\n  path: mail.log", 2, "log.path", "not absolute"),
    ("log: /var/log/mail.log", 1, "log", "a list of keys"),
    ("milter:\n  listen: 8894", 2, "milter.listen", "inet:PORT@HOST"),
    ("milter:\n  enabled: maybe", 2, "milter.enabled", "true or false"),
    ("milter:\n  socket_mode: 0999", 2, "milter.socket_mode", "octal"),
    ("milter:\n  tags:\n    \"a=b\": X", 2, "milter.tags", "without"),
    ("milter: {tags: [X-Campaign]}", 1, "milter.tags", "names with values"),
    ("journal:\n  segment_size: 10", 2, "journal.segment_size", "1MiB"),
    ("journal:\n  segment_age: soon", 2, "journal.segment_age", "24h"),
    ("journal:\n  keep_for: 1h", 2, "journal.keep_for", "24h"),
    ("journal:\n  maximum_size: tiny", 2, "journal.maximum_size", "size"),
    // A bare number may mean days to whoever wrote it.
    ("journal:\n  keep_for: 400000", 2, "journal.keep_for", "such as 15m or 24h"),
    ("journal:\n  maximum_size: 50000000", 2, "journal.maximum_size", "such as 64MiB"),
    ("recipients:\n  span: 14", 2, "recipients.span", "such as 15m or 24h"),
    ("recipients:\n  forget_after: 90", 2, "recipients.forget_after", "such as 15m or 24h"),
    ("journal:\n  directory: here", 2, "journal.directory", "not absolute"),
    ("own_addresses: [mail.example.org]", 1, "own_addresses", "IP address"),
    ("host: [a, b]", 1, "host", "one value"),
    ("alerts:\n  rules:\n    - metric: deferral-rate", 3, "alerts.rules[0]", "name"),
    ("alerts:\n  rules:\n    - {name: a, above: 120%}", 3, "alerts.rules[0].above", "100%"),
    ("alerts:\n  rules:\n    - {name: a, above: 10%, clear_below: 20%}", 3, "alerts.rules[0].clear_below", "greater"),
    ("alerts:\n  rules:\n    - {name: a, metric: deferrals}", 3, "alerts.rules[0]", "threshold"),
    ("alerts:\n  rules:\n    - {name: a, by: colour}", 3, "alerts.rules[0].by", "provider"),
    ("alerts:\n  rules:\n    - {name: a, treshold: 1}", 3, "alerts.rules[0].treshold", "Known here"),
    ("alerts:\n  rules:\n    - {name: a}\n    - {name: a}", 2, "alerts.rules", "two rules"),
    ("alerts:\n  rules: yes", 2, "alerts.rules", "a list"),
    ("alerts:\n  notify:\n    - command: page", 3, "alerts.notify[0].command", "absolute path"),
    ("alerts:\n  notify:\n    - command: /usr/local/bin/page all", 3, "alerts.notify[0].command", "[/usr/local/bin/page, all]"),
    ("queue: {command: \"/usr/sbin/postqueue -j\"}", 1, "queue.command", "Write [/usr/sbin/postqueue, -j]"),
    ("queue: {command: postqueue}", 1, "queue.command", "whole path"),
    ("alerts:\n  notify:\n    - pager: x", 3, "alerts.notify[0]", "either a command or mail"),
    ("alerts:\n  notify:\n    - mail: {to: 'a@b.example, c'}", 3, "alerts.notify[0].mail.to", "plain address"),
    ("alerts:\n  notify:\n    - mail: {}", 3, "alerts.notify[0].mail", "somebody"),
    ("alerts:\n  timeout: 1h", 2, "alerts.timeout", "10m"),
    ("a: b: c", 1, "", "YAML"),
    ("host: a\nhost: b", nil, "", "twice"),
    ("- a\n- b", 1, "", "a list of keys"),
  ]

  @Test(arguments: bad)
  func refusesWithPlaceAndRemedy(yaml: String, line: Int?, key: String, part: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Configuration(text: yaml, file: "/etc/x.yaml") }
    let problem = try #require(error.problems.first { $0.key == key }, "\(error)")
    if let line { #expect(problem.line == line) }
    #expect(problem.description.contains(part), "\(problem)")
    #expect(problem.description.hasPrefix("/etc/x.yaml"))
    #expect(!problem.remedy.isEmpty)
  }

  @Test func tellsAllAtOnce() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration(text: "hots: a\nlog: {source: b}\njournal: {scope: c}\n", file: "x")
    }
    #expect(error.problems.map(\.line) == [1, 2, 3])
  }

  @Test func aFileThatIsNotThere() throws {
    #expect(try Configuration(path: "/nonexistent/softbounce.yaml", isOptional: true) == Configuration())
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration(path: "/nonexistent/softbounce.yaml")
    }
    #expect(error.description.contains("No such file"))
  }
}
