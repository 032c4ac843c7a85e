// How `softbounce journal forget` and a running sidecar speak with each other: by a file beside the segments, which
// both may write because both own the journal. The sidecar takes it away when it has done what it says.

import Bytes
import Glibc
public import SMTPTypes

/// What the sidecar is asked to do.
public struct ErasureRequest: Sendable, Equatable {
  public enum Stage: String, Sendable {
    /// Begin a new segment, and forget the addresses in what is kept beside the journal.
    case begin
    /// Write that it is done.
    case end
  }

  public var stage: Stage
  /// With `begin`: the addresses, and what takes each one's place.
  public var addresses: [(address: String, replacement: String)] = []
  /// With `end`: lines that named an address, and the segments that they were in.
  public var lines = 0
  public var segments = 0

  public init(stage: Stage) { self.stage = stage }

  public static func == (left: ErasureRequest, right: ErasureRequest) -> Bool { left.text == right.text }

  static let fileName = "erasure.request"
  static let sizeLimit = 256 << 10

  private static func path(_ directory: String) -> String { directory + "/" + fileName }

  /// Asks. The file can be read by its owner alone: it names the addresses.
  public func post(in directory: String) throws(JournalError) {
    let path = ErasureRequest.path(directory)
    let temporary = path + ".new"
    let calls = FileSystemCalls()
    do throws(Fault) {
      let descriptor = try calls.descriptor(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      defer { _ = calls.close(descriptor) }
      var buffer = ByteBuffer()
      buffer.append(text)
      try calls.write(buffer.view, to: descriptor, at: 0, path: temporary)
      let renamed = calls.rename(temporary, path)
      guard renamed >= 0 else { throw Fault("rename", temporary, renamed) }
    } catch {
      _ = calls.unlink(temporary)
      throw JournalError(error)
    }
  }

  /// True while one waits.
  public static func isWaiting(in directory: String) -> Bool { access(path(directory), F_OK) == 0 }

  /// Takes a request back, or away once it was carried out.
  public static func remove(from directory: String) { unlink(path(directory)) }

  /// The request that waits; nil if there is none, or if it can't be read.
  public static func read(in directory: String) -> ErasureRequest? {
    // A pipe in its place must not keep a thread.
    let descriptor = open(path(directory), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: sizeLimit)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return ErasureRequest(text: String(decoding: bytes[..<count], as: UTF8.self))
  }

  /// One word and its values, tab-separated, a line.
  private var text: String {
    var text = stage.rawValue + "\t\(lines)\t\(segments)\n"
    for (address, replacement) in addresses {
      text += ErasureRequest.escaped(address) + "\t" + ErasureRequest.escaped(replacement) + "\n"
    }
    return text
  }

  /// A local part may hold what sets the values off.
  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
      case "\t": escaped.append(contentsOf: "\\t".unicodeScalars)
      case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
      case "\r": escaped.append(contentsOf: "\\r".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  private static func unescaped(_ text: Substring.UnicodeScalarView) -> String {
    var plain = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text {
      if scalar == "\\", !isEscaped {
        isEscaped = true
        continue
      }
      switch scalar {
      case "t" where isEscaped: plain.append("\t")
      case "n" where isEscaped: plain.append("\n")
      case "r" where isEscaped: plain.append("\r")
      default: plain.append(scalar)
      }
      isEscaped = false
    }
    return String(plain)
  }

  private init?(text: String) {
    // By scalars: a carriage return and a newline together are one character.
    let rows = text.unicodeScalars.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    guard let first = rows.first, first.count == 3, let stage = Stage(rawValue: String(first[0])),
      let lines = Int(String(first[1])), let segments = Int(String(first[2]))
    else { return nil }
    self.init(stage: stage)
    self.lines = lines
    self.segments = segments
    for row in rows.dropFirst() {
      guard row.count == 2 else { return nil }
      addresses.append((ErasureRequest.unescaped(row[0]), ErasureRequest.unescaped(row[1])))
    }
  }

  /// What the journal says of it: that something was erased, how much, and not what.
  public func withEvent(host: String, time: Timestamp, _ body: (borrowing Event) -> Void) {
    let note =
      stage == .begin
      ? "an address is being erased on request"
      : "an address was erased on request, from \(lines) lines in \(segments) segments"
    host.withByteView { host in
      note.withByteView { note in
        var event = Event(time: time, type: .erasure)
        if !host.isEmpty { event.host = host }
        if stage == .end { event.count = lines }
        event.state = stage == .begin ? ByteView("begun") : ByteView("done")
        event.note = note
        body(event)
      }
    }
  }
}
