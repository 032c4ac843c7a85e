import Bytes
import Classification
import SMTPTypes

/// An event's line with another verdict: `cause`, `scope`, `retry_after`, `rule` and `ruleset` are written anew in their
/// places, and every other byte between the braces stays, keys that this version does not know among them.
struct VerdictLine: ~Copyable {
  private let keys = NameTable<EventKey>()

  /// Appends `line` (without its newline) as `event` judges it, and a newline. O(line).
  /// - Throws: if the line is no JSON object; then nothing was appended.
  func append(_ line: ByteView, as event: borrowing Event, to buffer: inout ByteBuffer) throws(JournalLineError) {
    let start = buffer.count
    do throws(JournalLineError) {
      var cursor = JSONCursor(line)
      try cursor.expect(0x7B)
      buffer.append(0x7B)
      var isFirst = true
      var hasCause = false
      var hasRule = false
      while try cursor.nextMember(&isFirst) {
        let member = cursor.at
        let name = try cursor.rawText().bytes
        try cursor.expect(0x3A)
        try cursor.skipValue()
        let key = keys[name]
        switch key {
        case .cause, .scope, .retryAfter, .rule, .ruleset: continue
        default: break
        }
        let rank = key.map { Int($0.rawValue) } ?? -1
        if !hasCause, rank > Int(EventKey.scope.rawValue) {
          hasCause = true
          appendCause(event, from: start, &buffer)
        }
        if !hasRule, rank > Int(EventKey.ruleset.rawValue) {
          hasRule = true
          appendRule(event, from: start, &buffer)
        }
        separate(from: start, &buffer)
        buffer.append(ByteView(member, count: cursor.at - member))
      }
      if !hasCause { appendCause(event, from: start, &buffer) }
      if !hasRule { appendRule(event, from: start, &buffer) }
      buffer.append("}\n")
    } catch {
      buffer.truncate(to: start)
      throw error
    }
  }

  /// A comma, unless a member is the first.
  private func separate(from start: Int, _ buffer: inout ByteBuffer) {
    if buffer.count > start + 1 { buffer.append(0x2C) }
  }

  private func appendCause(_ event: borrowing Event, from start: Int, _ buffer: inout ByteBuffer) {
    guard let cause = event.cause else { return }
    separate(from: start, &buffer)
    buffer.append("\"cause\":\"")
    buffer.append(cause.name)
    buffer.append(0x22)
    EventEncoder.name(",\"scope\":\"", event.scope, &buffer)
  }

  private func appendRule(_ event: borrowing Event, from start: Int, _ buffer: inout ByteBuffer) {
    if let seconds = event.retryAfter {
      separate(from: start, &buffer)
      EventEncoder.number("\"retry_after\":", seconds, &buffer)
    }
    if let rule = event.rule {
      separate(from: start, &buffer)
      EventEncoder.text("\"rule\":", rule, &buffer)
    }
    if let ruleset = event.ruleset {
      separate(from: start, &buffer)
      EventEncoder.text("\"ruleset\":", ruleset, &buffer)
    }
  }
}
