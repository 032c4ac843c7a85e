import Bytes
import Classification
import Glibc
import Journal
import Privacy
import SMTPTypes
import Testing

@testable import SoftbounceCommands

@Suite struct JournalStatsTests {
  @Test func statsTellWhatIsThere() throws {
    let fixture = try JournalFixture()
    let outcome = fixture.run("stats", "--utc")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let count = fixture.segments.count
    #expect(outcome.output.hasPrefix("DIR/journal: \(count) segments (\(count - 1) sealed), "), "\(outcome.output)")
    #expect(outcome.output.contains("\ntransient-failure      60\n"))
    #expect(outcome.output.contains("\ngap                     1\n"))
    #expect(outcome.output.contains("/var/log/mail.log  mx1   byte 600"))
    #expect(outcome.output.contains("journal: 3 lines dropped"))
  }

  @Test func jsonHasTheSame() throws {
    let fixture = try JournalFixture()
    let outcome = fixture.run("stats", "--format", "json")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\"transient-failure\": 60"))
    #expect(outcome.output.contains("\"gap_count\": 1"))
    #expect(outcome.output.contains("\"written\": 5900"))
    #expect(outcome.output.contains("\"unfinished_erasures\": 0"))
  }

  /// Where recipients are hidden the reader is told, and who has the key finds them by their address.
  @Test func hiddenRecipientsAreToldAndFound() throws {
    let fixture = try JournalFixture(events: 1)
    let key = try PseudonymKey.obtain(path: fixture.scratch.path + "/pseudonym.key").key
    let name = "joe@example.net".withByteView {
      Pseudonyms(key: key, mode: .pseudonymised).address(for: $0, message: .empty)
    }
    fixture.scratch.file(
      "softbounce.yaml", "journal: {directory: \(fixture.directory), recipients: pseudonymised}\n")
    let writer = try JournalWriter(directory: fixture.directory)
    name.withByteView { recipient in
      var event = Event(time: Timestamp(seconds: 1_795_420_100), type: .bounce)
      event.recipient = recipient
      let line = event
      _ = writer.append { $0.add(line) }
    }
    writer.close()
    #expect(fixture.run("stats").output.contains("Recipients are stored under pseudonyms."))
    #expect(fixture.scratch.run(["report"]).output.contains("Recipients are stored under pseudonyms."))
    let found = fixture.scratch.run(["events", "--where", "recipient=Joe@example.net"])
    #expect(found.output.contains("\"recipient\":\"\(name)\""))
    #expect(fixture.scratch.run(["events", "--where", "recipient=ann@example.net"]).status == 1)
    #expect(fixture.run("forget", "joe@example.net").output.hasPrefix("Erased from 1 line in 1 of "))
    #expect(fixture.scratch.run(["events", "--where", "recipient=joe@example.net"]).status == 1)
  }

  /// Without the key no answer is given for one: who stands behind a pseudonym may be the one who was asked for.
  @Test func withoutTheKeyNobodyIsHealthy() throws {
    let fixture = try JournalFixture(events: 1)
    let key = try PseudonymKey.obtain(path: fixture.scratch.path + "/pseudonym.key").key
    let writer = try JournalWriter(directory: fixture.directory)
    for number in 0..<3 {
      let name = "joe\(number)@example.org".withByteView {
        Pseudonyms(key: key, mode: .pseudonymised).address(for: $0, message: .empty)
      }
      name.withByteView { recipient in
        var event = Event(time: Timestamp(seconds: 1_795_420_100), type: .bounce)
        event.direction = .outbound
        event.hop = .external
        event.recipient = recipient
        event.domain = ByteView("example.org")
        event.queueID = ByteView("A1")
        event.cause = .mailboxUnavailable
        event.scope = .recipient
        event.reply = Reply(code: ReplyCode(550), enhanced: nil, text: ByteView("no"))
        let line = event
        _ = writer.append { $0.add(line) }
      }
    }
    writer.close()
    let journal = fixture.directory
    let list = fixture.scratch.file("list.csv", "email\njoe1@example.org\nann@example.net\n")
    let parts = fixture.scratch.path + "/parts"
    let condition = ["--where", "recipient=joe1@example.org"]
    #expect(fixture.scratch.run(["segment", list, journal]).output.contains("joe1@example.org,suppress,"))
    #expect(fixture.scratch.run(["events", journal] + condition).status == 0)
    for isOther in [true, false] {
      rename(fixture.scratch.path + "/pseudonym.key", fixture.scratch.path + "/away\(isOther)")
      if isOther { _ = try PseudonymKey.obtain(path: fixture.scratch.path + "/pseudonym.key") }
      for options in [[], ["--split", parts], ["--format", "json"]] {
        let marked = fixture.scratch.run(["segment", list, journal] + options)
        #expect(marked.status == 3 && marked.output == "")
        #expect(marked.errors.contains("3 of 4 addresses stand under pseudonyms, and without the key"), "\(marked.errors)")
        #expect(marked.errors.contains(isOther ? "DIR/pseudonym.key is another" : "put the key there: DIR/pseudonym.key"))
      }
      #expect(access(parts, F_OK) != 0)
      for command in [
        ["events", journal], ["report", journal], ["journal", "export", journal], ["tail", "--no-follow", journal],
        ["domain", "example.org", journal],
      ] {
        let outcome = fixture.scratch.run(command + condition)
        #expect(outcome.status == 3, "\(command)")
        #expect(outcome.errors.contains("without the key that they were made with"), "\(command): \(outcome.errors)")
        let plain = fixture.scratch.run(command + ["--where", "recipient=ann@example.net"])
        #expect(plain.status != 3 && !plain.errors.contains("key"), "\(command): \(plain.errors)")
      }
    }
  }

  /// A stranger's address that looks like a pseudonym, in a journal that has none, stops nothing.
  @Test func aStrangersTildeIsNoPseudonym() throws {
    let fixture = try JournalFixture(events: 60)
    let writer = try JournalWriter(directory: fixture.directory)
    var event = Event(time: Timestamp(seconds: 1_795_420_100), type: .transientFailure)
    event.direction = .outbound
    event.hop = .external
    event.queueID = ByteView("A1")
    event.recipient = ByteView("~abcdefghijklmnopqrstuvwx@example.org")
    event.cause = .mailboxFull
    let line = event
    _ = writer.append { $0.add(line) }
    writer.close()
    let list = fixture.scratch.file("list.csv", "email\nr1@example.net\n~abcdefghijklmnopqrstuvwx@example.org\n")
    let outcome = fixture.scratch.run(["segment", list, fixture.directory])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("~abcdefghijklmnopqrstuvwx@example.org,healthy,mailbox-full,"))
  }

  /// Where recipients are stored by domain only, nobody can be called healthy.
  @Test func domainsAloneAnswerForNobody() throws {
    let fixture = try JournalFixture(events: 1)
    let directory = fixture.scratch.directory("marks")
    let line = "{\"time\":\"2026-11-23T07:00:00Z\",\"type\":\"bounce\",\"direction\":\"outbound\",\"hop\":\"external\","
      + "\"queue_id\":\"A1\",\"recipient\":\"~abcdefghijklmnop@example.org\",\"domain\":\"example.org\"}\n"
    fixture.scratch.file("marks/00000000000000000000-20270101T000000Z.jsonl", line)
    let list = fixture.scratch.file("list.csv", "email\njoe@example.org\n")
    let marked = fixture.scratch.run(["segment", list, directory])
    #expect(marked.status == 3 && marked.output == "")
    #expect(marked.errors.contains("only the domain is stored"))
    let events = fixture.scratch.run(["events", directory, "--where", "recipient=joe@example.org"])
    #expect(events.status == 3 && events.errors.contains("only the domain is stored"))
  }

  /// A journal that the command line names has its key beside it, not beside this machine's.
  @Test(arguments: ["", "/", "/."]) func theKeyBesideTheJournalThatIsRead(ending: String) throws {
    let fixture = try JournalFixture(events: 1)
    let parent = fixture.scratch.directory("elsewhere")
    let directory = parent + "/journal"
    let key = try PseudonymKey.obtain(path: parent + "/pseudonym.key").key
    let name = "joe@example.net".withByteView {
      Pseudonyms(key: key, mode: .pseudonymised).address(for: $0, message: .empty)
    }
    // The machine's own is another.
    _ = try PseudonymKey.obtain(path: fixture.scratch.path + "/pseudonym.key")
    let writer = try JournalWriter(directory: directory)
    name.withByteView { recipient in
      var event = Event(time: Timestamp(seconds: 1_795_420_100), type: .bounce)
      event.direction = .outbound
      event.hop = .external
      event.recipient = recipient
      event.queueID = ByteView("A1")
      event.cause = .mailboxUnavailable
      event.scope = .recipient
      event.reply = Reply(code: ReplyCode(550), enhanced: nil, text: ByteView("no"))
      let line = event
      _ = writer.append { $0.add(line) }
    }
    writer.close()
    let journal = directory + ending
    let condition = ["--where", "recipient=Joe@example.net"]
    for command in [["events", journal], ["report", journal], ["journal", "export", journal], ["tail", "--no-follow", journal]] {
      let outcome = fixture.scratch.run(command + condition)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
    #expect(fixture.scratch.run(["events", journal, "--where", "recipient=ann@example.net"]).status == 1)
    let list = fixture.scratch.file("list.csv", "email\njoe@example.net\nann@example.net\n")
    let marked = fixture.scratch.run(["segment", list, journal]).output
    #expect(marked.contains("joe@example.net,suppress,") && marked.contains("ann@example.net,healthy,"), "\(marked)")
  }

  @Test func aPlaceWithoutAJournal() {
    let scratch = Scratch()
    let missing = scratch.run(["journal", "stats"])
    #expect(missing.status == 3)
    #expect(missing.errors.contains("no journal in DIR/no-journal; softbounced writes one"))
    let empty = scratch.run(["journal", "stats", scratch.directory("empty")])
    #expect(empty.status == 1)
    #expect(empty.output == "DIR/empty holds no segments.\n")
  }
}

@Suite struct JournalVerifyTests {
  @Test func aSoundJournal() throws {
    let fixture = try JournalFixture()
    let outcome = fixture.run("verify")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("Sound: \(fixture.segments.count) segments, "))
  }

  /// One damage each: named with its file and where in it, and the rest is still read.
  @Test(arguments: ["truncated", "flipped", "missing", "reordered", "not an event", "half a summary"])
  func damageIsNamed(kind: String) throws {
    let fixture = try JournalFixture()
    let names = fixture.segments
    var bytes = fixture.bytes(names[1])
    let expected: String
    switch kind {
    case "truncated":
      fixture.write(names[1], Array(bytes.prefix(bytes.count / 2)))
      expected = "\(names[1]): the summary at the end is cut off or damaged (offset \(bytes.count / 2))"
    case "flipped":
      bytes[60] ^= 0x10
      fixture.write(names[1], bytes)
      expected = "\(names[1]):1: the frame is damaged: its bytes are not as written (offset 0)"
    case "missing":
      unlink(fixture.directory + "/" + names[1])
      expected = " lines before this segment are missing"
    case "reordered":
      fixture.write(names[1], fixture.bytes(names[2]))
      fixture.write(names[2], bytes)
      expected = "\(names[1]): holds the lines from "
    case "not an event":
      let last = names[names.count - 1]
      fixture.write(last, fixture.bytes(last) + Array("{\"time\":1}\n".utf8))
      // Readers take no line that the writer did not call durable; without its word, all whole lines.
      fixture.write("journal.lock", [])
      expected = ": a value of the wrong type or out of range at byte 8 (offset "
    default:
      bytes[bytes.count - 30] ^= 1
      fixture.write(names[1], bytes)
      expected = "\(names[1]): the summary at the end is damaged; the lines are read without it (offset "
    }
    let outcome = fixture.run("verify")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains(expected), "\(outcome.output)")
    #expect(outcome.output.contains("\nDamaged: "))
    let read = outcome.output.split(separator: " ").dropLast().last.map(String.init).flatMap { Int($0) } ?? 0
    #expect(read >= 30, "\(outcome.output)")
    let json = fixture.run("verify", "--format", "json")
    #expect(json.status == 3)
    #expect(json.output.hasPrefix("{\"kind\":\""))
    #expect(json.output.contains("\"offset\":"))
  }
}

/// The segment that is written to has no summary; what its writer noted tells how long it was.
@Suite struct ShortSegmentTests {
  @Test(arguments: [true, false])
  func aCutActiveSegmentIsDamaged(atLine: Bool) throws {
    let fixture = try JournalFixture(events: 20, segmentBytes: 1 << 20)
    let name = try #require(fixture.segments.last)
    let whole = fixture.bytes(name)
    let half = try #require(whole.prefix(whole.count / 2).lastIndex(of: 0x0A)) + (atLine ? 1 : 20)
    fixture.write(name, Array(whole.prefix(half)))
    let expected =
      "\(name): cut off: \(whole.count - half) bytes of the \(whole.count) that were committed are missing (offset \(half))"
    let outcome = fixture.run("verify")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains(expected), "\(outcome.output)")
    #expect(outcome.output.contains("\nDamaged: 1 place in 1 segment, "))
    #expect(!outcome.output.contains("not committed"))
    for command in [["report"], ["report", "--quick"], ["events"], ["recipients"], ["message", "4F2C11A3"], ["domain", "example.net"]] {
      let outcome = fixture.scratch.run(command, paths: fixture.scratch.paths(journal: fixture.directory))
      #expect(outcome.status == 3, "\(command)")
      #expect(outcome.errors.contains(expected), "\(command): \(outcome.errors)")
    }
    for command in [["stats"], ["export"]] {
      let outcome = fixture.scratch.run(["journal"] + command, paths: fixture.scratch.paths(journal: fixture.directory))
      #expect(outcome.status == 3, "\(command)")
      #expect((outcome.errors + outcome.output).contains(expected), "\(command): \(outcome.errors)")
    }
  }

  /// Of a segment that others follow half a line is damage, whether it was sealed or not.
  @Test func aCutSegmentBeforeOthersIsNamed() throws {
    let fixture = try JournalFixture(seal: false)
    let names = fixture.segments
    let bytes = fixture.bytes(names[1])
    fixture.write(names[1], Array(bytes.dropLast(20)))
    let lines = bytes.count { $0 == 0x0A }
    let offset = try #require(bytes.dropLast().lastIndex(of: 0x0A)) + 1
    let outcome = fixture.run("verify")
    #expect(outcome.status == 3)
    let expected = "\(names[1]):\(lines): ends in half a line; lines missing before the next segment: 1 (offset \(offset))"
    #expect(outcome.output.contains(expected), "\(outcome.output)")
    #expect(outcome.output.contains("\(names[2]): 1 lines before this segment are missing"))
    #expect(!outcome.output.contains("not committed"))
  }

  @Test func aSegmentThatIsGoneIsDamage() throws {
    let fixture = try JournalFixture()
    let name = try #require(fixture.segments.last)
    unlink(fixture.directory + "/" + name)
    let outcome = fixture.run("verify")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("\(name): gone, with the "), "\(outcome.output)")
  }

  /// Segments of which the note says nothing, and one that was begun and not yet noted, are judged by their lines alone.
  @Test func aNoteOfAnotherSegmentSaysNothing() throws {
    let fixture = try JournalFixture()
    let next = "00000000000000009999-20991231T235959Z.jsonl"
    fixture.write(next, [])
    #expect(fixture.run("verify").output.hasPrefix("Sound: "))
    let note = String(decoding: fixture.bytes("journal.lock"), as: UTF8.self)
    let parts = note.split(separator: " ")
    fixture.write("journal.lock", Array("\(next) 0 \(parts[2]) 0\n".utf8))
    #expect(fixture.run("verify").output.contains("lines before this segment are missing"))
    unlink(fixture.directory + "/" + next)
    // Of another boot.
    let old = try #require(fixture.segments.last)
    fixture.write("journal.lock", Array("\(old) 99999999 0b5f4d4e-0000-4000-8000-000000000000 99999999\n".utf8))
    #expect(fixture.run("verify").status == 0)
  }
}
