import SMTPTypes

/// Lines as `EventEncoder` orders them, in several segments: lives on two hosts that are put off, held back, requeued and
/// come to all kinds of ends, with tallies, gaps, checkpoints and reports of other servers in between, and a clock that is
/// set back now and then.
struct RandomJournal {
  private var state: UInt64
  private var second = 0
  private var attempts: [Int: Int] = [:]
  private(set) var segments: [String] = []

  /// - Parameter isDamaged: with lines that are no events.
  init(seed: UInt64, segments count: Int = 5, lines: Int = 160, isDamaged: Bool = false) {
    state = seed
    for _ in 0..<count {
      var text = ""
      for _ in 0..<lines {
        text += line() + "\n"
        if isDamaged, below(40) == 0 { text += ["{\"time\":", "no line", "{}", "\u{0}"][below(4)] + "\n" }
      }
      segments.append(text)
    }
  }

  private mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  private mutating func pick(_ values: [String]) -> String { values[below(values.count)] }

  private static let start: Int64 = 1_772_323_200

  private mutating func line() -> String {
    // Some days in all, and hours back at times.
    second += below(1200)
    if below(150) == 0 { second = max(0, second - 9000) }
    let time = "{\"time\":\"\(Timestamp(seconds: RandomJournal.start + Int64(second)))\",\"type\":"
    let message = below(120)
    let host = "mx\(message % 2)"
    switch below(40) {
    case 0: return time + "\"gap\",\"source\":\"log\",\"host\":\"\(host)\",\"count\":3,\"note\":\"lost\"}"
    case 1: return time + "\"alert\",\"host\":\"\(host)\",\"key\":\"google\",\"note\":\"too many\"}"
    case 2:
      return time
        + "\"rejection\",\"source\":\"log\",\"host\":\"\(host)\",\"service\":\"smtpd\",\"direction\":\"inbound\",\"cause\":\"greylisted\",\"stage\":\"rcpt\",\"client\":{\"host\":\"unknown\",\"address\":\"192.0.2.\(message)\"}}"
    case 3, 4: return time + tally(host)
    case 5:
      return time
        + "\"checkpoint\",\"source\":\"log\",\"file\":\"/var/log/mail.log\",\"offset\":\(second),\"inode\":7}"
    case 6:
      return time
        + "\"remote-bounce\",\"source\":\"dsn\",\"host\":\"\(host)\",\"cause\":\"mailbox-full\",\"scope\":\"recipient\",\"message_id\":\"m\(message)@x.example\",\"recipient\":\"\(recipient(message))\",\"matched\":\(below(2) == 0)}"
    case 7:
      return time
        + "\"message\",\"source\":\"log\",\"host\":\"\(host)\",\"queue_id\":\"\(queueID(message))\",\"message_id\":\"m\(message)@x.example\",\"sender\":\"s\(message % 4)@news.example\"}"
    case 8...11: return time + end("delivery", host, message) + ",\"deferred_for\":\(60 + message)}"
    case 12, 13: return time + end("expiration", host, message) + ",\"deferred_for\":432000}"
    case 14, 15:
      return time + end("bounce", host, message)
        + ",\"reply\":{\"code\":550,\"enhanced\":\"5.1.1\",\"text\":\"550 5.1.1 <\(recipient(message))> unknown\"}}"
    case 16: return time + end("deletion", host, message) + "}"
    default: return time + deferral(host, message)
    }
  }

  private func recipient(_ message: Int) -> String { "R\(message % 50)@\(RandomJournal.domain(message))" }

  private static func domain(_ message: Int) -> String { ["a.example", "b.example", "Gmail.com"][message % 3] }

  private func queueID(_ message: Int) -> String { "4F00\(message)A" }

  private mutating func place(_ type: String, _ host: String, _ message: Int, cause: String?) -> String {
    // What the provider is may be learnt, and change.
    let provider = below(3) == 0 ? "" : ",\"provider\":\"\(message % 3 == 2 || below(9) == 0 ? "google" : "other")\""
    let scope = ["mailbox-full": "recipient", "connect-failure": "domain", "dns-failure": "domain"]
    return "\"\(type)\",\"source\":\"log\",\"host\":\"\(host)\",\"service\":\"smtp\",\"direction\":\"outbound\",\"hop\":\"\(message % 11 == 0 ? "internal" : "external")\""
      + (cause.map { ",\"cause\":\"\($0)\",\"scope\":\"\(scope[$0] ?? "sender")\",\"origin\":\"\(below(6) == 0 ? "suspended" : "remote")\"" } ?? "")
      + provider + ",\"domain\":\"\(RandomJournal.domain(message).lowercased())\""
  }

  private mutating func ids(_ message: Int) -> String {
    let arrival = Timestamp(seconds: RandomJournal.start - Int64(message * 7) + Int64(below(3)))
    let requeued = message % 7 == 3 && below(2) == 0
    return ",\"queue_id\":\"\(requeued ? "5E\(message)B" : queueID(message))\""
      + (requeued ? ",\"first_queue_id\":\"\(queueID(message))\"" : "") + ",\"arrival\":\"\(arrival)\""
      + (below(3) == 0 ? "" : ",\"message_id\":\"m\(message)@x.example\"")
      + ",\"sender\":\"s\(message % 4)@News.example\""
      + (message % 17 == 0 && below(2) == 0 ? "" : ",\"recipient\":\"\(recipient(message))\"")
      + (message % 5 == 0 && below(4) > 0
        ? ",\"orig_recipient\":\"Alias\(message % 20 + message % 2 * below(2))@site.example\"" : "")
  }

  private mutating func deferral(_ host: String, _ message: Int) -> String {
    let attempt = attempts[message, default: 0] + 1
    attempts[message] = attempt
    let cause = pick(["rate-limited", "greylisted", "mailbox-full", "connect-failure", "dns-failure", "unclassified"])
    return place("transient-failure", host, message, cause: cause) + ",\"status\":\"4.2.\(below(3))\",\"stage\":\"rcpt\""
      + (message % 5 == 0 ? "" : ",\"attempt\":\(attempt)") + ids(message)
      + ",\"relay\":{\"host\":\"mx.\(RandomJournal.domain(message))\",\"address\":\"192.0.2.1\",\"port\":25},\"delays\":{\"before_queue_manager\":1,\"in_queue_manager\":0.5,\"connection_setup\":0,\"transmission\":2},\"rule\":\"r\",\"ruleset\":\"x\",\"reply\":{\"code\":451,\"text\":\"451 4.7.1 desk \(below(9)) is \\\"closed\\\" caf\\u00e9 \(below(3) == 0 ? "now" : "today")\"},\"tags\":{\"campaign\":\"c\(message % 2)\"}"
      + (below(2) == 0 ? ",\"offset\":\(second)}" : "}")
  }

  private mutating func end(_ type: String, _ host: String, _ message: Int) -> String {
    let cause = type == "delivery" || type == "deletion" ? nil : pick(["mailbox-full", "connect-failure", "reputation"])
    return place(type, host, message, cause: cause) + ids(message)
  }

  private mutating func tally(_ host: String) -> String {
    "\"tally\",\"host\":\"\(host)\",\"total\":{\"attempts\":30,\"deliveries\":20,\"first_attempts\":25},\"by\":{\"provider\":{\"google\":{\"attempts\":\(9 + below(5)),\"deliveries\":4}},\"domain\":{\"gmail.com\":{\"attempts\":9,\"deliveries\":\(below(3))},\"B.example\":{\"attempts\":3}}},\"lines\":90"
      + uncut() + "}"
  }

  /// What tallies say without a cut, now and then.
  private func uncut() -> String {
    var text = ""
    if second % 2 == 0 { text += ",\"suspended\":\(second % 5),\"unknown_lines\":\(second % 3)" }
    if second % 3 == 0 { text += ",\"internal_hops\":{\"attempts\":7,\"deliveries\":5,\"bounces\":1}" }
    if second % 5 == 0 { text += ",\"rejections\":{\"greylisted/rcpt\":4,\"blocklisted/connect\":2},\"trouble\":{\"filter\":2}" }
    if second % 4 == 0 {
      let time = Timestamp(seconds: RandomJournal.start + Int64(second))
      text += ",\"queue\":{\"time\":\"\(time)\",\"deferred\":\(second % 50),\"recipients\":60,\"active\":1,\"held\":0,\"ages\":[1,2,3],\"by_provider\":{\"google\":3},\"oldest_by_provider\":{\"google\":\"\(time)\"}}"
    }
    return text
  }
}
