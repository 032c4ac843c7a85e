import Glibc
import Testing

@testable import Sidecar

/// Random sequences of what writers, logrotate and restarts do, against the plainest model: the lines in the order in
/// which they were written.
@Suite struct LogFollowerPropertyTests {
  enum Step: String, CaseIterable {
    case lines, many, part, renamed, copied, renamedAndReopenedLater, restart, crash, pause
  }

  @Test(arguments: 1...24) func everyLineOnce(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed) &* 0x9E37_79B9)
    let directory = try Directory()
    let log = directory.file("mail.log")
    let writer = Writer(log)
    let recorder = Recorder()
    var written: [String] = []
    var open = ""
    var position: LogPosition?

    func write(_ count: Int) {
      for _ in 0..<count {
        let line = "line \(written.count) " + String(repeating: "z", count: Int(random.next() % 80))
        writer.write((open.isEmpty ? line : " end") + "\n")
        written.append(open.isEmpty ? line : open + " end")
        open = ""
      }
    }

    func follower() throws -> LogFollower {
      var options = LogFollower.Options(path: log, resume: position)
      options.settling = (closed: 0.01, open: 0.3)
      let follower = try LogFollower(options: options, handler: recorder)
      try follower.start()
      return follower
    }

    var trace: [String] = []
    var running = try follower()
    // What was rotated away before the very first look is history, not part of what is followed.
    write(1)
    #expect(recorder.wait { !$0.lines.isEmpty && !$0.commits.isEmpty })
    for _ in 0..<40 {
      let step = Step.allCases[Int(random.next() % UInt64(Step.allCases.count))]
      trace.append(step.rawValue)
      switch step {
      case .lines: write(1 + Int(random.next() % 5))
      case .many: write(500)
      case .part:
        if open.isEmpty {
          open = "part \(written.count)"
          writer.write(open)
        }
      case .renamed where open.isEmpty:
        Rotation.byRename(log, keep: 60)
        writer.reopen()
      case .renamedAndReopenedLater where open.isEmpty:
        Rotation.byRename(log, keep: 60)
        write(Int(random.next() % 4))
        if random.next() % 2 == 0 { usleep(UInt32(random.next() % 5000)) }
        write(Int(random.next() % 4))
        writer.reopen()
      case .copied where open.isEmpty:
        // Two cuts with the same content between them can't be told apart, so something is written first.
        write(1)
        Rotation.byCopy(log, keep: 60)
        write(1)
      case .restart, .crash:
        running.stop()
        if let last = step == .crash ? recorder.now.commits.randomElement(using: &random) : recorder.now.commits.last {
          position = last.position
          recorder.roll(back: last.lines)
        }
        if random.next() % 2 == 0 { write(Int(random.next() % 4)) }
        running = try follower()
      case .pause: usleep(UInt32(random.next() % 20_000))
      case .renamed, .renamedAndReopenedLater, .copied: break
      }
    }
    if !open.isEmpty { write(1) }
    write(1)
    _ = recorder.wait { $0.lines.count >= written.count }
    running.stop()
    let lines = recorder.lines
    let difference = zip(lines, written).enumerated().first { $0.element.0 != $0.element.1 }
    #expect(lines.count == written.count, "\(trace)")
    if let difference {
      Issue.record("line \(difference.offset): \(difference.element) after \(trace)")
    }
    #expect(recorder.now.gaps.isEmpty)
  }
}

/// A generator with a seed, so that a failure can be seen again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
