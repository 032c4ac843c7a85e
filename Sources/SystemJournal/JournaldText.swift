// What journalctl writes with `-o export` and `-o json`, as the lines of a log.
//
// The forms: https://systemd.io/JOURNAL_EXPORT_FORMATS/. Promises: memory bounded by the longest field that is read;
// what is longer is passed over, and so is what is of neither form. Leaves to others: which lines matter.

public import Bytes

/// Reads entries off a stream and gives lines.
public final class JournaldText: ByteStream {
  public enum Form: Sendable {
    /// `NAME=value` lines, or `NAME`, a length and so many bytes; an empty line ends an entry.
    case export
    /// One object a line.
    case json

    /// The form of a file that begins with `beginning`, which should hold its first line; nil for any other file.
    public init?(beginning: ByteView) {
      if beginning.hasPrefix("__CURSOR=") || beginning.hasPrefix("__REALTIME_TIMESTAMP=") {
        self = .export
      } else if beginning.at(0) == UInt8(ascii: "{"),
        beginning.prefix(beginning.firstIndex(of: 0x0A) ?? beginning.count).contains("\"__REALTIME_TIMESTAMP\"")
      {
        self = .json
      } else {
        return nil
      }
    }
  }

  /// Bytes of the longest field (`export`) or line (`json`) that is read.
  static let longest = 1 << 20

  private let source: any ByteStream
  private let form: Form
  private var entry = JournaldEntry()
  private var fields = JournaldFields()
  /// What was read of the source and not yet taken.
  private var input = ByteBuffer(capacity: 128 * 1024)
  /// Bytes to pass over: the rest of a field that is too long.
  private var passing = 0
  /// The rest of a line is passed over.
  private var passesLine = false
  private var output = ByteBuffer(capacity: 128 * 1024)
  private var given = 0
  /// 0 at the end, minus errno after a failure.
  private var ending: Int?

  public init(_ source: any ByteStream, _ form: Form) {
    self.source = source
    self.form = form
  }

  public func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
    while given == output.view.count {
      output.removeAll()
      given = 0
      if let ending { return ending }
      fill()
    }
    let amount = min(count, output.view.count - given)
    memory.copyMemory(from: output.view.start + given, byteCount: amount)
    given += amount
    return amount
  }

  private func fill() {
    let block = 64 * 1024
    var received = 0
    input.append(capacity: block) { place in
      received = source.read(into: place, count: block)
      return max(received, 0)
    }
    if received <= 0 {
      ending = received
      // The last entry of an export need not end in an empty line, nor the last line in a newline.
      if form == .export { input.append("\n\n") } else if !input.view.isEmpty { input.append("\n") }
    }
    var at = 0
    while let next = take(from: at) { at = next }
    input.removeFirst(at)
    if input.view.count > JournaldText.longest, passing == 0 {
      input.removeAll()
      passesLine = true
    }
  }

  /// Takes the piece of the input that begins at `start`, and returns where the next one does; nil if more is needed.
  private func take(from start: Int) -> Int? {
    let view = input.view
    if passing > 0 {
      let passed = min(passing, view.count - start)
      passing -= passed
      return passed > 0 ? start + passed : nil
    }
    guard let newline = view.firstIndex(of: 0x0A, from: start) else { return nil }
    let line = view[start..<newline]
    if passesLine {
      passesLine = false
      return newline + 1
    }
    switch form {
    case .json:
      if fields.read(line, into: &entry) { give() }
      // One line for each, so that they keep their numbers.
      output.append(0x0A)
      entry.removeAll()
    case .export:
      if line.isEmpty {
        if give() { output.append(0x0A) }
        entry.removeAll()
      } else if let equals = line.firstIndex(of: 0x3D) {
        entry.take(line.prefix(equals), line.from(equals + 1))
      } else {
        return takeBinary(line, from: newline + 1)
      }
    }
    return newline + 1
  }

  /// Takes the value of a field that may hold newlines: eight bytes of length, the least first, so many bytes, a newline.
  private func takeBinary(_ name: ByteView, from start: Int) -> Int? {
    let view = input.view
    guard view.count - start >= 8 else { return nil }
    let length = (0..<8).reduce(0 as UInt64) { $0 | UInt64(view[start + $1]) << UInt64($1 * 8) }
    guard length <= UInt64(JournaldText.longest / 2) else {
      passing = Int(min(length, UInt64(Int.max - 1))) + 1
      return start + 8
    }
    let end = start + 8 + Int(length)
    guard end < view.count else { return nil }
    entry.take(name, view[(start + 8)..<end])
    return end + 1
  }

  /// Gives the entry's line; false if it has no time or no message.
  @discardableResult
  private func give() -> Bool {
    guard entry.hasMessage, let time = entry.time else { return false }
    entry.appendLine(of: time, to: &output)
    return true
  }
}
