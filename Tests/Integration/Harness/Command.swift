import Foundation

/// A program that was run to its end.
struct Command {
  var status: Int32
  /// Standard output and standard error, in the order written.
  var output: String
  var seconds: Double
  var name: String

  static func run(_ program: String, _ arguments: [String] = [], input: String? = nil) throws -> Command {
    let directory = try World.scratch("run")
    defer { try? FileManager.default.removeItem(atPath: directory) }
    if let input { try input.write(toFile: directory + "/input", atomically: false, encoding: .utf8) }
    let start = Date()
    let child = try ChildProcess(
      program, arguments, input: input == nil ? "/dev/null" : directory + "/input", output: directory + "/output")
    let status = child.wait()
    let seconds = Date().timeIntervalSince(start)
    let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/output"))
    return Command(status: status, output: String(decoding: data, as: UTF8.self), seconds: seconds, name: program)
  }

  /// The output, if the program succeeded.
  func checked() throws -> String {
    guard status == 0 else { throw Trouble("\(name) ended with \(status): \(output.suffix(2000))") }
    return output
  }
}

/// A program that runs beside the test; killed at the latest when nothing refers to it any more.
final class Server {
  private let child: ChildProcess
  /// Where its standard output and error go.
  let outputPath: String

  init(_ program: String, _ arguments: [String], output: String) throws {
    outputPath = output
    child = try ChildProcess(program, arguments, output: output)
  }

  var isRunning: Bool { child.isRunning }

  var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }

  func signal(_ number: Int32) { child.signal(number) }

  /// Sends the signal and waits for the end; the seconds that took. A process that is still there after `limit`
  /// seconds is killed.
  @discardableResult
  func end(_ number: Int32 = SIGTERM, limit: Double = 20) -> Double {
    guard child.isRunning else { return 0 }
    let start = Date()
    child.signal(number)
    while child.isRunning {
      if Date().timeIntervalSince(start) > limit { child.signal(SIGKILL) }
      usleep(2_000)
    }
    return Date().timeIntervalSince(start)
  }

  deinit { end(SIGKILL) }
}
