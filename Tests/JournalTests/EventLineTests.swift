import Bytes
import Classification
import Foundation
import SMTPTypes
import Testing

@testable import Journal

@Suite struct EventLineTests {
  /// An event with every field set.
  static func full() -> Event {
    var event = Event(time: time("2026-11-23T17:59:48.123456Z"), type: .transientFailure)
    event.source = .log
    event.host = ByteView("mx1.example.org")
    event.instance = ByteView("postfix-out")
    event.service = ByteView("smtp")
    event.direction = .outbound
    event.hop = .external
    event.cause = .rateLimited
    event.scope = .sender
    event.origin = .remote
    event.provider = ByteView("gmail")
    event.domain = ByteView("gmail.com")
    event.status = EnhancedStatusCode(4, 7, 28)
    event.stage = .endOfData
    event.attempt = 3
    event.queueID = ByteView("4Zg1Xk2Lz9")
    event.firstQueueID = ByteView("4Zg1Xk2Kw5")
    event.previousQueueID = ByteView("4Zg1Xk2L01")
    event.arrival = time("2026-11-23T17:00:00Z")
    event.messageID = ByteView("<a@b>")
    event.user = ByteView("shop")
    event.sender = ByteView("")
    event.recipient = ByteView("a@gmail.com")
    event.originalRecipient = ByteView("b@example.org")
    event.relay = Relay(host: ByteView("mx.google.com"), address: ByteView("192.0.2.1"), port: 25)
    event.client = Event.Client(host: ByteView("unknown"), address: ByteView("2001:db8::1"))
    event.delay = 3588.12
    event.delays = Event.Delays(beforeQueueManager: 0.05, inQueueManager: 3580, connectionSetup: 1.5, transmission: 0)
    event.xdelay = 12
    event.retryAfter = 300
    event.rule = ByteView("gmail-unusual-rate")
    event.ruleset = ByteView("2026.11")
    event.reply = Reply(code: ReplyCode(421), enhanced: EnhancedStatusCode(4, 7, 28), text: ByteView("421 \"no\"\\\t"))
    event.tags = [Event.Tag(name: ByteView("campaign"), value: ByteView("spring\n"))]
    event.deferredFor = 12.5
    event.count = 7
    event.state = ByteView("firing")
    event.key = ByteView("gmail")
    event.note = ByteView("a note")
    event.matched = false
    event.offset = 1_234_567
    event.more = true
    return event
  }

  @Test func everyFieldSurvives() throws {
    let text = line(Self.full())
    #expect(text.hasSuffix("}\n"))
    #expect(text.filter { $0 == "\n" }.count == 1)
    try withEvent(text.withoutNewline) { event in
      #expect(line(event) == text)
      #expect(event.time.fractionDigits == 6)
      #expect(event.tags.count == 1)
      #expect(event.sender?.isEmpty == true)
      #expect(event.reply.map { String($0.text) } == "421 \"no\"\\\t")
      #expect(event.delays == Self.full().delays)
      #expect(event.xdelay == 12)
    }
  }

  /// Parts of a delay that are written as they were read, and what is left to be read as numbers.
  @Test(arguments: [
    ("0.11/0.03/0.23/0.19", true), ("2.4/0/1.9/2", true), ("677/12.000001/0/123456789.5", true), ("0.1/0/0", false),
    ("0.1/0/0/0/0", false), ("0.1/0/0/", false), ("00/0/0/0", false), ("0.10/0/0/0", false), ("0./0/0/0", false),
    (".5/0/0/0", false), ("1e3/0/0/0", false), ("-1/0/0/0", false), ("1234567890/0/0/0", false),
    ("0.1234567/0/0/0", false), ("", false), ("0/0/0/0\"", false),
  ])
  func delaysAreWrittenAsTheyWereRead(text: String, isTaken: Bool) throws {
    try text.withByteView { text in
      let delays = Event.Delays(asWritten: text)
      #expect((delays != nil) == isTaken)
      guard let delays else { return }
      var event = Event(time: time("2026-11-23T17:59:48Z"), type: .transientFailure)
      event.delays = delays
      let written = line(event)
      event.delays = Event.Delays(
        beforeQueueManager: delays.beforeQueueManager, inQueueManager: delays.inQueueManager,
        connectionSetup: delays.connectionSetup, transmission: delays.transmission)
      #expect(line(event) == written)
      try withEvent(written.withoutNewline) { #expect($0.delays == delays) }
    }
  }

  @Test func keysStandInTheOrderOfTheirNames() throws {
    let text = line(Self.full())
    var rest = text[...]
    for key in EventKey.allCases {
      let found = try #require(rest.range(of: "\"\(key)\":"), "\(key) is missing or out of order")
      rest = rest[found.upperBound...]
    }
  }

  @Test func absentFieldsAreLeftOut() {
    let event = Event(time: time("2026-11-23T17:59:48Z"), type: .gap)
    #expect(line(event) == "{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\"}\n")
  }

  /// Whatever bytes a log held, the line is JSON that another reader takes.
  @Test(arguments: [
    ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xC3], "\u{FFFD}"), ([0xC3, 0xA9], "é"), ([0xE2, 0x82], "\u{FFFD}\u{FFFD}"),
    ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xF0, 0x9F, 0x98, 0x80], "😀"), ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
    ([0x00, 0x1B, 0x5B, 0x7F], "\u{0}\u{1B}[\u{7F}"), ([0xC2, 0x9B], "\u{9B}"), ([0x22, 0x5C, 0x0A, 0x0D, 0x09], "\"\\\n\r\t"),
    ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"), (Array(repeating: 0x78, count: 70), String(repeating: "x", count: 70)),
    (Array(repeating: 0x78, count: 15) + [0x22] + Array(repeating: 0x78, count: 40), String(repeating: "x", count: 15) + "\"" + String(repeating: "x", count: 40)),
  ] as [([UInt8], String)])
  func hostileBytesBecomeJSON(bytes: [UInt8], expected: String) throws {
    let text = bytes.withUnsafeBufferPointer { buffer in
      var event = Event(time: time("2026-11-23T17:59:48Z"), type: .gap)
      event.note = ByteView(buffer)
      return line(event)
    }
    #expect(text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x0A })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String])
    #expect(object["note"] == expected)
    try withEvent(text.withoutNewline) { event in #expect(event.note.map { String($0) } == expected) }
  }

  @Test func aLongTextIsCutAtACharacter() throws {
    let long = String(repeating: "é", count: EventEncoder.textLimit)
    try long.withByteView { view throws in
      var event = Event(time: time("2026-11-23T17:59:48Z"), type: .gap)
      event.note = view.from(1)
      try withEvent(line(event).withoutNewline) { event in
          #expect(event.note.map { $0.count } ?? 0 <= EventEncoder.textLimit + 2)
          #expect(event.note?.hasSuffix("é") == true)
        }
    }
  }

  /// More than the room that is tried first holds, of bytes that take up most.
  @Test(arguments: [100, 1_000, 3_000, 8_192])
  func manyLongTextsAreWrittenWhole(count: Int) throws {
    let quotes = String(repeating: "\u{1}", count: count)
    try quotes.withByteView { view throws in
      var event = Event(time: time("2026-11-23T17:59:48Z"), type: .transientFailure)
      event.host = view
      event.recipient = view
      event.sender = view
      event.messageID = view
      event.relay = Relay(host: view, address: view)
      event.reply = Reply(text: view)
      event.note = view
      event.tags = (0..<EventEncoder.tagLimit).map { _ in Event.Tag(name: view, value: view) }
      let text = line(event)
      #expect(text.utf8.count > count * 6 * (8 + 2 * EventEncoder.tagLimit))
      try withEvent(text.withoutNewline) { event in
        for read in [event.host, event.recipient, event.sender, event.messageID, event.relay?.host, event.note] {
          #expect(read == view)
        }
        #expect(event.relay?.address == view)
        #expect(event.reply?.text == view)
        #expect(event.tags.count == EventEncoder.tagLimit)
        #expect(event.tags.allSatisfy { $0.name == view && $0.value == view })
      }
    }
  }

  @Test(arguments: [
    ("\\u00e9", "é"), ("\\ud83d\\ude00", "😀"), ("\\ud83d", "\u{FFFD}"), ("\\ude00x", "\u{FFFD}x"),
    ("\\ud83d\\u0041", "\u{FFFD}A"), ("\\/\\b\\f\\n\\r\\t\\\"\\\\", "/\u{8}\u{c}\n\r\t\"\\"), ("\\u0000", "\u{0}"),
    ("\\u20AC", "€"),
  ])
  func escapesAreRead(raw: String, expected: String) throws {
    try withEvent("{\"type\":\"gap\",\"note\":\"\(raw)\",\"time\":\"2026-11-23T17:59:48Z\"}") { event in
        #expect(event.note.map { String($0) } == expected)
      }
  }

  @Test func anyOrderUnknownKeysAndWhiteSpace() throws {
    let text = """
       { "x" : {"a":[1,{"b":null}],"c":"}"} , "reply":{"text":"t","new":[true],"code":450}, "cause":"greylisted","tags":{ },
      "more":true,"type":"rejection","attempt":2e0,"cause":null,"scope":"galaxy","delay":0.25, "time":"2026-11-23T17:59:48+01:00"}
      """.replacing("\n", with: " ")
    for depth in [EventDecoder.Depth.all, .leading] {
      try withEvent(text, depth: depth) { event in
          #expect(event.type == .rejection)
          #expect(event.cause == .greylisted)
          #expect(event.scope == nil)
          #expect(event.attempt == 2)
          #expect(event.time == time("2026-11-23T16:59:48Z"))
          #expect(event.delay == 0.25)
        }
    }
  }

  @Test func leadingStopsEarlyAndAgrees() throws {
    let text = line(Self.full()).withoutNewline
    try withEvent(text, depth: .leading) { event in
        #expect(event.cause == .rateLimited)
        #expect(event.provider.map { $0 == "gmail" } == true)
        #expect(event.attempt == 3)
        #expect(event.queueID == nil)
      }
  }

  @Test(arguments: [
    ("", JournalLineError.Reason.notAnObject), ("[]", .notAnObject), ("{}", .missingTime),
    ("{\"time\":\"2026-11-23T17:59:48Z\"}", .missingType), ("{\"type\":\"gap\"}", .missingTime),
    ("{\"time\":\"yesterday\",\"type\":\"gap\"}", .wrongType), ("{\"time\":5,\"type\":\"gap\"}", .wrongType),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\"", .unexpectedByte),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\"}}", .unexpectedByte),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"note\":\"x", .unterminatedText),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"note\":\"\\x\"}", .badEscape),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"note\":\"\\u12\"}", .badEscape),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"attempt\":\"x\"}", .wrongType),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"x\":nope}", .badValue),
    ("{\"time\":\"2026-11-23T17:59:48Z\" \"type\":\"gap\"}", .unexpectedByte),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"x\":\(String(repeating: "[", count: 100_000))}", .tooDeep),
    // What Swift's own readers of numbers take.
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"attempt\":452\u{0}\u{0}}", .wrongType),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"delay\":4.5\u{0}}", .wrongType),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"gap\",\"reply\":{\"code\":0x1C2}}", .wrongType),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"tally\",\"total\":{\"attempts\":-1}}", .wrongType),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"checkpoint\",\"offset\":-1}", .wrongType),
    ("{\"time\":\"2026-11-23T17:59:48Z\",\"type\":\"checkpoint\",\"source\":\"log\"}", .missingOffset),
  ])
  func damageIsNamed(text: String, reason: JournalLineError.Reason) {
    #expect(throws: JournalLineError.self) {
      do {
        _ = try withEvent(text) { _ in }
      } catch let error as JournalLineError {
        #expect(error.reason == reason, "\(error)")
        throw error
      }
    }
  }

  /// Every prefix and every single changed byte of a line either decodes or throws; under the address sanitiser this
  /// shows that nothing beyond the line is read.
  @Test func mutilatedLinesNeverTrap() {
    let whole = Array(line(Self.full()).utf8.dropLast())
    var decoder = EventDecoder()
    for length in 0...whole.count {
      let copy = Array(whole[..<length])
      copy.withUnsafeBufferPointer { buffer in _ = try? decoder.decode(ByteView(buffer)) }
    }
    for index in whole.indices {
      for byte in [0x00, 0x22, 0x5C, 0x7B, 0x7D, 0x39, 0x2D, 0xFF] as [UInt8] {
        var copy = whole
        copy[index] = byte
        copy.withUnsafeBufferPointer { buffer in
          _ = try? decoder.decode(ByteView(buffer))
          _ = try? decoder.decode(ByteView(buffer), depth: .leading)
        }
      }
    }
  }

  @Test func talliesAndCheckpointsSurvive() throws {
    var tally = Tally(minute: time("2026-11-23T17:59:00Z"))
    tally.total.attempts = 5
    tally.total.deliveries = 3
    tally.total.firstDeferred = 2
    if let index = tally.byProvider.insert(ByteView("gma\"il"), default: Tally.Counts()) { tally.byProvider[index].attempts = 5 }
    if let index = tally.byTag.insert(ByteView("a=b"), default: Tally.Counts()) { tally.byTag[index].bounces = 1 }
    if let index = tally.rejections.insert(ByteView("greylisted/rcpt"), default: 9) { tally.rejections[index] = 9 }
    tally.delayHistogram[7] = 4
    tally.internalHops.deliveries = 8
    tally.suspended = 2
    tally.lines = 100
    tally.unknownLines = 1
    var buffer = ByteBuffer()
    EventEncoder.append(tally, host: ByteView("mx"), more: true, to: &buffer)
    _ = try JSONSerialization.jsonObject(with: Data(buffer.view.buffer))
    var decoder = EventDecoder()
    switch try decoder.decode(buffer.view.prefix(buffer.count - 1)) {
    case .tally(let line):
      var again = ByteBuffer()
      EventEncoder.append(line.tally, host: line.host, more: decoder.hasMore, to: &again)
      #expect(String(again.view) == String(buffer.view))
      #expect(line.tally.byProvider[ByteView("gma\"il")]?.attempts == 5)
    default: Issue.record("no tally")
    }

    let checkpoint = Checkpoint(
      time: time("2026-11-23T17:59:00Z"), source: .log, host: "mx", path: "/var/log/mail\"log", file: "00ff/4096",
      inode: .max, device: 64_768, offset: 99, written: 120)
    buffer.removeAll()
    EventEncoder.append(checkpoint, to: &buffer)
    switch try decoder.decode(buffer.view.prefix(buffer.count - 1)) {
    case .checkpoint(let read): #expect(read == checkpoint)
    default: Issue.record("no checkpoint")
    }
  }
}
