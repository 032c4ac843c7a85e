/// What rotation adds to a log's name: `mail.log.1`, `mail.log-20261123`, `mail.log.20261123-181825`.
public enum RotationSuffix: Equatable, Sendable {
  /// `.1`: the higher, the older.
  case number(Int)
  /// `-20261123`, `.20261123-181825`: the digits, which sort by age.
  case date(String)
  /// Of another form; ordered by the time of its last change.
  case other

  /// - Parameter text: with its separator, without the ending of a compressed file.
  public init(_ text: Substring) {
    let body = text.dropFirst()
    let digits = body.filter { $0.isASCII && $0.isNumber }
    let isPlain = body.allSatisfy { ($0.isASCII && $0.isNumber) || $0 == "-" || $0 == "_" || $0 == "." }
    if digits.count == body.count, (1...5).contains(digits.count), let number = Int(digits) {
      self = .number(number)
    } else if isPlain, digits.count >= 6 {
      self = .date(digits)
    } else {
      self = .other
    }
  }

  /// True if this one was rotated away after `other`; nil if the names don't tell.
  public func isNewer(than other: RotationSuffix) -> Bool? {
    switch (self, other) {
    case (.number(let mine), .number(let theirs)): mine < theirs
    case (.date(let mine), .date(let theirs)): mine > theirs
    default: nil
    }
  }
}

/// A log file's name taken apart: which log it is part of, and what rotation and compression added.
public struct RotatedName: Equatable, Sendable {
  /// The log's own path.
  public let log: String
  /// nil for the log itself.
  public let suffix: RotationSuffix?

  /// `mail.log.2.gz` is the second of `mail.log`. A name that no rotation makes is a log of its own.
  public init(_ path: String) {
    let plain = Compression.plainName(path)
    let name = plain.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    // The suffix is the longest run of digits and what stands between them, from a separator on.
    var start = name.endIndex
    var at = name.endIndex
    while at > name.startIndex {
      let before = name.index(before: at)
      let character = name[before]
      if character == "." || character == "-" {
        start = before
      } else if !(character.isASCII && character.isNumber) && character != "_" {
        break
      }
      at = before
    }
    let found = RotationSuffix(name[start...])
    guard start > name.startIndex, start < name.endIndex, found != .other else {
      log = String(plain)
      suffix = nil
      return
    }
    log = String(plain.dropLast(name[start...].count))
    suffix = found
  }

  /// True if this file of a log is newer than another of the same log; nil if the names don't tell.
  public func isNewer(than other: RotatedName) -> Bool? {
    guard log == other.log else { return nil }
    switch (suffix, other.suffix) {
    case (nil, nil): return nil
    case (nil, _): return true
    case (_, nil): return false
    case (let mine?, let theirs?): return mine == theirs ? nil : mine.isNewer(than: theirs)
    }
  }
}
