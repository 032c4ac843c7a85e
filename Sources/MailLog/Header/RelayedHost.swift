// The second host of a header: a log server that writes whom it had a line from, and leaves the name in the line.

import Bytes

enum RelayedHost {
  /// The machine's own name, and how long it and what belongs to it are, where `rest`, which follows a header's first
  /// host, begins with one: `mx1 postfix/smtp[13]: …`, and AIX's `Message forwarded from mx1: postfix/smtp[13]: …`; nil
  /// for the tag that mostly stands there. Believed only before a mail program's tag.
  static func read(_ rest: ByteView) -> (host: ByteView, length: Int)? {
    let forwarded: StaticString = "Message forwarded from "
    let start = rest.hasPrefix(forwarded) ? forwarded.utf8CodeUnitCount : 0
    let mark: UInt8 = start > 0 ? 0x3A : 0x20
    var end = start
    while let byte = rest.at(end), byte != mark {
      guard end - start < 255, isOfName(byte) else { return nil }
      end += 1
    }
    let tagStart = end + (start > 0 ? 2 : 1)
    guard end > start, rest.at(tagStart - 1) == 0x20 else { return nil }
    var tagEnd = tagStart
    while let byte = rest.at(tagEnd), byte != 0x5B, byte != 0x3A {
      guard byte > 0x20, tagEnd - tagStart < 255 else { return nil }
      tagEnd += 1
    }
    guard tagEnd < rest.count else { return nil }
    let tag = rest[tagStart..<tagEnd]
    switch Program(tag: tag, lastSlash: tag.lastIndex(of: 0x2F) ?? -1) {
    case .postfix, .sendmail: return (rest[start..<end], tagStart)
    case .unknownDaemon, .other: return nil
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2E || byte == 0x2D || byte == 0x5F
  }
}
