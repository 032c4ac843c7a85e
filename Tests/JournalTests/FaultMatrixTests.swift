import Foundation
import Glibc
import Testing

@testable import Journal

/// Every call of the journal fails, with every error, at every moment of a day in a journal's life: opened, appended
/// to over several segments, sealed meanwhile, closed, opened again. A campaign with SOFTBOUNCE_LONG=1; else a sample.
@Suite struct FaultMatrixTests {
  static let isLong = ProcessInfo.processInfo.environment["SOFTBOUNCE_LONG"] == "1"
  static let errors = isLong ? [ENOSPC, EIO, EMFILE, EDQUOT, EINTR] : [ENOSPC, EIO]
  static let groups = 24

  /// What came of one run.
  struct Outcome {
    var isRefusedStart = false
    var faults = 0
    var dropped = 0
    var gaps = 0
  }

  /// Whatever fails, for a moment or a while: what was accepted is there, once, whole and in order; what was confirmed
  /// is there at once.
  @Test func everyCallEveryErrorEveryMoment() throws {
    var matrix: [String] = []
    var runs = 0
    for call in FaultyDisk.Call.allCases {
      let moments = try calls(of: call)
      guard moments > 0 else { continue }
      var cells = 0
      var faults = 0
      var refused = 0
      for error in Self.errors {
        for moment in stride(from: 0, to: moments, by: Self.isLong ? 1 : max(moments / 4, 1)) {
          for times in [1, 3] {
            let plan = FaultyDisk.Plan(call: call, errno: error, after: moment, times: times)
            let outcome = try live(FaultyDisk([plan]), "\(plan)")
            cells += 1
            faults += outcome.faults
            refused += outcome.isRefusedStart ? 1 : 0
            #expect(outcome.dropped == 0 && outcome.gaps == 0, "\(plan)")
          }
        }
      }
      runs += cells
      matrix.append("\(call) \(moments) moments, \(cells) runs, \(faults) faults, \(refused) refused starts")
    }
    // Short writes, at every write at once.
    _ = try live(FaultyDisk(shortWrites: true), "short writes")
    for line in matrix { print("faults: \(line); 0 lost, 0 twice") }
    print("faults: \(runs + 1) runs of every call, error and moment, short writes among them")
    #expect(runs > 50)
  }

  /// A disk that refuses from some moment on until it is healed: appending goes on, what was confirmed stays, and the
  /// gap says how much is missing.
  @Test func aDiskThatRefusesFromAnyMomentOn() throws {
    var runs = 0
    var gaps = 0
    for call in [FaultyDisk.Call.write, .fdatasync] {
      let moments = try calls(of: call)
      for error in Self.errors where error != EINTR {
        for moment in stride(from: 3, to: moments, by: Self.isLong ? 1 : 9) {
          let outcome = try refuse(FaultyDisk.Plan(call: call, errno: error, after: moment, times: .max))
          runs += 1
          gaps += outcome.gaps
        }
      }
    }
    print("faults: \(runs) runs with a disk that refuses until it is healed, \(gaps) gaps named, nothing confirmed lost")
    #expect(gaps > 0)
  }

  // MARK: -

  private var options: JournalWriter.Options {
    var options = JournalWriter.Options()
    options.segmentBytes = 1500
    return options
  }

  /// How often a life without faults makes `call`.
  private func calls(of call: FaultyDisk.Call) throws -> Int {
    let disk = FaultyDisk()
    _ = try live(disk, "clean")
    return disk.made(call)
  }

  private func live(_ disk: FaultyDisk, _ plan: String) throws -> Outcome {
    var outcome = Outcome()
    try withDirectory { directory in
      var expected: [Int] = []
      var next = 0
      for _ in 0..<2 {
        guard let writer = try? JournalWriter(directory: directory, options: options, calls: disk.calls) else {
          // An error at the start is told, and changes nothing: the next start is clean or tells it again.
          outcome.isRefusedStart = true
          continue
        }
        for number in next..<(next + Self.groups / 2) {
          let commit = writer.add(number, lines: number % 3 + 1, checkpoint: number % 8 == 7)
          #expect(commit.isAccepted, "\(plan)")
          for _ in 0...(number % 3) { expected.append(number) }
          if number % 4 == 0 {
            #expect(writer.waitUntilDurable(commit, timeout: 30), "\(plan)")
            #expect(try contents(directory).events.map(\.number).starts(with: expected), "\(plan)")
          }
          if number % 6 == 5 {
            _ = try? JournalKeeper(directory: directory, options: .init(), calls: disk.calls).run()
          }
        }
        next += Self.groups / 2
        // A fault at the very end has its last chance here.
        #expect(writer.waitUntilDurable(writer.add(next), timeout: 30), "\(plan)")
        expected.append(next)
        next += 1
        writer.close()
        outcome.faults += writer.counters.faults
        outcome.dropped += writer.counters.droppedLines
        outcome.gaps += writer.counters.gaps
      }
      let read = try contents(directory)
      #expect(read.events.map(\.number) == expected, "\(plan)")
      #expect(read.report.damage == [], "\(plan)")
      // And a start without faults finds the same, and seals the rest.
      let again = try JournalWriter(directory: directory, options: options)
      again.close()
      #expect(try JournalKeeper(directory: directory).run().failures == [], "\(plan)")
      #expect(try contents(directory).events.map(\.number) == expected, "\(plan)")
      #expect(try JournalVerifier(directory: directory).verify().damage == [], "\(plan)")
    }
    outcome.faults = max(outcome.faults, disk.failures)
    return outcome
  }

  private func refuse(_ plan: FaultyDisk.Plan) throws -> Outcome {
    var outcome = Outcome()
    try withDirectory { directory in
      let disk = FaultyDisk([plan])
      var options = options
      options.memoryLimit = 2000
      let writer = try JournalWriter(directory: directory, options: options, calls: disk.calls)
      var accepted: [Int] = []
      var confirmed: [Int] = []
      for number in 0..<80 {
        let commit = writer.add(number)
        guard commit.isAccepted else {
          outcome.dropped += 1
          continue
        }
        accepted.append(number)
        if writer.counters.faults == 0, writer.waitUntilDurable(commit, timeout: 0.05) { confirmed = accepted }
      }
      #expect(try contents(directory).events.map(\.number).starts(with: confirmed), "\(plan)")
      disk.heal()
      let deadline = Monitor.deadline(after: 60)
      while writer.counters.queuedBytes > 0 || outcome.dropped > 0 && writer.counters.gaps == 0, Monitor.now < deadline {
        usleep(1000)
      }
      #expect(writer.waitUntilDurable(writer.add(1000), timeout: 30))
      writer.close()
      let read = try contents(directory)
      #expect(read.events.map(\.number) == accepted + [1000], "\(plan)")
      #expect(read.gaps.reduce(0) { $0 + $1.count } == outcome.dropped, "\(plan)")
      #expect(read.report.damage == [])
      outcome.gaps = read.gaps.count
    }
    return outcome
  }
}
