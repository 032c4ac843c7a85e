import Foundation
import Testing

extension IntegrationTests {
  /// A live systemd-journald, followed and read.
  @Suite struct LiveJournal {
    private func lines(_ numbers: Range<Int>) -> [String] {
      numbers.map { number in
        let id = String(0x1000_0000 + number, radix: 16, uppercase: true)
        return "\(id): to=<r\(number)@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, "
          + "dsn=4.2.2, status=deferred (host mx.example.net[192.0.2.5] said: 452 4.2.2 over quota (in reply to RCPT TO command))"
      }
    }

    @Test("each entry counts once through kills and rotation, and softbounce report reads the same journal")
    func kills() throws {
      let (started, why) = try LiveJournald.start()
      guard let journald = started else {
        // A container may refuse what journald needs; the files that systemd-journal-remote makes are tested anyway.
        print("no systemd-journald of our own here: \(why)")
        return
      }
      defer { journald.stop() }
      var options = Sidecar.Options()
      options.hasMilter = false
      options.journald = journald.directory
      let sidecar = try Sidecar(options)
      var count = 0
      func log(_ more: Int) throws {
        try journald.log(lines(count..<(count + more)))
        count += more
      }
      try log(30)
      for round in 0..<6 {
        try sidecar.start()
        try log(20)
        if round == 0 {
          let isThere = eventually(within: 20) {
            (try? sidecar.journal.entries("transient-failure").count) == count
          }
          #expect(isThere)
        } else {
          usleep(UInt32.random(in: 0..<300_000))
        }
        sidecar.end(SIGKILL)
        if round % 2 == 0 { journald.rotate() }
        try log(10)
      }
      try sidecar.start()
      // One more, over a second later: by that the sidecar knows that everything the last run gave was read again.
      usleep(1_300_000)
      try log(1)
      let isThere = try eventually(within: 30) { try sidecar.journal.entries("transient-failure").count >= count }
      #expect(isThere)
      #expect(sidecar.end() < 10)
      let failures = try sidecar.journal.entries("transient-failure")
      #expect(failures.count == count)
      #expect(Set(failures.compactMap(\.recipient)).count == count)
      #expect(try sidecar.journal.talliedLines() == count)
      #expect(try sidecar.report().gap_count == 0)
      let direct = try ReportView(journald.directory)
      #expect(direct.outbound.deferrals == count)
    }
  }
}
