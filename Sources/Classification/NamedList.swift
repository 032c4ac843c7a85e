import Bytes

/// The block list that a reply names.
enum NamedList {
  private static let cues: [StaticString] = [
    "blocked using ", "blocked by ", "listed at ", "listed by ", "listed in ", "listed on ", "list provider ",
    "blacklisted by ", "blacklist at ", "rejected by ", "rbl on ", "found in ",
  ]

  private static let known: [StaticString] = [
    "spamhaus", "spamcop", "sorbs", "barracudacentral", "uceprotect", "invaluement", "abuseat", "surbl", "uribl",
    "mailspike", "spamrats", "cloudmark", "senderscore", "backscatterer", "psbl", "hostkarma", "manitu", "spfbl",
  ]

  /// The name after `blocked using`, `listed at` and the like, or a list that is known by its name. O(cues × text).
  static func find(in normalized: ByteView) -> String? {
    for cue in cues {
      guard let range = normalized.firstRange(of: cue) else { continue }
      var end = range.upperBound
      while let byte = normalized.at(end), byte.isASCIIWordByte || byte == 0x2E || byte == 0x2D { end += 1 }
      var name = normalized[range.upperBound..<end]
      while name.at(name.count - 1) == 0x2E { name = name.prefix(name.count - 1) }
      guard let dot = name.lastIndex(of: 0x2E), name.at(dot + 1)?.isASCIIDigit == false else { continue }
      return String(name)
    }
    for name in known where normalized.contains(name) { return String(ByteView(name)) }
    return nil
  }
}
