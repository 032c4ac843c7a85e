import Bytes
import Glibc
import SMTPTypes

/// Guesses the next key of a line from the one before: lines of a journal mostly repeat the shape of those before
/// them, so that most keys cost two comparisons of words instead of a search for their end and a look-up.
struct KeyForecast: ~Copyable {
  /// `"key"` as words, sixteen bytes with zeros behind: no key of ours is longer than fourteen.
  private struct Pattern {
    var words: (UInt64, UInt64) = (0, 0)
    var masks: (UInt64, UInt64) = (.max, .max)
    var length = 0
  }

  private let patterns: UnsafeMutablePointer<Pattern>
  /// What followed each key last, and before that; index 0 stands for a line's start.
  private let followers: UnsafeMutablePointer<(EventKey, EventKey)>
  private static var size: Int { EventKey.allCases.count }

  init() {
    patterns = UnsafeMutablePointer<Pattern>.allocate(capacity: KeyForecast.size)
    followers = UnsafeMutablePointer<(EventKey, EventKey)>.allocate(capacity: KeyForecast.size + 1)
    patterns.initialize(repeating: Pattern(), count: KeyForecast.size)
    followers.initialize(repeating: (.time, .type), count: KeyForecast.size + 1)
    for key in EventKey.allCases {
      var quoted: [UInt8] = [0x22]
      quoted += ByteView(key.name).buffer
      quoted.append(0x22)
      var pattern = Pattern(words: (0, 0), masks: (0, 0), length: quoted.count)
      for (index, byte) in quoted.enumerated() {
        let shift = UInt64(index % 8 * 8)
        if index < 8 {
          pattern.words.0 |= UInt64(byte) << shift
          pattern.masks.0 |= 0xFF << shift
        } else {
          pattern.words.1 |= UInt64(byte) << shift
          pattern.masks.1 |= 0xFF << shift
        }
      }
      patterns[Int(key.rawValue)] = pattern
    }
  }

  deinit {
    patterns.deallocate()
    followers.deallocate()
  }

  /// The key that `cursor` stands before, with the cursor past its colon; nil, with the cursor where it was, if the
  /// guess failed. `last` is the rank of the key before, -1 at the start.
  @inline(__always)
  func next(_ cursor: inout JSONCursor, after last: Int) -> EventKey? {
    // The comma or the opening brace, the key's sixteen bytes, the colon.
    guard cursor.end - cursor.at >= 18 else { return nil }
    let (first, second) = followers[last + 1]
    if matches(cursor.at, first) {
      cursor.at += patterns[Int(first.rawValue)].length + 2
      return first
    }
    if matches(cursor.at, second) {
      followers[last + 1] = (second, first)
      cursor.at += patterns[Int(second.rawValue)].length + 2
      return second
    }
    return nil
  }

  /// Past `key` and its colon, if the cursor stands before it; false, with the cursor where it was, if not.
  @inline(__always)
  func pass(_ key: EventKey, _ cursor: inout JSONCursor) -> Bool {
    guard cursor.end - cursor.at >= 18, cursor.at.pointee == 0x2C, matches(cursor.at, key) else { return false }
    cursor.at += patterns[Int(key.rawValue)].length + 2
    return true
  }

  @inline(__always)
  private func matches(_ at: UnsafePointer<UInt8>, _ key: EventKey) -> Bool {
    let pattern = patterns + Int(key.rawValue)
    let start = UnsafeRawPointer(at) + 1
    let first = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
    let second = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    return (first ^ pattern.pointee.words.0) & pattern.pointee.masks.0 == 0
      && (second ^ pattern.pointee.words.1) & pattern.pointee.masks.1 == 0
      && at[pattern.pointee.length + 1] == 0x3A
  }

  @inline(__always)
  func learn(_ key: EventKey, after last: Int) {
    let first = followers[last + 1].0
    if first != key { followers[last + 1] = (key, first) }
  }
}
