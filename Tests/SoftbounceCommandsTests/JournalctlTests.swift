import Bytes
import SystemJournal
import Testing

@testable import SoftbounceCommands

/// What journalctl writes with `-o export` and `-o json`.
@Suite struct JournalctlTests {
  static let entries = Logs.morning.split(separator: "\n").enumerated().map { number, line -> Entry in
    let parts = line.split(separator: " ", maxSplits: 3)
    let tag = parts[2].split(separator: "[")
    let message = parts[3]
    // 2026-11-23T09:00:00Z and so many milliseconds.
    let clock = parts[0].dropFirst(17).prefix(6).split(separator: ".").compactMap { Int($0) }
    return Entry(
      time: (1_795_424_400_000 + clock[0] * 1000 + clock[1]) * 1000, identifier: String(tag[0]),
      pid: String(tag[1].prefix { $0 != "]" }), message: String(message), number: number)
  }

  struct Entry: Sendable {
    var time: Int
    var identifier: String
    var pid: String
    var message: String
    var number: Int

    /// Every other one as a field that may hold newlines.
    var export: [UInt8] {
      var bytes = Array("__CURSOR=s=1;i=\(number)\n__REALTIME_TIMESTAMP=\(time)\n_HOSTNAME=mx1\n_PID=\(pid)\n".utf8)
      bytes += Array("PRIORITY=6\nSYSLOG_IDENTIFIER=\(identifier)\n".utf8)
      if number % 2 == 0 { return bytes + Array("MESSAGE=\(message)\n\n".utf8) }
      let text = Array("\(message)\n".utf8)
      bytes += Array("MESSAGE\n".utf8)
      for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: text.count >> (shift * 8))) }
      return bytes + text + Array("\n\n".utf8)
    }

    var json: String {
      let text = message.replacing("\"", with: "\\\"")
      return
        #"{"_TRANSPORT":"syslog","SYSLOG_PID":"\#(pid)","MESSAGE":"\#(text)","COREDUMP":null,"X":["a",[1,2]],"#
        + #""SYSLOG_IDENTIFIER":"\#(identifier)","_HOSTNAME" : "mx1","__REALTIME_TIMESTAMP":"\#(time)"}"#
    }
  }

  static let export = entries.flatMap { $0.export }
  static let json = entries.map { $0.json + "\n" }.joined()

  /// Gives `bytes` in pieces.
  private final class Pieces: ByteStream {
    var rest: ArraySlice<UInt8>
    let size: Int

    init(_ bytes: [UInt8], of size: Int) {
      rest = bytes[...]
      self.size = size
    }

    func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
      let piece = rest.prefix(min(size, count))
      memory.copyMemory(from: Array(piece), byteCount: piece.count)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }

  private func text(_ bytes: [UInt8], _ form: JournaldText.Form, piece: Int = 4096) -> String {
    let stream = JournaldText(Pieces(bytes, of: piece), form)
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 100)
    while true {
      let count = block.withUnsafeMutableBytes { $0.baseAddress.map { stream.read(into: $0, count: 100) } ?? 0 }
      guard count > 0 else { break }
      text += block[..<count]
    }
    return String(decoding: text, as: UTF8.self)
  }

  @Test(arguments: [1, 2, 7, 100, 4096]) func piecesMakeNoDifference(_ piece: Int) {
    let export = text(JournalctlTests.export, .export, piece: piece)
    #expect(export.split(separator: "\n").count == JournalctlTests.entries.count)
    #expect(text(Array(JournalctlTests.json.utf8), .json, piece: piece) == export)
    #expect(export.hasPrefix("2026-11-23T09:00:00.100000Z mx1 postfix/smtpd[100]: 4abc001: client=web1.example.org"))
  }

  /// What was printed but for names of files and where in them a line stands.
  private func figures(_ output: String) -> [Substring] {
    let lines = output.split(separator: "\n").filter { !$0.contains("DIR/") && !$0.contains("\"-\"") }
    return lines.compactMap { $0.split(separator: ",\"offset\":").first }
  }

  @Test(arguments: ["events", "report --format json", "events --type rejection"])
  func anExportIsALog(_ command: String) {
    let scratch = Scratch()
    func run(_ name: String, _ content: [UInt8]) -> [Substring] {
      let outcome = scratch.run(command.split(separator: " ").map { String($0) } + [scratch.file(name, content)])
      #expect(outcome.errors == "")
      #expect(outcome.status == 0)
      return figures(outcome.output)
    }
    let plain = run("mail.log", Array(Logs.morning.utf8))
    #expect(!plain.isEmpty)
    #expect(run("export", JournalctlTests.export) == plain)
    #expect(run("json", Array(JournalctlTests.json.utf8)) == plain)
    #expect(run("export.gz", packed(["gzip", "-c"], JournalctlTests.export)) == plain)
    let piped = scratch.run(command.split(separator: " ").map { String($0) } + ["-"], input: JournalctlTests.export)
    #expect(piped.errors == "")
    #expect(figures(piped.output) == plain)
  }

  @Test func anExportIsBroughtInOnce() {
    let scratch = Scratch()
    let file = scratch.file("export", JournalctlTests.export)
    let command = ["import", "--host", "mx1", "--journal", scratch.path + "/journal", file]
    #expect(scratch.run(command).status == 0)
    let first = scratch.run(["events", scratch.path + "/journal"]).output
    #expect(first.split(separator: "\n").count { $0.contains("\"transient-failure\"") } == 2)
    #expect(scratch.run(command).status == 0)
    #expect(scratch.run(["events", scratch.path + "/journal"]).output == first)
  }

  @Test(arguments: [
    (#"{"__REALTIME_TIMESTAMP":"1795424400000000","MESSAGE":[97,10,98,255]}"#, "localhost unknown: a b\u{FFFD}"),
    (#"{"__REALTIME_TIMESTAMP":"1795424400000000","MESSAGE":["a\u00e9\t","b"]}"#, "localhost unknown: aé\t"),
    (#"{"__REALTIME_TIMESTAMP":"1795424400000000","MESSAGE":[[97],[98]],"_HOSTNAME":"a b"}"#, "a_b unknown: a"),
    (#"{"__REALTIME_TIMESTAMP":"1795424400000000","MESSAGE":null}"#, ""),
    (#"{"__REALTIME_TIMESTAMP":"1795424400000000","MESSAGE":"a""#, ""), ("{", ""), ("{}", ""), ("x", ""),
    (#"{"MESSAGE":"\ud83d\ude00\"","_SOURCE_REALTIME_TIMESTAMP":"1795424400000000"}"#, "localhost unknown: 😀\""),
  ])
  func everyObjectIsALine(_ object: String, _ expected: String) {
    let line = text(Array("\(object)\n".utf8), .json)
    #expect(line == (expected.isEmpty ? "\n" : "2026-11-23T09:00:00.000000Z \(expected)\n"))
  }

  @Test func whatIsTooLongIsPassedOver() {
    let head = Array("__CURSOR=1\n__REALTIME_TIMESTAMP=1795424400000000\n".utf8)
    let end = Array("MESSAGE=a\n\n".utf8)
    let long = [UInt8](repeating: 0x78, count: 3 << 20)
    var size: [UInt8] = []
    for shift in 0..<8 { size.append(UInt8(truncatingIfNeeded: long.count >> (shift * 8))) }
    let line = "2026-11-23T09:00:00.000000Z localhost unknown: a\n"
    #expect(text(head + Array("X\n".utf8) + size + long + [0x0A] + end + head + end, .export) == line + line)
    #expect(text(head + Array("X=".utf8) + long + [0x0A] + end + head + end, .export) == line + line)
    let endless = [UInt8](repeating: 0xFF, count: 8)
    #expect(text(head + Array("X\n".utf8) + endless + end, .export) == "")
  }

  @Test func otherFilesAreNone() {
    for beginning in ["", "{", #"{"time":"2026-11-23T09:00:00Z","type":"gap"}"#, "__X=1", "Nov 23 17:59:48 mx1 x: y"] {
      #expect(beginning.withByteView { JournaldText.Form(beginning: $0) } == nil)
    }
  }
}
