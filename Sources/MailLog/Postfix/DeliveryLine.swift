// Delivery lines: `to=<…>, relay=…, delay=…, delays=…, dsn=…, status=WORD (reason)`.
//
// Source: global/log_adhoc.c; old versions lack some fields, 3.11 adds tls=. The fields are read in order from the
// left and end with the first status=, so that nothing in the reason, which remote servers write, can change them.
// What a sender writes stands to the left of them: since 3.5 an address that could pass for fields is logged in quotes;
// before, its local part stands as it is, so that an address ends only where relay= or orig_to= follows, and relay= and
// delay= must come before status=.

import Bytes
import SMTPTypes

enum DeliveryLine {
  /// False, and `delivery` undefined, if it is none.
  static func read(
    _ id: ByteView, _ rest: ByteView, _ daemon: PostfixDaemon, into delivery: inout DeliveryRecord
  ) -> Bool {
    guard let recipient = recipient(rest, at: 3) else { return false }
    delivery.begin(queueID: id, recipient: recipient.address)
    return readFields(rest, at: recipient.end, daemon, &delivery)
  }

  // MARK: - Fields

  /// How fields begin, as little-endian words.
  private enum Field {
    static var relay: UInt64 { 0x3D79_616C_6572_202C }
    static var delay: UInt64 { 0x3D79_616C_6564_202C }
    /// Without the sign behind it, as the next.
    static var delays: UInt64 { 0x7379_616C_6564_202C }
    /// The six bytes of `, dsn=`.
    static var statusCode: UInt64 { 0x3D6E_7364_202C }
    static var statusCodeMask: UInt64 { 0xFFFF_FFFF_FFFF }
    static var status: UInt64 { 0x7375_7461_7473_202C }
  }

  @inline(__always)
  private static func readFields(
    _ rest: ByteView, at start: Int, _ daemon: PostfixDaemon, _ delivery: inout DeliveryRecord
  ) -> Bool {
    let base = rest.start
    let end = rest.count
    var at = start
    var hasRelay = false
    while true {
      // Most fields are Postfix's own in their order, and are told by eight bytes.
      if at &+ 16 <= end {
        let word = WordScan.load(base, at)
        if word == Field.relay {
          at = readRelay(rest, at: at &+ 8, &delivery.relay)
          hasRelay = true
          continue
        }
        if word == Field.delay, let number = LogNumber(base, end, at &+ 8) {
          delivery.delay = number.value
          delivery.delayDigits = number.decimals
          at = endOfValue(base, end, number.end)
          continue
        }
        if word == Field.delays, base[at &+ 8] == 0x3D {
          let start = at &+ 9
          at = endOfValue(base, end, start)
          delivery.delaysText = ByteView(base + start, count: at &- start)
          continue
        }
        if word & Field.statusCodeMask == Field.statusCode,
          let found = EnhancedStatusCode.scan(ByteView(base + (at &+ 6), count: end &- at &- 6))
        {
          delivery.status = found.code
          at = endOfValue(base, end, at &+ 6 &+ found.length)
          continue
        }
        if word == Field.status, base[at &+ 8] == 0x3D, hasRelay, delivery.delay != nil {
          return readStatus(rest, at: at &+ 9, daemon, &delivery)
        }
      }
      while at < end, base[at] == 0x2C || base[at] == 0x20 { at += 1 }
      let field = ByteView(base + at, count: end - at)
      guard field.count > 4 else { return false }
      switch base[at] {
      case UInt8(ascii: "r"):
        guard field.hasPrefix("relay=") else { return false }
        at = readRelay(rest, at: at + 6, &delivery.relay)
        hasRelay = true
      case UInt8(ascii: "d"):
        if field.hasPrefix("delay=") {
          at += 6
          if let number = LogNumber(base, end, at) {
            delivery.delay = number.value
            delivery.delayDigits = number.decimals
            at = number.end
          }
        } else if field.hasPrefix("delays=") {
          at += 7
          let close = endOfValue(base, end, at)
          delivery.delaysText = ByteView(base + at, count: close - at)
          at = close
        } else if field.hasPrefix("dsn=") {
          at += 4
          if let found = EnhancedStatusCode.scan(ByteView(base + at, count: end - at)) {
            delivery.status = found.code
            at += found.length
          }
        } else {
          return false
        }
        at = endOfValue(base, end, at)
      case UInt8(ascii: "s"):
        guard field.hasPrefix("status="), hasRelay, delivery.delay != nil else { return false }
        return readStatus(rest, at: at + 7, daemon, &delivery)
      case UInt8(ascii: "o"):
        guard field.hasPrefix("orig_to="), let original = recipient(rest, at: at + 8) else { return false }
        delivery.originalRecipient = original.address
        at = original.end
      case UInt8(ascii: "c"):
        guard field.hasPrefix("conn_use=") else { return false }
        at = endOfValue(base, end, at)
      case UInt8(ascii: "t"):
        guard field.hasPrefix("tls=") else { return false }
        at = endOfValue(base, end, at)
      default:
        // A field that a later version adds: `name=value, `.
        var nameEnd = at
        while nameEnd < end, base[nameEnd].isASCIILetter || base[nameEnd] == 0x5F { nameEnd += 1 }
        guard nameEnd > at, nameEnd < end, base[nameEnd] == 0x3D else { return false }
        at = endOfValue(base, end, nameEnd)
      }
    }
  }

  /// `WORD (reason)`
  @inline(__always)
  private static func readStatus(
    _ rest: ByteView, at start: Int, _ daemon: PostfixDaemon, _ delivery: inout DeliveryRecord
  ) -> Bool {
    let base = rest.start
    let end = rest.count
    var at = start
    while at < end, base[at] != 0x20 { at += 1 }
    let word = ByteView(base + start, count: at - start)
    switch word.count {
    case 4 where word == "sent": delivery.outcome = daemon == .discardAgent ? .discarded : .sent
    case 8 where word == "deferred": delivery.outcome = .deferred
    case 7 where word == "bounced": delivery.outcome = .bounced
    case 10 where word == "SOFTBOUNCE": delivery.outcome = .deferred
    case 11 where word == "deliverable": delivery.outcome = .probe
    case 13 where word == "undeliverable": delivery.outcome = .probe
    default: return false
    }
    delivery.reason = reason(rest.from(at + 1))
    if delivery.outcome == .sent || delivery.outcome == .discarded {
      delivery.account.reply.text = delivery.reason
      if daemon == .client {
        delivery.account.speaker = .remote
        delivery.account.reply = Reply(parsing: delivery.reason)
      }
      delivery.queuedAs = queuedAs(delivery.reason)
    } else {
      delivery.account = AccountReader.account(delivery.reason, daemon)
    }
    return true
  }

  /// What the parentheses hold. Postfix cuts a line at 2,000 bytes (util/msg_output.c), which may take the closing
  /// one and leave a part of a UTF-8 character.
  @inline(__always)
  static func reason(_ text: ByteView) -> ByteView {
    guard text.at(0) == 0x28 else { return text }
    if text[text.count - 1] == 0x29 { return ByteView(text.start + 1, count: max(text.count - 2, 0)) }
    return withoutPartialCharacter(text.from(1))
  }

  /// `text` without a UTF-8 character's beginning at its end.
  static func withoutPartialCharacter(_ text: ByteView) -> ByteView {
    var start = text.count - 1
    while start >= 0, start > text.count - 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    guard start >= 0 else { return text }
    let lead = text[start]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    return length > text.count - start ? text.prefix(start) : text
  }

  /// The token behind `queued as ` or `forwarded as ` at the very end. A content filter's reply may quote its own
  /// next hop's (`250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 3F2A1B0C9D`).
  @inline(__always)
  static func queuedAs(_ reason: ByteView) -> ByteView? {
    let base = reason.start
    var start = reason.count
    while start > 0, base[start - 1].isASCIILetter || base[start - 1].isASCIIDigit { start -= 1 }
    guard reason.count - start >= 5, start >= 10, base[start - 1] == 0x20, base[start - 2] == UInt8(ascii: "s") else {
      return nil
    }
    let before = reason.prefix(start)
    guard before.hasSuffix("queued as ") || before.hasSuffix("forwarded as ") else { return nil }
    return reason.from(start)
  }

  // MARK: - Values

  /// The address of `to=` or `orig_to=`, and the offset behind it: it ends where the next field begins.
  @inline(__always)
  private static func recipient(_ text: ByteView, at start: Int) -> (address: ByteView, end: Int)? {
    guard var found = address(text, at: start) else { return nil }
    while true {
      // `, relay=` with more spaces than one is not Postfix's, but what people paste.
      var at = found.end + 1
      while text.at(at) == 0x20 { at += 1 }
      let next = text.from(at)
      if next.hasPrefix("relay=") || next.hasPrefix("orig_to=") { return found }
      guard text.at(start) == 0x3C, let further = address(text, at: start, from: found.end) else { return nil }
      found = further
    }
  }

  /// An address in angle brackets, and the offset behind it. A quoted local part may hold anything, an address
  /// logged without its quotes even `>`: the bracket that counts is the first at or after `from` before a comma.
  @inline(__always)
  static func address(_ text: ByteView, at start: Int, from: Int = 0) -> (address: ByteView, end: Int)? {
    guard text.at(start) == 0x3C else {
      // Very old versions: `to=user@example.org, `
      let close = endOfValue(text.start, text.count, start)
      return close < text.count ? (text[start..<close], close) : nil
    }
    var at = max(from, start + 1)
    if at == start + 1, text.at(at) == 0x22 { at = endOfQuoted(text, at: at) }
    let base = text.start
    while true {
      let close = WordScan.find(0x3E, base, at, text.count)
      guard close &+ 2 < text.count else { return nil }
      if base[close &+ 1] == 0x2C, base[close &+ 2] == 0x20 { return (text[(start + 1)..<close], close + 1) }
      at = close &+ 1
    }
  }

  /// The offset behind the quoted string that starts at `start`; `start` if it does not end within 2,048 bytes (a
  /// path has 256, RFC 5321, section 4.5.3.1.3), so that a line full of quotes costs no more than its length.
  static func endOfQuoted(_ text: ByteView, at start: Int) -> Int {
    var at = start + 1
    while at - start < 2048, let byte = text.at(at) {
      if byte == 0x5C {
        at += 1
      } else if byte == 0x22 {
        return at + 1
      }
      at += 1
    }
    return start
  }

  /// `host[address]:port`, `host[/path]`, `none`; returns the offset behind it.
  @inline(__always)
  private static func readRelay(_ rest: ByteView, at start: Int, _ relay: inout Relay?) -> Int {
    let base = rest.start
    let end = rest.count
    // The bracket, or the end of a value that has none.
    let open = WordScan.find(0x5B, 0x2C, or: 0x20, base, start, end)
    guard open < end, base[open] == 0x5B else {
      let name = ByteView(base + start, count: open - start)
      relay = name == "none" || name.isEmpty ? nil : Relay(host: name)
      return open
    }
    // A socket's path may hold a comma.
    var at = WordScan.find(0x5D, base, open, end)
    var found = Relay(
      host: ByteView(base + start, count: open - start),
      address: ByteView(base + open + 1, count: max(at - open - 1, 0)))
    at += 1
    if at < end, base[at] == 0x3A {
      var port = 0
      at += 1
      let portStart = at
      while at < end, base[at].isASCIIDigit, at - portStart < 6 {
        port = port &* 10 &+ Int(base[at] &- 0x30)
        at += 1
      }
      if (1...65535).contains(port) { found.port = UInt16(port) }
    }
    relay = found
    return endOfValue(base, end, min(at, end))
  }

  /// The offset of the next comma or space at or after `start`.
  @inline(__always)
  static func endOfValue(_ base: UnsafePointer<UInt8>, _ end: Int, _ start: Int) -> Int {
    WordScan.find(0x2C, or: 0x20, base, start, end)
  }
}
