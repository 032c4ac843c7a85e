import Bytes
import Foundation
import Glibc
import SMTPTypes
import Synchronization
import Testing

@testable import Journal

@Suite struct FaultTests {
  static let plans: [[FaultyDisk.Plan]] = {
    var plans: [[FaultyDisk.Plan]] = []
    for call in [FaultyDisk.Call.open, .write, .fdatasync, .fsync, .ftruncate] {
      for error in [ENOSPC, EIO, EMFILE, EDQUOT, EINTR] {
        for after in [3, 4, 7, 20] { plans.append([FaultyDisk.Plan(call: call, errno: error, after: after, times: 2)]) }
      }
    }
    // A disk that can neither write nor cut off what it wrote, nor synchronise.
    plans.append([.init(call: .write, errno: ENOSPC, after: 5, times: 3), .init(call: .ftruncate, errno: EIO, times: 99)])
    plans.append([.init(call: .fdatasync, errno: EIO, after: 5, times: 2), .init(call: .ftruncate, errno: EIO, times: 99)])
    plans.append([
      .init(call: .fdatasync, errno: EIO, after: 4, times: 3), .init(call: .ftruncate, errno: EIO, times: 99),
      .init(call: .unlink, errno: EIO, times: 99), .init(call: .open, errno: EMFILE, after: 5, times: 2),
    ])
    return plans
  }()

  /// Whatever fails for a while: every accepted group is in the journal, once, whole, in order; what was confirmed
  /// is there at once; nothing is damaged.
  @Test(arguments: plans)
  func aFaultThatPassesLosesNothing(plan: [FaultyDisk.Plan]) throws {
    try withDirectory { directory in
      let disk = FaultyDisk(plan)
      var options = JournalWriter.Options()
      options.segmentBytes = 3000
      var writer: JournalWriter?
      for _ in 0..<5 where writer == nil {
        // A fault at the start is an error, and the next start is clean.
        writer = try? JournalWriter(directory: directory, options: options, calls: disk.calls)
      }
      let journal = try #require(writer)
      var expected: [Int] = []
      for number in 0..<60 {
        let commit = journal.add(number, lines: number % 3 + 1, checkpoint: number % 10 == 9)
        #expect(commit.isAccepted)
        for _ in 0...(number % 3) { expected.append(number) }
        if number % 2 == 0 {
          #expect(journal.waitUntilDurable(commit, timeout: 30))
          if number % 10 == 0 { #expect(try contents(directory).events.map { $0.number }.starts(with: expected)) }
        }
      }
      journal.close()
      let read = try contents(directory)
      #expect(read.events.map { $0.number } == expected)
      #expect(read.report.damage == [])
      #expect(journal.counters.droppedLines == 0)
      // And so it is for the next start.
      let again = try JournalWriter(directory: directory, options: options)
      #expect(again.recovery.bytesCut == 0)
      again.add(60)
      again.close()
      #expect(try contents(directory).events.map { $0.number } == expected + [60])
    }
  }

  @Test func shortWritesAreContinued() throws {
    try withDirectory { directory in
      let disk = FaultyDisk(shortWrites: true)
      let writer = try JournalWriter(directory: directory, options: .init(), calls: disk.calls)
      for number in 0..<50 { writer.add(number, lines: 2) }
      writer.close()
      let read = try contents(directory)
      #expect(read.events.count == 100)
      #expect(read.report.damages == 0)
    }
  }

  /// A disk that refuses for long: appending goes on, memory stays bounded, and once there is room a gap says how
  /// many lines are missing and why.
  @Test(arguments: [ENOSPC, EIO, EDQUOT])
  func whatMemoryCannotHoldIsNamed(error: Int32) throws {
    try withDirectory { directory in
      let disk = FaultyDisk()
      var options = JournalWriter.Options()
      options.memoryLimit = 20_000
      options.host = "mx.example.org"
      let writer = try JournalWriter(directory: directory, options: options, calls: disk.calls)
      var accepted = [0]
      var dropped = 0
      #expect(writer.waitUntilDurable(writer.add(-1), timeout: 30))
      disk.plan([.init(call: .write, errno: error, times: .max)])
      // Until the writer knows, it may drop for want of room without a reason to give.
      writer.add(0, lines: 2)
      while writer.counters.faults == 0 { usleep(100) }
      for number in 1..<1000 {
        let commit = writer.add(number, lines: 2)
        if commit.isAccepted { accepted.append(number) } else { dropped += 2 }
        #expect(writer.counters.queuedBytes < 21_000)
        if !commit.isAccepted { #expect(!writer.waitUntilDurable(commit, timeout: 30)) }
      }
      #expect(dropped > 0)
      #expect(writer.counters.droppedLines == dropped)
      disk.heal()
      // The writer tries again by itself and says what is missing by itself.
      let deadline = Monitor.deadline(after: 60)
      while writer.counters.gaps == 0 || writer.counters.queuedBytes > 0, Monitor.now < deadline { usleep(1000) }
      #expect(writer.waitUntilDurable(writer.add(5000), timeout: 30))
      #expect(!writer.counters.isRefusing)
      writer.close()
      let read = try contents(directory)
      #expect(read.events.map { $0.number } == [-1] + accepted.flatMap { [$0, $0] } + [5000])
      #expect(read.gaps.map { $0.count } == [dropped])
      let note = read.gaps.first?.note ?? ""
      #expect(note.contains(String(cString: strerror(error))), "\(note)")
    }
  }

  /// A disk that hangs in fdatasync holds up nobody who appends.
  @Test func aDiskThatHangsBlocksNobody() throws {
    try withDirectory { directory in
      let isHanging = Atomic(true)
      let entered = Atomic(false)
      var calls = FileSystemCalls()
      calls.fdatasync = { descriptor in
        entered.store(true, ordering: .sequentiallyConsistent)
        while isHanging.load(ordering: .sequentiallyConsistent) { usleep(1000) }
        return Int(Glibc.fdatasync(descriptor))
      }
      let writer = try JournalWriter(directory: directory, options: .init(), calls: calls)
      let first = writer.add(0)
      while !entered.load(ordering: .sequentiallyConsistent) { usleep(100) }
      for number in 1..<1000 { #expect(writer.add(number).isAccepted) }
      #expect(!writer.waitUntilDurable(first, timeout: 0.01))
      // Written, but nobody was told that it is committed.
      #expect(try contents(directory).events.isEmpty)
      isHanging.store(false, ordering: .sequentiallyConsistent)
      #expect(writer.waitUntilDurable(first, timeout: 30))
      writer.close()
      #expect(try contents(directory).events.count == 1000)
    }
  }

  @Test func aDiskThatRefusesToTheEndIsGivenUpAtClose() throws {
    try withDirectory { directory in
      let disk = FaultyDisk([.init(call: .fdatasync, errno: EIO, times: .max)])
      let writer = try JournalWriter(directory: directory, options: .init(), calls: disk.calls)
      let commit = writer.add(1, lines: 3)
      #expect(!writer.waitUntilDurable(commit, timeout: 0.05))
      writer.close()
      #expect(!writer.waitUntilDurable(commit, timeout: 30))
      #expect(writer.counters.droppedLines == 3)
      #expect(writer.counters.lastFault?.contains("fdatasync") == true)
      #expect(try contents(directory).events.isEmpty)
    }
  }

  @Test func aClockThatIsSetBackKeepsTheOrder() throws {
    try withDirectory { directory in
      let now = Atomic<Int64>(1_800_000_000_000_000)
      var calls = FileSystemCalls()
      calls.now = { now.load(ordering: .relaxed) }
      var options = JournalWriter.Options()
      options.segmentAge = 3600
      let writer = try JournalWriter(directory: directory, options: options, calls: calls)
      for number in 0..<20 {
        #expect(writer.waitUntilDurable(writer.add(number), timeout: 30))
        now.wrappingSubtract(7_200_000_000, ordering: .relaxed)
      }
      writer.close()
      #expect(try SegmentName.list(directory).count == 20)
      #expect(try contents(directory).events.map { $0.number } == Array(0..<20))
    }
  }

  @Test func errorsAtTheStartSayWhatToDo() throws {
    try withDirectory { directory in
      let nowhere = directory + "/a/b"
      #expect(throws: JournalError(.noDirectory, path: "", message: "")) { try JournalWriter(directory: nowhere) }
      for call in [FaultyDisk.Call.open, .flock, .mkdir] {
        let disk = FaultyDisk([.init(call: call, errno: EACCES)])
        #expect(throws: JournalError(.permission, path: "", message: "")) {
          try JournalWriter(directory: directory, options: .init(), calls: disk.calls)
        }
      }
    }
  }
}
