// What rules see of a reply: one line, lower case, single spaces, addresses hidden, the codes that repeat at each
// line of a multi-line reply taken out, and so what Exim puts behind a reason when it gives up.

public import Bytes
import Glibc

/// The scratch that one thread normalizes replies in.
///
/// Hiding addresses keeps a mailbox called `greylist` from being a reason; taking out repeated codes lets a phrase
/// match across the lines of a reply, which a log joins with spaces (`… at a rate that 450-4.2.1 prevents …`).
public struct NormalizedText: ~Copyable {
  /// Bytes of a reply that are looked at; an MTA keeps 2,048.
  public static let limit = 4096

  /// Eight bytes longer than any text, and zero there.
  private let base: UnsafeMutablePointer<UInt8>
  private var count = 0
  /// Where a word starts, and where a byte stands that belongs to no word: the places where a phrase can start.
  private let places: UnsafeMutablePointer<UInt16>
  private(set) var placeCount = 0
  /// What each byte becomes, and what it is: the lower-case byte, `ByteClass` above it.
  private let classes: UnsafeMutablePointer<UInt16>
  /// Valid if `knowsNames`.
  private(set) var names = HostNames()
  private var knowsNames = false

  private enum ByteClass {
    static var word: UInt16 { 0x100 }
    /// Blanks and control bytes, and `@`: bytes that need a second look.
    static var special: UInt16 { 0x200 }
  }

  public init() {
    base = UnsafeMutablePointer<UInt8>.allocate(capacity: NormalizedText.limit + 8)
    base.initialize(repeating: 0, count: NormalizedText.limit + 8)
    places = UnsafeMutablePointer<UInt16>.allocate(capacity: NormalizedText.limit + 1)
    classes = UnsafeMutablePointer<UInt16>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max {
      var value = UInt16(byte.lowercasedASCII)
      if byte.isASCIIWordByte { value |= ByteClass.word }
      if byte <= 0x20 || byte == UInt8(ascii: "@") { value |= ByteClass.special }
      (classes + Int(byte)).initialize(to: value)
    }
  }

  deinit {
    base.deallocate()
    places.deallocate()
    classes.deallocate()
  }

  /// The text of the last `normalize`, valid until the next.
  @inline(__always)
  public var view: ByteView { ByteView(UnsafePointer(base), count: count) }

  /// The place at `index`, under `placeCount`; places ascend.
  @inline(__always)
  func place(_ index: Int) -> Int { Int(places[index]) }

  /// Normalizes the first 4,096 bytes of `text` and finds its names. O(text).
  public mutating func normalize(_ text: ByteView) {
    normalizeOnly(text)
    findNames()
  }

  /// Finds the host names and URLs of the text, if that is not done. O(text).
  @inline(__always)
  mutating func findNames() {
    if knowsNames { return }
    knowsNames = true
    names.find(in: view)
  }

  /// The text without what its names and URLs say (`HostNames.hiding`): what expressions see that ask for none. Names
  /// must have been found.
  var withoutNames: ByteView { names.isEmpty ? view : names.hiding }

  /// Normalizes the first 4,096 bytes of `text`, and leaves it to `findNames` to find its names. O(text).
  mutating func normalizeOnly(_ text: ByteView) {
    knowsNames = false
    let source = text.prefix(NormalizedText.limit)
    let input = source.start
    let end = source.count
    let codes = RepeatedCodes(source)
    var at = 0
    var out = 0
    var found = 0
    // True if the byte before, as it was written, belongs to a word.
    var followsWord = false
    while at < end {
      if end &- at >= 16 {
        // Up to sixteen bytes at once, as far as none needs a second look.
        let bytes = SixteenBytes(UnsafeRawPointer(input + at), isFirst: out == 0)
        bytes.storeLowercased(UnsafeMutableRawPointer(base + out))
        note(bytes.starts(0, followsWord: followsWord), at: out, &found)
        note(bytes.starts(1, followsWord: followsWord), at: out &+ 8, &found)
        let length = bytes.plainLength
        if length > 0 { followsWord = bytes.isWord(length &- 1) }
        at &+= length
        out &+= length
        if length == 16 { continue }
      } else if end &- at >= 8 {
        // Up to eight bytes at once, as far as none needs a second look.
        let bytes = EightBytes(UnsafeRawPointer(input + at), isFirst: out == 0)
        UnsafeMutableRawPointer(base + out).storeBytes(of: bytes.lowercased.littleEndian, as: UInt64.self)
        note(bytes.starts(followsWord: followsWord), at: out, &found)
        let length = bytes.plainLength
        if length > 0 { followsWord = bytes.isWord(length &- 1) }
        at &+= length
        out &+= length
        if length == 8 { continue }
      } else {
        let kind = classes[Int(input[at])]
        if kind & ByteClass.special == 0 {
          base[out] = UInt8(truncatingIfNeeded: kind)
          let isWord = kind & ByteClass.word != 0
          if !(isWord && followsWord) {
            places[found] = UInt16(truncatingIfNeeded: out)
            found &+= 1
          }
          followsWord = isWord
          out &+= 1
          at &+= 1
          continue
        }
      }
      followsWord = false
      if input[at] <= 0x20 {
        at += 1
        while at < end, input[at] <= 0x20 { at += 1 }
        if out > 0 {
          base[out] = 0x20
          out += 1
          // A digit that starts a word may start the reply code again.
          if at < end, input[at].isASCIIDigit {
            at += codes.length(in: source, at: at)
            while at < end, input[at] <= 0x20 { at += 1 }
          }
        }
        continue
      }
      at += 1
      if out > 0, base[out - 1].isLocalPartByte, at < end, input[at].isDomainByte {
        while out > 0, base[out - 1].isLocalPartByte { out -= 1 }
        while found > 0, Int(places[found - 1]) >= out { found -= 1 }
        while at < end, input[at].isDomainByte { at += 1 }
      }
      base[out] = UInt8(ascii: "@")
      places[found] = UInt16(truncatingIfNeeded: out)
      found += 1
      out += 1
    }
    if out > 0, base[out - 1] == 0x20 { out -= 1 }
    if out > 0, base[out - 1] == UInt8(ascii: "d") {
      out = lengthWithoutRetryTimeout(out)
      while found > 0, Int(places[found - 1]) >= out { found -= 1 }
    }
    count = out
    placeCount = found
    UnsafeMutableRawPointer(base + out).storeBytes(of: 0, as: UInt64.self)
  }

  /// The length of a text of `length` bytes without `: retry timeout exceeded` at its end: Exim (retry.c, retry_update)
  /// puts that behind a failure's own words when its time for retrying is over. It says nothing of why, and no session
  /// timed out.
  @inline(__always)
  private func lengthWithoutRetryTimeout(_ length: Int) -> Int {
    let words: StaticString = "retry timeout exceeded"
    guard ByteView(UnsafePointer(base), count: length).hasSuffix(words) else { return length }
    var end = length - words.utf8CodeUnitCount
    if end > 0, base[end - 1].isASCIIWordByte { return length }
    while end > 0, base[end - 1] == 0x20 || base[end - 1] == UInt8(ascii: ":") { end -= 1 }
    return end
  }

  /// Notes the places of a mask of eight bytes, the first of which is written at `start`.
  @inline(__always)
  private func note(_ mask: UInt64, at start: Int, _ found: inout Int) {
    var mask = mask
    while mask != 0 {
      places[found] = UInt16(truncatingIfNeeded: start &+ mask.trailingZeroBitCount >> 3)
      found &+= 1
      mask &= mask &- 1
    }
  }
}

/// Eight bytes of a reply, looked at together. A mask has the top bit of each byte that it is true of, the first byte
/// lowest.
private struct EightBytes {
  let lowercased: UInt64
  /// Letters and digits.
  private let word: UInt64
  private let space: UInt64
  /// Bytes before the first that needs a second look: a control byte, an `@`, a space that a blank or a digit follows
  /// or that begins the text.
  let plainLength: Int

  private static var tops: UInt64 { 0x8080_8080_8080_8080 }
  private static var lows: UInt64 { 0x7F7F_7F7F_7F7F_7F7F }
  private static var ones: UInt64 { 0x0101_0101_0101_0101 }

  @inline(__always)
  init(_ start: UnsafeRawPointer, isFirst: Bool) {
    let bytes = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
    let low = bytes & EightBytes.lows
    let ascii = ~bytes & EightBytes.tops
    /// ASCII bytes of at least `limit`.
    @inline(__always)
    func atLeast(_ limit: UInt64) -> UInt64 { (low &+ EightBytes.ones &* (0x80 &- limit)) & ascii }
    let upper = atLeast(0x41) & ~atLeast(0x5B)
    let digit = atLeast(0x30) & ~atLeast(0x3A)
    space = atLeast(0x20) & ~atLeast(0x21)
    word = upper | digit | (atLeast(0x61) & ~atLeast(0x7B))
    lowercased = bytes &+ upper >> 2
    let blank = ascii & ~atLeast(0x21)
    let at = atLeast(0x40) & ~atLeast(0x41)
    // What follows the eighth byte is not known here.
    let followed = (blank | digit) >> 8 | 0x80 << 56 | (isFirst ? 0x80 : 0)
    let special = blank & ~space | at | space & followed
    plainLength = special.trailingZeroBitCount >> 3
  }

  @inline(__always)
  func isWord(_ index: Int) -> Bool { word >> UInt64(index &* 8) & 0x80 != 0 }

  /// Where a phrase can start in the plain bytes.
  @inline(__always)
  func starts(followsWord: Bool) -> UInt64 {
    let before = word << 8 | (followsWord ? 0x80 : 0)
    let starts = (word & ~before) | (~word & ~space & EightBytes.tops)
    return plainLength == 8 ? starts : starts & ((1 << UInt64(plainLength &* 8)) &- 1)
  }
}

/// Sixteen bytes of a reply, looked at together, as `EightBytes` does with eight.
private struct SixteenBytes {
  private let lowercased: SIMD2<UInt64>
  private let word: SIMD2<UInt64>
  private let space: SIMD2<UInt64>
  /// Bytes before the first that needs a second look.
  let plainLength: Int

  private static var tops: UInt64 { 0x8080_8080_8080_8080 }

  @inline(__always)
  private static func each(_ byte: UInt8) -> SIMD2<UInt64> {
    SIMD2(repeating: 0x0101_0101_0101_0101 &* UInt64(byte))
  }

  @inline(__always)
  init(_ start: UnsafeRawPointer, isFirst: Bool) {
    var bytes = SIMD2<UInt64>()
    memcpy(&bytes, start, 16)
    bytes = SIMD2(UInt64(littleEndian: bytes.x), UInt64(littleEndian: bytes.y))
    let low = bytes & SixteenBytes.each(0x7F)
    let ascii = ~bytes & SixteenBytes.each(0x80)
    // Letters of either case as small ones; the bit that tells them apart is the sixth.
    let folded = low | SixteenBytes.each(0x20)
    let letter = (folded &+ SixteenBytes.each(0x80 - 0x61)) & ~(folded &+ SixteenBytes.each(0x80 - 0x7B)) & ascii
    let upper = letter & ~(bytes &<< SIMD2(repeating: 2))
    let digit = (low &+ SixteenBytes.each(0x80 - 0x30)) & ~(low &+ SixteenBytes.each(0x80 - 0x3A)) & ascii
    let blank = ~(low &+ SixteenBytes.each(0x80 - 0x21)) & ascii
    let space = blank & (low &+ SixteenBytes.each(0x80 - 0x20))
    let at = (low &+ SixteenBytes.each(0x80 - 0x40)) & ~(low &+ SixteenBytes.each(0x80 - 0x41)) & ascii
    word = letter | digit
    self.space = space
    lowercased = bytes &+ (upper &>> SIMD2(repeating: 2))
    let follows = blank | digit
    let special = (blank & ~space) | at
    // What follows the sixteenth byte is not known here.
    let first = special.x | space.x & (follows.x >> 8 | follows.y << 56 | (isFirst ? 0x80 : 0))
    let second = special.y | space.y & (follows.y >> 8 | 0x80 << 56)
    plainLength = first != 0 ? first.trailingZeroBitCount >> 3 : 8 &+ second.trailingZeroBitCount >> 3
  }

  @inline(__always)
  func storeLowercased(_ place: UnsafeMutableRawPointer) {
    var bytes = SIMD2(lowercased.x.littleEndian, lowercased.y.littleEndian)
    memcpy(place, &bytes, 16)
  }

  @inline(__always)
  func isWord(_ index: Int) -> Bool {
    (index < 8 ? word.x : word.y) >> UInt64((index & 7) &* 8) & 0x80 != 0
  }

  /// Where a phrase can start in the plain bytes among the first eight, or the second.
  @inline(__always)
  func starts(_ half: Int, followsWord: Bool) -> UInt64 {
    let word = half == 0 ? self.word.x : self.word.y
    let space = half == 0 ? self.space.x : self.space.y
    let before = word << 8 | (half == 0 ? (followsWord ? 0x80 : 0) : self.word.x >> 56)
    let starts = (word & ~before) | (~word & ~space & SixteenBytes.tops)
    let length = plainLength &- half &* 8
    if length >= 8 { return starts }
    return length <= 0 ? 0 : starts & ((1 << UInt64(length &* 8)) &- 1)
  }
}

/// The reply code and enhanced code that a reply starts with, as they stand again at the start of its further lines.
private struct RepeatedCodes {
  /// Three digits, or none.
  let hasCode: Bool
  /// `421-…`: further lines follow, of which the last starts with `421 `.
  let isMultiline: Bool
  let code: ByteView
  /// The enhanced code, or empty.
  let enhanced: ByteView

  init(_ text: ByteView) {
    var rest = text
    hasCode =
      text.count > 3 && text[0].isASCIIDigit && text[1].isASCIIDigit && text[2].isASCIIDigit
      && (text[3] == 0x20 || text[3] == 0x2D)
    isMultiline = hasCode && text[3] == 0x2D
    code = text.prefix(3)
    if hasCode { rest = text.from(4) }
    while rest.at(0) == 0x20 { rest = rest.from(1) }
    var length = 0
    if rest.count >= 5, rest[0].isASCIIDigit, rest[1] == 0x2E {
      while let byte = rest.at(length), byte.isASCIIDigit || byte == 0x2E { length += 1 }
    }
    enhanced = rest.prefix(length)
  }

  /// How many bytes the codes take up at `start`; 0 if they don't stand there.
  @inline(__always)
  func length(in text: ByteView, at start: Int) -> Int {
    var rest = text.from(start)
    var length = 0
    if hasCode {
      guard rest.count > 3, rest[3] == 0x2D || rest[3] == 0x20, rest.hasPrefix(code) else { return 0 }
      // "452 messages" is a number: without a hyphen or an enhanced code it stays, unless a last line is to come.
      if rest[3] == 0x20, enhanced.isEmpty ? !isMultiline : !rest.from(4).hasPrefix(enhanced) { return 0 }
      length = 4
      rest = rest.from(4)
    }
    if !enhanced.isEmpty, rest.hasPrefix(enhanced), rest.at(enhanced.count).map({ $0 <= 0x20 }) ?? true {
      length += enhanced.count
    }
    return length
  }
}

extension UInt8 {
  /// What a local part may be made of, as far as hiding goes: no blank, bracket, quote, comma, semicolon, colon, `@`
  /// or `=`.
  @inline(__always)
  fileprivate var isLocalPartByte: Bool {
    switch self {
    case 0...0x20, 0x22, 0x27, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x40, 0x5B, 0x5D, 0x60: false
    default: true
    }
  }

  @inline(__always)
  fileprivate var isDomainByte: Bool { isASCIILetter || isASCIIDigit || self == 0x2D || self == 0x2E || self >= 0x80 }
}
