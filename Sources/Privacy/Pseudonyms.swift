// Addresses to pseudonyms.
//
// A pseudonym is a local part: a tilde, a keyed hash of the address, and a keyed check of that hash. The check makes
// it known as one of ours: a pseudonym's pseudonym is itself, so that what comes back from the journal and what comes
// from the log meet, and no stranger can write a local part that is taken for one (1 in 2^40 by chance).

public import Bytes
import Glibc
import SMTPTypes

/// Makes pseudonyms with one key, in one mode.
public struct Pseudonyms: Sendable {
  /// Bytes of hash and check; five bytes are eight letters.
  private static let checkLength = 5

  public let mode: AddressMode
  private let key: [UInt8]

  /// - Parameter mode: not `plain`.
  public init(key: PseudonymKey, mode: AddressMode) {
    self.key = key.bytes
    self.mode = mode
  }

  /// Bytes of the address's hash: enough that no two addresses share one; less where a message has a few recipients.
  private var hashLength: Int { mode == .domainOnly ? 5 : 10 }

  /// What stands for `local` at `domain`, a local part of its own; one for all spellings of an address.
  ///
  /// - Parameter message: what tells the message from others (its queue id); in mode `domainOnly` the same address
  ///   has another mark in another message.
  public func localPart(for local: ByteView, at domain: ByteView, message: ByteView) -> String {
    if Pseudonyms.isErased(local) { return String(local) }
    let salt = mode == .domainOnly ? message : .empty
    if local.at(0) == 0x7E, isOurs(local, domain, salt) { return String(local) }
    return name(of: Pseudonyms.canonical(local, domain), at: DomainName.canonical(String(domain)), salt)
  }

  /// - Parameter domain: as it is within `address`.
  private func name(of address: String, at domain: String, _ salt: ByteView) -> String {
    let hash = address.withByteView {
      KeyedHash.hash([ByteView("address"), salt, $0], key: key, length: 16).prefix(hashLength)
    }
    return "~" + KeyedHash.base32(Array(hash) + check(hash, domain, salt))
  }

  /// The whole address that stands for `address`; one without a domain gets a local part alone.
  public func address(for address: ByteView, message: ByteView) -> String {
    guard let at = address.lastIndex(of: 0x40) else {
      return localPart(for: address, at: .empty, message: message)
    }
    let domain = address.from(at + 1)
    return localPart(for: address.prefix(at), at: domain, message: message) + "@" + String(domain)
  }

  /// All local parts that may stand for `local` at `domain` in a journal: first the one of now, then those of journals
  /// from the time when each spelling of an address had a pseudonym of its own. For nearly every address that is one.
  public func localParts(for local: ByteView, at domain: ByteView, message: ByteView) -> [String] {
    let salt = mode == .domainOnly ? message : .empty
    var names = [localPart(for: local, at: domain, message: message)]
    for (local, domain) in Pseudonyms.formerSpellings(local, domain) {
      let name = name(of: local + "@" + domain, at: domain, salt)
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The whole addresses that may stand for `address`.
  public func addresses(for address: ByteView, message: ByteView) -> [String] {
    guard let at = address.lastIndex(of: 0x40) else { return [self.address(for: address, message: message)] }
    let domain = address.from(at + 1)
    return localParts(for: address.prefix(at), at: domain, message: message).map { $0 + "@" + String(domain) }
  }

  private func check(_ hash: some Sequence<UInt8>, _ domain: String, _ salt: ByteView) -> ArraySlice<UInt8> {
    Array(hash).withUnsafeBufferPointer { hash in
      domain.withByteView { domain in
        KeyedHash.hash([ByteView("check"), salt, ByteView(hash), domain], key: key, length: 16)
          .prefix(Pseudonyms.checkLength)
      }
    }
  }

  /// True if `local` is a pseudonym that this key made.
  private func isOurs(_ local: ByteView, _ domain: ByteView, _ salt: ByteView) -> Bool {
    let letters = local.from(1)
    guard letters.count == (hashLength + Pseudonyms.checkLength) / 5 * 8,
      let bytes = Pseudonyms.decode(letters)
    else { return false }
    return Pseudonyms.spellings(ofDomain: domain).contains { domain in
      bytes.suffix(Pseudonyms.checkLength) == check(bytes.prefix(hashLength), domain, salt)
    }
  }

  /// True if this key, in this mode, made the local part of `address`. Not to be asked of marks that differ from message
  /// to message.
  public func made(_ address: ByteView) -> Bool {
    guard let at = address.lastIndex(of: 0x40) else { return isOurs(address, .empty, .empty) }
    return isOurs(address.prefix(at), address.from(at + 1), .empty)
  }

  private static func decode(_ letters: ByteView) -> [UInt8]? {
    var bytes: [UInt8] = []
    var word: UInt32 = 0
    var bits: UInt32 = 0
    for letter in letters.buffer {
      let value: UInt8
      switch letter {
      case 0x61...0x7A: value = letter - 0x61
      case 0x32...0x37: value = letter - 0x32 + 26
      default: return nil
      }
      word = word << 5 | UInt32(value)
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: word >> bits))
      }
    }
    return bytes
  }

  /// `local@domain` as it is compared and hashed; see `MailAddress`.
  public static func canonical(_ local: ByteView, _ domain: ByteView) -> String {
    var buffer = ByteBuffer(capacity: local.count + domain.count + 1)
    MailAddress.append(canonical: local, at: domain, to: &buffer)
    return String(buffer.view)
  }

  // MARK: Journals from before spellings met

  /// How an address may have been hashed: ASCII letters alone in lower case, the local part without any quote or
  /// backslash, the domain as it was spelt. Empty for an address that is hashed as it always was.
  private static func formerSpellings(_ local: ByteView, _ domain: ByteView) -> [(local: String, domain: String)] {
    guard !local.isASCII || !domain.isASCII || DomainName.hasALabel(domain)
      || local.buffer.contains(where: { $0 == 0x22 || $0 == 0x5C })
    else { return [] }
    let canonical = canonical(local, .empty).dropLast()
    let locals = [former(local, without: [0x22, 0x5C]), String(canonical)]
    return spellings(ofDomain: domain).flatMap { domain in locals.map { ($0, domain) } }
  }

  /// A domain as it is compared, as it was compared once, and with the letters of its language.
  private static func spellings(ofDomain domain: ByteView) -> [String] {
    let canonical = DomainName.canonical(String(domain))
    var spellings = [canonical]
    if !domain.isASCII { spellings.append(former(domain.hasSuffix(".") ? domain.prefix(domain.count - 1) : domain)) }
    if let unicode = canonical.withByteView({ DomainName.unicode($0) }), !spellings.contains(unicode) {
      spellings.append(unicode)
    }
    return spellings
  }

  private static func former(_ text: ByteView, without bytes: [UInt8] = []) -> String {
    var buffer = ByteBuffer(capacity: text.count)
    for byte in text.buffer where !bytes.contains(byte) { buffer.append(byte.lowercasedASCII) }
    return String(buffer.view)
  }
}

// MARK: - What the reporter has to know

extension Pseudonyms {
  /// What an erased address's local part begins with; random letters follow.
  public static let erasedPrefix: StaticString = "~erased-"

  /// True for the local part that stands for an address that was erased on request.
  public static func isErased(_ local: ByteView) -> Bool {
    guard local.hasPrefix(erasedPrefix) else { return false }
    let letters = local.from(erasedPrefix.utf8CodeUnitCount)
    return letters.count == 16 && decode(letters) != nil
  }

  /// True for a local part that looks like a pseudonym, whoever made it.
  public static func looksLikePseudonym(_ local: ByteView) -> Bool {
    guard local.at(0) == 0x7E, local.count == 25 || local.count == 17 else { return false }
    return decode(local.from(1)) != nil
  }
}
