import Bytes
import Foundation
import Glibc
import SMTPTypes
import Testing

@testable import Journal

/// A journal of several segments in `directory`, all but the last sealed. Returns how many events it has.
private func makeSealed(_ directory: String, events: Int = 400, segmentBytes: Int = 4000) throws -> Int {
  var options = JournalWriter.Options()
  options.segmentBytes = segmentBytes
  let writer = try JournalWriter(directory: directory, options: options)
  for number in 0..<events {
    let commit = writer.add(number, checkpoint: number == 3)
    if number % max(segmentBytes / 4000, 1) == 0 { _ = writer.waitUntilDurable(commit, timeout: 30) }
  }
  writer.close()
  let report = try JournalKeeper(directory: directory).run()
  #expect(report.failures == [])
  #expect(report.sealed.count > 2)
  return events
}

private func change(_ path: String, _ body: (inout Data) -> Void) throws {
  var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
  body(&bytes)
  try bytes.write(to: URL(fileURLWithPath: path))
}

@Suite struct SealingTests {
  @Test(arguments: ["18446744073709551614", "9223372036854775807", "99999999999999999999"])
  func aNumberThatNoJournalReachesIsNoSegment(number: String) {
    #expect(SegmentName(number + "-20261125T180841Z.jsonl") == nil)
    #expect(SegmentName("00000999999999999999-20261125T180841Z.jsonl.zst")?.first == 999_999_999_999_999)
  }

  @Test func sealedSegmentsReadTheSame() throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let names = try SegmentName.list(directory)
      #expect(names.dropLast().allSatisfy { $0.isSealed })
      #expect(names.last?.isSealed == false)
      let read = try contents(directory)
      #expect(read.events.map { $0.number } == Array(0..<events))
      #expect(read.report.damage == [])
      // A writer goes on where it was, and a second round finds nothing to do.
      let writer = try JournalWriter(directory: directory)
      #expect(writer.recovery.nextSequence == UInt64(read.report.lines))
      #expect(writer.recovery.positions.all.first?.checkpoint.offset == 400)
      writer.add(events)
      writer.close()
      #expect(try JournalKeeper(directory: directory).run().sealed == [])
      #expect(try contents(directory).events.count == events + 1)
    }
  }

  /// Any tool reads the whole journal.
  @Test(.enabled(if: access("/usr/bin/zstdcat", X_OK) == 0))
  func zstdcatGivesTheWholeJournal() throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "cd \"$0\" && zstdcat -f *.jsonl* | grep -c transient-failure", directory]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(output == "\(events)\n")
    }
  }

  @Test func aSummaryTellsSpanAndCounts() throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let summaries = try JournalReader(directory: directory).summaries()
      let sealed = summaries.compactMap { $0.summary }
      #expect(sealed.count == summaries.count - 1)
      let counted = sealed.reduce(0) { $0 + $1.rows.reduce(0) { $0 + $1.count } }
      let active = try contents(directory).events.count - counted
      #expect(counted + active == events && counted > events / 2)
      #expect(sealed.first?.earliest == Timestamp(seconds: 1_700_000_000))
      // Only what touches the period is unpacked.
      let last = try #require(sealed.last?.latest)
      let report = try JournalReader(directory: directory).scan(since: last) { _, _ in }
      #expect(report.skipped >= sealed.count - 2)
      #expect(report.delivered == events - Int(last.seconds - 1_700_000_000) || report.delivered > 0)
      #expect(report.damage == [])
    }
  }

  @Test func segmentsThatAreNotWantedAreNotUnpacked() throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let names = try SegmentName.list(directory)
      let reader = try JournalReader(directory: directory)
      let failures: (SegmentSummary) -> Bool = { $0.rows.contains { $0.group.type == .transientFailure } }
      let bounces: (SegmentSummary) -> Bool = { $0.rows.contains { $0.group.type == .bounce } }
      #expect(try reader.scan(where: failures) { _, _ in }.delivered == contents(directory).report.delivered)
      let report = try reader.scan(where: bounces) { _, _ in }
      #expect(report.skipped == names.count - 1)
      #expect(report.delivered < events / 2 && report.damage == [])
    }
  }

  /// What is written before and what is written since a moment is the whole, and nothing twice.
  @Test func aJournalIsReadInTwoParts() throws {
    try withDirectory { directory in
      _ = try makeSealed(directory)
      let whole = try contents(directory).report.delivered
      let reader = try JournalReader(directory: directory)
      let started = try SegmentName.list(directory).map(\.started)
      let first = try #require(started.first)
      let last = try #require(started.last)
      for time in [first - 10, first, last, last + 10].map({ Timestamp(seconds: $0) }) {
        let before = try reader.scan(writtenBefore: time) { _, _ in }.delivered
        let since = try reader.scan(writtenSince: time) { _, _ in }.delivered
        #expect(before + since == whole)
        #expect(since > 0)
      }
    }
  }

  @Test func damageToSealedSegmentsIsNamedAndTheRestIsRead() throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let names = try SegmentName.list(directory)
      let paths = names.map { directory + "/" + $0.fileName }
      // A flipped bit in a frame; a file without its end; two that changed places; one that is gone.
      try change(paths[1]) { $0[$0.startIndex + 40] ^= 0x10 }
      try change(paths[2]) { $0 = $0.dropLast(30) }
      try FileManager.default.moveItem(atPath: paths[3], toPath: directory + "/x")
      try FileManager.default.moveItem(atPath: paths[4], toPath: paths[3])
      try FileManager.default.moveItem(atPath: directory + "/x", toPath: paths[4])
      try FileManager.default.removeItem(atPath: paths[6])
      let report = try JournalReader(directory: directory).scan { _, _ in }
      let kinds = report.damage.map { "\($0.kind.rawValue) \(names.firstIndex { $0.fileName == String($0.fileName) } != nil ? paths.firstIndex(of: $0.file) ?? -1 : -1)" }
      #expect(kinds.contains("unreadable 1"), "\(report.damage)")
      #expect(kinds.contains("truncated 2"))
      #expect(kinds.contains("misplaced 3") && kinds.contains("misplaced 4"))
      #expect(kinds.contains("missing 7"))
      #expect(report.delivered > events / 2)
      #expect(report.damage.allSatisfy { !$0.file.isEmpty })
    }
  }

  /// A segment that was copied over another is read once, under its own name; what it took the place of is missing.
  @Test func aCopyOverAnotherSegmentCountsOnce() throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let paths = try SegmentName.list(directory).map { directory + "/" + $0.fileName }
      let lost = try #require(try SealedSegment(paths[2]).summary).rows.reduce(0) { $0 + $1.count }
      try FileManager.default.removeItem(atPath: paths[2])
      try FileManager.default.copyItem(atPath: paths[1], toPath: paths[2])
      var read: [Int] = []
      let report = try JournalReader(directory: directory).scan { line, position in
        switch line {
        case .event: read.append(Int(position.sequence))
        default: break
        }
      }
      #expect(read.count == events - lost)
      #expect(Set(read).count == read.count)
      #expect(Set(report.damage.map(\.kind)) == [.misplaced, .missing])
      #expect(report.damage.contains { $0.file == paths[2] && $0.message.contains("under their own name") })
      #expect(Set(try JournalVerifier(directory: directory).verify().damage.map(\.kind)) == [.misplaced, .missing])
    }
  }

  /// A segment that was cut within a frame gives the lines before the cut.
  @Test func aCutFrameIsReadUpToTheCut() throws {
    try withDirectory { directory in
      // zstd's blocks have 128 KiB, and one that is cut gives nothing.
      let events = try makeSealed(directory, events: 9000, segmentBytes: 400_000)
      let path = directory + "/" + (try SegmentName.list(directory)[1].fileName)
      let frame = try #require(try SealedSegment(path).summary?.frames.last)
      var read: [Int] = []
      for cut in stride(from: frame.offset + frame.compressed - 1, to: frame.offset + 8, by: -max(frame.compressed / 8, 1)) {
        try change(path) { $0 = $0.prefix(cut) }
        let report = try JournalReader(directory: directory).scan { _, _ in }
        #expect(report.damage.map(\.kind).contains(.truncated))
        #expect(report.damage.allSatisfy { $0.kind == .truncated || $0.kind == .missing }, "\(report.damage)")
        read.append(report.delivered)
      }
      #expect(read.first ?? 0 > events / 2)
      #expect(Set(read).count > 2 && read == read.sorted(by: >), "\(read)")
    }
  }

  /// Two segments under each other's names, of unlike length, lose no line.
  @Test func segmentsThatChangedPlacesAreReadInWhole() throws {
    try withDirectory { directory in
      _ = try makeSealed(directory)
      let paths = try SegmentName.list(directory).map { directory + "/" + $0.fileName }
      let lengths = try paths.dropLast().map { try SealedSegment($0).summary?.lines ?? 0 }
      let whole = try JournalReader(directory: directory).scan { _, _ in }
      let longest = try #require(lengths.indices.max { lengths[$0] < lengths[$1] })
      let shortest = try #require(lengths.indices.min { lengths[$0] < lengths[$1] })
      try #require(lengths[longest] > lengths[shortest])
      try FileManager.default.moveItem(atPath: paths[longest], toPath: directory + "/x")
      try FileManager.default.moveItem(atPath: paths[shortest], toPath: paths[longest])
      try FileManager.default.moveItem(atPath: directory + "/x", toPath: paths[shortest])
      let report = try JournalReader(directory: directory).scan { _, _ in }
      #expect(report.delivered == whole.delivered)
      #expect(report.superseded == 0)
      #expect(report.damage.map(\.kind) == [.misplaced, .misplaced], "\(report.damage)")
      let verified = try JournalVerifier(directory: directory).verify()
      #expect(verified.damage.map(\.kind) == [.misplaced, .misplaced], "\(verified.damage)")
      #expect(verified.lines == whole.lines)
    }
  }

  /// Every truncation of a sealed file and every flipped byte in it is reported, and none traps.
  @Test func everyTruncationAndEveryFlippedByteIsReported() throws {
    try withDirectory { directory in
      _ = try makeSealed(directory, events: 100)
      let names = try SegmentName.list(directory)
      let path = directory + "/" + names[1].fileName
      let summary = try SealedSegment(path).summary
      let digest = try #require(summary?.digest)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      for name in names.dropFirst(3) { try FileManager.default.removeItem(atPath: directory + "/" + name.fileName) }
      let reader = try JournalReader(directory: directory)
      for length in stride(from: 0, to: whole.count, by: 7) {
        try whole.prefix(length).write(to: URL(fileURLWithPath: path))
        #expect(try reader.scan { _, _ in }.damages > 0, "cut to \(length) of \(whole.count)")
      }
      for index in stride(from: 0, to: whole.count, by: 3) {
        // Whoever reads the lines does not look at the digest.
        let isOfDigest = digest.offset - 8..<digest.offset + digest.compressed ~= index
        var copy = whole
        copy[index] ^= 0x41
        try copy.write(to: URL(fileURLWithPath: path))
        let damages = isOfDigest ? try JournalVerifier(directory: directory).verify() : try reader.scan { _, _ in }
        #expect(damages.damages > 0, "byte \(index)")
      }
    }
  }

  @Test func retentionDropsTheOldestAndNeverTheLast() throws {
    try withDirectory { directory in
      _ = try makeSealed(directory)
      let names = try SegmentName.list(directory)
      var options = JournalKeeper.Options()
      options.maximumBytes = 4000
      let due = try JournalKeeper(directory: directory, options: options).due()
      let report = try JournalKeeper(directory: directory, options: options).run()
      #expect(report.dropped == due.map { $0.file } && !due.isEmpty)
      let left = try SegmentName.list(directory)
      #expect(left == names.suffix(left.count))
      options.maximumBytes = 0
      _ = try JournalKeeper(directory: directory, options: options).run()
      #expect(try SegmentName.list(directory) == names.suffix(1))
      #expect(try JournalReader(directory: directory).scan { _, _ in }.damage == [])
    }
  }

  @Test func retentionByAgeLooksAtTheNextSegmentsBeginning() throws {
    try withDirectory { directory in
      _ = try makeSealed(directory)
      var options = JournalKeeper.Options()
      options.maximumAge = 3600
      #expect(try JournalKeeper(directory: directory, options: options).run().dropped == [])
      var calls = FileSystemCalls()
      let now = calls.now() + 7_200_000_000
      calls.now = { now }
      let count = try SegmentName.list(directory).count
      #expect(try JournalKeeper(directory: directory, options: options, calls: calls).run().dropped.count == count - 1)
    }
  }

  /// Whatever fails while sealing, every segment stays readable, and the next round does what is left.
  @Test(arguments: [FaultyDisk.Call.open, .write, .fdatasync, .fsync, .rename, .unlink], [0, 1, 2, 5])
  func aFaultWhileSealingLeavesTheSegment(call: FaultyDisk.Call, after: Int) throws {
    try withDirectory { directory in
      var options = JournalWriter.Options()
      options.segmentBytes = 4000
      let writer = try JournalWriter(directory: directory, options: options)
      for number in 0..<150 { _ = writer.waitUntilDurable(writer.add(number), timeout: 30) }
      writer.close()
      let disk = FaultyDisk([.init(call: call, errno: ENOSPC, after: after, times: 3)])
      _ = try? JournalKeeper(directory: directory, options: .init(), calls: disk.calls).run()
      #expect(try contents(directory).events.map { $0.number } == Array(0..<150))
      #expect(try JournalKeeper(directory: directory).run().failures == [])
      let read = try contents(directory)
      #expect(read.events.map { $0.number } == Array(0..<150))
      #expect(read.report.damage == [])
      #expect(try SegmentName.list(directory).dropLast().allSatisfy { $0.isSealed })
      let files = try FileManager.default.contentsOfDirectory(atPath: directory)
      #expect(!files.contains { $0.hasSuffix(SegmentSealer.partialSuffix) })
    }
  }

  @Test func aFollowerReadsSealedSegmentsToo() throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let follower = try JournalFollower(directory: directory, from: .beginning)
      var seen: [Int] = []
      try follower.run { line, _ in
        switch line {
        case .event(let event):
          seen.append(event.count ?? -1)
          if event.count == events - 1 { follower.stop() }
        default: break
        }
      }
      #expect(seen == Array(0..<events))
    }
  }
}

@Suite struct FollowSealedTests {
  @Test(arguments: [0, 5, 39, 40, 41, 200, 398])
  func aFollowerGoesOnBehindAnyLine(sequence: Int) throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let follower = try JournalFollower(directory: directory, from: .after(UInt64(sequence)))
      var seen: [UInt64] = []
      try follower.run { line, position in
        seen.append(position.sequence)
        switch line {
        case .event(let event): if event.count == events - 1 { follower.stop() }
        default: break
        }
      }
      #expect(seen.first == UInt64(sequence + 1))
      #expect(seen == Array(UInt64(sequence + 1)..<UInt64(sequence + 1 + seen.count)))
    }
  }
}

@Suite struct FoldTests {
  @Test(arguments: [1, 2, 5])
  func severalThreadsSeeWhatOneSees(threads: Int) throws {
    try withDirectory { directory in
      let events = try makeSealed(directory)
      let folded = try JournalReader(directory: directory).fold(threads: threads, initial: { [Int]() }) { numbers, line, _ in
        switch line {
        case .event(let event): numbers.append(event.count ?? -1)
        default: break
        }
      }
      #expect(folded.results.flatMap { $0 } == Array(0..<events))
      #expect(folded.report == (try JournalReader(directory: directory).scan { _, _ in }))
    }
  }

  @Test func anErrorEndsTheFold() throws {
    try withDirectory { directory in
      _ = try makeSealed(directory)
      #expect(throws: NotAnEvent.self) {
        try JournalReader(directory: directory).fold(threads: 3, initial: { 0 }) { _, _, position in
          if position.sequence == 50 { throw NotAnEvent() }
        }
      }
    }
  }
}
