import Intake
import SMTPTypes
import Testing

/// Random mail through random restarts: the lives that a journal tells of are those of one run over the whole log.
@Suite struct RandomRestartTests {
  /// The first ones, and some that failed once.
  private static let seeds = Array(0..<16) + [56, 123, 219, 414, 607, 764, 1140, 1425]

  @Test(arguments: seeds) func theSameLives(seed: Int) {
    var random = SeededGenerator(state: UInt64(seed) &* 6_364_136_223 &+ 17)
    let log = RestartedLog(lines: RestlessLog(seed: UInt64(seed), messages: 24).lines)
    let whole = log.events()
    #expect(whole.count > 20)
    for warmUp in RestartedLog.WarmUp.allCases {
      for _ in 0..<3 {
        let cuts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          Int.random(in: 1..<log.lines.count, using: &random)
        }
        let found = log.events(cutBefore: cuts, warmUp)
        let difference = Set(RestartedLog.courses(found)).symmetricDifference(RestartedLog.courses(whole))
        #expect(difference.sorted().prefix(6) == [], "cut before \(cuts.sorted()), warm-up \(warmUp)")
        #expect(found.count == whole.count, "cut before \(cuts.sorted()), warm-up \(warmUp)")
      }
    }
  }
}

/// A log of messages that use few queue ids, one after the other, are requeued on their way, and may pass a content
/// filter then. Two things no reader could tell, and they are left out: whose message it is that gets an id within
/// seconds of its removal, where its first lines are not read; and that a filter's second pass is one, where it is put
/// off before the first pass's line names it and what it came in with is not read.
struct RestlessLog {
  private(set) var lines: [String] = []
  private var random: SeededGenerator
  private var timed: [(time: Int, text: String)] = []
  /// Until when each id is some message's.
  private var taken: [Int]

  static let base: Int64 = 1_795_456_800

  init(seed: UInt64, messages: Int) {
    random = SeededGenerator(state: seed)
    taken = Array(repeating: 0, count: 250)
    var start = 10
    for number in 0..<messages {
      start += Int.random(in: 1...120, using: &random)
      addMessage(number, start)
    }
    // Stable: what is of one second stays in its order.
    let ordered = timed.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
    lines = ordered.map { item in
      "\(Timestamp(seconds: RestlessLog.base + Int64(item.element.time))) mx1 postfix/\(item.element.text)"
    }
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func log(_ time: Int, _ text: String) { timed.append((time, text)) }

  /// An id that is free from `time` on, some seconds after it was another's.
  private mutating func take(_ time: Int) -> Int? {
    let free = taken.indices.filter { taken[$0] + 10 < time }
    guard let slot = free.prefix(6).randomElement(using: &random) else { return nil }
    taken[slot] = .max - 100
    return slot
  }

  private func id(_ slot: Int) -> String { "6F00\(String(slot, radix: 16, uppercase: true))B" }

  private mutating func addMessage(_ number: Int, _ start: Int) {
    guard var slot = take(start) else { return }
    var recipients = (0..<Int.random(in: 1...3, using: &random)).map { "r\($0).\(number % 4)@d\(number % 3).example" }
    // Two aliases may lead to one address.
    var aliases: [String?] = recipients.map { _ in nil }
    if chance(25) {
      recipients = [recipients[0], recipients[0]]
      aliases = ["all@example.org", "some@example.org"]
    }
    let sender = chance(30) ? "" : "s\(number)@example.org"
    // A delivery report of our own, a local submission, or one of smtpd's.
    if !sender.isEmpty {
      log(
        start,
        chance(30)
          ? "pickup[1]: \(id(slot)): uid=0 from=<\(sender)>" : "smtpd[1]: \(id(slot)): client=c.example[192.0.2.9]")
    }
    enter(slot, start, number, sender)
    var open = Array(recipients.indices)
    // Our own filter's second pass does not tell by which alias.
    var passed = false
    var suspended: Set<Int> = []
    var time = start + 1
    var file = start
    for round in 0..<Int.random(in: 1...6, using: &random) {
      if round > 0, chance(30), let next = take(time) {
        // Sometimes the delay counts on.
        let old = slot
        log(time, "postsuper[9]: \(id(old)): requeued")
        log(time, "pickup[9]: \(id(next)): uid=0 from=<\(sender)> orig_id=\(id(old))")
        taken[old] = time + 2
        slot = next
        if chance(60) { file = time }
        enter(slot, time, number, sender)
        time += 1
        if chance(20) { continue }
        if chance(40), let back = take(time) {
          pass(from: slot, to: back, &time, file, number, sender, open.map { (recipients[$0], aliases[$0]) })
          taken[slot] = time + 2
          slot = back
          file = time - 1
          // Of two aliases of one address the filter gives one back.
          if aliases[0] != nil, open.count > 1 { open = [open[0]] }
          passed = true
        }
      }
      for recipient in open {
        attempt(
          slot, time, file, recipients[recipient], passed ? nil : aliases[recipient], isFirst: round == 0, recipient,
          &open, &suspended)
      }
      if open.isEmpty { break }
      time += Int.random(in: 5...900, using: &random)
    }
    if open.isEmpty {
      log(time, "qmgr[3]: \(id(slot)): removed")
    } else {
      close(slot, time, file, sender, recipients, passed ? aliases.map { _ in nil } : aliases, open)
    }
    taken[slot] = time + 2
  }

  /// A content filter takes the message from one id and gives it back under another, sometimes at its second try.
  private mutating func pass(
    from slot: Int, to back: Int, _ time: inout Int, _ file: Int, _ number: Int, _ sender: String,
    _ recipients: [(address: String, alias: String?)]
  ) {
    func line(_ recipient: (address: String, alias: String?), _ time: Int) -> String {
      "smtp[4]: \(id(slot)): to=<\(recipient.address)>,\(recipient.alias.map { " orig_to=<\($0)>," } ?? "") "
        + "relay=127.0.0.1[127.0.0.1]:10024, delay=\(time - file), delays=0/0/0/1, "
    }
    if chance(20) {
      for recipient in recipients {
        log(time, line(recipient, time) + "dsn=4.5.0, status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.5.0 Error)")
      }
      time += Int.random(in: 5...300, using: &random)
    }
    log(time, "smtpd[1]: \(id(back)): client=localhost[127.0.0.1]")
    enter(back, time, number, sender)
    time += 1
    for recipient in recipients {
      log(time, line(recipient, time) + "dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as \(id(back)))")
    }
    log(time, "qmgr[3]: \(id(slot)): removed")
  }

  private mutating func enter(_ slot: Int, _ time: Int, _ number: Int, _ sender: String) {
    log(time, "cleanup[2]: \(id(slot)): message-id=<m\(number)@example.org>")
    log(time, "qmgr[3]: \(id(slot)): from=<\(sender)>, size=300, nrcpt=1 (queue active)")
  }

  private mutating func attempt(
    _ slot: Int, _ time: Int, _ file: Int, _ recipient: String, _ alias: String?, isFirst: Bool, _ index: Int,
    _ open: inout [Int], _ suspended: inout Set<Int>
  ) {
    let to = "\(id(slot)): to=<\(recipient)>,\(alias.map { " orig_to=<\($0)>," } ?? "")"
    let relay = "relay=mx.r.example[192.0.2.1]:25, delay=\(time - file), delays=0/0/0/0"
    switch Int.random(in: 0..<(isFirst ? 9 : 10), using: &random) {
    case 0, 1, 2, 3, 4:
      log(time, "smtp[4]: \(to) \(relay), dsn=4.3.2, status=deferred (host mx[192.0.2.1] said: 451 4.3.2 busy (in reply to RCPT TO command))")
    case 5, 6:
      suspended.insert(index)
      log(
        time,
        "error[4]: \(to) relay=none, delay=\(time - file), delays=0/0/0/0, dsn=4.4.1, status=deferred "
          + "(delivery temporarily suspended: connect to mx.r.example[192.0.2.1]:25: Connection refused)")
    case 7:
      log(time, "smtp[4]: \(to) \(relay), dsn=5.1.1, status=bounced (host mx[192.0.2.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))")
      open.removeAll { $0 == index }
    default:
      log(time, "smtp[4]: \(to) \(relay), dsn=2.0.0, status=sent (250 2.0.0 Ok)")
      open.removeAll { $0 == index }
    }
  }

  /// Those who wait expire, are deleted by hand, get their mail, or leave without a line.
  private mutating func close(
    _ slot: Int, _ time: Int, _ file: Int, _ sender: String, _ recipients: [String], _ aliases: [String?], _ open: [Int]
  ) {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: log(time, "qmgr[3]: \(id(slot)): from=<\(sender)>, status=expired, returned to sender")
    case 1:
      log(time, "postsuper[9]: \(id(slot)): removed")
      return
    case 2: break
    default:
      for index in open {
        let alias = aliases[index].map { " orig_to=<\($0)>," } ?? ""
        log(
          time,
          "smtp[4]: \(id(slot)): to=<\(recipients[index])>,\(alias) relay=mx.r.example[192.0.2.1]:25, delay=\(time - file), "
            + "delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 Ok)")
      }
    }
    log(time, "qmgr[3]: \(id(slot)): removed")
  }
}
