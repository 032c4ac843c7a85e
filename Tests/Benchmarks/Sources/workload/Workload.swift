// workload MODE ARGUMENT...: what deploy/bench runs of ours, one thing a call.
//
//   generate LINES SHARE FILE      a mail log, SHARE (0 to 0.9) of its attempts put off
//   journal LOG DIRECTORY          a journal of what LOG says; LOG is joined with the built-in rules
//   parse LOG                      lines to records, no more
//   intake LOG                     lines to verdicts to journal lines, which nobody keeps
//   append EVENTS DIRECTORY        durable events a second
//   latency RATE SECONDS DIRECTORY microseconds from an event's due time until it is durable, median and 99%
//   scan DIRECTORY THREADS         counts events by type, cause and provider
//   milter SOCKET [headers]        the milter, until SIGTERM; with `headers` it asks for header fields as by default
//
// Prints one line; append and latency print figures, the others what they found, so that a wrong answer shows.

import Bytes
import Glibc
import Intake
import Journal
import MailLog
import Workloads

@main
struct Workload {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    func number(_ index: Int) throws -> Int {
      guard arguments.indices.contains(index), let value = Int(arguments[index]), value > 0 else { throw Usage() }
      return value
    }
    func text(_ index: Int) throws -> String {
      guard arguments.indices.contains(index) else { throw Usage() }
      return arguments[index]
    }
    switch try text(0) {
    case "generate":
      guard let share = Double(try text(2)) else { throw Usage() }
      try generate(lines: try number(1), share: share, path: try text(3))
    case "journal": try fillJournal(log: try text(1), directory: try text(2))
    case "parse": try parse(try text(1))
    case "intake": try join(try text(1))
    case "append": try append(events: try number(1), directory: try text(2))
    case "latency": try latency(rate: try number(1), seconds: try number(2), directory: try text(3))
    case "scan": try scan(try text(1), threads: try number(2))
    case "milter": try serve(try text(1), headers: arguments.contains("headers"))
    default: throw Usage()
    }
  }

  struct Usage: Error, CustomStringConvertible {
    var description: String { "usage: see the head of Tests/Benchmarks/Sources/workload/Workload.swift" }
  }

  struct SystemFailure: Error, CustomStringConvertible {
    let path: String
    let code = errno
    var description: String { "\(path): \(String(cString: strerror(code)))" }
  }

  // MARK: - Logs

  private static func generate(lines: Int, share: Double, path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw SystemFailure(path: path) }
    var generator = LogGenerator(deferredShare: share)
    var buffer = ByteBuffer(capacity: 2 << 20)
    for line in 1...lines {
      generator.line(to: &buffer)
      if buffer.count < 1 << 20, line < lines { continue }
      var written = 0
      while written < buffer.count {
        let count = write(descriptor, buffer.view.start + written, buffer.count - written)
        guard count > 0 else { throw SystemFailure(path: path) }
        written += count
      }
      buffer.removeAll()
    }
    guard close(descriptor) == 0 else { throw SystemFailure(path: path) }
    print("\(lines) lines")
  }

  private static func withLines(of path: String, _ body: (ByteView, Int) -> Void) throws {
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

  private static func fillJournal(log: String, directory: String) throws {
    let writer = try JournalWriter(directory: directory)
    let sink = JournalFiller(writer)
    let intake = generatedLogIntake(sink: sink)
    try withLines(of: log) { intake.line($0, offset: $1) }
    intake.flush()
    sink.finish()
    writer.close()
    print("\(sink.events) events")
  }

  // MARK: - Journals

  private static func scan(_ directory: String, threads: Int) throws {
    let folded = try JournalReader(directory: directory).fold(
      depth: .leading, threads: threads, initial: { EventCounts() }
    ) { counts, line, _ in
      switch line {
      case .event(let event): counts.count(event)
      default: break
      }
    }
    var events = 0
    var cells: [EventCounts.Key: Int] = [:]
    for result in folded.results {
      events += result.total
      for (key, count) in result.byKey { cells[key, default: 0] += count }
    }
    print("\(events) events in \(cells.count) groups")
  }
}
