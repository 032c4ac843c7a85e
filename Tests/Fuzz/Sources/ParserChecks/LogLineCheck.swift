import Bytes
import MailLog
import SMTPTypes

/// A line as it stands, and as the message of each daemon: two readings in turn must agree.
func checkLogLine(_ bytes: ByteView) throws(CheckFailure) {
  var parser = LogParser(stamps: StampResolver(reference: Timestamp(seconds: 1_795_456_800), zone: .utc))
  try read(bytes, &parser)
  var line = ByteBuffer(capacity: bytes.count + 64)
  line.append("2026-11-23T18:00:00.123456+00:00 mx1 ")
  let tags = LogTags.all
  line.append(tags[Int((bytes.at(0) ?? 0) % UInt8(tags.count))])
  line.append(": ")
  line.append(bytes)
  try read(line.view, &parser)
}

enum LogTags {
  static let all: [StaticString] = [
    "postfix/smtp[1]", "postfix/smtpd[1]", "postfix/qmgr[1]", "postfix/cleanup[1]", "postfix/bounce[1]",
    "postfix/postscreen[1]", "postfix/submission/smtpd[1]", "postfix/error[1]", "postfix/local[1]", "postfix/pickup[1]",
    "postfix/postsuper[1]", "postfix/new[1]", "sm-mta[1]", "sendmail[1]", "rsyslogd", "systemd-journald[1]",
  ]
}

private func read(_ line: ByteView, _ parser: inout LogParser) throws(CheckFailure) {
  guard let first = parser.parse(line) else { return }
  let sum = touch(first.header) &+ touch(first.record)
  guard let second = parser.parse(line) else { throw CheckFailure(message: "read once, not twice") }
  try require(first.header.time == second.header.time, "two times for one line")
  try require(sum == touch(second.header) &+ touch(second.record), "two readings differ")
}
