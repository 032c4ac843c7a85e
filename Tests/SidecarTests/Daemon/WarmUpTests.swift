import Bytes
import Classification
import Glibc
import Intake
import Journal
import MailLog
import SMTPTypes
import Testing

@testable import Sidecar

@Suite struct WarmUpTests {
  /// Keeps nothing.
  final class NoSink: EventSink {
    func receive(_ event: borrowing Event) {}
    func receive(_ tally: borrowing Tally, host: String) {}
  }

  let directory: Directory
  let log: String

  init() throws {
    directory = try Directory()
    log = directory.file("mail.log")
  }

  private func position(of path: String, offset: Int) throws -> LogPosition {
    let entry = try #require(RotatedFiles.look(at: path))
    return LogPosition(
      path: log, head: entry.head, inode: entry.status.inode, device: entry.status.device, offset: offset)
  }

  private func lines(before position: LogPosition, bytes: Int) -> Int {
    let intake = Intake(
      options: .init(), classifier: Classifier.builtIn(), providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: WallClock.timestamp)), sink: NoSink())
    intake.beginWarmUp()
    defer { intake.endWarmUp() }
    return WarmUp.read(before: position, logPath: log, bytes: bytes, into: intake)
  }

  @Test func readsWholeLinesBeforeThePositionOnly() throws {
    Writer(log).write("one\ntwo\nthree\nfour\n")
    let position = try position(of: log, offset: 14)
    #expect(lines(before: position, bytes: 1000) == 3)
    #expect(lines(before: position, bytes: 8) == 1)
    #expect(lines(before: position, bytes: 0) == 0)
  }

  @Test func goesOnInTheFilesBefore() throws {
    let writer = Writer(log)
    writer.write("older 1\nolder 2\n")
    Rotation.byRename(log)
    writer.reopen()
    writer.write("old 1\nold 2\n")
    Rotation.byRename(log)
    writer.reopen()
    writer.write("new 1\nnew 2\n")
    #expect(lines(before: try position(of: log, offset: 6), bytes: 18) == 3)
    #expect(lines(before: try position(of: log, offset: 6), bytes: 1000) == 5)
    // The run stopped in a file that has been rotated since.
    #expect(lines(before: try position(of: log + ".1", offset: 6), bytes: 1000) == 3)
  }

  /// Rotated files are compressed at the second rotation, or at once; while one is, it is there twice.
  @Test func goesOnInCompressedFiles() throws {
    let writer = Writer(log)
    for file in ["oldest 1\noldest 2\n", "older 1\nolder 2\n", "old 1\nold 2\n"] {
      writer.write(file)
      Rotation.byRename(log)
      writer.reopen()
    }
    writer.write("new 1\nnew 2\n")
    let stopped = try position(of: log + ".2", offset: 8)
    for number in [3, 2] { try #require(system("gzip -kn \(log).\(number)") == 0) }
    for isThereTwice in [true, false] {
      if !isThereTwice { for number in [3, 2] { unlink("\(log).\(number)") } }
      #expect(lines(before: try position(of: log, offset: 6), bytes: 1000) == 7)
      #expect(lines(before: try position(of: log, offset: 6), bytes: 46) == 6)
      #expect(lines(before: try position(of: log, offset: 6), bytes: 20) == 3)
      // The run stopped in a file that has been compressed since.
      #expect(lines(before: stopped, bytes: 1000) == 3)
      #expect(lines(before: stopped, bytes: 8) == 1)
    }
  }

  @Test func aPositionThatIsNowhereReadsNothing() throws {
    Writer(log).write("one\n")
    let position = try position(of: log, offset: 4)
    unlink(log)
    Writer(log).write("two\n")
    #expect(lines(before: position, bytes: 1000) == 0)
  }
}
