import Bytes

/// Matching with `*` for any run of bytes and ASCII letters in either case.
enum Glob {
  /// True if all of `text` fits `pattern`. O(`text` x `pattern`) at worst, without recursion.
  static func matches(_ text: ByteView, _ pattern: ByteView) -> Bool {
    var at = 0
    var position = 0
    var star = -1
    var resume = 0
    while at < text.count {
      if position < pattern.count, pattern[position] == 0x2A {
        star = position
        resume = at
        position += 1
      } else if position < pattern.count, pattern[position].lowercasedASCII == text[at].lowercasedASCII {
        position += 1
        at += 1
      } else if star >= 0 {
        position = star + 1
        resume += 1
        at = resume
      } else {
        return false
      }
    }
    while position < pattern.count, pattern[position] == 0x2A { position += 1 }
    return position == pattern.count
  }
}
