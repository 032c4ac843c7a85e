// What a regular expression needs to find, read off its text: so that it is tried only on texts that hold it.
//
// Promises: where phrases are returned, every text that the expression matches holds one of them. Whatever is not
// plainly understood (options within the expression, quoting, comments, verbs) gives none.

import Bytes

/// Reads the phrases that a regular expression can't match without. Recursion is bounded by
/// `RegularExpression.depthLimit`, time by O(pattern).
struct RequiredPhrases {
  /// A phrase of fewer bytes stands in too many texts to be of use.
  private static let shortest = 3
  private static let longest = 100

  private let pattern: [UInt8]
  private var at = 0
  private var isUnderstood = true

  private init(_ pattern: String) { self.pattern = Array(pattern.utf8) }

  /// Phrases of which each match holds at least one; empty if that can't be told. O(pattern).
  static func of(_ pattern: String) -> [Phrase] {
    var reader = RequiredPhrases(pattern)
    let found = reader.alternatives(depth: 0)
    guard reader.isUnderstood, reader.at == reader.pattern.count else { return [] }
    return found
  }

  /// `a|b`: what the one needs or the other; nothing if one of them needs nothing.
  private mutating func alternatives(depth: Int) -> [Phrase] {
    var all: [Phrase] = []
    var isComplete = true
    while true {
      let best = sequence(depth: depth)
      if best.isEmpty { isComplete = false }
      all += best
      guard isUnderstood, peek == UInt8(ascii: "|") else { return isComplete ? all : [] }
      at += 1
    }
  }

  private var peek: UInt8? { at < pattern.count ? pattern[at] : nil }

  /// One alternative: the best of the things that it needs all of.
  private mutating func sequence(depth: Int) -> [Phrase] {
    var best: [Phrase] = []
    var run = Run()
    while isUnderstood, let byte = peek, byte != UInt8(ascii: "|") {
      if byte == UInt8(ascii: ")") {
        if depth == 0 { isUnderstood = false }
        break
      }
      at += 1
      switch byte {
      case UInt8(ascii: "("):
        run.end(&best)
        let isLookaround = skipGroupOpening()
        guard isUnderstood, depth < RegularExpression.depthLimit else {
          isUnderstood = false
          return []
        }
        let inner = alternatives(depth: depth + 1)
        guard peek == UInt8(ascii: ")") else {
          isUnderstood = false
          return []
        }
        at += 1
        let times = repetition()
        if !isLookaround, times != .mayBeNone { Run.keep(inner, in: &best) }
      case UInt8(ascii: "["):
        run.end(&best)
        skipClass()
        _ = repetition()
      case UInt8(ascii: "."):
        run.end(&best)
        _ = repetition()
      case UInt8(ascii: "^"): run.startsHere()
      case UInt8(ascii: "$"): break
      case UInt8(ascii: "\\"): escape(&run, &best)
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"): isUnderstood = false
      default: literal(byte, &run, &best)
      }
    }
    run.end(&best)
    return best
  }

  private mutating func literal(_ byte: UInt8, _ run: inout Run, _ best: inout [Phrase]) {
    switch repetition() {
    case .once: run.append(byte)
    case .atLeastOnce:
      run.append(byte)
      run.end(&best)
    case .mayBeNone: run.end(&best)
    }
  }

  /// What follows a backslash.
  private mutating func escape(_ run: inout Run, _ best: inout [Phrase]) {
    guard let byte = peek else {
      isUnderstood = false
      return
    }
    at += 1
    switch byte {
    case UInt8(ascii: "b"), UInt8(ascii: "A"): run.startsHere()
    // Of no width: what stands on both sides is one text.
    case UInt8(ascii: "B"), UInt8(ascii: "z"), UInt8(ascii: "Z"), UInt8(ascii: "G"): break
    case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "s"),
      UInt8(ascii: "S"), UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "R"):
      run.end(&best)
      _ = repetition()
    default:
      if byte.isASCIIWordByte { isUnderstood = false } else { literal(byte, &run, &best) }
    }
  }

  /// Passes over `?:`, `?<name>` and the like behind an opening parenthesis; true for a lookaround.
  private mutating func skipGroupOpening() -> Bool {
    if peek == UInt8(ascii: "*") { isUnderstood = false }
    guard peek == UInt8(ascii: "?") else { return false }
    at += 1
    guard let kind = peek else {
      isUnderstood = false
      return false
    }
    at += 1
    switch kind {
    case UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "|"): return false
    case UInt8(ascii: "="), UInt8(ascii: "!"): return true
    case UInt8(ascii: "<"):
      if peek == UInt8(ascii: "=") || peek == UInt8(ascii: "!") {
        at += 1
        return true
      }
      while let byte = peek, byte.isASCIIWordByte || byte == UInt8(ascii: "_") { at += 1 }
      if peek != UInt8(ascii: ">") { isUnderstood = false }
      at += 1
      return false
    default:
      isUnderstood = false
      return false
    }
  }

  /// Passes over a class behind its opening bracket.
  private mutating func skipClass() {
    if peek == UInt8(ascii: "^") { at += 1 }
    if peek == UInt8(ascii: "]") { at += 1 }
    while let byte = peek {
      at += 1
      switch byte {
      case UInt8(ascii: "]"): return
      case UInt8(ascii: "\\"):
        // \Q quotes brackets too.
        if peek == UInt8(ascii: "Q") || peek == UInt8(ascii: "E") { isUnderstood = false }
        at += 1
      case UInt8(ascii: "["):
        // [:alpha:]; a bare bracket is one of the class.
        guard peek == UInt8(ascii: ":") else {
          if peek == UInt8(ascii: ".") || peek == UInt8(ascii: "=") { isUnderstood = false }
          continue
        }
        skipNamedClass()
      default: break
      }
    }
    isUnderstood = false
  }

  /// Passes over `:alpha:]` or `:^alpha:]`. Where the name does not end so, the bracket ends the whole class.
  private mutating func skipNamedClass() {
    at += 1
    if peek == UInt8(ascii: "^") { at += 1 }
    while let byte = peek, byte.isASCIILetter { at += 1 }
    guard peek == UInt8(ascii: ":"), at + 1 < pattern.count, pattern[at + 1] == UInt8(ascii: "]") else {
      isUnderstood = false
      return
    }
    at += 2
  }

  private enum Repetition { case once, atLeastOnce, mayBeNone }

  /// Passes over a quantifier, if one follows.
  private mutating func repetition() -> Repetition {
    var result = Repetition.once
    switch peek {
    case UInt8(ascii: "*"), UInt8(ascii: "?"): result = .mayBeNone
    case UInt8(ascii: "+"): result = .atLeastOnce
    case UInt8(ascii: "{"):
      var end = at + 1
      var least = 0
      while end < pattern.count, pattern[end].isASCIIDigit, end - at < 8 {
        least = least * 10 + Int(pattern[end] - 0x30)
        end += 1
      }
      let hasLeast = end > at + 1
      if end < pattern.count, pattern[end] == UInt8(ascii: ",") {
        end += 1
        while end < pattern.count, pattern[end].isASCIIDigit { end += 1 }
      }
      guard hasLeast, end < pattern.count, pattern[end] == UInt8(ascii: "}") else {
        isUnderstood = false
        return .mayBeNone
      }
      at = end
      result = least == 0 ? .mayBeNone : .atLeastOnce
    default: return .once
    }
    at += 1
    if peek == UInt8(ascii: "?") || peek == UInt8(ascii: "+") { at += 1 }
    return result
  }

  /// Literal bytes that follow one another.
  private struct Run {
    private var bytes: [UInt8] = []
    /// A word starts, or the text does, where this begins.
    private var isBounded = false

    mutating func append(_ byte: UInt8) { bytes.append(byte.lowercasedASCII) }

    /// A zero-width start; within a run it changes nothing.
    mutating func startsHere() { if bytes.isEmpty { isBounded = true } }

    /// Keeps the run's phrase if it is better than what is known.
    mutating func end(_ best: inout [Phrase]) {
      if let phrase { Run.keep([phrase], in: &best) }
      bytes.removeAll(keepingCapacity: true)
      isBounded = false
    }

    /// The text that is looked for: from where a word must start, since looking within words is dear.
    private var phrase: Phrase? {
      guard let first = bytes.first else { return nil }
      var kept = bytes[...]
      let startsWord = first.isASCIIWordByte
      if startsWord, !isBounded { kept = bytes.drop { $0.isASCIIWordByte } }
      guard kept.count >= RequiredPhrases.shortest else { return nil }
      return Phrase(
        literal: kept.prefix(RequiredPhrases.longest), startsWord: startsWord && isBounded)
    }

    /// Keeps the one whose shortest phrase is longer.
    static func keep(_ phrases: [Phrase], in best: inout [Phrase]) {
      func worth(_ phrases: [Phrase]) -> Int { phrases.map(\.text.utf8.count).min() ?? 0 }
      if worth(phrases) > worth(best) { best = phrases }
    }
  }
}
