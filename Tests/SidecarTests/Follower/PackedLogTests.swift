import Bytes
import Glibc
import LogFiles
import Testing

@testable import Sidecar

/// The log was rotated and compressed while nobody followed it, as `postfix logrotate` does by itself and logrotate(8)
/// at the second rotation.
@Suite struct PackedLogTests {
  let directory: Directory
  let log: String
  let writer: Writer

  init() throws {
    directory = try Directory()
    log = directory.file("mail.log")
    writer = Writer(log)
  }

  private func follow(
    _ recorder: Recorder, resume: LogPosition? = nil, _ lines: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> LogPosition? {
    var options = LogFollower.Options(path: log, resume: resume)
    options.settling = (closed: 0.02, open: 0.3)
    let follower = try LogFollower(options: options, handler: recorder)
    try follower.start()
    _ = recorder.wait { $0.lines.count >= lines.count }
    follower.stop()
    #expect(recorder.lines == lines, sourceLocation: sourceLocation)
    return recorder.now.commits.last?.position
  }

  /// What a run reads first, which gives the place where it stops.
  private func begin() throws -> LogPosition? {
    writer.write("one\ntwo\n")
    return try follow(Recorder(), ["one", "two"])
  }

  private func pack(_ name: String, _ tool: String = "gzip -n") throws {
    try #require(system("\(tool) \(directory.file(name))") == 0)
  }

  @Test(arguments: ["gzip", "zstd -q --rm", "xz", "bzip2"])
  func oneRotation(tool: String) throws {
    let position = try begin()
    writer.write("three\n")
    rename(log, log + ".20261121-000001")
    try pack("mail.log.20261121-000001", tool)
    writer.reopen()
    writer.write("four\n")
    let recorder = Recorder()
    let end = try follow(recorder, resume: position, ["three", "four"])
    #expect(recorder.now.gaps.isEmpty)
    #expect(recorder.now.offsets == [8, 0])
    #expect(recorder.now.finished == 1)
    #expect(end?.path == log)
  }

  /// Two that are compressed, one that is not yet, and the log; numbered, the oldest highest.
  @Test func severalRotations() throws {
    let position = try begin()
    for number in 3...5 {
      writer.write("\(number)\n")
      Rotation.byRename(log)
      writer.reopen()
    }
    writer.write("six\n")
    try pack("mail.log.3")
    try pack("mail.log.2")
    let recorder = Recorder()
    _ = try follow(recorder, resume: position, ["3", "4", "5", "six"])
    #expect(recorder.now.gaps.isEmpty)
  }

  /// Logs are rotated by copying, too, and the copies compressed.
  @Test func copies() throws {
    let position = try begin()
    writer.write("three\n")
    Rotation.byCopy(log)
    try pack("mail.log.1")
    writer.write("four, which is longer than all that came before\n")
    let recorder = Recorder()
    _ = try follow(recorder, resume: position, ["three", "four, which is longer than all that came before"])
    #expect(recorder.now.gaps.isEmpty)
  }

  /// What was imported meanwhile is passed over.
  @Test func importedMeanwhile() throws {
    let position = try begin()
    writer.write("three\nfour\n")
    rename(log, log + ".1")
    try pack("mail.log.1")
    writer.reopen()
    writer.write("five\n")
    let recorder = Recorder()
    var options = LogFollower.Options(path: log, resume: position)
    options.imported = [(FileHead(ByteView("one\ntwo\nthree\nfour\n")), 14)]
    let follower = try LogFollower(options: options, handler: recorder)
    try follower.start()
    #expect(recorder.wait { $0.lines.contains("five") })
    follower.stop()
    #expect(recorder.lines == ["four", "five"])
  }

  /// The log is not there yet when the sidecar starts.
  @Test func withoutALog() throws {
    let position = try begin()
    writer.write("three\n")
    rename(log, log + ".1")
    try pack("mail.log.1")
    let recorder = Recorder()
    let end = try follow(recorder, resume: position, ["three"])
    writer.reopen()
    writer.write("four\n")
    let next = Recorder()
    _ = try follow(next, resume: end, ["four"])
    #expect(recorder.now.gaps.isEmpty && next.now.gaps.isEmpty)
  }

  /// Stopped in the middle of it, after any of the places that can be committed: each line comes once.
  @Test func takenUpWithin() throws {
    let position = try begin()
    let lines = (0..<60_000).map { "line \($0) of what was not read" }
    writer.write(lines.joined(separator: "\n") + "\n")
    rename(log, log + ".1")
    try pack("mail.log.1")
    writer.reopen()
    writer.write("last\n")
    let recorder = Recorder()
    _ = try follow(recorder, resume: position, lines + ["last"])
    let commits = recorder.now.commits
    #expect(commits.count > 5)
    for commit in commits {
      let rest = Recorder()
      _ = try follow(rest, resume: commit.position, Array((lines + ["last"])[commit.lines...]))
    }
  }

  @Test func stopsWithin() throws {
    let position = try begin()
    let lines = (0..<60_000).map { "line \($0) of what was not read" }
    writer.write(lines.joined(separator: "\n") + "\n")
    rename(log, log + ".1")
    try pack("mail.log.1")
    let recorder = Recorder()
    let file = try #require(PackedFile.beside(log).first)
    file.skip(to: position?.offset ?? 0)
    #expect(file.deliver(to: recorder) { true } == .stopped)
    #expect(!recorder.lines.isEmpty && recorder.lines.count < lines.count)
    #expect(recorder.lines == Array(lines.prefix(recorder.lines.count)))
    #expect(file.deliver(to: recorder) { false } == .end)
    #expect(recorder.lines == lines)
  }

  /// Rotated once more between the look and the reading.
  @Test func renamedMeanwhile() throws {
    writer.write("one\ntwo\n")
    rename(log, log + ".1")
    try pack("mail.log.1")
    let file = try #require(PackedFile.beside(log).first)
    rename(log + ".1.gz", log + ".2.gz")
    let recorder = Recorder()
    #expect(file.deliver(to: recorder) { false } == .end)
    #expect(recorder.lines == ["one", "two"])
  }

  @Test func damageIsTold() throws {
    let position = try begin()
    writer.write("three\n")
    rename(log, log + ".1")
    try pack("mail.log.1")
    #expect(truncate(log + ".1.gz", 25) == 0)
    writer.reopen()
    writer.write("four\n")
    let recorder = Recorder()
    var options = LogFollower.Options(path: log, resume: position)
    options.settling = (closed: 0.02, open: 0.3)
    let follower = try LogFollower(options: options, handler: recorder)
    try follower.start()
    #expect(recorder.wait { $0.lines.contains("four") })
    follower.stop()
    #expect(recorder.now.gaps.count == 1)
  }
}
