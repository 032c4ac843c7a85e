import Bytes
import MailQueue
import SMTPTypes
import Testing

@Suite struct QueueListTests {
  private func read<Result>(
    _ line: String, _ body: (QueueEntry) -> Result
  ) throws -> Result {
    var reader = QueueListReader()
    let store = ByteStore([line])
    let entry = try reader.read(store[0])
    let result = body(entry)
    withExtendedLifetime(store) {}
    return result
  }

  private static let deferred =
    #"{"queue_name": "deferred", "queue_id": "4jYkTd2x9Wz1B4", "arrival_time": 1763920800, "message_size": 1311, "forced_expire": false, "sender": "news@shop.example", "recipients": [{"address": "a@example.org", "delay_reason": "host mx.example.org[192.0.2.7] said: 452 4.2.2 \"Mailbox\" full (in reply to RCPT TO command)"}, {"address": "b@example.org"}]}"#

  @Test func aDeferredMessage() throws {
    try read(Self.deferred) { entry in
      #expect(entry.queueName == .deferred)
      #expect(entry.queueID == "4jYkTd2x9Wz1B4")
      #expect(entry.arrival == Timestamp(seconds: 1_763_920_800))
      #expect(entry.size == 1311)
      #expect(!entry.isForcedToExpire)
      #expect(entry.sender == "news@shop.example")
      #expect(entry.recipients.count == 2)
      #expect(
        entry.recipients[0].delayReason.map { String($0) }
          == #"host mx.example.org[192.0.2.7] said: 452 4.2.2 "Mailbox" full (in reply to RCPT TO command)"#)
      #expect(entry.recipients[1].address == "b@example.org")
      #expect(entry.recipients[1].delayReason == nil)
    }
  }

  @Test func fieldsOfPostfix311AndUnknownOnes() throws {
    let line =
      #"{"new": {"a": [1, {"b": "}"}], "c": null}, "recipients":[{"bounce_reason":"gone","orig_address":"x@y.example","address":"a@example.org","more":-1.5e3}],"queue_id":"3F2A1","arrival_time":1,"queue_name":"hold","forced_expire":true,"sender":"MAILER-DAEMON"}"#
    try read(line) { entry in
      #expect(entry.queueName == .hold)
      #expect(entry.isForcedToExpire)
      #expect(entry.sender.isEmpty)
      #expect(entry.recipients.first?.originalAddress.map { String($0) } == "x@y.example")
      #expect(entry.recipients.first?.bounceReason.map { String($0) } == "gone")
    }
  }

  @Test(arguments: [
    (#"a\u0041\n\t\\\/\"\b\f\r"#, "aA\n\t\\/\"\u{8}\u{C}\r"), (#"\u00e9\ud83d\ude00"#, "é😀"), (#"\ud83d"#, "\u{FFFD}"),
    (#"\ud83dx"#, "\u{FFFD}x"), (#"\udc00\ud800\u0041"#, "\u{FFFD}\u{FFFD}A"),
  ])
  func escapes(written: String, text: String) throws {
    let line =
      #"{"queue_name":"deferred","queue_id":"A1","arrival_time":1,"recipients":[{"address":""# + written + #""}]}"#
    try read(line) { #expect($0.recipients.first.map { String($0.address) } == text) }
  }

  @Test(arguments: [
    ("", QueueListError.wrongType(offset: 0)), ("[]", .wrongType(offset: 0)), ("{", .wrongType(offset: 1)),
    ("{}", .incomplete), (#"{"queue_name":"deferred","queue_id":"A"}"#, .incomplete),
    (#"{"queue_name":"deferred","arrival_time":1}"#, .incomplete),
    (#"{"queue_id":1}"#, .wrongType(offset: 12)), (#"{"arrival_time":-1}"#, .wrongType(offset: 16)),
    (#"{"arrival_time":9999999999999999}"#, .wrongType(offset: 16)), (#"{"queue_id":"\x"}"#, .malformed(offset: 14)),
    (#"{"queue_id":"A"} x"#, .malformed(offset: 17)), (#"{"x":}"#, .malformed(offset: 5)),
  ])
  func whatIsNoEntry(line: String, error: QueueListError) {
    #expect(throws: error) { try read(line) { _ in } }
  }

  @Test func depthIsBounded() {
    let line = #"{"x":"# + String(repeating: "[", count: 100_000)
    #expect(throws: QueueListError.self) { try read(line) { _ in } }
  }

  /// Cut, changed and repeated bytes: an entry or an error, never more.
  @Test func damagedLinesDoNoHarm() {
    let bytes = Array(Self.deferred.utf8)
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var reader = QueueListReader()
    for round in 0..<4000 {
      var copy = bytes
      if round < bytes.count { copy.removeLast(round) }
      for _ in 0..<random(4) where !copy.isEmpty {
        copy[random(copy.count)] = [0x22, 0x5C, 0x7B, 0x7D, 0x5B, 0x5D, 0x75, 0, 0xFF][random(9)]
      }
      copy.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        do throws(QueueListError) {
          let entry = try reader.read(ByteView(base, count: buffer.count))
          #expect(!entry.queueID.isEmpty)
        } catch {
          _ = error
        }
      }
    }
  }
}
