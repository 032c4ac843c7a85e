// RFC 2047 encoded words, for the few values that people read.

import Bytes

enum EncodedWords {
  /// Decodes the encoded words of an unfolded value whose charset is UTF-8 or a subset of it (US-ASCII), or
  /// ISO-8859-1; words in other charsets stay as they are. O(bytes).
  static func decode(_ value: ByteView) -> String {
    guard value.contains("=?") else { return String(value) }
    var output = ByteBuffer(capacity: value.count)
    var decoder = TransferDecoder()
    var at = 0
    // Where the encoded word before this one ended; white space between two is dropped.
    var lastWord = -1
    var pending = 0
    while let start = value.firstRange(of: "=?", from: at) {
      guard let word = word(value, at: start.lowerBound) else {
        at = start.upperBound
        continue
      }
      let between = value[pending..<start.lowerBound]
      if lastWord != pending || !between.trimmed.isEmpty { output.append(between) }
      append(word, decoder: &decoder, to: &output)
      at = word.end
      pending = word.end
      lastWord = word.end
    }
    output.append(value.from(pending))
    return String(output.view)
  }

  private struct Word {
    var isLatin1: Bool
    var isBase64: Bool
    var text: ByteView
    var end: Int
  }

  /// The encoded word at `start`, at most 1000 bytes of it (the RFC allows 75).
  private static func word(_ value: ByteView, at start: Int) -> Word? {
    let window = value[start..<(start + 1000)]
    guard let charsetEnd = window.firstIndex(of: 0x3F, from: 2), window.at(charsetEnd + 2) == 0x3F,
      let close = window.firstRange(of: "?=", from: charsetEnd + 3), let method = window.at(charsetEnd + 1)
    else { return nil }
    var charset = window[2..<charsetEnd]
    // RFC 2231: a language after an asterisk.
    if let star = charset.firstIndex(of: 0x2A) { charset = charset.prefix(star) }
    let isLatin1 = charset.hasPrefixIgnoringCase("iso-8859-1")
    guard isLatin1 || charset.equalsIgnoringCase(ByteView("utf-8")) || charset.equalsIgnoringCase(ByteView("us-ascii")),
      method | 0x20 == 0x62 || method | 0x20 == 0x71
    else { return nil }
    return Word(
      isLatin1: isLatin1, isBase64: method | 0x20 == 0x62, text: window[(charsetEnd + 3)..<close.lowerBound],
      end: start + close.upperBound)
  }

  private static func append(_ word: Word, decoder: inout TransferDecoder, to output: inout ByteBuffer) {
    var bytes = ByteBuffer(capacity: word.text.count + 4)
    if word.isBase64 {
      decoder.reset()
      decoder.appendBase64(word.text, to: &bytes)
      decoder.finishBase64(to: &bytes)
    } else {
      var spaced = ByteBuffer(capacity: word.text.count)
      for byte in word.text.buffer { spaced.append(byte == 0x5F ? 0x20 : byte) }
      // A trailing "=" would join lines; it can't stand there in an encoded word.
      decoder.appendQuotedPrintable(spaced.view, to: &bytes)
      if bytes.view.hasSuffix("\n") { bytes.truncate(to: bytes.count - 1) }
    }
    guard word.isLatin1 else {
      output.append(bytes.view)
      return
    }
    for byte in bytes.view.buffer {
      if byte < 0x80 {
        output.append(byte)
      } else {
        output.append(0xC0 | byte >> 6)
        output.append(0x80 | byte & 0x3F)
      }
    }
  }
}
