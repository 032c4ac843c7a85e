// How long a reply asks us to wait.

import Bytes

/// Reads a wait off a reply: `try again in 5 minutes`, `Greylisted for 300 seconds`, `come back in 00:05:00`,
/// `retry after 3600`, `wait an hour`. Only a time that follows right after such words counts: `100 messages in
/// 60 minutes` is a limit, not a wait; and behind `later (` only one with its unit: Gmail's `Try again later (10)` is
/// a number for Google's own people.
enum WaitTime {
  /// One second to a week; what lies outside is not believed.
  static let bounds = 1...604_800

  /// Words that announce a wait; without one of them no text is searched. `CueSet.limit` of them at most.
  static let cues: [Phrase] = [
    "again in", "again after", "retry in", "retry after", "retry-after", "retry-after:", "retry time", "back in",
    "back after", "wait", "wait for", "greylisted for", "graylisted for", "greylisting for", "delayed for",
    "deferred for", "blocked for", "later in", "for the next", "retry again in", "retry within", "resend in",
    "resend after", "reconnect in", "reconnect after", "retry delay", "seconds left", "seconds remaining",
    "seconds later", "minutes left", "minutes remaining", "minutes later", "greylist delay", "delay of", "greylisted (",
    "greylisting in action, retry in", "later (",
    // German, French, Spanish, Portuguese, Italian, Polish, Czech, Dutch.
    "erneut in", "erneut nach", "wieder in", "wieder nach", "warten sie", "minuten erneut", "minuten wieder",
    "minuten noch", "reessayer dans", "réessayer dans", "reessayez dans", "réessayez dans", "nouveau dans", "attendre",
    "nuevo en", "nuevamente en", "nuevo dentro de", "espere", "novamente em", "novamente dentro de", "nuovo tra",
    "nuovo fra", "riprovare tra", "riprovare fra", "riprova tra", "riprova fra", "attendere", "ponownie za",
    "znovu za", "opnieuw over", "opnieuw na",
  ].compactMap(Phrase.init)

  private static let fillers: [StaticString] = [
    "at least ", "about ", "around ", "another ", "approximately ", "approx. ", "the next ", "next ", "a minimum of ",
    "minimum ", "more than ", "time ", "is ", "in ", "of ", ": ", "= ", "for ", "~",
  ]

  /// Seconds that `text` (normalized) asks for, or nil; `held` are the cues that it holds, and may be others too.
  /// O(`held` × text).
  static func seconds(in text: ByteView, cues held: CueSet) -> Int? {
    var best: (at: Int, seconds: Int)?
    held.forEach { number in
      let cue = cues[number]
      cue.text.withByteView { words in
        var start = 0
        while let range = text.firstRange(of: words, from: start) {
          start = range.lowerBound + 1
          if let best, best.at < range.upperBound { return }
          if !cue.isBounded(in: text, range) { continue }
          let seconds: Int? =
            if words.hasPrefix("seconds ") {
              numberBefore(text.prefix(range.lowerBound))
            } else if words.hasPrefix("minutes ") || words.hasPrefix("minuten ") {
              numberBefore(text.prefix(range.lowerBound)).flatMap { product($0, 60) }
            } else {
              duration(text.from(range.upperBound), mayLackUnit: words != "later (")
            }
          if let seconds, bounds.contains(seconds) {
            best = (range.upperBound, seconds)
            return
          }
        }
      }
    }
    return best?.seconds
  }

  /// Some of `cues`, by number.
  struct CueSet {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    /// How many cues there may be.
    static var limit: Int { 128 }

    @inline(__always)
    var isEmpty: Bool { first | second == 0 }

    @inline(__always)
    mutating func insert(_ number: Int) {
      precondition(number < CueSet.limit)
      if number < 64 { first |= 1 << UInt64(number) } else { second |= 1 << UInt64(number - 64) }
    }

    /// Calls `body` with each number, in ascending order.
    func forEach(_ body: (Int) -> Void) {
      for (half, bits) in [first, second].enumerated() {
        var rest = bits
        while rest != 0 {
          body(half * 64 + rest.trailingZeroBitCount)
          rest &= rest &- 1
        }
      }
    }
  }

  /// The number that ends `text`, for `120 seconds left`.
  private static func numberBefore(_ text: ByteView) -> Int? {
    let text = text.trimmed
    var start = text.count
    while start > 0, text[start - 1].isASCIIDigit { start -= 1 }
    return text.from(start).decimal
  }

  /// The duration that `text` starts with; `mayLackUnit` if a number alone may be seconds.
  private static func duration(_ text: ByteView, mayLackUnit: Bool) -> Int? {
    var rest = text.trimmed
    var isStripped = true
    while isStripped {
      isStripped = false
      for filler in fillers where rest.hasPrefix(filler) {
        rest = rest.from(filler.utf8CodeUnitCount).trimmed
        isStripped = true
      }
    }
    if let clock = clock(rest) { return clock }
    guard let (value, length) = number(rest) else { return nil }
    let afterNumber = rest.from(length)
    let spaced = afterNumber.trimmed
    guard let unit = unit(spaced) else {
      guard mayLackUnit else { return nil }
      // A bare number is seconds, unless it goes on as something else ("retry after 3.5", "wait 5x").
      guard let next = afterNumber.at(0) else { return value }
      return value >= 10 && !next.isASCIIWordByte && next != UInt8(ascii: ":") && isEnd(spaced) ? value : nil
    }
    return product(value, unit.seconds).flatMap { sum($0, spaced.from(unit.length), below: unit.seconds) }
  }

  /// `total` and the smaller parts that `text` goes on with: `1 minute 30 seconds`, `2 hours and 5 minutes`, `4m59s`.
  private static func sum(_ total: Int, _ text: ByteView, below: Int) -> Int? {
    var rest = text.trimmed
    for glue in [",", "and "] as [StaticString] where rest.hasPrefix(glue) {
      rest = rest.from(glue.utf8CodeUnitCount).trimmed
    }
    var end = 0
    while let byte = rest.at(end), byte.isASCIIDigit { end += 1 }
    guard let value = rest.prefix(end).decimal, let unit = unit(rest.from(end).trimmed), unit.seconds < below else {
      return total
    }
    guard let part = product(value, unit.seconds) else { return nil }
    let (whole, overflow) = total.addingReportingOverflow(part)
    return overflow ? nil : sum(whole, rest.from(end).trimmed.from(unit.length), below: unit.seconds)
  }

  private static func product(_ value: Int, _ unit: Int) -> Int? {
    let (product, overflow) = value.multipliedReportingOverflow(by: unit)
    return overflow ? nil : product
  }

  /// True where a sentence may end after a bare number.
  private static func isEnd(_ text: ByteView) -> Bool {
    guard let byte = text.at(0) else { return true }
    return !byte.isASCIIWordByte && byte != UInt8(ascii: "%")
  }

  /// `hh:mm:ss` or `mm:ss`.
  private static func clock(_ text: ByteView) -> Int? {
    var parts: [Int] = []
    var at = 0
    while parts.count < 3 {
      var end = at
      while let byte = text.at(end), byte.isASCIIDigit { end += 1 }
      guard let part = text[at..<end].decimal, end - at <= 3 else { return nil }
      parts.append(part)
      guard text.at(end) == UInt8(ascii: ":") else { break }
      at = end + 1
    }
    guard parts.count >= 2, parts.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    return parts.reduce(0) { $0 * 60 + $1 }
  }

  private static let spelled: [(word: StaticString, value: Int)] = [
    ("an ", 1), ("a ", 1), ("one ", 1), ("two ", 2), ("three ", 3), ("five ", 5), ("ten ", 10), ("fifteen ", 15),
    ("thirty ", 30), ("sixty ", 60),
  ]

  private static func number(_ text: ByteView) -> (value: Int, length: Int)? {
    var end = 0
    while let byte = text.at(end), byte.isASCIIDigit { end += 1 }
    if end > 0 {
      // "5-10 minutes", "4.7.1": not one number.
      if let next = text.at(end), next == 0x2D || next == 0x2E, text.at(end + 1)?.isASCIIDigit == true {
        return range(text, end)
      }
      return text.prefix(end).decimal.map { ($0, end) }
    }
    for (word, value) in spelled where text.hasPrefix(word) { return (value, word.utf8CodeUnitCount - 1) }
    return nil
  }

  /// `5-10`: the longer one.
  private static func range(_ text: ByteView, _ hyphen: Int) -> (value: Int, length: Int)? {
    guard text.at(hyphen) == 0x2D else { return nil }
    var end = hyphen + 1
    while let byte = text.at(end), byte.isASCIIDigit { end += 1 }
    return text[hyphen + 1..<end].decimal.map { ($0, end) }
  }

  private static let units: [(word: StaticString, seconds: Int)] = [
    ("seconds", 1), ("second", 1), ("secs", 1), ("sec", 1), ("s", 1), ("minutes", 60), ("minute", 60), ("mins", 60),
    ("min", 60), ("m", 60), ("hours", 3600), ("hour", 3600), ("hrs", 3600), ("hr", 3600), ("h", 3600),
    ("days", 86_400), ("day", 86_400), ("d", 86_400),
    ("sekunden", 1), ("seconden", 1), ("secondes", 1), ("segundos", 1), ("secondi", 1), ("sekund", 1),
    ("minuten", 60), ("minutos", 60), ("minuti", 60), ("minuty", 60), ("minut", 60),
    ("stunden", 3600), ("stunde", 3600), ("heures", 3600), ("heure", 3600), ("horas", 3600), ("hora", 3600),
    ("ore", 3600), ("ora", 3600), ("godzin", 3600), ("hodiny", 3600), ("hodin", 3600),
    ("uur", 3600),
  ]

  /// The unit that `text` starts with. A digit may follow at once (`4m59s`), a letter may not.
  private static func unit(_ text: ByteView) -> (seconds: Int, length: Int)? {
    for (word, seconds) in units where text.hasPrefix(word) {
      if let next = text.at(word.utf8CodeUnitCount), next.isASCIILetter { continue }
      return (seconds, word.utf8CodeUnitCount)
    }
    return nil
  }
}
