/// Lines of a message that is put off by another server and requeued, for suites that put logs together of them.
protocol RequeueLines {}

extension RequeueLines {
  static func line(_ time: String, _ text: String) -> String {
    "2026-11-20T\(time).000000+00:00 mx1 postfix/\(text)"
  }

  static func delivery(
    _ time: String, _ queueID: String, _ delay: Int, _ status: String, _ recipient: String = "u@r.example",
    for original: String? = nil
  ) -> String {
    let to = "\(queueID): to=<\(recipient)>,\(original.map { " orig_to=<\($0)>," } ?? "")"
    let head = "smtp[4]: \(to) relay=mx.r.example[192.0.2.1]:25, delay=\(delay), delays=0/0/0/1"
    return switch status {
    case "suspended":
      line(
        time, "error[4]: \(to) relay=none, delay=\(delay), delays=0/0/0/0, dsn=4.4.1, status=deferred (delivery "
          + "temporarily suspended: connect to mx.r.example[192.0.2.1]:25: Connection refused)")
    case "deferred":
      line(time, head + ", dsn=4.2.2, status=deferred (host mx.r.example[192.0.2.1] said: 452 4.2.2 Mailbox full "
        + "(in reply to RCPT TO command))")
    case "bounced":
      line(time, head + ", dsn=5.1.1, status=bounced (host mx.r.example[192.0.2.1] said: 550 5.1.1 no such user "
        + "(in reply to RCPT TO command))")
    default: line(time, head + ", dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4XyZremote)")
    }
  }

  static func begin(
    _ time: String, _ queueID: String, _ client: String = "c.example[192.0.2.9]", messageID: String = "m@example.org"
  ) -> [String] {
    [
      line(time, "smtpd[1]: \(queueID): client=\(client)"),
      line(time, "cleanup[2]: \(queueID): message-id=<\(messageID)>"),
      line(time, "qmgr[3]: \(queueID): from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
    ]
  }

  static func requeue(_ time: String, _ old: String, _ new: String) -> [String] {
    [
      line(time, "postsuper[9]: \(old): requeued"),
      line(time, "pickup[9]: \(new): uid=0 from=<s@example.org> orig_id=\(old)"),
      line(time, "cleanup[2]: \(new): message-id=<m@example.org>"),
      line(time, "qmgr[3]: \(new): from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
    ]
  }

  static func end(_ time: String, _ queueID: String) -> [String] { [line(time, "qmgr[3]: \(queueID): removed")] }
}
