import Glibc
import Reporting
import SMTPTypes

@testable import SoftbounceCommands

/// A directory of its own, removed with the value, and a command run beside it.
final class Scratch {
  let path: String

  init() {
    var template = Array("/tmp/softbounce-commands-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else { return "/nonexistent" }
      return String(cString: made)
    }
  }

  deinit {
    Scratch.remove(path)
  }

  private static func remove(_ path: String) {
    if let handle = opendir(path) {
      while let entry = readdir(handle) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(handle)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  /// Writes `text` to a file in the directory, last written at `modified` (seconds since 1970).
  @discardableResult
  func file(_ name: String, _ text: String, modified: Int = 1_795_429_800) -> String {
    file(name, Array(text.utf8), modified: modified)
  }

  @discardableResult
  func file(_ name: String, _ bytes: [UInt8], modified: Int = 1_795_429_800) -> String {
    let full = path + "/" + name
    if let handle = fopen(full, "w") {
      fwrite(bytes, 1, bytes.count, handle)
      fclose(handle)
    }
    let times = [timeval(tv_sec: modified, tv_usec: 0), timeval(tv_sec: modified, tv_usec: 0)]
    utimes(full, times)
    return full
  }

  /// What a file in the directory holds, if that is UTF-8; nil without one.
  func text(_ name: String) -> String? {
    guard let handle = fopen(path + "/" + name, "r") else { return nil }
    defer { fclose(handle) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(handle), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(validating: bytes, as: UTF8.self)
  }

  func directory(_ name: String) -> String {
    mkdir(path + "/" + name, 0o755)
    return path + "/" + name
  }

  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs `softbounce` with `arguments` at 2026-11-23T10:30:00Z. The scratch directory's path reads `DIR` in what
  /// comes back.
  func run(
    _ arguments: [String], input: [UInt8], paths: DefaultPaths? = nil
  ) -> Outcome {
    let descriptor = open(file("stdin", input), O_RDONLY)
    defer { close(descriptor) }
    return run(arguments, descriptor, paths: paths)
  }

  func run(
    _ arguments: [String], input: String? = nil, isTerminal: Bool = false, environment: [String: String] = [:],
    paths: DefaultPaths? = nil, zone: DisplayZone = .utc
  ) -> Outcome {
    let descriptor = input.map { open(file("stdin", $0), O_RDONLY) } ?? open("/dev/null", O_RDONLY)
    defer { close(descriptor) }
    return run(arguments, descriptor, isTerminal: isTerminal, environment: environment, paths: paths, zone: zone)
  }

  private func run(
    _ arguments: [String], _ input: Int32, isTerminal: Bool = false, environment: [String: String] = [:],
    paths: DefaultPaths?, zone: DisplayZone = .utc
  ) -> Outcome {
    let console = Console(
      input: input, isTerminal: isTerminal, environment: environment, now: Timestamp(seconds: 1_795_429_800),
      zone: zone, paths: paths ?? self.paths())
    let status = SoftbounceCommand.main(arguments: arguments, console: console)
    return Outcome(status: status, output: shown(console.output), errors: shown(console.errors))
  }

  /// Defaults within the directory, whatever the machine has.
  func paths(journal: String? = nil, logs: [String]? = nil, systemJournals: [String] = []) -> DefaultPaths {
    DefaultPaths(
      journal: journal ?? path + "/no-journal", logs: logs ?? [path + "/no-log"], systemJournals: systemJournals,
      configuration: path + "/softbounce.yaml", rules: path + "/rules.d")
  }

  private func shown(_ text: String) -> String {
    text.split(separator: path, omittingEmptySubsequences: false).joined(separator: "DIR")
  }
}
