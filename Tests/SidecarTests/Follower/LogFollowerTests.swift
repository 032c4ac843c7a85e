import Bytes
import Glibc
import Testing

@testable import Sidecar

@Suite struct LogFollowerTests {
  let directory: Directory
  let log: String
  let recorder = Recorder()

  init() throws {
    directory = try Directory()
    log = directory.file("mail.log")
  }

  /// Follows until `body` returns.
  func follow(
    resume: LogPosition? = nil, start: LogFollower.Options.Start = .beginning, settling: (Double, Double) = (0.02, 0.3),
    recorder: Recorder? = nil, _ body: (Recorder) throws -> Void
  ) throws {
    let recorder = recorder ?? self.recorder
    var options = LogFollower.Options(path: log, resume: resume, start: start)
    options.settling = (closed: settling.0, open: settling.1)
    let follower = try LogFollower(options: options, handler: recorder)
    try follower.start()
    defer { follower.stop() }
    try body(recorder)
  }

  func expect(
    _ lines: [String], in recorder: Recorder? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let recorder = recorder ?? self.recorder
    _ = recorder.wait { $0.lines.count >= lines.count }
    #expect(recorder.lines == lines, sourceLocation: sourceLocation)
  }

  @Test func deliversWhatIsAppended() throws {
    let writer = Writer(log)
    writer.write("one\ntwo\n")
    try follow { _ in
      expect(["one", "two"])
      writer.write("three\n")
      expect(["one", "two", "three"])
    }
    #expect(recorder.now.offsets == [0, 4, 8])
    #expect(recorder.now.commits.last?.position.offset == 14)
  }

  /// Whoever stops the mail server and then the sidecar finds all of it in the journal; but what the disk does not take
  /// is left to the next run.
  @Test(arguments: [true, false])
  func whatStandsInTheLogIsReadBeforeItEnds(hasRoom: Bool) throws {
    let lines = (0..<40_000).map { "line \($0) with some words" }
    Writer(log).write(lines.joined(separator: "\n") + "\n")
    let recorder = Recorder(hasRoom: hasRoom)
    // Stopped before it has read anything.
    let loop = FollowerLoop(
      options: .init(path: log), handler: recorder, inotify: try Inotify(), wakeWatch: WakeWatch())
    loop.run { true }
    #expect(recorder.lines == (hasRoom ? lines : []))
    try follow(resume: recorder.now.commits.last?.position) { _ in }
    #expect(recorder.lines + self.recorder.lines == lines)
  }

  /// A log that is there but can't be opened when the sidecar starts (its rights, a file system not mounted yet).
  @Test func aLogThatCannotBeOpenedAtTheStartIsTakenUpWhereItWasLeft() throws {
    Writer(log).write("one\ntwo\n")
    try follow { _ in expect(["one", "two"]) }
    let position = recorder.now.commits.last?.position
    let aside = directory.file("elsewhere")
    #expect(rename(log, aside) == 0)
    #expect(mkdir(log, 0o700) == 0)
    try follow(resume: position) { recorder in
      #expect(recorder.wait { !$0.unavailable.isEmpty })
      #expect(rmdir(log) == 0)
      Writer(aside).write("three\n")
      #expect(rename(aside, log) == 0)
      expect(["one", "two", "three"])
    }
    #expect(recorder.now.gaps.isEmpty)
  }

  @Test func startsAtTheEndWhenAsked() throws {
    let writer = Writer(log)
    writer.write("old\n")
    try follow(start: .end) { recorder in
      #expect(recorder.wait { !$0.opened.isEmpty })
      writer.write("new\n")
      expect(["new"])
    }
  }

  @Test func aPartialLineWaitsForItsNewline() throws {
    let writer = Writer(log)
    writer.write("whole\nhal")
    try follow { recorder in
      expect(["whole"])
      writer.write("f")
      usleep(30_000)
      #expect(recorder.lines == ["whole"])
      #expect(recorder.now.commits.last?.position.offset == 6)
      writer.write("\nnext\n")
      expect(["whole", "half", "next"])
    }
  }

  @Test func anOverlongLineComesCutOnce() throws {
    let writer = Writer(log)
    writer.write("a\n" + String(repeating: "x", count: LogFollower.longestLine + 5) + "\nb\n")
    try follow { recorder in
      #expect(recorder.wait { $0.lines.last == "b" })
      #expect(recorder.lines.map(\.utf8.count) == [1, LogFollower.longestLine, 1])
    }
  }

  /// A writer that does not append leaves zeros where a file was cut under it, more than a line may be long too; a
  /// position behind some of them is one of a line's start.
  @Test(arguments: [7, LogFollower.longestLine - 1, LogFollower.longestLine, 2 * LogFollower.longestLine + 5])
  func zerosBeforeALineAreNoneOfIt(count: Int) throws {
    Writer(log).write("a\n" + String(repeating: "\0", count: count) + "bc\nd\n")
    try follow { _ in expect(["a", "bc", "d"]) }
    if let position = recorder.now.commits.map(\.position).first(where: { $0.offset > 2 }), position.offset < count {
      let second = Recorder()
      let follower = try LogFollower(options: .init(path: log, resume: position), handler: second)
      try follower.start()
      defer { follower.stop() }
      #expect(second.wait { $0.lines == ["bc", "d"] })
    }
  }

  @Test func waitsForAFileThatIsNotThere() throws {
    try follow { recorder in
      #expect(recorder.wait { $0.unavailable.map(\.code) == [ENOENT] })
      let writer = Writer(log)
      writer.write("first\n")
      expect(["first"])
    }
  }

  @Test func waitsForADirectoryThatIsNotThere() throws {
    let deep = directory.file("a/b/mail.log")
    let follower = try LogFollower(options: .init(path: deep), handler: recorder)
    try follower.start()
    defer { follower.stop() }
    #expect(recorder.wait { !$0.unavailable.isEmpty })
    mkdir(directory.file("a"), 0o755)
    usleep(5000)
    mkdir(directory.file("a/b"), 0o755)
    Writer(deep).write("deep\n")
    expect(["deep"])
  }

  @Test func takesUpAFileThatBecomesReadable() throws {
    let writer = Writer(log)
    writer.write("secret\n")
    chmod(log, 0)
    try follow { recorder in
      if geteuid() != 0 { #expect(recorder.wait { $0.unavailable.map(\.code) == [EACCES] }) }
      chmod(log, 0o644)
      expect(["secret"])
    }
  }

  @Test func aRotatedFileIsReadToItsEnd() throws {
    let writer = Writer(log)
    writer.write("1\n")
    try follow { recorder in
      expect(["1"])
      Rotation.byRename(log)
      // The writer has not been told yet; another has made the new file already.
      let other = Writer(log)
      other.write("5\n")
      writer.write("2\n")
      usleep(20_000)
      writer.write("3\n4")
      usleep(20_000)
      #expect(recorder.lines == ["1", "2", "3"])
      writer.reopen()
      writer.write("6\n")
      expect(["1", "2", "3", "4", "5", "6"])
    }
    #expect(recorder.now.gaps.isEmpty)
    #expect(recorder.now.opened.count == 2)
  }

  @Test func linesThatComeTooLateAreAGap() throws {
    let writer = Writer(log)
    writer.write("1\n")
    try follow(settling: (0.01, 0.05)) { recorder in
      expect(["1"])
      Rotation.byRename(log)
      let other = Writer(log)
      other.write("2\n")
      expect(["1", "2"])
      writer.write("late\n")
      other.write("3\n")
      expect(["1", "2", "3"])
      #expect(recorder.wait { $0.gaps == [LogGap(reason: .lateLines, path: log, offset: 2, bytes: 5)] })
    }
  }

  @Test func severalRotationsAtOnce() throws {
    let writer = Writer(log)
    writer.write("0\n")
    try follow { _ in
      expect(["0"])
      for number in 1...5 {
        Rotation.byRename(log)
        writer.reopen()
        writer.write("\(number)\n")
      }
      expect(["0", "1", "2", "3", "4", "5"])
    }
    #expect(recorder.now.gaps.isEmpty)
  }

  /// Faster than the directory can be looked at.
  @Test func aStormOfRotations() throws {
    let writer = Writer(log)
    writer.write("0\n")
    try follow(settling: (0.02, 2)) { _ in
      expect(["0"])
      for number in 1...80 {
        Rotation.byRename(log, keep: 100)
        writer.reopen()
        writer.write("\(number)\n")
      }
      expect((0...80).map { "\($0)" })
    }
    #expect(recorder.now.gaps.isEmpty)
  }

  @Test(arguments: [0, 1, 4]) func severalRotationsWhileDown(rotations: Int) throws {
    let writer = Writer(log)
    writer.write("read\n")
    try follow { _ in expect(["read"]) }
    let position = try #require(recorder.now.commits.last?.position)
    writer.write("rest\n")
    var expected = ["rest"]
    for number in 0..<rotations {
      Rotation.byRename(log)
      writer.reopen()
      writer.write("\(number)\n")
      expected.append("\(number)")
    }
    // A copy that somebody made is not a rotated file.
    try #require(system("cp \(log) \(log).bak") == 0)
    let second = Recorder()
    try follow(resume: position, recorder: second) { _ in expect(expected, in: second) }
    #expect(second.now.gaps.isEmpty)
  }

  @Test func datedRotationWhileDown() throws {
    let writer = Writer(log)
    writer.write("read\n")
    try follow { _ in expect(["read"]) }
    let position = try #require(recorder.now.commits.last?.position)
    writer.write("rest\n")
    rename(log, log + "-20261121")
    writer.reopen()
    writer.write("next\n")
    rename(log, log + "-20261122")
    writer.reopen()
    writer.write("last\n")
    let second = Recorder()
    try follow(resume: position, recorder: second) { _ in expect(["rest", "next", "last"], in: second) }
  }

  @Test func aVanishedFileIsAGap() throws {
    let writer = Writer(log)
    writer.write("read\n")
    try follow { _ in expect(["read"]) }
    let position = try #require(recorder.now.commits.last?.position)
    writer.write("rest\n")
    unlink(log)
    writer.reopen()
    writer.write("new\n")
    let second = Recorder()
    try follow(resume: position, recorder: second) { _ in expect(["new"], in: second) }
    #expect(second.now.gaps == [LogGap(reason: .rotatedAway, path: log, offset: 5)])
  }

  @Test func copytruncateWhileRunning() throws {
    let writer = Writer(log)
    writer.write("1\n2\n")
    try follow { _ in
      expect(["1", "2"])
      Rotation.byCopy(log)
      writer.write("3\n")
      expect(["1", "2", "3"])
      Rotation.byCopy(log)
      // Longer than before, so that the size alone tells nothing.
      writer.write("4444\n55555\n")
      expect(["1", "2", "3", "4444", "55555"])
    }
    #expect(recorder.now.gaps.isEmpty)
  }

  @Test func copytruncateWhileDown() throws {
    let writer = Writer(log)
    writer.write("1\n2\n")
    try follow { _ in expect(["1", "2"]) }
    let position = try #require(recorder.now.commits.last?.position)
    writer.write("3\n")
    Rotation.byCopy(log)
    writer.write("4\n")
    Rotation.byCopy(log)
    writer.write("5\n666\n7777\n")
    let second = Recorder()
    try follow(resume: position, recorder: second) { _ in expect(["3", "4", "5", "666", "7777"], in: second) }
    #expect(second.now.gaps.isEmpty)
  }

  @Test func aCutFileWithoutACopyBeginsAgain() throws {
    let writer = Writer(log)
    writer.write("1\npart")
    try follow { recorder in
      expect(["1"])
      #expect(recorder.wait { $0.commits.last?.position.offset == 2 })
      truncate(log, 0)
      writer.write("2\n")
      expect(["1", "2"])
    }
    #expect(recorder.now.gaps.map(\.reason) == [.truncated])
  }

  @Test func aHoleLeftByAWriterThatDoesNotAppend() throws {
    let writer = Writer(log, append: false)
    writer.write(String(repeating: "x", count: 9999) + "\n")
    try follow { recorder in
      #expect(recorder.wait { $0.lines.count == 1 })
      truncate(log, 0)
      writer.write("after\n")
      #expect(recorder.wait { $0.lines.last == "after" })
      #expect(recorder.now.offsets.last == 10_000)
    }
  }

  @Test func aSymbolicLinkThatIsSetAnew() throws {
    let first = Writer(directory.file("mail-1.log"))
    symlink("mail-1.log", log)
    first.write("1\n")
    try follow { _ in
      expect(["1"])
      let second = Writer(directory.file("mail-2.log"))
      second.write("3\n")
      first.write("2\n")
      symlink("mail-2.log", directory.file("new"))
      rename(directory.file("new"), log)
      expect(["1", "2", "3"])
    }
  }

  @Test func theSameContentUnderANewInodeGoesOn() throws {
    let writer = Writer(log)
    writer.write("1\n2\n")
    try follow { _ in
      expect(["1", "2"])
      try #require(system("cp \(log) \(log).new && mv \(log).new \(log)") == 0)
      writer.reopen()
      writer.write("3\n")
      expect(["1", "2", "3"])
    }
  }

  @Test func aBurst() throws {
    let writer = Writer(log)
    let text = String(repeating: "y", count: 150)
    try follow { recorder in
      for block in 0..<100 {
        writer.write((0..<1000).map { "\(block * 1000 + $0) \(text)\n" }.joined())
      }
      #expect(recorder.wait(seconds: 60) { $0.lines.count >= 100_000 })
      let numbers = recorder.lines.map { Int($0.prefix { $0 != " " }) }
      #expect(numbers == (0..<100_000).map(Optional.some))
    }
  }
}
