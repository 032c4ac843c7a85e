import Bytes
import Classification
import Foundation
import Glibc
import Privacy
import SMTPTypes
import Testing

@testable import Journal

/// Lines that name joe@example.net in every way that a journal knows.
private func fill(_ writer: JournalWriter, _ number: Int) {
  let isJoe = number % 7 == 0
  let local = isJoe ? "joe" : "ann\(number)"
  func text(_ text: String, _ body: (ByteView) -> Void) { text.withByteView(body) }
  text("\(isJoe ? "Joe" : local)@example.net") { recipient in
    text("452 4.2.2 <\(local)@example.net>: mailbox of \(local) is full, see https://x/?e=\(local)%40example.net") { reply in
      text("bounce-\(local)=example.net@lists.example.org") { sender in
        text("\(local)@example.net;campaign") { tag in
          var event = Event(time: Timestamp(seconds: 1_700_000_000 + Int64(number)), type: .transientFailure)
          event.source = .log
          event.cause = .mailboxFull
          event.provider = ByteView("example.net")
          event.queueID = ByteView("4F2C")
          event.user = number % 2 == 0 ? recipient : nil
          event.sender = number % 3 == 0 ? sender : recipient
          event.recipient = recipient
          event.originalRecipient = recipient
          event.reply = Reply(code: nil, enhanced: nil, text: reply)
          event.tags = [Event.Tag(name: ByteView("feedback-id"), value: tag)]
          event.count = number
          event.offset = number * 100
          let line = event
          _ = writer.append { $0.add(line) }
        }
      }
    }
  }
  guard number % 10 == 3 else { return }
  var tally = Tally(minute: Timestamp(seconds: 1_700_000_000))
  var counts = Tally.Counts()
  counts.attempts = 5
  text("joe@example.net") { tally.add(counts, to: .user, key: $0) }
  text("mallory@example.net") { tally.add(counts, to: .user, key: $0) }
  tally.total += counts
  var line = ByteBuffer()
  EventEncoder.append(tally, host: ByteView("mx1"), to: &line)
  var decoder = EventDecoder()
  guard case .tally(let again)? = try? decoder.decode(line.view.prefix(line.count - 1)) else { return }
  _ = writer.append { $0.add(again.tally, host: again.host) }
}

/// A journal with sealed and plain segments; its last one holds nothing old.
private func make(_ directory: String, lines: Int = 200, seal: Bool = true) throws {
  var options = JournalWriter.Options()
  options.segmentBytes = 9000
  let writer = try JournalWriter(directory: directory, options: options)
  for number in 0..<lines {
    fill(writer, number)
    if number % 8 == 7 { _ = writer.waitUntilDurable(writer.append { $0.add(gap()) }, timeout: 30) }
    if number == lines * 3 / 4, seal { _ = try JournalKeeper(directory: directory).run() }
  }
  roll(writer)
  writer.close()
}

/// Begins a new segment behind all that was appended.
private func roll(_ writer: JournalWriter) {
  _ = writer.waitUntilDurable(writer.append { $0.add(gap()) }, timeout: 30)
  _ = writer.waitUntilDurable(writer.appendToNewSegment { $0.add(gap()) }, timeout: 30)
}

private func gap() -> Event { Event(time: Timestamp(seconds: 1_700_000_000), type: .gap) }

/// All lines of all files, as zstdcat would give them, with the files' leftovers.
private func everything(_ directory: String) throws -> String {
  var text = ""
  for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() where name != "journal.lock" {
    let path = directory + "/" + name
    if name.hasSuffix(".zst") || name.contains(".zst.") {
      var segment = try SealedSegment(path)
      for frame in segment.frames() { text += String(try segment.lines(of: frame)) }
    } else {
      text += String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
  }
  return text
}

/// What must not change: numbers, types, counts.
private func shape(_ directory: String) throws -> [String] {
  var lines: [String] = []
  let report = try JournalReader(directory: directory).scan { line, position in
    switch line {
    case .event(let event):
      lines.append("\(position.sequence) \(position.line) \(event.type) \(event.time) \(event.count ?? -1)")
    case .tally(let tally): lines.append("\(position.sequence) tally \(tally.tally.byUser.count)")
    default: lines.append("\(position.sequence) other")
    }
  }
  #expect(report.damage == [])
  return lines
}

private func rows(_ directory: String) throws -> [SegmentSummary.Row] {
  try JournalReader(directory: directory).summaries().compactMap(\.summary).flatMap(\.rows)
}

@Suite struct ErasureTests {
  /// True if `text` has the address's local part, other than by chance within a name that stands for it.
  private func named(_ text: String) -> Bool {
    let parts = text.components(separatedBy: "~erased-")
    return ([parts[0]] + parts.dropFirst().map { String($0.dropFirst(16)) }).contains { $0.lowercased().contains("joe") }
  }

  @Test(arguments: [true, false])
  func nothingOfTheAddressIsLeftAndNothingElseChanges(seal: Bool) throws {
    try withDirectory { directory in
      try make(directory, seal: seal)
      let before = (try shape(directory), try rows(directory))
      let names = try SegmentName.list(directory)
      #expect(names.contains { $0.isSealed } == seal)
      #expect(try everything(directory).lowercased().contains("joe@example.net"))
      let erasure = try Erasure.begin("JOE@Example.net", directory: directory, key: nil)
      let rehearsal = try JournalEraser(directory: directory).run([erasure], isRehearsal: true)
      #expect(try shape(directory) == before.0)
      let report = try JournalEraser(directory: directory).run([erasure])
      #expect(report.failures == [])
      #expect(report.lines == rehearsal.lines && report.lines >= 29 + 20)
      #expect(report.linesSince == 0)
      try erasure.finish()
      let left = try everything(directory)
      #expect(!named(left))
      #expect(left.contains("mailbox of \(erasure.address.replacement) is full"))
      #expect(left.contains("ann5@example.net") && left.contains("mallory@example.net"))
      #expect(left.contains("bounce-\(erasure.address.replacement)=example.net@lists.example.org"))
      #expect(try shape(directory) == before.0)
      #expect(try rows(directory) == before.1)
      #expect(try SegmentName.list(directory) == names)
      #expect(try JournalVerifier(directory: directory).verify().damage == [])
      #expect(try JournalEraser(directory: directory).run([erasure]).lines == 0)
      let files = try FileManager.default.contentsOfDirectory(atPath: directory)
      #expect(!files.contains { $0.hasSuffix(".partial") || $0.hasSuffix(".pending") })
    }
  }

  /// Killed at any of its calls, it leaves a journal that is whole; made again, the request is finished with the same
  /// name in the address's place.
  @Test func aCrashAtAnyMomentLeavesAWholeJournalAndCanBeMadeGood() throws {
    try withDirectory { master in
      try make(master, lines: 100)
      let before = try shape(master)
      var crashes = 0
      var half = 0
      var call = 0
      while true {
        let directory = master + "-\(call)"
        try FileManager.default.copyItem(atPath: master, toPath: directory)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let disk = DyingDisk(after: call)
        var token = ""
        do {
          let erasure = try Erasure.begin("joe@example.net", directory: directory, key: nil, calls: disk.calls)
          token = erasure.address.replacement
          _ = try JournalEraser(directory: directory, calls: disk.calls).run([erasure])
          try erasure.finish(disk.calls)
        } catch {
          #expect(disk.isDead)
        }
        #expect(try shape(directory) == before)
        guard disk.isDead else { break }
        crashes += 1
        let left = try everything(directory)
        if left.contains("~erased-"), left.contains("joe@") { half += 1 }
        let again = try Erasure.begin("joe@example.net", directory: directory, key: nil)
        if left.contains("~erased-") { #expect(again.address.replacement == token) }
        #expect(try JournalEraser(directory: directory).run([again]).failures == [])
        try again.finish()
        let after = try everything(directory)
        #expect(!named(after))
        #expect(try shape(directory) == before)
        #expect(try JournalVerifier(directory: directory).verify().damage == [])
        let tokens = Set(after.components(separatedBy: "~erased-").dropFirst().map { String($0.prefix(16)) })
        #expect(tokens.count == 1)
        call += 1
      }
      print("erasure: killed at each of \(crashes) calls, \(half) of them between two segments; none lost or damaged")
      #expect(crashes > 40 && half > 5)
    }
  }

  /// Each call fails once with each error: the request reports it, or the call did not matter; a second one finishes.
  @Test(arguments: FaultyDisk.Call.allCases, [ENOSPC, EIO, EMFILE, EACCES])
  func aFaultIsToldAndMadeGood(call: FaultyDisk.Call, error: Int32) throws {
    try withDirectory { directory in
      try make(directory, lines: 60)
      let before = try shape(directory)
      for after in [0, 1, 2, 5, 9, 14] {
        let disk = FaultyDisk([.init(call: call, errno: error, after: after)])
        if let erasure = try? Erasure.begin("joe@example.net", directory: directory, key: nil, calls: disk.calls) {
          _ = try? JournalEraser(directory: directory, calls: disk.calls).run([erasure])
        }
        #expect(try shape(directory) == before)
      }
      let erasure = try Erasure.begin("joe@example.net", directory: directory, key: nil)
      #expect(try JournalEraser(directory: directory).run([erasure]).failures == [])
      try erasure.finish()
      #expect(try !named(everything(directory)))
      #expect(try shape(directory) == before)
    }
  }

  /// A frame that can't be unpacked can't be searched: it is named, and the rest is done.
  @Test func damageIsNamedAndTheRestIsErased() throws {
    try withDirectory { directory in
      try make(directory)
      let names = try SegmentName.list(directory).filter(\.isSealed)
      let path = directory + "/" + names[0].fileName
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes[30] ^= 0x41
      try bytes.write(to: URL(fileURLWithPath: path))
      let erasure = try Erasure.begin("joe@example.net", directory: directory, key: nil)
      let report = try JournalEraser(directory: directory).run([erasure])
      #expect(report.failures == ["\(path): the frame at 0 is damaged and was not searched"])
      #expect(report.segments > 2)
    }
  }

  @Test func pseudonymsOfTheAddressAreFoundWithTheKey() throws {
    try withDirectory { directory in
      let key = try PseudonymKey.obtain(path: directory + "/key").key
      let writer = try JournalWriter(directory: directory + "/journal")
      for mode in [AddressMode.pseudonymised, .domainOnly] {
        let redactor = EventRedactor(Pseudonyms(key: key, mode: mode))
        for (index, recipient) in ["joe@example.net", "ann@example.net"].enumerated() {
          recipient.withByteView { recipient in
            var event = Event(time: Timestamp(seconds: 1_700_000_000), type: .bounce)
            event.queueID = ByteView("4F2C")
            event.recipient = recipient
            event.count = index
            redactor.redact(event) { redacted in
              let line = copy redacted
              _ = writer.append { $0.add(line) }
            }
          }
        }
      }
      roll(writer)
      writer.close()
      let erasure = try Erasure.begin("joe@example.net", directory: directory + "/journal", key: key)
      let report = try JournalEraser(directory: directory + "/journal").run([erasure])
      #expect(report.lines == 2)
    }
  }

  /// Whichever way an address is spelt in the request, it goes in all ways in which the journal has it, and no other does.
  @Test(
    arguments: [
      ("user@müller.example", ["User@MÜLLER.example", "user@xn--mller-kva.example", "<user@mu\u{308}ller.example>: full"], ["user@muller.example"]),
      ("user@xn--mller-kva.example", ["user@müller.example", "b-user=MÜLLER.example@l.example"], ["xuser@müller.example"]),
      ("JÖRG@x.example", ["jörg@x.example", "\"Jörg\"@X.example", "b-jÖRG=x.example@l.example"], ["jorg@x.example"]),
      ("\"john\\ doe\"@x.example", ["john doe@x.example", "\"John Doe\"@x.example"], ["doe@x.example"]),
      ("john doe@x.example", ["\"john doe\"@x.example"], ["john.doe@x.example"]),
      ("\"joe\"@x.example", ["joe@x.example"], ["joel@x.example"]),
      ("john@home@x.example", ["\"john@home\"@x.example"], ["home@x.example"]),
      ("\"a\\\"b\"@x.example", ["\"a\\\"b\"@x.example"], ["ab@x.example"]),
      ("\"a\tb\"@x.example", ["\"a\tb\"@x.example"], ["b@x.example"]),
      ("ann@例え.テスト", ["ann@例え.テスト", "ann@xn--r8jz45g.xn--zckzah"], ["ann@xn--zckzah"]),
      ("ö@例え.テスト", ["Ö@例え.テスト"], ["ö@例.テスト"]), ("\u{212A}@x.example", ["\u{212A}@x.example"], ["k@x.example"]),
      ("a&b@x.example", ["a&b@x.example"], ["b@x.example"]), ("o'brien@x.example", ["O'Brien@x.example"], ["brien@x.example"]),
    ])
  func allSpellingsGo(_ asked: String, _ named: [String], _ others: [String]) throws {
    try withDirectory { directory in
      let writer = try JournalWriter(directory: directory)
      for (index, text) in (named + others).enumerated() {
        text.withByteView { text in
          var event = Event(time: Timestamp(seconds: 1_700_000_000), type: .bounce)
          if text.firstIndex(of: 0x3C) != nil { event.note = text } else { event.recipient = text }
          event.count = index
          let line = event
          _ = writer.append { $0.add(line) }
        }
      }
      roll(writer)
      writer.close()
      // As a running sidecar is told it.
      var request = ErasureRequest(stage: .begin)
      request.addresses = [(asked, "~erased-abcdefghijklmnop")]
      try request.post(in: directory)
      let told = try #require(ErasureRequest.read(in: directory)?.addresses.first)
      ErasureRequest.remove(from: directory)
      #expect(told.address == asked)
      let erasure = Erasure(address: told.address, replacement: told.replacement, key: nil)
      let report = try JournalEraser(directory: directory).run([erasure])
      #expect(report.lines == named.count && report.failures == [])
      var left: [String] = []
      _ = try JournalReader(directory: directory).scan { line, _ in
        switch line {
        case .event(let event):
          if let text = event.recipient ?? event.note { left.append(String(text)) }
        default: break
        }
      }
      #expect(left.prefix(named.count).allSatisfy { $0.contains("~erased-abcdefghijklmnop") }, "\(left)")
      #expect(Array(left.suffix(others.count)) == others)
    }
  }

  /// Marks of one address in several messages told nothing of each other, and what takes their places does not either.
  @Test func eachMarkGetsANameOfItsOwn() throws {
    try withDirectory { directory in
      let key = try PseudonymKey.obtain(path: directory + "/key").key
      let redactor = EventRedactor(Pseudonyms(key: key, mode: .domainOnly))
      let writer = try JournalWriter(directory: directory + "/journal")
      for message in ["4F2C", "4F2D", "4F2C"] {
        message.withByteView { message in
          var event = Event(time: Timestamp(seconds: 1_700_000_000), type: .bounce)
          event.queueID = message
          event.recipient = ByteView("joe@example.net")
          redactor.redact(event) { redacted in
            let line = copy redacted
            _ = writer.append { $0.add(line) }
          }
        }
      }
      roll(writer)
      writer.close()
      let erasure = try Erasure.begin("joe@example.net", directory: directory + "/journal", key: key)
      #expect(try JournalEraser(directory: directory + "/journal").run([erasure]).lines == 3)
      var names: [String] = []
      _ = try JournalReader(directory: directory + "/journal").scan { line, _ in
        switch line {
        case .event(let event): if let recipient = event.recipient { names.append(String(recipient)) }
        default: break
        }
      }
      #expect(names.count == 3 && Set(names).count == 2)
      #expect(names.first == names.last)
      for name in names {
        #expect(name.hasSuffix("@example.net") && name != erasure.address.replacement + "@example.net")
        #expect(name.withByteView { Pseudonyms.isErased($0.prefix($0.count - 12)) })
      }
      // Made again, nothing is left to do.
      #expect(try JournalEraser(directory: directory + "/journal").run([erasure]).lines == 0)
    }
  }

  /// Lines that this version does not know, and lines that are none, are searched too.
  @Test func anyLineIsSearched() throws {
    let erasure = Erasure(address: "joe@example.net", replacement: "~erased-x", key: nil)
    var eraser = LineEraser([erasure])
    let lines = [
      #"{"time":"2026-11-23T09:00:00Z","type":"new","list":["a",{"to":"joe\u0040example.net"}],"n":1.5,"joe@example.net":2}"#:
        #"{"time":"2026-11-23T09:00:00Z","type":"new","list":["a",{"to":"~erased-x@example.net"}],"n":1.5,"~erased-x@example.net":2}"#,
      #"torn {"recipient":"joe@example.net","te"#: #"torn {"recipient":"~erased-x@example.net","te"#,
      #"joe@example.net"#: #"~erased-x@example.net"#,
      #"{"note":"joe, jo, joel: joe@example.net \"x\""}"#:
        #"{"note":"~erased-x, jo, joel: ~erased-x@example.net \"x\""}"#,
      #"{"note":"joe alone"}"#: #"{"note":"joe alone"}"#,
    ]
    for (line, expected) in lines {
      var output = ByteBuffer()
      let count = (line + "\n").withByteView { eraser.erase($0, to: &output) }
      #expect(String(output.view) == expected + "\n")
      #expect(count == (line == expected ? 0 : 1))
    }
  }
}
