import Bytes
import Journal
import SMTPTypes
import Testing

@Suite struct QueueGaugeTests {
  @Test func itSurvivesTheTallysLine() throws {
    var gauge = QueueGauge(time: Timestamp(microseconds: 1_793_491_200_123_000, fractionDigits: 3))
    gauge.deferred = 12
    gauge.recipients = 15
    gauge.active = 1
    gauge.held = 2
    gauge.oldest = Timestamp(seconds: 1_793_400_000)
    gauge.ages = [1, 2, 0, 4, 5, 0, 0]
    gauge.byProvider = [
      .init(key: "gmail", recipients: 9, oldest: Timestamp(seconds: 1_793_400_001)), .init(key: "a \"quoted\" one", recipients: 1),
    ]
    gauge.byDomain = [.init(key: "example.org", recipients: 15)]
    var tally = Tally(minute: Timestamp(seconds: 1_793_491_200))
    tally.queue = gauge
    var buffer = ByteBuffer()
    EventEncoder.append(tally, host: ByteView("mx1"), to: &buffer)
    var decoder = EventDecoder()
    guard case .tally(let line) = try decoder.decode(buffer.view.prefix(buffer.count - 1)) else {
      Issue.record("no tally")
      return
    }
    #expect(line.tally.queue == gauge)
  }

  @Test func aCheckpointKeepsItsCursor() throws {
    let checkpoint = Checkpoint(
      time: Timestamp(seconds: 1_793_491_200), source: .log, host: "mx1", path: "journald", file: "", inode: 0,
      device: 0, offset: 0, cursor: "s=1;i=2;b=3;m=4;t=5;x=6")
    var buffer = ByteBuffer()
    EventEncoder.append(checkpoint, to: &buffer)
    var decoder = EventDecoder()
    guard case .checkpoint(let read) = try decoder.decode(buffer.view.prefix(buffer.count - 1)) else {
      Issue.record("no checkpoint")
      return
    }
    #expect(read == checkpoint)
  }
}
