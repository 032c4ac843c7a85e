// Benchmarks of single rooms on generated input. `swift run -c release softbounce-benchmarks [--filter TEXT]`.
// Each iteration works on 10,000 lines, so nanoseconds an iteration divided by 10,000 are nanoseconds a line.

import Benchmark
import Bytes
import Classification
import Glibc
import Intake
import Journal
import MailLog
import SMTPTypes
import Workloads

let lineCount = 10_000

/// 10,000 log lines, 40% of the attempts put off.
let log: [[UInt8]] = {
  var generator = LogGenerator(deferredShare: 0.4)
  return (0..<lineCount).map { _ in
    var buffer = ByteBuffer()
    generator.line(to: &buffer)
    return Array(buffer.view.prefix(buffer.count - 1).buffer)
  }
}()

/// Calls `body` with each line.
func forEachLine(_ body: (ByteView, Int) -> Void) {
  for (index, line) in log.enumerated() {
    line.withUnsafeBufferPointer { body(ByteView($0), index) }
  }
}

/// What strangers said in those lines.
func forEachFailure(_ body: (Failure) -> Void) {
  var parser = generatedLogParser()
  var parsed = ParsedLine()
  forEachLine { line, _ in
    guard parser.parse(line, into: &parsed), case .delivery(let record) = parsed.record, record.outcome == .deferred
    else { return }
    body(
      Failure(
        direction: .outbound, origin: .remote, stage: record.account.stage, reply: record.account.reply,
        status: record.status))
  }
}

let reading = BenchmarkSuite(name: "log") { suite in
  var parser = generatedLogParser()
  var parsed = ParsedLine()
  suite.benchmark("parse 10,000 lines") {
    forEachLine { line, _ in _ = parser.parse(line, into: &parsed) }
  }
  suite.benchmark("parse, join, judge, encode 10,000 lines") {
    let intake = generatedLogIntake(sink: LineEncoder())
    forEachLine { intake.line($0, offset: $1) }
    intake.flush()
  }
}

let judging = BenchmarkSuite(name: "verdicts") { suite in
  let judge = Judge(classifier: .builtIn())
  suite.benchmark("read and judge the deferrals of 10,000 lines") {
    forEachFailure { _ = judge.judge($0) }
  }
  suite.benchmark("only read them") {
    forEachFailure { _ in }
  }
}

/// A directory that goes with the process.
let directory: String = {
  var template = Array("/tmp/softbounce-benchmarks-XXXXXX".utf8CString)
  return template.withUnsafeMutableBufferPointer { buffer in
    buffer.baseAddress.flatMap(mkdtemp).map { String(cString: $0) } ?? "/tmp/softbounce-benchmarks"
  }
}()

let keeping = BenchmarkSuite(name: "journal") { suite in
  let writer = try? JournalWriter(directory: directory)
  suite.benchmark("append the events of 10,000 lines, durable") {
    guard let writer else { return }
    let filler = JournalFiller(writer)
    let intake = generatedLogIntake(sink: filler)
    forEachLine { intake.line($0, offset: $1) }
    intake.flush()
    filler.finish()
  }
  let scanned = directory + "/scanned"
  mkdir(scanned, 0o750)
  if let writer = try? JournalWriter(directory: scanned) {
    let filler = JournalFiller(writer)
    for _ in 0..<20 {
      let intake = generatedLogIntake(sink: filler)
      forEachLine { intake.line($0, offset: $1) }
      intake.flush()
    }
    filler.finish()
    writer.close()
  }
  suite.benchmark("scan the events of 200,000 lines") {
    var events = 0
    _ = try? JournalReader(directory: scanned).scan(depth: .leading) { line, _ in
      switch line {
      case .event: events += 1
      default: break
      }
    }
  }
  suite.benchmark("scan them, all fields") {
    var events = 0
    _ = try? JournalReader(directory: scanned).scan { line, _ in
      switch line {
      case .event: events += 1
      default: break
      }
    }
  }
}

atexit { removeTree(directory) }

/// Removes `path` and the files and directories under it, two levels deep: what the journal benchmarks made.
func removeTree(_ path: String) {
  guard let stream = opendir(path) else { return }
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    guard name != ".", name != ".." else { continue }
    if unlink(path + "/" + name) != 0 { removeTree(path + "/" + name) }
  }
  closedir(stream)
  rmdir(path)
}

Benchmark.main([reading, judging, keeping])
