// The private world (deploy/lib/world.sh) in which these tests run: real servers in namespaces of their own.
//
// `deploy/test` starts `swift test` inside it. Without it the integration suites are skipped, and deploy/test fails
// if that happens where a world is possible.

import Foundation

enum World {
  /// The world's tmpfs; nil outside of one.
  static let directory: String? = ProcessInfo.processInfo.environment["SOFTBOUNCE_WORLD"]

  /// Our own address in it, as the private Postfix and the sidecar see it.
  static let address = ProcessInfo.processInfo.environment["WORLD_ADDRESS"] ?? "203.0.113.25"

  static var isHere: Bool { directory != nil }

  /// Where deploy/test has unpacked a Sendmail; nil if it could not get one.
  static let sendmail: String? = ProcessInfo.processInfo.environment["SOFTBOUNCE_SENDMAIL"].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// True for campaigns that take many minutes.
  static let isLong = ProcessInfo.processInfo.environment["SOFTBOUNCE_LONG"] == "1"

  /// The repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// Where `softbounced` and `softbounce` were built.
  static let binaries =
    ProcessInfo.processInfo.environment["SOFTBOUNCE_BINARIES"] ?? root + "/.build/debug"

  /// A new empty directory in the world.
  static func scratch(_ name: String) throws -> String {
    guard let directory else { throw Trouble("there is no private world here; run deploy/test") }
    let path = "\(directory)/\(name)-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Lines for the world's name server.
  static func addNames(_ lines: String...) throws {
    guard let directory else { throw Trouble("there is no private world here; run deploy/test") }
    let zone = try FileHandle(forWritingTo: URL(fileURLWithPath: directory + "/names/zone"))
    defer { try? zone.close() }
    try zone.seekToEnd()
    try zone.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
  }

  /// Calls a function of the shell library.
  @discardableResult
  static func library(_ function: String, _ arguments: String...) throws -> String {
    try Command.run(root + "/deploy/lib/call", [function] + arguments).checked()
  }
}

/// Something that a test needs did not work.
struct Trouble: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// Polls until `condition` holds; false after `seconds`.
func eventually(within seconds: Double = 15, _ condition: () throws -> Bool) rethrows -> Bool {
  let end = Date().addingTimeInterval(seconds)
  while Date() < end {
    if try condition() { return true }
    usleep(50_000)
  }
  return try condition()
}
