// workload MODE ARGUMENT...: what deploy/bench runs of ours, one thing a call.
//
//   generate LINES SHARE FILE [WAITING]
//                                  a mail log, SHARE (0 to 0.9) of its attempts put off, with WAITING messages (3000) that
//                                  wait for another attempt
//   journal LOG DIRECTORY          a journal of what LOG says; LOG is joined with the built-in rules
//   parse LOG                      lines to records, no more
//   intake LOG                     lines to verdicts to journal lines, which nobody keeps, on one thread
//   import LOG DIRECTORY           lines to verdicts to a journal on the disk, reading ahead on a second thread
//   append EVENTS DIRECTORY        durable events a second
//   latency RATE SECONDS DIRECTORY microseconds from an event's due time until it is durable, median and 99%
//   follow PROGRAM RATE SECONDS DIRECTORY
//                                  microseconds from before a line's write(2) into a log that PROGRAM, a softbounced,
//                                  follows until a follower of its journal has the event, median and 99%
//   texts LOG FILE                 writes what servers said in LOG's deferrals, one text a line
//   phrases FILE                   writes the built-in rules' phrases, one a line
//   judge FILE ROUNDS [forgetful]  verdicts a second on FILE's texts, and how many have a cause; forgetful: without
//                                  the cache of verdicts
//   load                           milliseconds to load all built-in rules
//   scan DIRECTORY THREADS         counts events by type, cause and provider
//   seal DIRECTORY                 seals a journal's segments but the last
//   milter SOCKET [headers]        the milter, until SIGTERM; with `headers` it asks for header fields as by default
//
// Prints one line: figures, or what was found, so that a wrong answer shows. Ends with 64 on wrong usage, with 1 when
// the work failed.

import Bytes
import Glibc
import Intake
import Journal
import MailLog
import Workloads

@main
struct Workload {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch let error as Usage {
      complain("\(error)", status: 64)
    } catch {
      complain("\(error)", status: 1)
    }
  }

  private static func complain(_ text: String, status: Int32) -> Never {
    let line = "workload: \(text)\n"
    _ = Glibc.write(STDERR_FILENO, line, line.utf8.count)
    exit(status)
  }

  private static func run(_ arguments: [String]) throws {
    func text(_ index: Int, _ name: String) throws -> String {
      guard arguments.indices.contains(index) else { throw Usage("\(arguments[0]): \(name) is missing") }
      return arguments[index]
    }
    func number(_ index: Int, _ name: String, upTo limit: Int = 1_000_000_000) throws -> Int {
      let written = try text(index, name)
      guard let value = Int(written), (1...limit).contains(value) else {
        throw Usage("\(arguments[0]): \(name) must be a number from 1 to \(limit), not '\(written)'")
      }
      return value
    }
    guard let mode = arguments.first else { throw Usage("which mode?") }
    switch mode {
    case "generate":
      let written = try text(2, "SHARE")
      guard let share = Double(written), (0...0.9).contains(share) else {
        throw Usage("generate: SHARE must be a number from 0 to 0.9, not '\(written)'")
      }
      let waiting = arguments.count > 4 ? try number(4, "WAITING", upTo: 10_000_000) : 3000
      try generate(lines: try number(1, "LINES"), share: share, waiting: waiting, path: try text(3, "FILE"))
    case "journal": try fillJournal(log: try text(1, "LOG"), directory: try text(2, "DIRECTORY"), isAhead: false)
    case "import": try fillJournal(log: try text(1, "LOG"), directory: try text(2, "DIRECTORY"), isAhead: true)
    case "parse": try parse(try text(1, "LOG"))
    case "intake": try join(try text(1, "LOG"))
    case "append": try append(events: try number(1, "EVENTS"), directory: try text(2, "DIRECTORY"))
    case "latency":
      try latency(
        rate: try number(1, "RATE", upTo: 1_000_000), seconds: try number(2, "SECONDS", upTo: 600),
        directory: try text(3, "DIRECTORY"))
    case "follow":
      try follow(
        try text(1, "PROGRAM"), rate: try number(2, "RATE", upTo: 100_000),
        seconds: try number(3, "SECONDS", upTo: 600), directory: try text(4, "DIRECTORY"))
    case "texts": try writeTexts(log: try text(1, "LOG"), path: try text(2, "FILE"))
    case "phrases": try writePhrases(path: try text(1, "FILE"))
    case "judge":
      let isForgetful = arguments.count > 3
      guard !isForgetful || arguments[3] == "forgetful" else { throw Usage("judge: '\(arguments[3])'?") }
      try judge(try text(1, "FILE"), rounds: try number(2, "ROUNDS"), remembers: !isForgetful)
    case "load": load()
    case "scan": try scan(try text(1, "DIRECTORY"), threads: try number(2, "THREADS", upTo: 64))
    case "seal": try seal(try text(1, "DIRECTORY"))
    case "milter": try serve(try text(1, "SOCKET"), headers: arguments.contains("headers"))
    default: throw Usage("no mode '\(mode)'")
    }
  }

  struct Usage: Error, CustomStringConvertible {
    let description: String
    init(_ problem: String) {
      description = "\(problem); for the modes see the head of Tests/Benchmarks/Sources/workload/Workload.swift"
    }
  }

  struct SystemFailure: Error, CustomStringConvertible {
    let path: String
    let code = errno
    var description: String { "\(path): \(String(cString: strerror(code)))" }
  }

  // MARK: - Logs

  private static func generate(lines: Int, share: Double, waiting: Int, path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw SystemFailure(path: path) }
    var generator = LogGenerator(deferredShare: share, waiting: waiting)
    var buffer = ByteBuffer(capacity: 2 << 20)
    for line in 1...lines {
      generator.line(to: &buffer)
      if buffer.count < 1 << 20, line < lines { continue }
      try write(buffer, to: descriptor, path)
      buffer.removeAll()
    }
    guard close(descriptor) == 0 else { throw SystemFailure(path: path) }
    print("\(lines) lines")
  }

  private static func write(_ bytes: borrowing ByteBuffer, to descriptor: Int32, _ path: String) throws {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.view.start + written, bytes.count - written)
      guard count > 0 else { throw SystemFailure(path: path) }
      written += count
    }
  }

  /// Writes `bytes` to a new file.
  static func write(_ bytes: borrowing ByteBuffer, _ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw SystemFailure(path: path) }
    try write(bytes, to: descriptor, path)
    guard close(descriptor) == 0 else { throw SystemFailure(path: path) }
  }

  static func withLines(of path: String, _ body: (ByteView, Int) -> Void) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw SystemFailure(path: path) }
    defer { close(descriptor) }
    var reader = LineReader(descriptor: descriptor)
    while let line = reader.next() { body(line.bytes, line.offset) }
  }

  private static func parse(_ path: String) throws {
    var parser = generatedLogParser()
    var parsed = ParsedLine()
    var deferred = 0
    try withLines(of: path) { line, _ in
      if parser.parse(line, into: &parsed), case .delivery(let record) = parsed.record, record.outcome == .deferred {
        deferred += 1
      }
    }
    print("\(deferred) deferred")
  }

  private static func join(_ path: String) throws {
    let sink = LineEncoder()
    let intake = generatedLogIntake(sink: sink)
    try withLines(of: path) { intake.line($0, offset: $1) }
    intake.flush()
    print("\(sink.events) events, \(sink.attempts) attempts")
  }

  private static func fillJournal(log: String, directory: String, isAhead: Bool) throws {
    let writer = try JournalWriter(directory: directory)
    let sink = JournalFiller(writer)
    let intake = generatedLogIntake(sink: sink)
    if isAhead {
      let descriptor = open(log, O_RDONLY)
      guard descriptor >= 0 else { throw SystemFailure(path: log) }
      defer { close(descriptor) }
      intake.takeLines { take in
        var reader = LineReader(descriptor: descriptor)
        while let line = reader.next(), take(line.bytes, line.offset) {}
      } while: {
        true
      }
    } else {
      try withLines(of: log) { intake.line($0, offset: $1) }
    }
    intake.flush()
    sink.finish()
    writer.close()
    print("\(sink.events) events")
  }

  // MARK: - Journals

  private static func scan(_ directory: String, threads: Int) throws {
    let readers = (0..<threads).map { _ in EventCounts() }
    _ = try JournalReader(directory: directory).deal(to: readers, depth: .leading)
    var events = 0
    var cells: [EventCounts.Key: Int] = [:]
    for reader in readers {
      events += reader.total
      for (key, count) in reader.byKey { cells[key, default: 0] += count }
    }
    print("\(events) events in \(cells.count) groups")
  }

  private static func seal(_ directory: String) throws {
    let report = try JournalKeeper(directory: directory).run()
    guard report.failures.isEmpty else { throw Usage("seal: \(report.failures.joined(separator: "; "))") }
    print("\(report.sealed.count) segments sealed")
  }
}
