// The words of an HTML part, for notices that come in nothing else.

import Bytes

enum HTMLText {
  /// Appends the text of `html`, tags taken away; elements that end a line end one. O(html).
  static func append(_ html: ByteView, to output: inout ByteBuffer) {
    var at = 0
    while at < html.count {
      let byte = html[at]
      if byte == 0x3C {
        let next = html.at(at + 1) ?? 0x20
        guard next.isASCIILetter || next == 0x2F || next == 0x21 else {
          output.append(byte)
          at += 1
          continue
        }
        let end = html.firstIndex(of: 0x3E, from: at + 1) ?? html.count
        if endsLine(html[(at + 1)..<end]) { output.append(0x0A) }
        at = end + 1
      } else if byte == 0x26 {
        let (character, length) = entity(html.from(at).prefix(12))
        output.append(character)
        at += length
      } else {
        output.append(byte)
        at += 1
      }
    }
  }

  private static func endsLine(_ tag: ByteView) -> Bool {
    let name = tag.at(0) == 0x2F ? tag.from(1) : tag
    for word in blocks where name.hasPrefixIgnoringCase(word) {
      let next = name.at(word.utf8CodeUnitCount) ?? 0x20
      if !next.isASCIILetter { return true }
    }
    return false
  }

  private static let blocks: [StaticString] = [
    "br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "hr", "table", "ul",
  ]

  private static func entity(_ text: ByteView) -> (UInt8, Int) {
    for (name, character) in entities where text.hasPrefix(name) { return (character, name.utf8CodeUnitCount) }
    return (0x26, 1)
  }

  private static let entities: [(StaticString, UInt8)] = [
    ("&lt;", 0x3C), ("&gt;", 0x3E), ("&amp;", 0x26), ("&nbsp;", 0x20), ("&quot;", 0x22), ("&#39;", 0x27),
    ("&#64;", 0x40), ("&apos;", 0x27), ("&#46;", 0x2E), ("&#160;", 0x20),
  ]
}
