// Finds the server that a notice names in its words.

import Bytes

extension NoticeReply {
  /// The server that Exim names before or behind what it said: `host in.example.net [192.0.2.1]`; empty if none is named
  /// near the beginning.
  static func host(in reason: ByteView) -> ByteView {
    let near = reason.prefix(1024)
    var at = 0
    var looks = 0
    while looks < 8, let mark = near.firstRange(of: "host ", from: at) {
      looks += 1
      at = mark.upperBound
      guard mark.lowerBound == 0 || startsToken(near[mark.lowerBound - 1]) else { continue }
      var end = at
      while let byte = near.at(end), isOfName(byte) { end += 1 }
      guard end > at, near.from(end).hasPrefix(" ["), let close = near.firstIndex(of: 0x5D, from: end),
        close > end + 2, near[(end + 2)..<close].buffer.allSatisfy({ isOfAddress($0) })
      else { continue }
      return near[at..<end]
    }
    for find in [leadingHost, labelledHost, bracketedHost, domainHost, sessionHost, closingHost] {
      let named = find(near)
      if !named.isEmpty { return named }
    }
    return peer(in: near)
  }

  /// The server whose name and address a text begins with: `host mx.example.com [192.0.2.7]`, `mx.example.com
  /// [192.0.2.7]: …` (Exim); empty if it begins otherwise.
  static func leadingHost(in text: ByteView) -> ByteView {
    let isMarked = text.hasPrefix("host ")
    let start = isMarked ? 5 : 0
    var end = start
    while let byte = text.at(end), isOfName(byte) { end += 1 }
    let name = text[start..<end]
    guard name.firstIndex(of: 0x2E) ?? 0 > 0, text.from(end).hasPrefix(" ["),
      let close = text.firstIndex(of: 0x5D, from: end), isAddress(text[(end + 2)..<close]),
      isMarked || text.at(close + 1) == 0x3A
    else { return .empty }
    return name
  }

  /// The server that Gmail named until 2016: `the recipient domain example.com by mx.example.com. [192.0.2.7].`; empty if
  /// there is none.
  private static func domainHost(in text: ByteView) -> ByteView {
    guard let mark = text.rangeIgnoringCase(of: "for the recipient domain "),
      let by = text.from(mark.upperBound).prefix(300).firstRange(of: " by ")
    else { return .empty }
    let (name, rest) = fullName(text.from(mark.upperBound + by.upperBound))
    return rest.hasPrefix(" [") ? name : .empty
  }

  /// The server of the session in which the first reply was given: `... while talking to mx.example.com.:` (Sendmail
  /// usersmtp.c); empty if there is none.
  static func sessionHost(in text: ByteView) -> ByteView {
    let end = text.firstRange(of: "<<< ")?.lowerBound ?? text.count
    var found = ByteView.empty
    var rest = text.prefix(end)
    while let mark = rest.rangeIgnoringCase(of: "while talking to ") {
      rest = rest.from(mark.upperBound)
      let (name, behind) = fullName(rest)
      if behind.at(0) == 0x3A { found = name }
    }
    return found
  }

  /// The server whose name ends what Sendmail says: `Deferred: Connection timed out with mx.example.com.`; empty if there
  /// is none.
  private static func closingHost(in text: ByteView) -> ByteView {
    for words in NoticePhrase.hostOpenings {
      guard let mark = text.rangeIgnoringCase(of: words) else { continue }
      let (name, behind) = fullName(text.from(mark.upperBound))
      if !name.isEmpty, behind.isEmpty || behind[0] == 0x0A || behind[0] == 0x20 { return name }
    }
    return .empty
  }

  /// The host name with a dot in it that `text` begins with, without the dot that ends it, and what follows; empty and
  /// `text` if there is none.
  private static func fullName(_ text: ByteView) -> (name: ByteView, rest: ByteView) {
    var end = 0
    while let byte = text.at(end), isOfName(byte) { end += 1 }
    let rest = text.from(end)
    if end > 1, text[end - 1] == 0x2E { end -= 1 }
    let name = text.prefix(end)
    guard let dot = name.firstIndex(of: 0x2E), dot > 0 else { return (.empty, text) }
    return (name, rest)
  }

  /// The address of the server that qmail talked to: `192.0.2.1 does not like recipient.`, `Connected to 192.0.2.1 but
  /// greeting failed.`; empty if there is none.
  private static func peer(in text: ByteView) -> ByteView {
    for words in NoticePhrase.peerEndings {
      guard let end = text.rangeIgnoringCase(of: words)?.lowerBound else { continue }
      var start = end
      while start > 0, isOfAddress(text[start - 1]) { start -= 1 }
      let address = text[start..<end]
      if isAddress(address), start == 0 || startsToken(text[start - 1]) { return address }
    }
    for words in NoticePhrase.peerOpenings {
      guard let start = text.rangeIgnoringCase(of: words)?.upperBound else { continue }
      var end = start
      while let byte = text.at(end), isOfAddress(byte) { end += 1 }
      var address = text[start..<end]
      if address.hasSuffix(".") { address = address.prefix(address.count - 1) }
      if isAddress(address) { return address }
    }
    return .empty
  }

  /// True for an IPv4 or IPv6 address, of which only the separators are counted.
  private static func isAddress(_ text: ByteView) -> Bool {
    var dots = 0
    var colons = 0
    for byte in text.buffer {
      if byte == 0x2E { dots += 1 } else if byte == 0x3A { colons += 1 }
    }
    return text.count >= 3 && (dots == 3 && colons == 0 || (2...7).contains(colons))
  }

  /// The server that a label names: `host: mx.example.com (192.0.2.1)` (GMX); empty if there is none.
  private static func labelledHost(in text: ByteView) -> ByteView {
    for (before, behind) in NoticePhrase.hostLabels {
      guard let mark = text.rangeIgnoringCase(of: before) else { continue }
      var end = mark.upperBound
      while let byte = text.at(end), isOfName(byte) { end += 1 }
      let name = text[mark.upperBound..<end]
      guard text.from(end).hasPrefix(behind), let dot = name.firstIndex(of: 0x2E), dot > 0,
        name.buffer.contains(where: { $0.isASCIILetter })
      else { continue }
      return name
    }
    return .empty
  }

  /// The server that Gmail names in `[mx.example.com. (10): Connection timed out]` and
  /// `[(10) mx.example.com. [192.0.2.1]:25: …]`; empty if there is none.
  private static func bracketedHost(in text: ByteView) -> ByteView {
    var at = 0
    while let open = text.firstIndex(of: 0x5B, from: at) {
      at = open + 1
      var host = text.from(at)
      let count = countLength(host)
      if count > 0, host.at(count) == 0x20 { host = host.from(count + 1) }
      var end = 0
      while let byte = host.at(end), isOfName(byte) { end += 1 }
      let rest = host.from(end)
      let isMarked = count > 0 ? rest.hasPrefix(" [") : rest.at(0) == 0x20 && followsCount(rest.from(1))
      if isMarked, end > 1, host[end - 1] == 0x2E { end -= 1 }
      if isMarked, let dot = host.prefix(end).firstIndex(of: 0x2E), dot > 0 { return host.prefix(end) }
    }
    return .empty
  }

  /// The length of `(10)` at the start of `text`; 0 if there is none.
  private static func countLength(_ text: ByteView) -> Int {
    guard text.at(0) == 0x28 else { return 0 }
    var end = 1
    while let byte = text.at(end), byte.isASCIIDigit, end < 8 { end += 1 }
    return end > 1 && text.at(end) == 0x29 ? end + 1 : 0
  }

  private static func followsCount(_ text: ByteView) -> Bool {
    let count = countLength(text)
    return count > 0 && text.at(count) == 0x3A
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2E || byte == 0x2D
  }

  private static func isOfAddress(_ byte: UInt8) -> Bool {
    byte.isASCIIDigit || (byte | 0x20) &- 0x61 < 6 || byte == 0x2E || byte == 0x3A
  }
}
