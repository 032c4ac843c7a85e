// Addresses to pseudonyms.
//
// A pseudonym is a local part: a tilde, a keyed hash of the address, and a keyed check of that hash. The check makes
// it known as one of ours: a pseudonym's pseudonym is itself, so that what comes back from the journal and what comes
// from the log meet, and no stranger can write a local part that is taken for one (1 in 2^40 by chance).

public import Bytes
import Glibc

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

  /// What stands for `local` at `domain`, a local part of its own.
  ///
  /// - Parameter message: what tells the message from others (its queue id); in mode `domainOnly` the same address
  ///   has another mark in another message.
  public func localPart(for local: ByteView, at domain: ByteView, message: ByteView) -> String {
    let canonical = Pseudonyms.canonical(local, domain)
    if Pseudonyms.isErased(local) { return String(local) }
    return canonical.withByteView { address in
      canonicalDomain(domain).withByteView { domain in
        let salt = mode == .domainOnly ? message : .empty
        if local.at(0) == 0x7E, isOurs(local, domain, salt) { return String(local) }
        let hash = KeyedHash.hash([ByteView("address"), salt, address], key: key, length: 16).prefix(hashLength)
        return "~" + KeyedHash.base32(Array(hash) + check(hash, domain, salt))
      }
    }
  }

  /// The whole address that stands for `address`; one without a domain gets a local part alone.
  public func address(for address: ByteView, message: ByteView) -> String {
    guard let at = address.lastIndex(of: 0x40) else {
      return localPart(for: address, at: .empty, message: message)
    }
    let domain = address.from(at + 1)
    return localPart(for: address.prefix(at), at: domain, message: message) + "@" + String(domain)
  }

  private func check(_ hash: some Sequence<UInt8>, _ domain: ByteView, _ salt: ByteView) -> ArraySlice<UInt8> {
    Array(hash).withUnsafeBufferPointer { hash in
      KeyedHash.hash([ByteView("check"), salt, ByteView(hash), domain], key: key, length: 16)
        .prefix(Pseudonyms.checkLength)
    }
  }

  /// True if `local` is a pseudonym that this key made.
  private func isOurs(_ local: ByteView, _ domain: ByteView, _ salt: ByteView) -> Bool {
    let letters = local.from(1)
    guard letters.count == (hashLength + Pseudonyms.checkLength) / 5 * 8,
      let bytes = Pseudonyms.decode(letters)
    else { return false }
    return bytes.suffix(Pseudonyms.checkLength) == check(bytes.prefix(hashLength), domain, salt)
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

  /// `local@domain` as it is compared and hashed: ASCII letters in lower case, the local part without the quotes and
  /// backslashes that it may be written with (RFC 5321, section 4.1.2), the domain without a trailing dot.
  public static func canonical(_ local: ByteView, _ domain: ByteView) -> String {
    var buffer = ByteBuffer()
    for byte in local.buffer where byte != 0x22 && byte != 0x5C { buffer.append(byte.lowercasedASCII) }
    buffer.append(UInt8(ascii: "@"))
    let dots = domain.hasSuffix(".") ? 1 : 0
    for byte in domain.prefix(domain.count - dots).buffer { buffer.append(byte.lowercasedASCII) }
    return String(buffer.view)
  }

  private func canonicalDomain(_ domain: ByteView) -> String {
    String(Pseudonyms.canonical(.empty, domain).dropFirst())
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
