import Glibc
import Reporting

/// How far long reading has come, on a terminal that a person watches: the file, bytes read and of how many. Shown
/// from the first half second on, ten times a second at most.
final class ReadingProgress {
  private let console: Console
  private let total: Int
  private var done = 0
  private var file = ""
  private var next: Double

  /// - Parameter total: bytes of all files; 0 if unknown.
  init(_ console: Console, total: Int) {
    self.console = console
    self.total = total
    next = ReadingProgress.seconds + 0.5
  }

  func begin(_ file: String) { self.file = Printable.text(file, limit: 200) }

  func advance(_ bytes: Int) {
    done += bytes
    guard console.isWatched else { return }
    let now = ReadingProgress.seconds
    guard now >= next else { return }
    next = now + 0.1
    console.show(progress: ReadingProgress.line(file, done, total, columns: console.errorWidth - 1))
  }

  /// Takes the line away.
  func end() { console.show(progress: nil) }

  /// `mail.log.2.gz  34%, 412 MB of 1.2 GB`, the name cut where it does not fit.
  static func line(_ file: String, _ done: Int, _ total: Int, columns: Int) -> String {
    var amount = bytes(done)
    if total > 0 { amount = "\(min(done, total) * 100 / total)%, \(bytes(min(done, total))) of \(bytes(total))" }
    let room = columns - amount.utf8.count - 2
    guard room >= 8 else { return String(amount.prefix(max(columns, 0))) }
    let name = file.count <= room ? file : "…" + file.suffix(room - 1)
    return name + "  " + amount
  }

  private static func bytes(_ count: Int) -> String {
    var value = Double(count)
    for unit in ["B", "kB", "MB"] {
      if value < 1000 { return "\(Int(value)) \(unit)" }
      value /= 1000
    }
    let tenths = Int(value * 10)
    return "\(tenths / 10).\(tenths % 10) GB"
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
