// Lines that a syslog daemon wrote once for several that were alike.

import Bytes
import Journal
import MailLog
import SMTPTypes

extension Intake {
  /// Events that one line may give: more are told of by a `gap`, so that no line fills the disk.
  private static let repetitionLimit = 1_000

  /// Takes a line as often as it says that it came. What tells of a message's way and not of a failure is as true once.
  @inline(never)
  func takeRepeated(_ line: UnsafePointer<AssessedLine>, of host: Int, _ others: [Assessment]) {
    switch line.pointee.parsed.record {
    case .delivery, .rejection: break
    case .trouble(let record) where record.kind != .lostLines: break
    default: return take(line, .full, of: host, others)
    }
    let repeats = line.pointee.repeats
    for _ in 0..<min(repeats, Intake.repetitionLimit) { take(line, .full, of: host, others) }
    guard repeats > Intake.repetitionLimit, !isWarmingUp else { return }
    giveGap(
      repeats - Intake.repetitionLimit, note: ByteView("one line stands for more messages than are told one by one"),
      line.pointee.parsed.header.time, host)
  }
}
