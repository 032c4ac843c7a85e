// How an address is looked up. A journal may keep recipients as they are, with a keyed hash in place of the local part,
// or by domain alone; whoever has a plain address and asks for its record goes through here.

public import Bytes
public import Privacy
import SMTPTypes

/// Turns addresses into the keys of a recipient table.
public struct AddressKey: Sendable {
  private let pseudonyms: [Pseudonyms]

  /// - Parameter pseudonyms: by each of the keys that the journals may have been written with.
  public init(pseudonyms: [Pseudonyms] = []) { self.pseudonyms = pseudonyms }

  /// The address without angle brackets and blanks, as addresses are compared (see `MailAddress`). What follows a `+`
  /// stays: `a+x@b` is not `a@b`. False for what has no local part or no domain.
  public static func append(_ address: ByteView, to buffer: inout ByteBuffer) -> Bool {
    let plain = unbracketed(address.trimmed)
    guard let at = plain.lastIndex(of: 0x40), at > 0 else { return false }
    var end = plain.count
    if plain[end - 1] == 0x2E { end -= 1 }
    guard end > at + 1 else { return false }
    let start = buffer.count
    var bits: UInt8 = 0
    buffer.append(capacity: end) { place in
      for index in 0..<end {
        let byte = plain[index]
        bits |= byte
        place[index] = byte.lowercasedASCII
      }
      return end
    }
    // Nearly every address is done.
    if bits >= 0x80 || plain[0] == 0x22 {
      buffer.truncate(to: start)
      MailAddress.append(canonical: plain.prefix(at), at: plain[(at + 1)..<end], to: &buffer)
    }
    return true
  }

  /// True for the mark that a journal without local parts (`recipients: domain-only`) puts in their place: a tilde and
  /// sixteen letters of base 32, others for each message.
  static func isMark(_ key: ByteView) -> Bool {
    guard key.at(0) == 0x7E, key.at(17) == 0x40 else { return false }
    return key[1..<17].buffer.allSatisfy { $0.isASCIILetter || (0x32...0x37).contains($0) }
  }

  /// True for what was put in the place of an address that was to be forgotten.
  static func isErased(_ key: ByteView) -> Bool {
    key.lastIndex(of: 0x40).map { Pseudonyms.isErased(key.prefix($0)) } ?? false
  }

  /// True for an address that stands under a pseudonym which none of the keys made: whose it is can't be told.
  func isHidden(_ key: ByteView) -> Bool {
    guard key.at(0) == 0x7E, let at = key.lastIndex(of: 0x40), Pseudonyms.looksLikePseudonym(key.prefix(at)) else {
      return false
    }
    return !pseudonyms.contains { $0.made(key) }
  }

  private static func unbracketed(_ text: ByteView) -> ByteView {
    guard text.at(0) == 0x3C, text.at(text.count - 1) == 0x3E else { return text }
    return text[1..<(text.count - 1)].trimmed
  }

  /// Calls `body` with the keys of the address' pseudonyms until it gives an answer. nil for no address, or none of them.
  func findPseudonym<Result>(
    _ address: ByteView, _ scratch: inout ByteBuffer, _ body: (ByteView) -> Result?
  ) -> Result? {
    if pseudonyms.isEmpty { return nil }
    let plain = AddressKey.unbracketed(address.trimmed)
    for key in pseudonyms {
      for pseudonym in key.addresses(for: plain, message: .empty) {
        scratch.removeAll()
        guard pseudonym.withByteView({ AddressKey.append($0, to: &scratch) }) else { continue }
        if let found = body(scratch.view) { return found }
      }
    }
    return nil
  }
}
