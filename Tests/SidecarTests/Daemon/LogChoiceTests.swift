import Journal
import SMTPTypes
import Testing

@testable import Sidecar

@Suite struct LogChoiceTests {
  private static let now = Timestamp(seconds: 1_800_000_000)

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var files: [String: Double] = [:]
    var entry: Double?
    var last: String?
    var journaldRuns = false
    var expected: LogChoice
  }

  private static let hour = 3600.0
  private static let day = 86_400.0

  @Test(arguments: [
    Case(testDescription: "a log in use", files: ["/a": hour], entry: 60, expected: .file(path: "/a")),
    Case(testDescription: "the newer of two", files: ["/a": 3 * hour, "/b": hour], expected: .file(path: "/b")),
    Case(testDescription: "Debian 12: journald alone", entry: 60, expected: .journald(directory: nil)),
    Case(
      testDescription: "a log that nobody writes to any more", files: ["/a": 40 * day], entry: 60,
      expected: .journald(directory: nil)),
    Case(testDescription: "a quiet log, no journald", files: ["/a": 40 * day], expected: .file(path: "/a")),
    Case(testDescription: "older entries than the quiet log", files: ["/a": 2 * day], entry: 3 * day, expected: .file(path: "/a")),
    Case(testDescription: "nothing yet, journald runs", journaldRuns: true, expected: .journald(directory: nil)),
    Case(testDescription: "nothing at all", expected: .file(path: "/a")),
    Case(
      testDescription: "journald stays when rsyslog comes", files: ["/a": 60], entry: 60, last: "journald",
      expected: .journald(directory: nil)),
    Case(
      testDescription: "journald that fell silent does not", files: ["/a": 60], entry: 2 * day, last: "journald",
      expected: .file(path: "/a")),
    Case(
      testDescription: "the file of the last run stays", files: ["/a": 60, "/b": 30], entry: 10, last: "/a",
      expected: .file(path: "/a")),
  ])
  func automatically(_ given: Case) {
    var machine = LogChoice.Machine()
    machine.candidates = ["/a", "/b"]
    machine.lastWritten = { given.files[$0].map { Self.now.advanced(by: -$0) } }
    machine.lastEntry = { _, _ in given.entry.map { Self.now.advanced(by: -$0) } }
    machine.hasJournald = { given.journaldRuns }
    let last = given.last.map {
      Checkpoint(
        time: Self.now.advanced(by: -60), source: .log, host: "h", path: $0, file: "", inode: 0, device: 0, offset: 0)
    }
    let made = LogChoice.choose(Configuration.Log(), last: last, now: Self.now, machine: machine)
    #expect(made.choice == given.expected)
    #expect(made.reason != nil)
  }

  @Test(arguments: [
    ("source: none", LogChoice.none), ("source: journald", .journald(directory: nil)),
    ("journald_directory: /srv/journal", .journald(directory: "/srv/journal")),
    ("path: /srv/mail.log", .file(path: "/srv/mail.log")),
    ("source: file\n  path: /srv/mail.log", .file(path: "/srv/mail.log")),
    ("source: journald\n  journald_directory: /srv/journal", .journald(directory: "/srv/journal")),
  ])
  func asConfigured(text: String, expected: LogChoice) throws {
    let configuration = try Configuration(text: "log:\n  \(text)\n", file: "test.yaml")
    #expect(LogChoice.choose(configuration.log, last: nil, now: Self.now).choice == expected)
    // What is printed reads back.
    let again = try Configuration(text: configuration.yaml, file: "again.yaml")
    #expect(again.log == configuration.log)
  }

  @Test(arguments: [
    "source: journald\n  path: /var/log/mail.log", "journald_directory: relative", "journald_matches: [lower=x]",
    "journald_matches: [NOVALUE]", "source: file\n  journald_directory: /var/log/journal",
  ])
  func whatContradictsItselfIsRefused(text: String) {
    #expect(throws: ConfigurationError.self) { try Configuration(text: "log:\n  \(text)\n", file: "test.yaml") }
  }

  @Test func aRefusedMatchIsShownWithoutControlBytes() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(text: #"log: {journald_matches: ["\e[31m\x9B"]}"#, file: "test.yaml")
    }
    let text = try #require(error).description
    #expect(text.contains(##""?[31m?" is not a field"##))
  }
}
