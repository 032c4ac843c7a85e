import Glibc
import LogFiles
import Testing

@testable import Sidecar

/// Logs whose rotated files are numbered upwards, the newest highest.
@Suite struct RotationOrderTests {
  @Test(arguments: [
    ([(1, "09:00:00"), (2, "10:00:00"), (3, "11:00:00")], true),
    ([(1, "11:00:00"), (2, "10:00:00"), (3, "09:00:00")], false),
    ([(1, "09:00:00"), (2, "10:00:00"), (3, "08:00:00")], false),
    ([(3, "11:00:00"), (1, "09:00:00")], true),
    ([(1, "09:00:00"), (2, "09:00:00")], false),
    ([(1, "09:00:00"), (2, "09:00:00"), (3, "09:00:01")], true),
    ([(7, "09:00:00")], false),
    ([], false),
  ])
  func whatTheFirstLinesSay(files: [(Int, String)], countsUp: Bool) {
    let order = RotationOrder(
      files.map { number, time in
        RotationOrder.File(
          suffix: .number(number), beginning: Array("Nov 24 \(time) mx1 postfix/qmgr[1]: A: removed\nmore".utf8),
          modified: 1_795_600_000_000_000_000)
      })
    #expect(order.countsUp == countsUp)
    #expect(order.isNewer(.number(2), than: .number(1)) == countsUp)
    #expect(order.isNewer(.number(1), than: .number(2)) == !countsUp)
    #expect(order.isNewer(.number(1), than: .number(1)) == false)
    #expect(order.isNewer(.date("20261124"), than: .date("20261123")) == true)
    #expect(order.isNewer(.date("20261124"), than: .number(1)) == nil)
  }

  private let directory: Directory
  private let log: String
  private let writer: Writer

  init() throws {
    directory = try Directory()
    log = directory.file("mail.log")
    writer = Writer(log)
  }

  private func line(_ hour: Int) -> String { "Nov 24 \(hour + 10):00:00 mx1 postfix/qmgr[1]: A\(hour): removed" }

  private func follow(_ resume: LogPosition?, _ hours: [Int]) throws -> LogPosition? {
    let recorder = Recorder()
    var options = LogFollower.Options(path: log, resume: resume)
    options.settling = (closed: 0.02, open: 0.3)
    let follower = try LogFollower(options: options, handler: recorder)
    try follower.start()
    _ = recorder.wait { $0.lines.count >= hours.count }
    follower.stop()
    #expect(recorder.lines == hours.map(line))
    #expect(recorder.now.gaps.isEmpty)
    return recorder.now.commits.last?.position
  }

  private func rotate(to number: Int, packing: Bool) throws {
    rename(log, "\(log).\(number)")
    if packing { try #require(system("gzip -n \(log).\(number)") == 0) }
    writer.reopen()
  }

  /// Two older files lie beside; the log is rotated once, then twice more, while nobody follows it.
  @Test(arguments: [false, true])
  func noLineTwice(packing: Bool) throws {
    for hour in 0..<2 {
      writer.write(line(hour) + "\n")
      try rotate(to: hour + 1, packing: packing)
    }
    writer.write(line(2) + "\n")
    var position = try follow(nil, [2])
    writer.write(line(3) + "\n")
    try rotate(to: 3, packing: packing)
    writer.write(line(4) + "\n")
    position = try follow(position, [3, 4])
    for hour in 5..<7 {
      writer.write(line(hour) + "\n")
      try rotate(to: hour - 1, packing: packing)
    }
    writer.write(line(7) + "\n")
    _ = try follow(position, [5, 6, 7])
  }
}
