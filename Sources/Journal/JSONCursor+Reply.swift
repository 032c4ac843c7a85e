import Bytes
import Glibc
import SMTPTypes

extension JSONCursor {
  /// A `reply` as `EventEncoder` writes it, its text without escapes; nil, with the cursor where it was, if it is written
  /// another way.
  @inline(__always)
  mutating func usualReply() -> Reply? {
    var probe = self
    var reply = Reply(text: .empty)
    if probe.pass("{\"code\":") {
      let first = probe.at
      while probe.at < end, probe.at.pointee &- 0x30 < 10 { probe.at += 1 }
      guard let code = ByteView(first, count: probe.at - first).decimal else { return nil }
      reply.code = ReplyCode(code)
      if probe.pass(",\"enhanced\":") {
        guard let text = probe.plainText() else { return nil }
        reply.enhanced = EnhancedStatusCode(text)
      }
      guard probe.pass(",\"text\":") else { return nil }
    } else {
      guard probe.pass("{\"text\":") else { return nil }
    }
    guard let text = probe.plainText(), probe.at < end, probe.at.pointee == 0x7D else { return nil }
    reply.text = text
    at = probe.at + 1
    return reply
  }

  /// Past `literal`, if it stands here.
  @inline(__always)
  private mutating func pass(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard end - at >= count, memcmp(at, literal.utf8Start, count) == 0 else { return false }
    at += count
    return true
  }
}
