import SMTPTypes

/// Journal lines of every kind, likely and unlikely, the same for the same seed.
func randomLines(seed: UInt64, count: Int) -> String {
  var random = SeededNumbers(state: seed)
  func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
  func some(_ text: String) -> String { Int.random(in: 0..<4, using: &random) > 0 ? text : "" }
  var text = ""
  var second: Int64 = 1_772_323_200
  for _ in 0..<count {
    second += Int64.random(in: -2...40, using: &random)
    let fraction = pick(["", ".5", ".123456", ".000"])
    let start = Timestamp(seconds: second).description
    let time = String(start.dropLast()) + fraction + "Z"
    let message = Int.random(in: 0..<40, using: &random)
    let type = pick(
      [
        "transient-failure", "transient-failure", "transient-failure", "transient-failure", "delivery", "delivery",
        "bounce", "expiration", "deletion", "rejection", "delay-notice", "remote-bounce", "message", "tally", "alert",
        "gap", "checkpoint", "erasure", "of-tomorrow",
      ])
    if type == "tally", Bool.random(using: &random) {
      text += randomTally(time, &random) + "\n"
      continue
    }
    text += "{\"time\":\"\(time)\",\"type\":\"\(type)\",\"source\":\"\(pick(["log", "queue", "milter", "dsn"]))\""
    if ["tally", "checkpoint"].contains(type) {
      text += ",\"host\":\"mx\",\"offset\":\(message),\"total\":{\"attempts\":\(message)}}\n"
      continue
    }
    text += some(",\"host\":\"mx\(message % 2)\"") + some(",\"service\":\"smtp\",\"direction\":\"outbound\"")
    text += some(",\"hop\":\"\(pick(["external", "internal"]))\"")
    text += some(
      ",\"cause\":\"\(pick(["rate-limited", "mailbox-full", "greylisted", "dns-failure", "unclassified"]))\"")
    text += some(",\"origin\":\"\(pick(["remote", "suspended"]))\"") + some(",\"provider\":\"goo\\\"gle\"")
    text += some(",\"domain\":\"d\(message % 3).example\",\"status\":\"4.2.\(message % 4)\",\"stage\":\"rcpt\"")
    text += some(",\"attempt\":\(pick(["1", "2", "-7", "9223372036854775807", "-9223372036854775808"]))")
    text += some(",\"queue_id\":\"Q\(message)\"") + some(",\"first_queue_id\":\"P\(message)\"")
    let arrival = pick(["2026-02-28T12:00:0\(message % 10)Z", "2026-02-28T12:00:00.25Z", "9999-12-31T23:59:59Z"])
    text += some(",\"arrival\":\"\(arrival)\"") + some(",\"message_id\":\"m\(message)@x\"")
    text += some(",\"user\":\"u\(message % 2)\"") + some(",\"sender\":\"\(pick(["", "nobody", "a@B.example."]))\"")
    text += some(",\"recipient\":\"r\(message % 9)@d.example\"")
    text += some(",\"orig_recipient\":\"\(pick(["", "R\(message % 9)@D.example", "list@d.example", "l\(message)@d.example"]))\"")
    text += some(
      ",\"relay\":{\"host\":\"\(pick(["", "MX.example"]))\",\"address\":\"192.0.2.\(message % 3)\",\"port\":25}")
    text += some(",\"client\":{\"host\":\"unknown\",\"address\":\"192.0.2.\(message)\"}") + some(",\"rule\":\"r\"")
    text += some(",\"reply\":{\"code\":450,\"enhanced\":\"4.2.0\",\"text\":\"450 4.2.0 <r\(message)@d.example> full\"}")
    text += some(",\"tags\":{\"campaign\":\"c\(message % 2)\",\"list\":\"\u{fc}\"}")
    text += some(",\"deferred_for\":\(pick(["0", "61", "0.001", "12.345678", "9000000000000"]))")
    text += some(",\"matched\":\(pick(["true", "false"]))") + "}\n"
  }
  return text
}

/// A tally with something of everything, now and then more than a digest tells.
private func randomTally(_ time: String, _ random: inout SeededNumbers) -> String {
  func number() -> Int {
    Int.random(in: 0..<200, using: &random) == 0 ? 1 << 40 : Int.random(in: 0..<300, using: &random)
  }
  func counts() -> String { "{\"attempts\":\(number()),\"bounces\":\(number()),\"first_deferred\":\(number())}" }
  func cut(_ name: String) -> String {
    let keys = (0..<Int.random(in: 0..<4, using: &random)).map { "\"k\($0)\u{e9}\":\(counts())" }
    return "\"\(name)\":{\(keys.joined(separator: ","))}"
  }
  let cuts = ["provider", "domain", "relay", "sender-domain", "service", "user", "tag"].map { cut($0) }
  var text = "{\"time\":\"\(time)\",\"type\":\"tally\",\"host\":\"mx\(number() % 3)\",\"total\":\(counts())"
  text += ",\"by\":{\(cuts.joined(separator: ","))}"
  text += ",\"delay_histogram\":[1,\(number()),3,4,5,6,7,\(number()),\(number())]"
  text += ",\"internal_hops\":\(counts()),\"suspended\":\(number()),\"rejections\":{\"policy/rcpt\":\(number())}"
  text += ",\"trouble\":{\"resource\":\(number())},\"lines\":\(number()),\"unknown_lines\":\(number())"
  if number() % 4 == 0 { text += ",\"queue\":{\"time\":\"\(time)\",\"deferred\":\(number())}" }
  return text + "}"
}

struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
