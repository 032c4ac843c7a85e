import Bytes
import Classification
import SMTPTypes
import Testing

@testable import Journal

/// A decoder that remembers how lines began says what one that does not says, whatever the lines.
struct HeadMemoryTests {
  private static let tail =
    #""attempt":2,"queue_id":"4yRg","arrival":"2026-03-01T00:00:02Z","message_id":"a@b","sender":"s@x.example","recipient":"r@y.example","relay":{"host":"mx","address":"192.0.2.1","port":25},"delay":4.4,"delays":{"before_queue_manager":4,"in_queue_manager":0.06,"connection_setup":0.37,"transmission":0.2},"rule":"r","ruleset":"v","reply":{"code":450,"enhanced":"4.2.1","text":"later"},"tags":{"campaign":"c"},"offset":7}"#

  private static let lines: [String] = [
    #"{"time":"2026-03-01T00:00:04Z","type":"transient-failure","source":"log","host":"mx1","instance":"postfix","service":"smtp","direction":"outbound","hop":"external","cause":"dns-failure","scope":"domain","origin":"transport","provider":"google","domain":"gmail.com","status":"4.4.3","stage":"rcpt","#
      + tail,
    #"{"time":"2026-03-01T00:00:05.25Z","type":"delivery","source":"log","host":"mx1","service":"smtp","direction":"outbound","#
      + tail,
    // Without an attempt; with an escape in the head; with keys that nobody knows; of an unknown type.
    #"{"time":"2026-03-01T00:00:06Z","type":"expiration","host":"mx1","cause":"greylisted","queue_id":"A","recipient":"r@x"}"#,
    #"{"time":"2026-03-01T00:00:07Z","type":"bounce","host":"m\"x,\"a","provider":"p","queue_id":"A"}"#,
    #"{"time":"2026-03-01T00:00:08Z","type":"bounce","colour":"red","host":"mx1","queue_id":"A","host":"mx2"}"#,
    #"{"time":"2026-03-01T00:00:09Z","type":"flood","host":"mx1","queue_id":"A"}"#,
    #"{"time":"2026-03-01T00:00:09Z","type":"bounce","provider":null,"cause":"none of ours","queue_id":"A"}"#,
    // In another order; the type twice; no queue id.
    #"{"time":"2026-03-01T00:00:10Z","host":"mx1","type":"bounce","queue_id":"A"}"#,
    #"{"time":"2026-03-01T00:00:11Z","type":"bounce","host":"mx1","attempt":1,"type":"tally","total":{"attempts":4}}"#,
    #"{"time":"2026-03-01T00:00:11Z","type":"bounce","host":"mx1","attempt":1,"cause":"content"}"#,
    #"{"time":"2026-03-01T00:00:12Z","type":"rejection","host":"mx1","sender":"a@b","client":{"host":"h","address":"a"}}"#,
    #"{"time":"2026-03-01T00:01:00Z","type":"tally","host":"mx1","total":{"attempts":3},"by":{"domain":{"a.example":{"attempts":1}}}}"#,
    #"{"time":"2026-03-01T00:01:00Z","type":"checkpoint","source":"log","offset":12}"#,
  ]

  /// Whoever only asks whether a line's beginning is sound gets the same answer.
  @Test func aGlanceFindsTheDamageThatReadingFinds() {
    var glance = EventDecoder(remembersHeads: true)
    var reader = EventDecoder(remembersHeads: true)
    var damaged = 0
    for text in HeadMemoryTests.lines {
      let bytes = Array(text.utf8)
      for at in 0..<min(bytes.count, 420) {
        for replacement in [bytes[at], 0x22, 0x2C, 0x7B, bytes[at] ^ 1] {
          var line = bytes
          line[at] = replacement
          // Cut as well, which leaves half a line.
          for length in [line.count, at] {
            let failures = line[..<length].withUnsafeBufferPointer { buffer -> [JournalLineError?] in
              let view = ByteView(buffer)
              var failures: [JournalLineError?] = [nil, nil]
              do throws(JournalLineError) { try glance.check(view) } catch { failures[0] = error }
              do throws(JournalLineError) { _ = try reader.read(view, depth: .leading) } catch { failures[1] = error }
              return failures
            }
            if failures[0] != nil { damaged += 1 }
            // Of tallies and checkpoints nothing is read behind the type.
            let isOther = ["tally", "checkpoint"].contains { text.contains("\"type\":\"\($0)\"") }
            let isTold = failures[0] == failures[1] || (isOther && failures[0] == nil)
            #expect(isTold, "\(String(decoding: line[..<length], as: UTF8.self)): \(failures)")
            guard isTold else { return }
          }
        }
      }
    }
    #expect(damaged > 1000)
  }

  /// What a decoder makes of a line, as a line; an error as its words.
  private func outcome(_ text: String, _ decoder: inout EventDecoder, _ depth: EventDecoder.Depth) -> String {
    text.withByteView { view in
      var buffer = ByteBuffer()
      do throws(JournalLineError) {
        switch try decoder.decode(view, depth: depth) {
        case .event(let event): EventEncoder.append(event, to: &buffer)
        case .tally(let line): EventEncoder.append(line.tally, host: line.host, more: false, to: &buffer)
        case .checkpoint(let checkpoint): EventEncoder.append(checkpoint, more: false, to: &buffer)
        case .unknown: return "unknown"
        }
      } catch {
        return "\(error)"
      }
      return String(buffer.view)
    }
  }

  @Test(arguments: [EventDecoder.Depth.all, .counted, .countedWithoutPeers, .end, .recipient, .leading])
  func whatIsRememberedIsWhatWasSaid(depth: EventDecoder.Depth) {
    var remembering = EventDecoder(remembersHeads: true)
    var state: UInt64 = 5
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var known = 0
    for step in 0..<6_000 {
      var text = HeadMemoryTests.lines[below(HeadMemoryTests.lines.count)]
      if step % 3 == 0 {
        // Two bytes changed, or the end cut off.
        var bytes = Array(text.utf8)
        for _ in 0..<2 { bytes[below(bytes.count)] = Array("\"{},:a0\\q ".utf8)[below(10)] }
        if below(4) == 0 { bytes.removeLast(below(bytes.count)) }
        text = String(decoding: bytes, as: UTF8.self)
      }
      var fresh = EventDecoder()
      let expected = outcome(text, &fresh, depth)
      #expect(outcome(text, &remembering, depth) == expected, "\(text)")
      if remembering.head >= 0 { known += 1 }
    }
    #expect(known > 1_000)
  }

  /// Days that share a place in a decoder's memory, and what is no day.
  @Test(arguments: [false, true])
  func timesOfManyDaysAreReadAsOfOne(isRemembering: Bool) {
    var decoder = EventDecoder(remembersHeads: isRemembering)
    let days = [
      "2026-03-01", "2026-04-01", "2027-03-01", "2026-03-31", "1969-12-31", "2026-13-01",
      String(repeating: "\0", count: 10),
    ]
    for round in 0..<3 {
      for day in days + days.reversed() {
        let text = "\(day)T23:59:5\(round).25Z"
        let line = #"{"time":"\#(text)","type":"bounce","queue_id":"A","arrival":"\#(text)"}"#
        let expected = text.withByteView { Timestamp(rfc3339: $0) }
        line.withByteView { view in
          do throws(JournalLineError) {
            guard case .event(let event) = try decoder.read(view, depth: .all) else { return }
            let (time, arrival) = (event.pointee.time, event.pointee.arrival)
            #expect(time == expected)
            #expect(arrival == expected)
          } catch {
            #expect(expected == nil)
          }
        }
      }
    }
  }

  @Test func linesOfOneNumberBeginAlike() throws {
    var decoder = EventDecoder(remembersHeads: true)
    var numbers: [Int] = []
    for index in [0, 1, 0, 2, 1, 0] {
      _ = outcome(HeadMemoryTests.lines[index], &decoder, .all)
      numbers.append(decoder.head)
    }
    #expect(numbers == [0, 1, 0, 2, 1, 0])
    // What comes later overrules the head.
    _ = outcome(HeadMemoryTests.lines[9], &decoder, .all)
    #expect(decoder.head == -1)
  }

  @Test func aFullMemoryBeginsAnewOnceItHasServed() {
    var decoder = EventDecoder(remembersHeads: true)
    func text(_ number: Int) -> String {
      #"{"time":"2026-03-01T00:00:04Z","type":"bounce","host":"mx1","domain":"d\#(number).example","queue_id":"A"}"#
    }
    for number in 0..<JournalReader.headLimit + 10 { _ = outcome(text(number), &decoder, .all) }
    #expect(decoder.head == -1)
    for _ in 0..<16 * JournalReader.headLimit + 1 { _ = outcome(text(1), &decoder, .all) }
    #expect(decoder.head == 1)
    let expected = text(900_000)
    #expect(outcome(expected, &decoder, .all) == expected + "\n")
    #expect(decoder.head == JournalReader.headLimit)
    #expect(outcome(text(1), &decoder, .all) == text(1) + "\n")
    #expect(decoder.head == JournalReader.headLimit + 1)
  }
}
