import Bytes
import Glibc
import Journal
import SMTPTypes
import Testing

@testable import SoftbounceCommands

@Suite struct JournalForgetTests {
  @Test func anAddressIsErasedEverywhere() throws {
    let fixture = try JournalFixture()
    let spool = fixture.scratch.directory("spool")
    fixture.scratch.file(
      "spool/identities.jsonl",
      "{\"time\":\"2026-11-23T09:00:00Z\",\"type\":\"message\",\"queue_id\":\"4F\",\"sender\":\"r7@example.net\"}\n")
    let dry = fixture.run("forget", "r7@example.net", "--dry-run")
    #expect(dry.status == 0)
    #expect(dry.output == "It is named by 1 line in 1 of 6 segments. Nothing was changed.\n")
    let outcome = fixture.run("forget", "R7@example.net")
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(outcome.output == "Erased from 1 line in 1 of 7 segments.\n")
    let events = fixture.run("export").output
    #expect(!events.contains("r7@"))
    #expect(events.contains("\"recipient\":\"~erased-"))
    #expect(events.split(separator: "\n").count == 63)
    #expect(events.contains("\"type\":\"erasure\",\"count\":1,\"state\":\"done\",\"note\":\"an address was erased on"))
    let kept = String(decoding: fixture.bytes("../spool/identities.jsonl"), as: UTF8.self)
    #expect(kept.contains("~erased-") && !kept.contains("r7@"))
    #expect(access(spool + "/identities.jsonl.partial", F_OK) != 0)
    #expect(fixture.run("verify").status == 0)
    // Again: there is nothing left, and nobody's address stands in a request.
    let again = fixture.run("forget", "r7@example.net", "--format", "json")
    #expect(again.status == 1)
    #expect(again.output.hasPrefix("{\"lines\":0,\"segments\":0,"))
    #expect(fixture.run("stats", "--format", "json").output.contains("\"unfinished_erasures\": 0"))
    #expect(access(fixture.directory + "/erasure.request", F_OK) != 0)
  }

  /// Whether a pseudonym is of the address, only the key can tell.
  @Test func pseudonymsWithoutTheirKey() throws {
    let fixture = try JournalFixture()
    let journal = fixture.scratch.directory("other")
    fixture.scratch.file(
      "other/00000000000000000000-20270101T000000Z.jsonl",
      "{\"time\":\"2027-01-01T00:00:00Z\",\"type\":\"bounce\",\"direction\":\"outbound\",\"queue_id\":\"A\","
        + "\"recipient\":\"~abcdefghijklmnopqrstuvwx@Pseudo.example\",\"orig_recipient\":\"~joe.x@example.org\"}\n")
    let other = fixture.run("forget", "joe@example.org", "--dry-run", "--journal", journal)
    #expect(other.status == 1 && !other.errors.contains("pseudonyms"))
    let outcome = fixture.run("forget", "joe@pseudo.example", "--dry-run", "--journal", journal)
    #expect(outcome.status == 3 && outcome.output == "Nothing names it.\n")
    #expect(outcome.errors.contains("there is no key, and the journal has pseudonyms in that domain"))
    #expect(outcome.errors.contains("pseudonym.key"))
  }

  /// A writer that does not answer is named, with what to do; nothing of the request stays.
  @Test func aWriterThatDoesNotAnswer() throws {
    let fixture = try JournalFixture()
    let writer = try JournalWriter(directory: fixture.directory)
    defer { writer.close() }
    var forgetting = Forgetting(
      directory: fixture.directory, spool: fixture.scratch.path + "/spool",
      console: Console(now: Timestamp(seconds: 1_795_429_800)))
    forgetting.patience = 0.1
    let error = #expect(throws: ForgettingError.self) {
      try forgetting.run(["r7@example.net"], key: nil, isRehearsal: false)
    }
    #expect(error?.description.contains("systemctl stop softbounced") == true)
    #expect(access(fixture.directory + "/erasure.request", F_OK) != 0)
    #expect(fixture.run("stats").output.contains("1 request to forget an address did not finish"))
    writer.close()
    #expect(fixture.run("forget", "r7@example.net").status == 0)
    #expect(fixture.run("stats", "--format", "json").output.contains("\"unfinished_erasures\": 0"))
  }

  @Test(arguments: ["joe", "@example.net", "joe@", "joe@.", "<joe@example.net>", "Joe <joe@example.net>", ""])
  func whatIsNoAddress(address: String) {
    let outcome = Scratch().run(["journal", "forget", address])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("no address"))
  }

  /// Whatever stands in the journal can be named.
  @Test(
    arguments: [
      ("\"john doe\"@s.example", "\\\"John Doe\\\"@s.example"), ("john doe@s.example", "\\\"john doe\\\"@s.example"),
      ("\"john\\ doe\"@s.example", "john doe@s.example"), ("\"a<b>\"@s.example", "\\\"a<b>\\\"@s.example"),
      ("USER@müller.example", "user@xn--mller-kva.example"), ("user@xn--mller-kva.example", "user@MÜLLER.example"),
      ("JÖRG@s.example", "jörg@s.example"), ("\u{7F}a\u{1}@s.example", "\u{7F}a\\u0001@s.example"),
      ("a@[192.0.2.1]", "a@[192.0.2.1]"), ("~pseudo@s.example", "~pseudo@s.example"),
    ])
  func whateverStandsThereIsNamed(_ asked: String, _ stored: String) {
    let scratch = Scratch()
    let journal = scratch.directory("journal")
    scratch.file(
      "journal/00000000000000000000-20270101T000000Z.jsonl",
      "{\"time\":\"2027-01-01T00:00:00Z\",\"type\":\"bounce\",\"recipient\":\"\(stored)\"}\n")
    let rehearsal = scratch.run(["journal", "forget", asked, "--dry-run", "--journal", journal])
    #expect(rehearsal.output == "It is named by 1 line in 1 of 1 segments. Nothing was changed.\n", "\(rehearsal.errors)")
    #expect(scratch.run(["journal", "forget", asked, "--journal", journal]).status == 0)
    let left = scratch.text("journal/00000000000000000000-20270101T000000Z.jsonl") ?? ""
    #expect(left.contains("\"recipient\":\"~erased-"), "\(left)")
  }

  /// Whoever gives the journal as other commands take it is told how it is named here.
  @Test func aDirectoryIsNoAddress() throws {
    let fixture = try JournalFixture(events: 1)
    let outcome = fixture.scratch.run(["journal", "forget", "joe@example.net", fixture.directory])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.contains(
        "DIR/journal: a directory, not an address; the journal is named with --journal DIR/journal"), "\(outcome.errors)")
  }

  @Test func noJournal() {
    let outcome = Scratch().run(["journal", "forget", "joe@example.net"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("no journal in DIR/no-journal"))
    #expect(access("/nonexistent", F_OK) != 0)
  }
}
