import Reporting

/// How far long reading has come: the file, bytes read and of how many.
final class ReadingProgress {
  private let meter: ProgressMeter
  private let columns: Int
  private let total: Int
  private var done = 0
  private var file = ""

  /// - Parameter total: bytes of all files; 0 if unknown.
  init(_ console: Console, total: Int) {
    meter = ProgressMeter(console)
    columns = console.errorWidth - 1
    self.total = total
  }

  func begin(_ file: String) { self.file = Printable.text(file, limit: 200) }

  func advance(_ bytes: Int) {
    done += bytes
    meter.show { ReadingProgress.line(file, done, total, columns: columns) }
  }

  /// Takes the line away.
  func end() { meter.clear() }

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
}
