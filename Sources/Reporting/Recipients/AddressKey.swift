// How an address is looked up. A journal may keep recipients as they are, with a keyed hash in place of the local part,
// or by domain alone; whoever has a plain address and asks for its record goes through here.

public import Bytes

/// Turns addresses into the keys of a recipient table.
public struct AddressKey: Sendable {
  /// Writes the pseudonym of a plain address (already in lower case) to the buffer, or answers false if there is none.
  public typealias Pseudonym = @Sendable (ByteView, inout ByteBuffer) -> Bool

  private let pseudonyms: [Pseudonym]

  /// - Parameter pseudonyms: by each of the keys that the journals may have been written with.
  public init(pseudonyms: [Pseudonym] = []) { self.pseudonyms = pseudonyms }

  /// The address without angle brackets and blanks, ASCII letters in lower case: RFC 5321 leaves the local part's case
  /// to the receiver, and no receiver of note tells addresses apart by it. What follows a `+` stays: `a+x@b` is not
  /// `a@b`. nil for what has no local part or no domain.
  public static func append(_ address: ByteView, to buffer: inout ByteBuffer) -> Bool {
    let plain = unbracketed(address.trimmed)
    guard let at = plain.lastIndex(of: 0x40), at > 0 else { return false }
    var end = plain.count
    if plain[end - 1] == 0x2E { end -= 1 }
    guard end > at + 1 else { return false }
    buffer.append(capacity: end) { place in
      for index in 0..<end { place[index] = plain[index].lowercasedASCII }
      return end
    }
    return true
  }

  /// True for the mark that a journal without local parts (`recipients: domain-only`) puts in their place: a tilde and
  /// sixteen letters of base 32, others for each message.
  static func isMark(_ key: ByteView) -> Bool {
    guard key.at(0) == 0x7E, key.at(17) == 0x40 else { return false }
    return key[1..<17].buffer.allSatisfy { $0.isASCIILetter || (0x32...0x37).contains($0) }
  }

  private static func unbracketed(_ text: ByteView) -> ByteView {
    guard text.at(0) == 0x3C, text.at(text.count - 1) == 0x3E else { return text }
    return text[1..<(text.count - 1)].trimmed
  }

  /// Calls `body` with the keys of the address' pseudonyms until it gives an answer. nil for no address, or none of them.
  func findPseudonym<Result>(
    _ address: ByteView, _ scratch: inout ByteBuffer, _ body: (ByteView) -> Result?
  ) -> Result? {
    for pseudonym in pseudonyms {
      var other = ByteBuffer()
      scratch.removeAll()
      guard AddressKey.append(address, to: &scratch), pseudonym(scratch.view, &other) else { continue }
      scratch.removeAll()
      guard AddressKey.append(other.view, to: &scratch) else { continue }
      if let found = body(scratch.view) { return found }
    }
    return nil
  }
}
