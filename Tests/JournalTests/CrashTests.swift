// Kills a writer under load, at random moments, and holds what is left against what it had confirmed.
//
// Three sources append at once, as in the daemon: a log, whose lines give groups of events and a checkpoint now and
// then, and which a restart reads again from its last checkpoint; and two that wait for durability before they go on
// (DSNs, identities), each confirmed number noted in a file of its own, which outlives the process.

import Bytes
import Foundation
import Glibc
import SMTPTypes
import Testing

@testable import Journal

/// How often the writer is killed; a campaign with SOFTBOUNCE_LONG=1.
private let kills = ProcessInfo.processInfo.environment["SOFTBOUNCE_LONG"] == "1" ? 1000 : 15

/// What the log's line `number` gives: none to three events, its own number in each.
private func lines(of number: Int) -> Int { number % 4 }

private func hasCheckpoint(_ number: Int) -> Bool { number == 1 || number % 40 == 0 }

@Suite(.serialized) struct CrashTests {
  @Test func nothingConfirmedIsLostAndNothingIsThereTwice() async throws {
    var random = SystemRandomNumberGenerator()
    var killed = 0
    var totals = (events: 0, confirmed: 0, cut: 0, read: 0)
    while killed < kills {
      // A new journal now and then, so that comparing stays quick.
      let round = min(25, kills - killed)
      let directory = NSTemporaryDirectory() + "/softbounce-crash-\(getpid())-\(killed)"
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: directory) }
      var seen = Seen()
      for _ in 0..<round {
        let delay = Int.random(in: 500...80_000, using: &random)
        // A reader beside the writer: what it saw must still be there afterwards.
        let watcher = Task.detached { () -> (sequence: UInt64, reads: Int) in
          var last: UInt64 = 0
          var reads = 0
          while !Task.isCancelled {
            if let reader = try? JournalReader(directory: directory + "/journal"),
              (try? reader.scan(depth: .leading, { _, position in last = max(last, position.sequence + 1) })) != nil
            {
              reads += 1
            }
            usleep(3000)
          }
          return (last, reads)
        }
        await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String, delay = delay as Int] in
          try appendUntilKilled(directory, after: delay)
        }
        watcher.cancel()
        let watched = await watcher.value
        totals.read += watched.reads
        let now = try Seen(directory)
        #expect(now.sequence >= watched.sequence, "a reader saw lines that are gone")
        #expect(now.log >= seen.log, "lines that an earlier run committed are gone")
        seen = now
        killed += 1
      }
      // A last start finds the same.
      let writer = try JournalWriter(directory: directory + "/journal")
      totals.cut += writer.recovery.bytesCut
      writer.close()
      let last = try Seen(directory)
      #expect(last.log >= seen.log)
      totals.events += last.events
      totals.confirmed += last.confirmed
    }
    // What this ran; whether it held is what the expectations say.
    print(
      "crash: \(killed) kills, \(totals.events) events, \(totals.confirmed) confirmed by waiting, "
        + "\(totals.cut) bytes cut, \(totals.read) reads beside the writer")
  }
}

/// What a journal holds, checked on the way: the log's lines without a hole and none twice, each group whole, each
/// confirmed number of the waiting sources once.
private struct Seen {
  var log = 0
  var sequence: UInt64 = 0
  var events = 0
  var confirmed = 0

  init() {}

  init(_ directory: String) throws {
    var group = (number: 0, count: 0)
    var expected = 1
    var found: [Int: Int] = [:]
    var last: UInt64?
    var largest: UInt64 = 0
    var total = 0
    let report = try JournalReader(directory: directory + "/journal").scan { line, position in
      if let last { #expect(position.sequence == last + 1) }
      last = position.sequence
      largest = position.sequence + 1
      switch line {
      case .event(let event):
        total += 1
        let number = event.count ?? -1
        guard event.source == .log else {
          found[number, default: 0] += 1
          return
        }
        if group.count == 0 {
          while lines(of: expected) == 0 { expected += 1 }
          #expect(number == expected, "line \(number) after \(expected - 1)")
          group = (number, 0)
        }
        #expect(number == group.number)
        group.count += 1
        #expect(event.more == (group.count < lines(of: number) || hasCheckpoint(number)))
        if group.count == lines(of: number) {
          expected = number + 1
          group.count = 0
        }
      default: break
      }
    }
    #expect(report.damage == [])
    #expect(group.count == 0, "half a group is visible")
    for name in ["dsn", "milter"] {
      let bytes = (try? Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))) ?? Data()
      for start in stride(from: 0, to: bytes.count / 8 * 8, by: 8) {
        let number = bytes[start..<start + 8].reduce(0) { $0 << 8 | Int($1) }
        #expect(found[number] == 1, "\(name) \(number) was confirmed and is there \(found[number] ?? 0) times")
        confirmed += 1
      }
    }
    #expect(found.values.allSatisfy { $0 == 1 })
    if let bytes = try? Data(contentsOf: URL(fileURLWithPath: directory + "/log")), bytes.count >= 8 {
      let durable = bytes.prefix(8).reduce(0) { $0 << 8 | Int($1) }
      // Lines that give nothing leave no trace of their own.
      #expect(expected - 1 >= durable - 1, "line \(durable) was confirmed, the journal ends with \(expected - 1)")
    }
    log = expected - 1
    sequence = largest
    events = total
  }
}

/// In a process of its own: three sources append until the process kills itself.
private func appendUntilKilled(_ directory: String, after delay: Int) throws {
  var options = JournalWriter.Options()
  options.segmentBytes = 200_000
  // The clock starts before the journal is opened: some die in the middle of recovery.
  let killer = Thread {
    usleep(UInt32(delay))
    kill(getpid(), SIGKILL)
  }
  killer.start()
  let writer = try JournalWriter(directory: directory + "/journal", options: options)
  for (name, source) in [("dsn", Source.dsn), ("milter", Source.milter)] {
    let thread = Thread {
      let file = open(directory + "/" + name, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      var index = 0
      while true {
        index += 1
        // Unique in this campaign: process, source, index.
        let number = (Int(getpid()) << 32 | index) << 1 | (source == .dsn ? 1 : 0)
        let commit = writer.append { group in
          var event = Event(time: Timestamp(seconds: 1_700_000_000), type: .remoteBounce)
          event.source = source
          event.count = number
          group.add(event)
        }
        guard writer.waitUntilDurable(commit, timeout: 10) else { continue }
        var bytes = UInt64(number).bigEndian
        _ = write(file, &bytes, 8)
      }
    }
    thread.start()
  }
  // Sealing goes on beside it, and dies with it.
  let keeper = Thread {
    while true {
      _ = try? JournalKeeper(directory: directory + "/journal").run()
      usleep(2000)
    }
  }
  keeper.start()
  // As the daemon does: on from the last checkpoint, and events that are there already are not written again.
  let position = writer.recovery.positions.all.first { $0.checkpoint.source == .log }
  var number = position.map { $0.checkpoint.offset / 100 } ?? 1
  let written = position?.greatestOffset ?? -1
  let file = open(directory + "/log", O_WRONLY | O_CREAT, 0o600)
  while true {
    let count = number * 100 <= written ? 0 : lines(of: number)
    let commit = writer.append { group in
      for _ in 0..<count {
        var event = Event(time: Timestamp(seconds: 1_700_000_000), type: .transientFailure)
        event.source = .log
        event.count = number
        event.offset = number * 100
        group.add(event)
      }
      if hasCheckpoint(number) {
        group.add(
          Checkpoint(
            time: Timestamp(seconds: 1_700_000_000), source: .log, host: "h", path: "/log", file: "f", inode: 1,
            device: 2, offset: (number + 1) * 100))
      }
    }
    if number % 100 == 0, writer.waitUntilDurable(commit, timeout: 10) {
      var bytes = UInt64(number).bigEndian
      _ = pwrite(file, &bytes, 8, 0)
    }
    number += 1
  }
}
