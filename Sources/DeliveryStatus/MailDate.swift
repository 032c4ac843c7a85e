// Dates of mail headers and delivery-status fields (RFC 5322, sections 3.3 and 4.3).

import Bytes
import SMTPTypes

enum MailDate {
  /// Reads `Mon, 23 Nov 2026 14:53:38 +0100 (CET)`: the day's name, the seconds and the zone may be missing, years
  /// may have two digits, a zone's name that says nothing counts as UTC (RFC 5322, section 4.3). RFC 3339 is taken
  /// too. nil for anything else.
  static func parse(_ value: ByteView) -> Timestamp? {
    var words = WordScanner(text: value)
    var word = words.next()
    if word.count >= 10, let time = Timestamp(rfc3339: word) { return time }
    // "Mon," or "Mon" or "Monday,".
    if let first = word.at(0), first.isASCIILetter {
      if let comma = word.firstIndex(of: 0x2C), comma + 1 < word.count {
        word = word.from(comma + 1)
      } else {
        word = words.next()
      }
    }
    guard let day = word.decimal, (1...31).contains(day) else { return nil }
    guard let month = month(words.next()), var year = words.next().decimal else { return nil }
    if year < 50 { year += 2000 } else if year < 1000 { year += 1900 }
    guard (1970...9999).contains(year), let seconds = timeOfDay(words.next()) else { return nil }
    let days = Timestamp.days(year: year, month: month, day: day)
    return Timestamp(seconds: Int64(days) * 86_400 + Int64(seconds) - Int64(offset(words.next())))
  }

  private static let months: StaticString = "janfebmaraprmayjunjulaugsepoctnovdec"

  private static func month(_ word: ByteView) -> Int? {
    guard word.count >= 3 else { return nil }
    let names = ByteView(months)
    for index in 0..<12 where names[(index * 3)..<(index * 3 + 3)].equalsIgnoringCase(word.prefix(3)) {
      return index + 1
    }
    return nil
  }

  private static func timeOfDay(_ word: ByteView) -> Int? {
    guard let colon = word.firstIndex(of: 0x3A), let hour = word.prefix(colon).decimal, hour < 24,
      let minute = word[(colon + 1)..<(colon + 3)].decimal, minute < 60
    else { return nil }
    var second = 0
    if word.at(colon + 3) == 0x3A {
      guard let value = word[(colon + 4)..<(colon + 6)].decimal, value <= 60 else { return nil }
      second = value
    }
    return hour * 3600 + minute * 60 + second
  }

  /// Seconds east of UTC.
  private static func offset(_ zone: ByteView) -> Int {
    if let sign = zone.at(0), sign == 0x2B || sign == 0x2D {
      guard let digits = zone[1..<5].decimal, zone.count >= 5 else { return 0 }
      let east = (digits / 100 * 60 + digits % 100) * 60
      return sign == 0x2D ? -east : east
    }
    for (name, hours) in zones where zone.equalsIgnoringCase(ByteView(name)) { return hours * 3600 }
    return 0
  }

  private static let zones: [(StaticString, Int)] = [
    ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7),
    ("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3), ("JST", 9),
  ]
}

/// Words between spaces and tabs.
struct WordScanner {
  private let text: ByteView
  private var at = 0

  init(text: ByteView) { self.text = text }

  /// The next word; empty at the end.
  mutating func next() -> ByteView {
    while let byte = text.at(at), byte == 0x20 || byte == 0x09 { at += 1 }
    let start = at
    while let byte = text.at(at), byte != 0x20, byte != 0x09 { at += 1 }
    return text[start..<at]
  }
}
