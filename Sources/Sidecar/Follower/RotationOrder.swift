// Which of two rotated files came later, where their names alone could mislead.

import Bytes
import LogFiles
import MailLog
import SMTPTypes

/// How the numbers of a log's rotated files run. Nearly everywhere the highest is the oldest (logrotate, newsyslog);
/// scripts of people's own count upwards, and reading such files by their numbers would read old ones again and pass over
/// new ones. What the files begin with tells.
struct RotationOrder: Equatable {
  /// The highest number is the newest.
  private(set) var countsUp = false

  /// What is known of one file.
  struct File {
    var suffix: RotationSuffix
    /// Its first bytes.
    var beginning: [UInt8]
    /// Nanoseconds since 1970.
    var modified: Int64
  }

  /// The usual order.
  init() {}

  /// The order that the times of the first lines say: upwards if every file with a higher number begins later, and at
  /// least one does.
  init(_ files: [File]) {
    let dated = files.compactMap { file -> (number: Int, time: Timestamp)? in
      guard case .number(let number) = file.suffix, let time = RotationOrder.firstTime(of: file) else { return nil }
      return (number, time)
    }.sorted { $0.number < $1.number }
    for (lower, higher) in zip(dated, dated.dropFirst()) where lower.number < higher.number {
      if higher.time < lower.time {
        countsUp = false
        return
      }
      if higher.time > lower.time { countsUp = true }
    }
  }

  private static func firstTime(of file: File) -> Timestamp? {
    // A stamp without a year is before the file's last change.
    let reference = Timestamp(microseconds: file.modified / 1000, fractionDigits: 0)
    var parser = LogParser(stamps: StampResolver(reference: reference))
    return file.beginning.withUnsafeBufferPointer { bytes in
      let beginning = ByteView(bytes)
      return beginning.firstIndex(of: 0x0A).flatMap {
        parser.parse(beginning[beginning.leadingZeros..<$0])?.header.time
      }
    }
  }

  /// True if what has the suffix `left` was rotated away after what has `right`; nil if the names don't tell.
  func isNewer(_ left: RotationSuffix, than right: RotationSuffix) -> Bool? {
    if countsUp, case .number(let mine) = left, case .number(let theirs) = right { return mine > theirs }
    return left.isNewer(than: right)
  }
}
