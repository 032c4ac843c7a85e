import Bytes
import Classification
import Foundation
import Glibc
import SMTPTypes
import Synchronization
import Testing

@testable import Journal

/// A directory of one test's own.
func withDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
  var template = Array((NSTemporaryDirectory() + "/softbounce-journal-XXXXXX").utf8CString)
  guard mkdtemp(&template) != nil else { throw Fault("mkdtemp", "", -Int(errno)) }
  let path = template.withUnsafeBufferPointer { String(decoding: $0.map { UInt8(bitPattern: $0) }.dropLast(), as: UTF8.self) }
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

extension JournalWriter {
  /// Appends a group of `lines` numbered events.
  @discardableResult
  func add(_ number: Int, lines: Int = 1, text: String = "x", checkpoint: Bool = false) -> Commit {
    append { group in
      text.withByteView { text in
        for index in 0..<lines {
          var event = Event(time: Timestamp(seconds: 1_700_000_000 + Int64(number)), type: .transientFailure)
          event.source = .log
          event.cause = .greylisted
          event.count = number
          event.attempt = index
          event.note = text
          event.offset = number * 100
          group.add(event)
        }
      }
      if checkpoint {
        group.add(
          Checkpoint(
            time: Timestamp(seconds: 1_700_000_000), source: .log, host: "h", path: "/log", file: "f", inode: 1, device: 2,
            offset: (number + 1) * 100))
      }
    }
  }
}

/// What stands in a journal: (count, attempt) of each event, and the scan's report.
func contents(_ directory: String) throws -> (events: [(number: Int, index: Int)], gaps: [(count: Int, note: String)], report: ScanReport) {
  var events: [(number: Int, index: Int)] = []
  var gaps: [(count: Int, note: String)] = []
  var sequence: UInt64?
  let report = try JournalReader(directory: directory).scan { line, position in
    if let sequence { #expect(position.sequence == sequence + 1) }
    sequence = position.sequence
    switch line {
    case .event(let event):
      if event.type == .gap {
        gaps.append((event.count ?? 0, event.note.map { String($0) } ?? ""))
      } else {
        events.append((event.count ?? -1, event.attempt ?? -1))
      }
    default: break
    }
  }
  return (events, gaps, report)
}

@Suite struct WriterTests {
  @Test func whatIsDurableIsReadBack() throws {
    try withDirectory { directory in
      let writer = try JournalWriter(directory: directory)
      for number in 0..<100 { writer.add(number, lines: number % 3 + 1) }
      let commit = writer.add(100)
      #expect(commit.isAccepted)
      #expect(writer.waitUntilDurable(commit, timeout: 30))
      let read = try contents(directory)
      #expect(read.events.map { $0.number }.last == 100)
      #expect(read.events.count == 200)
      #expect(read.report.damages == 0)
      writer.close()
      #expect(writer.counters.durableLines == 200)
      #expect(!writer.add(101).isAccepted)
    }
  }

  @Test func whatOnlyHasASegmentsNameIsNamedAndPassedOver() throws {
    try withDirectory { directory in
      let writer = try JournalWriter(directory: directory + "/j")
      writer.add(1)
      writer.close()
      // Reading either would never end.
      #expect(mkfifo(directory + "/j/00000000000000000500-20261123T000000Z.jsonl", 0o600) == 0)
      #expect(symlink("/dev/zero", directory + "/j/00000000000000000600-20261123T000000Z.jsonl") == 0)
      #expect(mkdir(directory + "/j/00000000000000000700-20261123T000000Z.jsonl.zst", 0o700) == 0)
      var events = 0
      let report = try JournalReader(directory: directory + "/j").scan { line, _ in
        switch line {
        case .event: events += 1
        default: break
        }
      }
      #expect(events == 1)
      let words = ["a pipe, not a segment", "a symbolic link, not a segment", "a directory, not a segment"]
      for report in [report, try JournalVerifier(directory: directory + "/j").verify()] {
        #expect(report.damage.map { String($0.message.prefix { $0 != ";" }) } == words)
      }
    }
  }

  /// A checkpoint that lost its offset is damage: the one before it holds, with the events that followed, and the log is
  /// not read again.
  @Test(arguments: [false, true])
  func aCheckpointWithoutAnOffsetIsNoBeginning(isFirst: Bool) throws {
    try withDirectory { directory in
      var options = JournalWriter.Options()
      options.segmentBytes = 1500
      let writer = try JournalWriter(directory: directory, options: options)
      for number in 0..<12 {
        let commit = writer.add(number, checkpoint: number % (isFirst ? 30 : 4) == 0)
        #expect(writer.waitUntilDurable(commit, timeout: 30))
      }
      writer.close()
      let names = try SegmentName.list(directory)
      #expect(names.count > 1)
      let path = directory + "/" + (try #require(names.last)).fileName
      var lines = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8).split(separator: "\n")
      let isCheckpoint = { (line: Substring) in line.contains("checkpoint") }
      let index = try #require(isFirst ? lines.firstIndex(where: isCheckpoint) : lines.lastIndex(where: isCheckpoint))
      lines[index] = Substring(lines[index].replacing(/,"offset":[0-9]+/, with: ""))
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
      let again = try JournalWriter(directory: directory)
      again.close()
      let position = try #require(again.recovery.positions.all.first)
      #expect(position.checkpoint.offset > 0)
      #expect(max(position.checkpoint.offset, position.greatestOffset ?? 0) >= 1100)
    }
  }

  /// A link in the lock's place would have somebody else's file written to.
  @Test func aLinkInTheLocksPlaceIsRefused() throws {
    try withDirectory { directory in
      let victim = directory + "/victim"
      close(open(victim, O_CREAT | O_WRONLY, 0o600))
      for lock in [CommittedLength.fileName, JournalKeeper.lockName] {
        try JournalWriter(directory: directory + "/j").close()
        unlink(directory + "/j/" + lock)
        #expect(symlink(victim, directory + "/j/" + lock) == 0)
        do throws(JournalError) {
          if lock == JournalKeeper.lockName {
            _ = try JournalKeeper(directory: directory + "/j").run()
          } else {
            try JournalWriter(directory: directory + "/j").close()
          }
          Issue.record("\(lock) was followed")
        } catch {
          #expect(error.message.contains("is a symbolic link"))
        }
        unlink(directory + "/j/" + lock)
      }
      var status = stat()
      #expect(stat(victim, &status) == 0 && status.st_size == 0)
    }
  }

  @Test func aSecondWriterIsRefused() throws {
    try withDirectory { directory in
      let writer = try JournalWriter(directory: directory)
      #expect(throws: JournalError(.locked, path: "", message: "")) { try JournalWriter(directory: directory) }
      writer.close()
      try JournalWriter(directory: directory).close()
    }
  }

  @Test func segmentsFollowEachOther() throws {
    try withDirectory { directory in
      var options = JournalWriter.Options()
      options.segmentBytes = 2000
      let writer = try JournalWriter(directory: directory, options: options)
      for number in 0..<100 {
        let commit = writer.add(number, checkpoint: number == 10)
        #expect(writer.waitUntilDurable(commit, timeout: 30))
      }
      writer.close()
      let names = try SegmentName.list(directory)
      #expect(names.count > 5)
      let read = try contents(directory)
      #expect(read.events.map { $0.number } == Array(0..<100))
      #expect(read.report.damages == 0)
      // The last segment alone says how far the source was read.
      let again = try JournalWriter(directory: directory, options: options)
      #expect(again.recovery.positions.all.first?.checkpoint.offset == 1100)
      #expect(again.recovery.positions.all.first?.greatestOffset == 9900)
      #expect(again.recovery.nextSequence == UInt64(read.report.lines))
      again.close()
    }
  }

  /// What a crash can leave at the end of a segment, and what a start makes of it.
  @Test(arguments: [
    ("", 0, 0), ("{\"time\":\"2026", 13, 0), (String(repeating: "\u{0}", count: 4096), 4096, 0),
    (String(repeating: "\u{0}", count: 4096) + "{}\n{\"a\":", 4096 + 8, 0),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"more\":true}\n", 57, 1),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"more\":true}\n{\"more\":true,\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\"}\n{\"ti", 118, 2),
  ])
  func aTornTailIsCut(tail: String, bytes: Int, lines: Int) throws {
    try withDirectory { directory in
      let writer = try JournalWriter(directory: directory)
      for number in 0..<5 { writer.add(number, lines: 2, checkpoint: true) }
      writer.close()
      let name = try #require(try SegmentName.list(directory).last)
      let path = directory + "/" + name.fileName
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(tail.utf8))
      try handle.close()
      // The writer's note still names the committed length, so a reader sees nothing of it …
      #expect(try contents(directory).report.lines == 15)
      // … and where there is no note, it goes by whole lines.
      let again = try JournalWriter(directory: directory)
      #expect(again.recovery.bytesCut == bytes)
      #expect(again.recovery.linesCut == lines)
      #expect(again.recovery.nextSequence == 15)
      #expect(again.recovery.positions.all.first?.checkpoint.offset == 500)
      again.add(5)
      again.close()
      let read = try contents(directory)
      #expect(read.events.map { $0.number } == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
      #expect(read.report.damages == 0)
    }
  }

  @Test func aReaderWithoutANoteStopsAtTheLastNewline() throws {
    try withDirectory { directory in
      let writer = try JournalWriter(directory: directory)
      writer.add(1)
      writer.close()
      let name = try #require(try SegmentName.list(directory).last)
      let handle = try #require(FileHandle(forWritingAtPath: directory + "/" + name.fileName))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{\"time\":\"20".utf8))
      try handle.close()
      try FileManager.default.removeItem(atPath: directory + "/" + CommittedLength.fileName)
      let read = try contents(directory)
      #expect(read.events.count == 1)
      #expect(read.report.uncommitted == 11)
      #expect(read.report.damages == 0)
    }
  }

  /// What was committed and is gone is a gap in the journal: after the next start nothing else would tell of it.
  @Test(arguments: ["whole", "cut", "gone"])
  func whatWasCommittedAndIsGoneIsAGap(kind: String) throws {
    try withDirectory { directory in
      let writer = try JournalWriter(directory: directory)
      for number in 0..<10 { writer.add(number) }
      writer.close()
      let name = try #require(try SegmentName.list(directory).last)
      let path = directory + "/" + name.fileName
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let size = bytes.count
      let last = size - 1 - (try #require(bytes.dropLast().lastIndex(of: 0x0A)))
      // Nine lines and a half.
      if kind == "cut" { #expect(truncate(path, size - last / 2) == 0) }
      if kind == "gone" { unlink(path) }
      let lost = kind == "whole" ? 0 : kind == "gone" ? size : last
      let again = try JournalWriter(directory: directory)
      #expect(again.recovery.bytesLost == lost)
      again.add(11)
      again.close()
      let read = try contents(directory)
      #expect(read.gaps.map(\.count) == (lost == 0 ? [] : [lost]))
      #expect(read.gaps.allSatisfy { $0.note.contains("bytes of lines that were committed were missing at the start") })
      #expect(read.events.map(\.number) == (kind == "gone" ? [] : Array(0..<(kind == "cut" ? 9 : 10))) + [11])
      #expect(read.report.damages == 0)
    }
  }

  @Test func damagedLinesAndMissingSegmentsAreNamed() throws {
    try withDirectory { directory in
      var options = JournalWriter.Options()
      options.segmentBytes = 600
      let writer = try JournalWriter(directory: directory, options: options)
      for number in 0..<20 { _ = writer.waitUntilDurable(writer.add(number), timeout: 30) }
      writer.close()
      let names = try SegmentName.list(directory)
      try FileManager.default.removeItem(atPath: directory + "/" + names[2].fileName)
      let path = directory + "/" + names[1].fileName
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes[0] = 0x5B
      try bytes.write(to: URL(fileURLWithPath: path))
      let report = try JournalReader(directory: directory).scan { _, _ in }
      #expect(report.damage.map { $0.kind } == [.malformed, .missing])
      #expect(report.damage.first?.file == path)
      #expect(report.damage.first?.line == 1)
      #expect(report.damage.last?.file == directory + "/" + names[3].fileName)
    }
  }

  /// No checksum tells of a plain line: what JSON does not have is found all the same, and named.
  @Test(arguments: [[0x00], [0x01], [0x1F], [0xFF], [0x80], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF5, 0x80]] as [[UInt8]])
  func bytesThatJSONDoesNotHave(_ bytes: [UInt8]) throws {
    try withDirectory { directory in
      let writer = try JournalWriter(directory: directory)
      for number in 0..<5 { _ = writer.waitUntilDurable(writer.add(number), timeout: 30) }
      writer.close()
      let path = directory + "/" + (try #require(try SegmentName.list(directory).first)).fileName
      let content = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(try JournalVerifier(directory: directory).verify().damages == 0)
      let place = try #require(content.firstRange(of: Data("transient-failure".utf8))).lowerBound + 3
      var changed = content
      changed.replaceSubrange(place..<(place + bytes.count), with: bytes)
      try changed.write(to: URL(fileURLWithPath: path))
      let report = try JournalVerifier(directory: directory).verify()
      #expect(report.damage.map(\.kind) == [.malformed])
      #expect(report.damage.first?.line == 1 && report.damage.first?.offset == place)
      #expect(report.lines == 5)
      // Other than ASCII in UTF-8 is no damage.
      changed.replaceSubrange(place..<(place + 4), with: Data("é€".utf8).prefix(2) + Data("ß".utf8))
      try changed.write(to: URL(fileURLWithPath: path))
      #expect(try JournalVerifier(directory: directory).verify().damages == 0)
    }
  }

  @Test func aFollowerSeesEachLineOnce() throws {
    try withDirectory { directory in
      var options = JournalWriter.Options()
      options.segmentBytes = 5000
      let writer = try JournalWriter(directory: directory, options: options)
      for number in 0..<50 { writer.add(number) }
      let follower = try JournalFollower(directory: directory, from: .beginning)
      let seen = Mutex<[Int]>([])
      let thread = Thread {
        try? follower.run { line, _ in
          switch line {
          case .event(let event):
            let number = event.count ?? -1
            seen.withLock { $0.append(number) }
            if number == 499 { follower.stop() }
          default: break
          }
        }
      }
      thread.start()
      for number in 50..<500 {
        let commit = writer.add(number)
        if number % 7 == 0 { #expect(writer.waitUntilDurable(commit, timeout: 30)) }
      }
      let deadline = Monitor.deadline(after: 30)
      while !thread.isFinished, Monitor.now < deadline { usleep(1000) }
      #expect(seen.withLock { $0 } == Array(0..<500))
      writer.close()
    }
  }
}
