import SMTPTypes

/// A small linear congruential generator: the same log each time.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(sides))
  }
}

/// A Postfix's log, made up: messages of one to three recipients that are put off some times and then delivered,
/// bounced, given up, or still there at the end.
enum MadeLog {
  /// Lines in the order of time, each with its newline.
  static func lines(messages: Int, seed: UInt64 = 7) -> [String] {
    var dice = Dice(seed)
    var lines: [(time: Int, text: String)] = []
    for number in 0..<messages {
      let id = String(0x1000_0000 + number, radix: 16, uppercase: true)
      let start = number * 20 + dice.roll(20)
      lines.append((start, "smtpd[1]: \(id): client=app.example.org[198.51.100.7]"))
      lines.append((start, "cleanup[2]: \(id): message-id=<\(number)@example.org>"))
      lines.append((start, "qmgr[3]: \(id): from=<news@example.org>, size=1000, nrcpt=2 (queue active)"))
      var end = start
      for recipient in 0...dice.roll(3) {
        let address = "r\(recipient).\(number)@d\(dice.roll(5)).example.net"
        var time = start + 1
        for _ in 0..<dice.roll(4) {
          lines.append((time, delivery(id, address, time - start, "4.2.2", "deferred", "452 4.2.2 over quota")))
          time += 300 + dice.roll(900)
        }
        switch dice.roll(8) {
        case 0: end = .max
        case 1: lines.append((time, delivery(id, address, time - start, "5.1.1", "bounced", "550 5.1.1 User unknown")))
        default: lines.append((time, delivery(id, address, time - start, "2.0.0", "sent", "250 2.0.0 Ok")))
        }
        if end != .max { end = max(end, time) }
      }
      if end != .max { lines.append((end + 1, "qmgr[3]: \(id): removed")) }
    }
    let order = lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
    return order.map { "\(stamp($0.element.time)) mx1 postfix/\($0.element.text)\n" }
  }

  private static func delivery(
    _ id: String, _ address: String, _ delay: Int, _ dsn: String, _ status: String, _ reply: String
  ) -> String {
    let reason = status == "sent" ? reply : "host mx.example.net[192.0.2.5] said: \(reply) (in reply to RCPT TO command)"
    return "smtp[4]: \(id): to=<\(address)>, relay=mx.example.net[192.0.2.5]:25, delay=\(delay), delays=0/0/0.5/0.5, "
      + "dsn=\(dsn), status=\(status) (\(reason))"
  }

  /// 2026-11-20T00:00:00Z and so many seconds.
  private static func stamp(_ seconds: Int) -> String {
    Timestamp(microseconds: Int64(1_795_132_800 + seconds) * 1_000_000, fractionDigits: 6).description
  }
}
