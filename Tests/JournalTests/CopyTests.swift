import Bytes
import Classification
import Glibc
import SMTPTypes
import Testing

@testable import Journal

/// A journal made of another.
struct CopyTests {
  private static let lines = [
    #"{"time":"2026-11-22T09:00:00Z","type":"transient-failure","direction":"outbound","hop":"external","cause":"policy","scope":"sender","origin":"remote","queue_id":"A1","recipient":"a@b.example","retry_after":60,"rule":"old","ruleset":"00000000","reply":{"text":"450 x"},"future":{"kept":[1,"}"]}}"#,
    #"{"time":"2026-11-22T09:00:01Z","type":"checkpoint","source":"log","path":"/var/log/mail.log","host":"h","offset":5}"#,
    #"{"time":"2026-11-22T09:00:02Z","type":"delivery","direction":"outbound","hop":"external","recipient":"a@b.example"}"#,
    #"not JSON at all"#,
    #"{"rule":"old","type":"bounce","time":"2026-11-22T09:00:03Z","cause":"policy","direction":"outbound"}"#,
  ]
  private static let judged = [
    #"{"time":"2026-11-22T09:00:00Z","type":"transient-failure","direction":"outbound","hop":"external","cause":"greylisted","scope":"path","origin":"remote","queue_id":"A1","recipient":"a@b.example","rule":"new","ruleset":"11111111","reply":{"text":"450 x"},"future":{"kept":[1,"}"]}}"#,
    lines[1], lines[2], lines[3],
    #"{"type":"bounce","time":"2026-11-22T09:00:03Z","direction":"outbound","cause":"greylisted","scope":"path","rule":"new","ruleset":"11111111"}"#,
  ]

  private func judge(_ event: inout Event) -> Bool {
    guard event.type != .delivery else { return false }
    event.cause = .greylisted
    event.scope = .path
    event.retryAfter = nil
    event.rule = ByteView("new")
    event.ruleset = ByteView("11111111")
    return true
  }

  /// A journal of two segments, the first sealed if asked for, with `lines` in each.
  private func journal(_ directory: String, isSealed: Bool) throws -> [SegmentName] {
    mkdir(directory, 0o750)
    let names = [SegmentName(first: 0, started: 1000), SegmentName(first: UInt64(Self.lines.count), started: 2000)]
    for name in names {
      let file = try #require(fopen(directory + "/" + name.fileName, "w"))
      fputs(Self.lines.joined(separator: "\n") + "\n" + (name == names[1] ? "{\"half\":" : ""), file)
      fclose(file)
    }
    if isSealed { _ = try JournalKeeper(directory: directory).run() }
    return names
  }

  private func contents(_ directory: String) throws -> [String] {
    var all: [String] = []
    for name in try SegmentName.list(directory) {
      if name.isSealed {
        var segment = try SealedSegment(directory + "/" + name.fileName)
        #expect(segment.summary?.first == name.first && segment.summary?.lines == Self.lines.count)
        for frame in segment.frames() { all.append(String(try segment.lines(of: frame))) }
      } else {
        let descriptor = open(directory + "/" + name.fileName, O_RDONLY)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 100_000)
        let count = max(0, read(descriptor, &bytes, bytes.count))
        all.append(String(decoding: bytes.prefix(count), as: UTF8.self))
      }
    }
    return all
  }

  private func scratch() -> String {
    var template = Array("/tmp/softbounce-copy-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else { return "/nonexistent" }
      return String(cString: made)
    }
  }

  @Test(arguments: [false, true])
  func everyLineIsThereAndEventsAreJudged(isSealed: Bool) throws {
    let root = scratch()
    let names = try journal(root + "/one", isSealed: isSealed)
    let before = try contents(root + "/one")
    let report = try JournalCopy.make(of: root + "/one", at: root + "/two", judge: judge)
    #expect([report.segments, report.lines, report.written] == [2, 2 * Self.lines.count, 4])
    // The line that is no event is copied, and named by its place.
    let damaged = report.scan.damage.map { "\($0.kind) \($0.line)" }
    #expect(damaged == ["malformed 4", "malformed 4"])
    #expect(try SegmentName.list(root + "/two").map(\.first) == names.map(\.first))
    #expect(try SegmentName.list(root + "/two").map(\.isSealed) == [isSealed, false])
    for segment in try contents(root + "/two") {
      #expect(segment.split(separator: "\n").map { String($0) } == Self.judged)
      #expect(segment.hasSuffix("\n"))
    }
    // The first is as it was.
    #expect(try contents(root + "/one") == before)
    #expect(access(root + "/two.partial", F_OK) != 0)
    let verified = try JournalReader(directory: root + "/two").scan { _, _ in }
    #expect(verified.lines == 2 * Self.lines.count)
    // A writer goes on behind it.
    let writer = try JournalWriter(directory: root + "/two")
    #expect(writer.recovery.nextSequence == UInt64(2 * Self.lines.count))
    writer.close()
  }

  @Test func neverBesideAWriterNorOverAnything() throws {
    let root = scratch()
    let writer = try JournalWriter(directory: root + "/one")
    do throws(JournalError) {
      _ = try JournalCopy.make(of: root + "/one", at: root + "/two", judge: judge)
      Issue.record("copied beside a writer")
    } catch {
      #expect(error.code == .locked && error.message.contains("stop it first"))
    }
    writer.close()
    #expect(throws: JournalError.self) {
      try JournalCopy.make(of: root + "/one", at: root + "/one", judge: judge)
    }
    #expect(throws: JournalError.self) {
      try JournalCopy.make(of: root + "/none", at: root + "/two", judge: judge)
    }
    #expect(access(root + "/two", F_OK) != 0 && access(root + "/two.partial", F_OK) != 0)
    // What a killed run left is written over.
    mkdir(root + "/two.partial", 0o750)
    let file = try #require(fopen(root + "/two.partial/" + SegmentName(first: 0, started: 5).fileName, "w"))
    fclose(file)
    _ = try JournalCopy.make(of: root + "/one", at: root + "/two", judge: judge)
    #expect(try SegmentName.list(root + "/two").count == SegmentName.list(root + "/one").count)
  }

  /// Whatever call fails, there is no copy, and nothing is left of it.
  @Test func aDiskThatRefusesLeavesNothing() throws {
    let root = scratch()
    _ = try journal(root + "/one", isSealed: true)
    var full = FileSystemCalls()
    full.pwrite = { _, _, _, _ in -Int(ENOSPC) }
    var unsynchronised = FileSystemCalls()
    unsynchronised.fdatasync = { _ in -Int(EIO) }
    var unnamed = FileSystemCalls()
    unnamed.rename = { _, _ in -Int(EIO) }
    for calls in [full, unsynchronised, unnamed] {
      #expect(throws: JournalError.self) {
        try JournalCopy.make(of: root + "/one", at: root + "/two", calls: calls, judge: judge)
      }
      #expect(access(root + "/two", F_OK) != 0 && access(root + "/two.partial", F_OK) != 0)
    }
  }

  /// A sealed segment that can't be read is no segment to copy.
  @Test func damageIsRefused() throws {
    let root = scratch()
    _ = try journal(root + "/one", isSealed: true)
    let sealed = root + "/one/" + (try SegmentName.list(root + "/one"))[0].fileName
    let descriptor = open(sealed, O_WRONLY)
    pwrite(descriptor, "damage", 6, 20)
    close(descriptor)
    #expect(throws: JournalError.self) {
      try JournalCopy.make(of: root + "/one", at: root + "/two", judge: judge)
    }
    #expect(access(root + "/two.partial", F_OK) != 0)
  }
}
