// The years of a log whose stamps have none, from a look over all of it.

import Bytes
import Glibc
import LogFiles
import MailLog

enum YearSurvey {
  /// Bytes up to which every line is looked at.
  private static let whole = 2 << 20
  /// Of a larger file so many lines are looked at, evenly spread, but no more than one in 64 KiB.
  private static let looks = 2048
  private static let block = 64 * 1024
  private static let page = 4096

  /// How the years go on in a plain file of `size` bytes; nil if its first line has another stamp. Reads 8 MiB at most.
  /// The descriptor's position stays where it is.
  static func course(_ descriptor: Int32, size: Int) -> YearCourse? {
    var course = YearCourse()
    var isFirst = true
    var isOfStamps = true
    func take(_ line: ByteView) -> Bool {
      let date = LogParser.dateWithoutYear(line.from(line.leadingZeros))
      if isFirst, date == nil { isOfStamps = false }
      isFirst = false
      if let date { course.take(month: date.month, day: date.day) }
      return isOfStamps
    }
    let length = size > whole ? page : block
    let step = max(block, (size / looks + page - 1) / page * page)
    withUnsafeTemporaryAllocation(byteCount: length, alignment: 4096) { block in
      guard let base = block.baseAddress else { return }
      var at = 0
      while at < size {
        let received = pread(descriptor, base, length, off_t(at))
        guard received > 0 else { return }
        let bytes = ByteView(UnsafePointer(base.assumingMemoryBound(to: UInt8.self)), count: received)
        // Behind the first newline begins a line, at the file's start one without that.
        var start = at == 0 ? 0 : bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? received
        if size > whole {
          if start < received, !take(bytes.from(start)) { return }
          at += step
          continue
        }
        while let newline = bytes.firstIndex(of: 0x0A, from: start) {
          if !take(bytes[start..<newline]) { return }
          start = newline + 1
        }
        if received < length || at + received >= size {
          if start < received { _ = take(bytes.from(start)) }
          return
        }
        // The next block begins with the newline before the line that was cut; of a line longer than a block the rest is
        // passed over.
        at += start > 1 ? start - 1 : received
      }
    }
    return isOfStamps && !isFirst ? course : nil
  }
}
