import Glibc
import Testing

@testable import SoftbounceCommands

/// Where softbounce was built: beside the tests.
enum BuiltProgram {
  static let path: String? = {
    let tests = CommandLine.arguments[0]
    guard let slash = tests.lastIndex(of: "/") else { return nil }
    let path = tests[..<slash] + "/softbounce"
    return access(String(path), X_OK) == 0 ? String(path) : nil
  }()
}

/// The real program, killed while it imports.
@Suite(.enabled(if: BuiltProgram.path != nil, "softbounce is not built beside the tests"))
struct ImportKillTests {
  @Test func everyLineCountsOnceThroughKills() throws {
    let program = try #require(BuiltProgram.path)
    let scratch = Scratch()
    let lines = MadeLog.lines(messages: 4_000)
    let parts = (0..<3).map { lines[(lines.count * $0 / 3)..<(lines.count * ($0 + 1) / 3)].joined() }
    let files = [
      scratch.file("mail.log.2.gz", packed(["gzip", "-1c"], Array(parts[0].utf8))), scratch.file("mail.log.1", parts[1]),
      scratch.file("mail.log", parts[2]),
    ]
    func command(_ journal: String) -> [String] {
      [program, "import", "--host", "mx1", "--journal", scratch.path + "/" + journal] + files
    }
    #expect(run(command("whole")) == 0)
    let expected = try JournalContent(scratch.path + "/whole")
    #expect(expected.lines == lines.count)
    #expect(expected.problems == [])

    var dice = Dice(99)
    var kills = 0
    for _ in 0..<20 {
      let status = run(command("killed"), killedAfter: UInt32(dice.roll(120) * 5_000))
      if status == 0 { break }
      if status == SIGKILL { kills += 1 }
    }
    #expect(run(command("killed")) == 0)
    let found = try JournalContent(scratch.path + "/killed")
    #expect(found.lines == expected.lines)
    #expect(found.events.count == expected.events.count)
    #expect(Set(found.events).symmetricDifference(expected.events).sorted().prefix(4) == [])
    let isSame = found == expected
    #expect(isSame, "after \(kills) kills")
  }

  /// Runs `command` for at most so many microseconds; its status as wait(2) gives it.
  private func run(_ command: [String], killedAfter microseconds: UInt32? = nil) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [1, 2] as [Int32] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    guard posix_spawn(&child, command[0], &actions, nil, arguments, environ) == 0 else { return -1 }
    if let microseconds {
      usleep(microseconds)
      kill(child, SIGKILL)
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
