// A mail server as a model: random messages, what happens to each, and how the windows show it. It knows the truth
// that the events must come to.

import Bytes
import DeliveryStatus
import Intake
import SMTPTypes

/// What one window shows, in the order in which it reaches the sidecar.
enum Sight {
  /// A line of the log's file.
  case line(String)
  case identity(MessageIdentity)
  case rejection(ObservedRejection)
  case report(DeliveryReport, isOurOwn: Bool, isMatched: Bool)
  case listing([String])
}

struct MailWorld {
  /// One recipient of one life.
  struct Course {
    var queueID: String
    var recipient: String
    /// Failures whose lines reach the log, in time or late, and those that the log lost.
    var logged = 0
    var lost = 0
    var isSuspended = false
    var end = End.open
    /// The line of its end is lost, or that of its message's removal.
    var isEndLost = false
    var tag: String?
    /// All lines come in their order.
    var isPlain: Bool { lost == 0 && !isEndLost && !hasLate }
    var hasLate = false
  }

  enum End { case sent, bounced, expired, deleted, open }

  private(set) var courses: [String: Course] = [:]
  /// (time, order) and sight.
  private(set) var sights: [(time: Int, order: Int, sight: Sight)] = []
  /// Attempts of the log's lines on external hops.
  private(set) var attempts = 0
  private(set) var rejections = 0
  private(set) var foreignReports = 0
  private var random: SeededGenerator
  /// What the queue holds deferred: from, until, entry.
  private var queued: [(from: Int, until: Int, queueID: String, arrival: Int, recipient: String, reason: String)] = []
  private var failures = 0

  static let base: Int64 = 1_795_456_800
  /// Seconds between two listings of the queue.
  static let interval = 120

  static func time(_ second: Int) -> Timestamp { Timestamp(seconds: base + Int64(second)) }

  init(seed: UInt64, messages: Int) {
    random = SeededGenerator(state: seed)
    for number in 0..<messages { addMessage(number) }
    for number in 0..<12 { addRejection(number) }
    for number in 0..<6 { addReport(number) }
    addProbe()
    let end = max(sights.map(\.time).max() ?? 0, queued.map(\.until).max() ?? 0) + 1
    for second in stride(from: 30, through: end + 6 * MailWorld.interval, by: MailWorld.interval) { addListing(second) }
    sights.sort { ($0.time, $0.order) < ($1.time, $1.order) }
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func add(_ time: Int, _ sight: Sight) { sights.append((time, sights.count, sight)) }

  /// A line, `late` seconds after its time.
  private mutating func log(_ time: Int, _ text: String, instance: String = "postfix", late: Int = 0) {
    add(time + late, .line("\(MailWorld.time(time)) mx1 \(instance)/\(text)"))
  }

  // MARK: Messages

  private mutating func addMessage(_ number: Int) {
    // Every fifth uses the queue id of one that is long gone.
    let queueID = "4\(String(number % 5 == 4 ? number - 4 : number, radix: 16, uppercase: true))F0A1B2C"
    let instance = number % 3 == 2 ? "postfix-out" : "postfix"
    let start = number % 5 == 4 ? number * 10 + 20_000 : number * 10
    let hasGaps = chance(40)
    let isSecondPass = !hasGaps && chance(25)
    let key = "\(queueID) \(start)"
    var tag: String?
    if chance(50) || isSecondPass {
      tag = "c\(number)"
      let first = isSecondPass ? "\(queueID)A" : queueID
      add(
        start,
        .identity(
          MessageIdentity(
            time: MailWorld.time(start), queueID: first, sender: "a\(number)@example.org",
            messageID: "m\(number)@example.org", tags: [MessageIdentity.Tag(name: "campaign", value: "c\(number)")])))
    }
    if isSecondPass { addFirstPass(queueID, start, number, instance) }
    let client = isSecondPass ? "localhost[127.0.0.1]" : "app.example.org[198.51.100.7]"
    log(start, "smtpd[1]: \(queueID): client=\(client)", instance: instance)
    log(start, "cleanup[2]: \(queueID): message-id=<m\(number)@example.org>", instance: instance)
    log(start, "qmgr[3]: \(queueID): from=<a\(number)@example.org>, size=300, nrcpt=1 (queue active)", instance: instance)
    let isRequeued = !hasGaps && chance(20)
    let requeueAt = isRequeued ? start + 1000 : Int.max
    if isRequeued {
      log(requeueAt, "postsuper[9]: \(queueID): requeued", instance: instance)
      log(
        requeueAt, "pickup[9]: \(queueID)R: uid=0 from=<a\(number)@example.org> orig_id=\(queueID)",
        instance: instance)
    }
    var last = start
    var open: [String] = []
    var waiting: [Int] = []
    for index in 0..<Int.random(in: 1...3, using: &random) {
      let recipient = "r\(index).\(number)@d\(number % 4).example"
      var course = Course(queueID: queueID, recipient: recipient, tag: tag)
      // Each recipient's attempts lie apart from the other's, so that no two windows can be taken for each other.
      var time = start + 2 + index
      // Somebody waits when the message is requeued.
      let count = isRequeued && index == 0 ? 4 : Int.random(in: 0...4, using: &random)
      for attempt in 0..<count {
        let id = time >= requeueAt ? "\(queueID)R" : queueID
        let arrival = time >= requeueAt ? requeueAt : start
        var next = time + Int.random(in: 300...900, using: &random)
        // A requeued message is tried at once.
        if time < requeueAt, next >= requeueAt { next = requeueAt + 2 + index }
        failures += 1
        let reply = "451 4.3.2 busy \(failures)"
        let reason = "host mx.d\(number % 4).example[192.0.2.5] said: \(reply) (in reply to RCPT TO command)"
        if !hasGaps, attempt == 0, chance(15) {
          course.isSuspended = true
          let peer = "mx.d\(number % 4).example[192.0.2.5]:25"
          let why = "delivery temporarily suspended: connect to \(peer): Connection refused"
          for second in [0, 60] {
            log(
              time + second,
              "error[4]: \(id): to=<\(recipient)>, relay=none, delay=\(time + second - arrival), "
                + "delays=0/0/0/0, dsn=4.4.1, status=deferred (\(why))",
              instance: instance)
          }
          queued.append((time, min(next, time < requeueAt ? requeueAt : next), id, arrival, recipient, why))
        } else {
          var late = 0
          if hasGaps, chance(30) {
            course.lost += 1
            late = -1
          } else {
            course.logged += 1
            attempts += 1
            if hasGaps, chance(40) {
              late = next - time - Int.random(in: 1...20, using: &random)
              course.hasLate = true
            }
          }
          if late >= 0 {
            log(
              time, MailWorld.delivery(id, recipient, number, time - arrival, "4.3.2", "deferred", reason),
              instance: instance, late: late)
          }
          queued.append((time, min(next, time < requeueAt ? requeueAt : next), id, arrival, recipient, reason))
        }
        time = next
      }
      course.end = [.sent, .sent, .sent, .bounced, .open][Int.random(in: 0..<(count > 0 ? 5 : 4), using: &random)]
      // Nobody waits for a requeue whose next attempt does not follow it.
      if isRequeued, course.end == .open, (queued.last?.from ?? 0) < requeueAt { course.end = .sent }
      let id = time >= requeueAt ? "\(queueID)R" : queueID
      let arrival = time >= requeueAt ? requeueAt : start
      if hasGaps, chance(30), course.end != .open { course.isEndLost = true }
      if !course.isEndLost, course.end == .sent || course.end == .bounced {
        attempts += 1
        let isSent = course.end == .sent
        log(
          time,
          MailWorld.delivery(
            id, recipient, number, time - arrival, isSent ? "2.0.0" : "5.1.1", isSent ? "sent" : "bounced",
            isSent ? "250 2.0.0 Ok" : "host mx[192.0.2.5] said: 550 5.1.1 no such user (in reply to RCPT TO command)"),
          instance: instance, late: chance(40) ? Int.random(in: 1...4, using: &random) : 0)
      }
      if course.end == .open {
        open.append(recipient)
        waiting.append(queued.count - 1)
      }
      last = max(last, time)
      courses["\(key) \(recipient)"] = course
    }
    // Who still waits is in the queue until the end. If nobody does, the message leaves it with its last recipient, and
    // the line that says so may stand before that recipient's.
    for index in waiting { queued[index].until = last + 700 }
    let end = open.isEmpty ? last : last + 700
    finish(key, isRequeued ? "\(queueID)R" : queueID, number, open, end, hasGaps, instance)
  }

  private static func delivery(
    _ id: String, _ recipient: String, _ number: Int, _ delay: Int, _ code: String, _ status: String, _ reason: String
  ) -> String {
    "smtp[4]: \(id): to=<\(recipient)>, relay=mx.d\(number % 4).example[192.0.2.5]:25, delay=\(delay), "
      + "delays=0/0/0/0, dsn=\(code), status=\(status) (\(reason))"
  }

  private mutating func addFirstPass(_ queueID: String, _ start: Int, _ number: Int, _ instance: String) {
    let first = "\(queueID)A"
    log(start, "smtpd[1]: \(first): client=app.example.org[198.51.100.7]", instance: instance)
    log(start, "cleanup[2]: \(first): message-id=<m\(number)@example.org>", instance: instance)
    log(start, "qmgr[3]: \(first): from=<a\(number)@example.org>, size=300, nrcpt=1 (queue active)", instance: instance)
    log(
      start + 1,
      "smtp[4]: \(first): to=<r0.\(number)@d\(number % 4).example>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, "
        + "delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as \(queueID))",
      instance: instance)
    log(start + 1, "qmgr[3]: \(first): removed", instance: instance)
  }

  /// Recipients that still wait expire or are deleted by hand, and the message leaves the queue.
  private mutating func finish(
    _ key: String, _ id: String, _ number: Int, _ open: [String], _ time: Int, _ hasGaps: Bool, _ instance: String
  ) {
    let end = chance(50) ? End.expired : .deleted
    for recipient in open { courses["\(key) \(recipient)"]?.end = end }
    let isLost = hasGaps && chance(30)
    if isLost { for recipient in open { courses["\(key) \(recipient)"]?.isEndLost = true } }
    guard !isLost else { return }
    if !open.isEmpty, end == .expired {
      log(time, "qmgr[3]: \(id): from=<a\(number)@example.org>, status=expired, returned to sender", instance: instance)
    }
    if end == .deleted, !open.isEmpty {
      log(time, "postsuper[9]: \(id): removed", instance: instance)
    } else {
      log(time, "qmgr[3]: \(id): removed", instance: instance)
    }
  }

  // MARK: The other windows

  private mutating func addListing(_ second: Int) {
    var entries: [String] = []
    for item in queued where item.from < second && second < item.until {
      entries.append(
        #"{"queue_name":"deferred","queue_id":"\#(item.queueID)","#
          + #""arrival_time":\#(MailWorld.base + Int64(item.arrival)),"message_size":300,"forced_expire":false,"#
          + #""sender":"a@example.org","recipients":[{"address":"\#(item.recipient)","#
          + #""delay_reason":"\#(item.reason)"}]}"#
      )
    }
    add(second, .listing(entries))
  }

  /// A rejection that the log, the milter or both tell of; the log's line may come long after.
  private mutating func addRejection(_ number: Int) {
    rejections += 1
    let time = 100 + number * 90
    let recipient = "v\(number)@example.org"
    let seen = ObservedRejection(
      time: MailWorld.time(time), clientHost: "unknown", clientAddress: "192.0.2.9", sender: "s@example.net",
      recipient: recipient, user: nil, status: "4.7.1", text: "Greylisted")
    let line =
      "smtpd[5]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 450 4.7.1 <\(recipient)>: Recipient address rejected: "
      + "Greylisted; from=<s@example.net> to=<\(recipient)> proto=ESMTP helo=<x>"
    switch number % 4 {
    case 0: log(time, line)
    case 1:
      log(time, line)
      add(time + 1, .rejection(seen))
    case 2:
      add(time, .rejection(seen))
      log(time, line, late: 1)
    default:
      add(time, .rejection(seen))
      if chance(60) { log(time, line, late: 400) }
    }
  }

  /// A report of a server further on, matched or not, and our own bounce(8)'s, which repeats the log.
  private mutating func addReport(_ number: Int) {
    var report = DeliveryReport()
    report.kind = .bounce
    report.reportingMTA = "mx.example.net"
    report.messageID = "m\(number)@example.org"
    report.recipients = [
      ReportedRecipient(address: "far\(number)@example.net", action: number % 2 == 0 ? .failed : .delayed)
    ]
    let isOurOwn = number % 3 == 2
    if isOurOwn { report.queueID = "40F0A1B2C" } else { foreignReports += 1 }
    add(200 + number * 333, .report(report, isOurOwn: isOurOwn, isMatched: number % 2 == 0))
  }

  /// Address verification is no mail.
  private mutating func addProbe() {
    log(
      500,
      "smtp[4]: 4FFFF0A1B2C: to=<p@d1.example>, relay=mx.d1.example[192.0.2.5]:25, delay=1, delays=0/0/0/1, "
        + "dsn=4.2.0, status=undeliverable (host mx[192.0.2.5] said: 450 4.2.0 no)"
    )
  }
}
