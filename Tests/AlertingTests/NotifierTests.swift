import Bytes
import Classification
import Glibc
import Journal
import SMTPTypes
import Testing

@testable import Alerting

private func alert(key: String? = "google", sample: String? = "421 4.7.28 slow\u{1B}[31m down") -> Alert {
  var counts = Tally.Counts()
  counts.attempts = 200
  counts.deliveries = 140
  return Alert(
    rule: AlertRule(name: "rate", threshold: 0.2, window: 300, minimum: 50), key: key, state: .firing,
    time: time("2026-11-23T10:02:00Z"), since: time("2026-11-23T10:02:00Z"), counts: counts, value: 0.3,
    causes: [.init(cause: .rateLimited, count: 60)], sample: sample)
}

/// A fresh directory that is removed when the test ends.
private final class Directory {
  let path: String

  init() {
    var template = Array("/tmp/softbounce-alert-XXXXXX".utf8CString)
    mkdtemp(&template)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in ["out", "script", "env"] { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  func script(_ text: String) -> String {
    let file = "\(path)/script"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o755)
    _ = Array("#!/bin/sh\n\(text)\n".utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    return file
  }

  func read(_ name: String) -> String {
    let descriptor = open("\(path)/\(name)", O_RDONLY)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var reader = LineReader(descriptor: descriptor)
    var lines: [String] = []
    while let line = reader.next() { lines.append(String(line.bytes)) }
    return lines.joined(separator: "\n")
  }
}

@Suite struct NotifierTests {
  @Test func aCommandGetsJSONAndEnvironment() async throws {
    let directory = Directory()
    let script = directory.script(
      "cat > \(directory.path)/out; echo \"$1 $SOFTBOUNCE_STATE $SOFTBOUNCE_KEY\" > \(directory.path)/env")
    let notifier = try #require(CommandNotifier(command: [script, "page me; rm -rf /"]))
    try await notifier.notify(alert(), host: "mx1")
    let json = directory.read("out")
    #expect(json.hasPrefix("{\"rule\":\"rate\",\"state\":\"firing\",\"host\":\"mx1\""))
    #expect(json.contains("\"causes\":[{\"cause\":\"rate-limited\",\"count\":60}]"))
    #expect(json.contains("\\u001b"))
    #expect(directory.read("env") == "page me; rm -rf / firing google")
  }

  @Test(arguments: [("exit 3", "ended with"), ("echo broken >&2; exit 1", "broken")])
  func aCommandThatFailsIsReported(script: String, words: String) async throws {
    let directory = Directory()
    let notifier = try #require(CommandNotifier(command: [directory.script(script)]))
    await #expect {
      try await notifier.notify(alert(), host: "mx1")
    } throws: { error in
      "\(error)".contains(words)
    }
  }

  @Test func aCommandThatHangsIsEnded() async throws {
    let directory = Directory()
    let notifier = try #require(CommandNotifier(command: [directory.script("exec sleep 600")], timeout: 1))
    await #expect {
      try await notifier.notify(alert(), host: "mx1")
    } throws: { error in
      "\(error)".contains("did not end within 1 seconds")
    }
  }

  @Test func aMissingCommandIsReported() async throws {
    let notifier = try #require(CommandNotifier(command: ["/nonexistent/pager"]))
    await #expect(throws: NotifierError.self) { try await notifier.notify(alert(), host: "mx1") }
  }

  @Test func aCommandThatReadsNothingDoesNotHurt() async throws {
    let directory = Directory()
    let notifier = try #require(CommandNotifier(command: [directory.script("exec <&-; exit 0")]))
    try await notifier.notify(alert(sample: String(repeating: "x", count: 500)), host: "mx1")
  }

  @Test func mailGoesThroughSendmail() async throws {
    let directory = Directory()
    let script = directory.script("echo \"$@\" > \(directory.path)/env; cat > \(directory.path)/out")
    let notifier = try #require(
      MailNotifier(recipient: "postmaster@example.org", sender: "softbounce@mx1.example.org", program: script))
    try await notifier.notify(alert(), host: "mx1")
    #expect(directory.read("env") == "-i -f softbounce@mx1.example.org -- postmaster@example.org")
    let mail = directory.read("out")
    #expect(mail.contains("Subject: [softbounce firing] google: 30% of 200 attempts deferred in 5 min (threshold 20%)"))
    #expect(mail.contains("Auto-Submitted: auto-generated"))
    #expect(mail.contains("softbounce report --since 1h --where provider=google"))
    #expect(mail.contains("421 4.7.28 slow?[31m down"))
  }

  @Test(arguments: ["a@b.test\nBcc: x@y.test", "-oQ/tmp@b.test", "a@b.test, c@d.test", "<a@b.test>", ""])
  func addressesThatAreMoreThanThatAreRefused(address: String) {
    #expect(MailNotifier(recipient: address) == nil)
  }

  @Test func aKeyCannotForgeHeadersOrCommands() throws {
    let notifier = try #require(MailNotifier(recipient: "postmaster@example.org"))
    let mail = notifier.message(alert(key: "evil\r\nBcc: x@y.test; `id`"), host: "mx1")
    let headers = mail.components(separatedBy: "\n\n")
    #expect(!headers.contains("\nBcc:"))
    #expect(!mail.contains("--where"))
  }

  @Test func subjectsThatAreNotASCIIAreEncoded() {
    #expect(MailNotifier.encoded("plain (20%)") == "plain (20%)")
    #expect(MailNotifier.encoded("größe") == "=?utf-8?q?gr=C3=B6=C3=9Fe?=")
    for line in MailNotifier.encoded(String(repeating: "ö", count: 100)).split(separator: "\n") {
      #expect(line.utf8.count <= 76)
    }
  }
}

extension String {
  /// What stands before the first `separator`.
  fileprivate func components(separatedBy separator: String) -> String {
    withByteView { view in
      separator.withByteView { view.firstRange(of: $0).map { String(view.prefix($0.lowerBound)) } } ?? self
    }
  }
}
