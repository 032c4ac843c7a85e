import Bytes
import SMTPTypes
import Testing

@testable import Journal

/// What is passed over changes nothing in what is read.
struct DepthTests {
  private static let head =
    #"{"time":"2026-03-01T00:00:04Z","type":"delivery","source":"log","host":"mx1","direction":"outbound","hop":"external","#

  /// Lines behind one head, so that each is read as the one before left the decoder.
  private static let lines: [String] = [
    #""attempt":2,"queue_id":"4yRg","first_queue_id":"4yRf","arrival":"2026-03-01T00:00:02Z","message_id":"a@b","user":"u","sender":"s@x.example","recipient":"r@y.example","orig_recipient":"o@y.example","relay":{"host":"mx","address":"192.0.2.1","port":25},"client":{"host":"h","address":"192.0.2.2"},"delay":4.4,"delays":{"before_queue_manager":4,"in_queue_manager":0.06,"connection_setup":0.37,"transmission":0.2},"xdelay":3,"rule":"r","ruleset":"v","reply":{"code":250,"enhanced":"2.0.0","text":"250 2.0.0 taken"},"tags":{"campaign":"c","deferred_for":"5"},"deferred_for":12.5,"offset":7}"#,
    // Nothing of the line before stays.
    #""queue_id":"A"}"#,
    #""attempt":12,"recipient":"r@x.example","deferred_for":3}"#,
    #""attempt":123,"queue_id":"","sender":"","recipient":"r@x.example","rule":"q"}"#,
    // Escapes, blanks, no value, another order, twice.
    #""queue_id":"B","sender":"a\"b@x.example","recipient":"c\u0064@x.example","relay":{"host":"m\"x"},"client":{},"deferred_for":1e2}"#,
    #""queue_id": "C" , "recipient":"r@x.example","delay": 4,"client":{ "host":"h","address":"a"},"deferred_for":4}"#,
    #""queue_id":null,"arrival":null,"recipient":"r@x.example","relay":null,"deferred_for":null,"matched":true}"#,
    #""recipient":"r@x.example","queue_id":"D","deferred_for":5,"relay":{"host":"mx"},"arrival":"2026-03-01T00:00:03Z"}"#,
    #""queue_id":"E","queue_id":"F","recipient":"r@x.example","relay":{"colour":{"a":[1,"}"]},"host":"mx","port":25}}"#,
    #""queue_id":"G","previous_queue_id":"H","arrival":"2026-03-01T01:00:02+01:00","recipient":"r@x.example","state":"s"}"#,
    #""queue_id":"I","colour":{"a":{"b":"}"}},"recipient":"r@x.example","tags":{"t":"}"},"deferred_for":-1}"#,
  ]

  private enum Failure: Error { case notAnEvent }

  private func read(_ text: String, _ decoder: inout EventDecoder, _ depth: EventDecoder.Depth) throws -> Event {
    try text.withByteView { (view: ByteView) throws in
      guard case .event(let event) = try decoder.decode(view, depth: depth) else { throw Failure.notAnEvent }
      return event
    }
  }

  /// Of what `depth` promises, an event as a line.
  private func line(_ event: Event, at depth: EventDecoder.Depth) -> String {
    var event = event
    event.messageID = nil
    event.delay = nil
    event.delays = nil
    event.xdelay = nil
    event.ruleset = nil
    if depth != .counted {
      event.relay = nil
      event.client = nil
    }
    if depth == .end {
      event.rule = nil
      event.reply = nil
      event.tags = []
    }
    return JournalTests.line(event)
  }

  @Test(arguments: [EventDecoder.Depth.counted, .countedWithoutPeers, .end])
  func whatIsWantedIsReadAsInWholeLines(depth: EventDecoder.Depth) throws {
    for remembersHeads in [true, false] {
      var decoder = EventDecoder(remembersHeads: remembersHeads)
      for _ in 0..<3 {
        for text in DepthTests.lines.map({ DepthTests.head + $0 }) + DepthTests.lines.reversed().map({ DepthTests.head + $0 }) {
          var whole = EventDecoder()
          let expected = line(try read(text, &whole, .all), at: depth)
          let found = line(try read(text, &decoder, depth), at: depth)
          #expect(found == expected, "\(text)")
        }
      }
    }
  }

  /// A shallow reading leaves nothing of itself in the next line, however far that is read.
  @Test func depthsMayAlternate() throws {
    var decoder = EventDecoder(remembersHeads: true)
    let depths: [EventDecoder.Depth] = [.recipient, .leading, .all, .recipient, .recipient, .end, .leading, .leading]
    for round in 0..<40 {
      let text = DepthTests.head + DepthTests.lines[round * 7 % DepthTests.lines.count]
      let depth = depths[round % depths.count]
      var fresh = EventDecoder()
      let expected = JournalTests.line(try read(text, &fresh, depth))
      let found = JournalTests.line(try read(text, &decoder, depth))
      #expect(found == expected, "\(depth): \(text)")
    }
  }

  @Test func anArrivalThatIsNoneIsADamage() throws {
    var decoder = EventDecoder(remembersHeads: true)
    let sound = DepthTests.head + DepthTests.lines[0]
    _ = try read(sound, &decoder, .all)
    let damaged = DepthTests.head + #""queue_id":"A","arrival":"yesterday","recipient":"r@x.example","relay":{"host":"mx"}}"#
    for depth in [EventDecoder.Depth.recipient, .end, .counted, .all] {
      #expect(throws: JournalLineError.self) { try read(damaged, &decoder, depth) }
      #expect(decoder.head >= 0)
    }
  }

  // MARK: - Tallies

  @Test(arguments: [
    #"{"a.example":{"attempts":5,"first_attempts":2},"b.example":{"attempts":1}}"#,
    #"{}"#,
    #"{"a\u002eexample": {"attempts" : 5 } , "b.example":{"attempts":1,"colour":{"red":1}}}"#,
  ])
  func cutsThatNobodyWantsLeaveTheOthersAsTheyAre(cut: String) throws {
    let text =
      #"{"time":"2026-03-01T00:01:00Z","type":"tally","host":"mx1","total":{"attempts":6},"by":{"relay":\#(cut),"domain":\#(cut),"tag":\#(cut)},"lines":9}"#
    func counts(_ cuts: Tally.Cuts) throws -> [Int] {
      var decoder = EventDecoder()
      decoder.cuts = cuts
      return try text.withByteView { (view: ByteView) throws in
        guard case .tally(let line) = try decoder.decode(view) else { throw Failure.notAnEvent }
        return [line.tally.total.attempts, line.tally.lines, line.tally.byDomain.count]
          + (0..<line.tally.byDomain.count).map { line.tally.byDomain[$0].attempts }
      }
    }
    let all = try counts(.all)
    #expect(all[0] == 6 && all[1] == 9)
    #expect(try counts(Tally.Cuts([.domain])) == all)
    #expect(try counts(Tally.Cuts([]).union(Tally.Cuts([.domain, .user]))) == all)
  }

  @Test func aDamagedCutIsToldWantedOrNot() {
    let text = #"{"time":"2026-03-01T00:01:00Z","type":"tally","host":"mx1","by":{"relay":{"a":{"attempts":5"},"lines":9}"#
    for cuts in [Tally.Cuts.all, Tally.Cuts([])] {
      var decoder = EventDecoder()
      decoder.cuts = cuts
      #expect(throws: JournalLineError.self) { try text.withByteView { _ = try decoder.decode($0) } }
    }
  }
}
