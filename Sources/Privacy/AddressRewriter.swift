// Puts other local parts where addresses stand in a text.

public import Bytes
import SMTPTypes

/// What to put in an address's place.
public protocol AddressMapping {
  /// The local part to write instead of `local`; nil leaves the address alone.
  func replacement(for local: ByteView, at domain: ByteView) -> String?
}

/// One address and what stands for it, so that its other spellings can be found too.
public struct NamedAddress: Sendable {
  /// Both as addresses are compared; see `MailAddress`.
  public var local: String
  public var domain: String
  public var replacement: String
  /// The domain with the letters of its language, if it has others than ASCII's.
  let unicodeDomain: String?

  public init(_ local: ByteView, at domain: ByteView, replacement: String) {
    let canonical = Pseudonyms.canonical(local, domain)
    let at = canonical.lastIndex(of: "@") ?? canonical.endIndex
    self.local = String(canonical[..<at])
    self.domain = String(canonical[at...].dropFirst())
    self.replacement = replacement
    unicodeDomain = self.domain.withByteView { DomainName.unicode($0) }
  }

  /// True if it is `address`, which is as addresses are compared.
  public func isSpelt(_ address: String) -> Bool {
    address.utf8.count == local.utf8.count + 1 + domain.utf8.count && address == local + "@" + domain
  }

  /// All ways of spelling its domain.
  public var domains: [String] { [domain] + (unicodeDomain.map { [$0] } ?? []) }
}

/// Rewrites texts.
public enum AddressRewriter {
  /// Local parts that are too short to be told from words where they stand alone.
  static let shortestWord = 3

  /// Appends `text` to `buffer` with each address that `mapping` knows replaced, in running text, URLs (`%40`) and
  /// quotes. True if something was. O(text).
  public static func rewrite(
    _ text: ByteView, with mapping: some AddressMapping, to buffer: inout ByteBuffer
  ) -> Bool {
    var done = 0
    var from = 0
    var isChanged = false
    while let found = AddressScan(in: text, from: from) {
      from = found.domain.upperBound
      guard found.local.lowerBound >= done,
        let replacement = mapping.replacement(for: text[found.local], at: text[found.domain])
      else { continue }
      buffer.append(text[done..<found.local.lowerBound])
      buffer.append(replacement)
      done = found.local.upperBound
      isChanged = true
    }
    buffer.append(text.from(done))
    return isChanged
  }

  /// Appends `text` with other spellings of `names` replaced: `local=domain`, as in the senders of mailing lists, and
  /// `domain=local`, as in those of forwarded mail (SRS); the address as it is, whatever bytes its local part
  /// has; each with either spelling of the domain; and where `isProse` the local part as a word of its own.
  /// True if something was. O(text) for each name.
  public static func rewriteSpellings(
    _ text: ByteView, of names: [NamedAddress], isProse: Bool, to buffer: inout ByteBuffer
  ) -> Bool {
    var current = ByteBuffer(capacity: text.count)
    current.append(text)
    var next = ByteBuffer(capacity: text.count)
    var isChanged = false
    for name in names where !name.local.isEmpty {
      for spelling in Spelling.allCases where isProse || spelling != .word {
        for domain in [name.domain, name.unicodeDomain] {
          guard let domain, let (word, replacement) = spelling.of(name, at: domain) else { continue }
          next.removeAll()
          if word.withByteView({ replace($0, with: replacement, spelling, in: current.view, to: &next) }) {
            isChanged = true
            swap(&current, &next)
          }
        }
      }
    }
    buffer.append(current.view)
    return isChanged
  }

  /// A way in which an address is written.
  private enum Spelling: CaseIterable {
    case address, coded, pair, reversed, word

    /// What is looked for, and what takes its place; nil where the name can't be told from words.
    func of(_ name: NamedAddress, at domain: String) -> (String, String)? {
      let separator =
        switch self {
        case .address: "@"
        case .coded: "%40"
        case .pair, .reversed: "="
        case .word: ""
        }
      guard self != .word else { return name.local.utf8.count >= shortestWord ? (name.local, name.replacement) : nil }
      guard !domain.isEmpty else { return nil }
      if self == .reversed { return (domain + separator + name.local, domain + separator + name.replacement) }
      return (name.local + separator + domain, name.replacement + separator + domain)
    }
  }

  /// Replaces whole occurrences of `word`, which is folded, whatever their case.
  private static func replace(
    _ word: ByteView, with replacement: String, _ spelling: Spelling, in text: ByteView, to buffer: inout ByteBuffer
  ) -> Bool {
    var done = 0
    var at = 0
    var isChanged = false
    let isASCII = word.isASCII
    while at < text.count {
      guard let length = isASCII ? asciiLength(word, text, at) : CaseFolding.length(of: word, in: text, at: at),
        isWhole(text, at, length, spelling)
      else {
        at += 1
        continue
      }
      buffer.append(text[done..<at])
      buffer.append(replacement)
      at += length
      done = at
      isChanged = true
    }
    buffer.append(text.from(done))
    return isChanged
  }

  private static func asciiLength(_ word: ByteView, _ text: ByteView, _ at: Int) -> Int? {
    guard at + word.count <= text.count, text[at].lowercasedASCII == word[0],
      text[at..<at + word.count].equalsIgnoringCase(word)
    else { return nil }
    return word.count
  }

  /// True if what stands at `at` does not go on to either side. A pair may follow a dash, a plus or a dot, which set
  /// off what a mailing list puts before it; an address or a word that follows one is part of a longer address.
  private static func isWhole(_ text: ByteView, _ at: Int, _ count: Int, _ spelling: Spelling) -> Bool {
    func isWord(_ byte: UInt8) -> Bool { byte.isASCIIDigit || byte.isASCIILetter || byte >= 0x80 || byte == 0x5F }
    func isJoint(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2B || byte == 0x2E }
    if at > 0 {
      let before = text[at - 1]
      if isWord(before) || before == 0x7E { return false }
      if spelling != .pair, isJoint(before) { return false }
      if spelling == .word, before == 0x40 { return false }
    }
    guard let after = text.at(at + count) else { return true }
    if isWord(after) { return false }
    if isJoint(after), let next = text.at(at + count + 1) { return !isWord(next) }
    return spelling != .word || after != 0x40
  }
}
