public import Bytes

/// What stands before the `@` (RFC 5321, section 4.1.2): a Dot-string, or a Quoted-string, which spells the same
/// mailbox where both can. Logs have either, as the MTA is set up.
public enum LocalPart {
  /// Appends `local` as local parts are compared: without the quotes and backslashes of a Quoted-string, and without
  /// case: RFC 5321 leaves that to the receiver, and none of note tells addresses apart by it. O(local).
  public static func append(canonical local: ByteView, to buffer: inout ByteBuffer) {
    guard let quoted = quoted(local) else { return buffer.append(folded: local) }
    guard quoted.firstIndex(of: 0x5C) != nil else { return buffer.append(folded: quoted) }
    var plain = ByteBuffer(capacity: quoted.count)
    var at = 0
    while at < quoted.count {
      if quoted[at] == 0x5C, at + 1 < quoted.count { at += 1 }
      plain.append(quoted[at])
      at += 1
    }
    buffer.append(folded: plain.view)
  }

  /// What is between the quotes of a Quoted-string that is not empty; nil for anything else.
  private static func quoted(_ local: ByteView) -> ByteView? {
    guard local.count > 2, local[0] == 0x22 else { return nil }
    var at = 1
    while at < local.count {
      if local[at] == 0x22 { return at == local.count - 1 ? local[1..<at] : nil }
      at += local[at] == 0x5C ? 2 : 1
    }
    return nil
  }

  /// Appends a local part that has no quotes as it is written in an address: with them where it has to. Dots stay as they
  /// are, two together too, as some providers let people have them.
  public static func append(written local: ByteView, to buffer: inout ByteBuffer) {
    guard local.isEmpty || local.buffer.contains(where: { !isAtom($0) }) else { return buffer.append(local) }
    buffer.append(0x22)
    for byte in local.buffer {
      if byte == 0x22 || byte == 0x5C { buffer.append(0x5C) }
      buffer.append(byte)
    }
    buffer.append(0x22)
  }

  /// A dot, or atext (RFC 5322, section 3.2.3) as RFC 6532 extends it.
  private static func isAtom(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7F, 0x22, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E, 0x40, 0x5B, 0x5C, 0x5D: false
    default: true
    }
  }
}
