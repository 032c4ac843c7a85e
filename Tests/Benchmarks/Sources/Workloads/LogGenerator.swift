// A Postfix log that never was: the same bytes for the same arguments, on any machine.

public import Bytes
import SMTPTypes

/// Writes a mail log line by line: messages come in, some with a login; each has one recipient; attempts succeed,
/// are put off and tried again, or bounce. Messages interleave as on a busy server, about fourteen lines a second.
public struct LogGenerator: ~Copyable {
  private struct Message {
    var queueID = ""
    var recipient = ""
    var domain = ""
    var relay = ""
    var address = ""
    var sender = ""
    var client = ""
    var arrival = 0
    /// The next line: 0 connect, 1 client, 2 message-id, 3 queue active, 4 the attempt, 5 removed, 6 disconnect.
    var step = 0
  }

  /// Messages that are being received or sent at one moment.
  private static let busy = 60

  private let deferredShare: Double
  private let waiting: Int
  private var random: Randomness
  private var active: [Message] = []
  private var deferred: [Message] = []
  /// Seconds since the first line, and lines of this second still to come.
  private var second = 0
  private var left = 14
  private var number = 0

  /// - Parameters:
  ///   - deferredShare: the share of attempts that are put off, 0 to 0.9.
  ///   - waiting: about how many messages wait for another attempt, once so many were put off.
  public init(deferredShare: Double, waiting: Int = 3000, seed: UInt64 = 1) {
    self.deferredShare = min(max(deferredShare, 0), 0.9)
    self.waiting = waiting
    random = Randomness(seed: seed)
    for _ in 0..<LogGenerator.busy { active.append(message()) }
  }

  /// Appends the next line with its newline.
  public mutating func line(to buffer: inout ByteBuffer) {
    left -= 1
    if left < 0 {
      second += 1
      left = 7 + random.below(15)
    }
    // A message that waits gets its next attempt about as often as one is put off.
    if deferred.count > waiting || (!deferred.isEmpty && random.happens(0.002)) {
      let retried = random.below(deferred.count)
      let other = random.below(active.count)
      deferred.swapAt(retried, deferred.count - 1)
      let message = deferred.removeLast()
      if active[other].step == 0 { active[other] = message } else { active.append(message) }
    }
    let index = random.below(active.count)
    head(&buffer)
    write(index, &buffer)
    buffer.append(0x0A)
  }

  // MARK: - Lines

  private mutating func write(_ index: Int, _ buffer: inout ByteBuffer) {
    let message = active[index]
    active[index].step += 1
    switch message.step {
    case 0:
      daemon("smtpd", &buffer)
      buffer.append("connect from \(message.client)")
    case 1:
      daemon("smtpd", &buffer)
      buffer.append("\(message.queueID): client=\(message.client)")
      if number % 4 == 0 { buffer.append(", sasl_method=PLAIN, sasl_username=office\(number % 300)") }
    case 2:
      daemon("cleanup", &buffer)
      buffer.append("\(message.queueID): message-id=<\(message.arrival).\(message.queueID)@news.example.org>")
    case 3:
      daemon("qmgr", &buffer)
      buffer.append("\(message.queueID): from=<\(message.sender)>, size=\(2000 + message.arrival % 60_000), nrcpt=1 (queue active)")
    case 4:
      attempt(index, message, &buffer)
    case 5:
      daemon("qmgr", &buffer)
      buffer.append("\(message.queueID): removed")
    default:
      daemon("smtpd", &buffer)
      buffer.append("disconnect from \(message.client) ehlo=2 starttls=1 mail=1 rcpt=1 data=1 quit=1 commands=7")
      leave(index)
    }
  }

  /// Makes room for another message, unless there are enough.
  private mutating func leave(_ index: Int) {
    if active.count > LogGenerator.busy {
      active.swapAt(index, active.count - 1)
      active.removeLast()
    } else {
      active[index] = message()
    }
  }

  private mutating func attempt(_ index: Int, _ message: Message, _ buffer: inout ByteBuffer) {
    daemon("smtp", &buffer)
    buffer.append("\(message.queueID): to=<\(message.recipient)>, relay=")
    let delay = second - message.arrival
    let delays = "delay=\(delay).\(random.below(10)), delays=\(delay)/0.0\(random.below(9) + 1)/0.3\(random.below(9))/0.2, "
    let relay = "\(message.relay)[\(message.address)]:25, "
    if random.happens(deferredShare) {
      let failure = Site.failures[pick(Site.failures.map(\.weight))]
      buffer.append(failure.hasRelay ? relay : "none, ")
      buffer.append(delays)
      buffer.append("dsn=\(failure.status), status=deferred (")
      fill(failure.text, message, &buffer)
      buffer.append(")")
      // It waits, and comes back with its queue manager's line.
      var waiting = message
      waiting.step = 3
      deferred.append(waiting)
      leave(index)
      return
    }
    buffer.append(relay)
    buffer.append(delays)
    if random.happens(0.01) {
      buffer.append("dsn=5.1.1, status=bounced (host \(message.relay)[\(message.address)] said: 550 5.1.1 <\(message.recipient)>: User unknown (in reply to RCPT TO command))")
    } else {
      buffer.append("dsn=2.0.0, status=sent (250 2.0.0 OK  \(1_772_323_200 + second) \(token(12)) - queued)")
    }
  }

  private mutating func fill(_ text: String, _ message: Message, _ buffer: inout ByteBuffer) {
    var isField = false
    for byte in text.utf8 {
      guard isField else {
        if byte == UInt8(ascii: "%") { isField = true } else { buffer.append(byte) }
        continue
      }
      isField = false
      switch byte {
      case UInt8(ascii: "h"): buffer.append(message.relay)
      case UInt8(ascii: "i"): buffer.append(message.address)
      case UInt8(ascii: "d"): buffer.append(message.domain)
      case UInt8(ascii: "r"): buffer.append(message.recipient)
      default: buffer.append(token(18))
      }
    }
  }

  /// `Mar  1 00:00:00 mx1 `; the log begins on the first of March.
  private mutating func head(_ buffer: inout ByteBuffer) {
    let date = Timestamp.date(days: Timestamp.days(year: 2026, month: 3, day: 1) + second / 86_400)
    let names: [StaticString] = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    buffer.append(names[date.month - 1])
    buffer.append(date.day < 10 ? "  " : " ")
    buffer.append(decimal: date.day)
    buffer.append(0x20)
    buffer.append(decimal: second / 3600 % 24, width: 2)
    buffer.append(0x3A)
    buffer.append(decimal: second / 60 % 60, width: 2)
    buffer.append(0x3A)
    buffer.append(decimal: second % 60, width: 2)
    buffer.append(" mx1 ")
  }

  private mutating func daemon(_ name: StaticString, _ buffer: inout ByteBuffer) {
    buffer.append("postfix/")
    buffer.append(name)
    buffer.append("[")
    buffer.append(decimal: 1000 + random.below(150))
    buffer.append("]: ")
  }

  // MARK: - Messages

  private mutating func message() -> Message {
    var message = Message()
    number += 1
    message.arrival = second
    // Half the ids are long ones, as with enable_long_queue_ids.
    message.queueID =
      number % 2 == 0 ? "4" + token(13) : String(0xB0_0000_0000 + UInt64(number) &* 7_919, radix: 16).uppercased()
    let choice = pick(Site.providers.map(\.weight) + [Site.otherWeight])
    if choice < Site.providers.count {
      let provider = Site.providers[choice]
      message.domain = provider.domain
      message.relay = provider.relay
      message.address = provider.network + "\(1 + random.below(250))"
    } else {
      let other = random.below(Site.others)
      message.domain = "company\(other).example.net"
      message.relay = "mx\(other % 3).company\(other).example.net"
      message.address = "198.51.\(other % 250).\(1 + other / 250)"
    }
    message.recipient = "user\(random.below(100_000))@\(message.domain)"
    message.sender = random.happens(0.1) ? "" : "bounce+\(random.below(1_000_000))@news.example.org"
    let client = random.below(12)
    message.client = "app\(client).example.org[10.0.\(client).\(1 + random.below(250))]"
    return message
  }

  private mutating func pick(_ weights: [Int]) -> Int {
    var left = random.below(weights.reduce(0, +))
    for (index, weight) in weights.enumerated() {
      if left < weight { return index }
      left -= weight
    }
    return weights.count - 1
  }

  private mutating func token(_ length: Int) -> String {
    let letters = Array("BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789".utf8)
    return String(decoding: (0..<length).map { _ in letters[random.below(letters.count)] }, as: UTF8.self)
  }
}
