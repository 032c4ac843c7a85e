// BLAKE2b (RFC 7693) with a key, through libsodium: a library that distributions keep, a third of a megabyte, where
// swift-crypto would bring BoringSSL. Swift's own Hasher differs from run to run.

package import Bytes
import CSodium

package enum KeyedHash {
  /// True once libsodium is ready; it always is but for a machine without randomness.
  private static let isReady = sodium_init() >= 0

  /// The hash of `parts`, each with its length before it, so that no two lists of parts are alike; 16 to 64 bytes.
  package static func hash(_ parts: [ByteView], key: [UInt8], length: Int) -> [UInt8] {
    _ = isReady
    var text = ByteBuffer(capacity: 512)
    for part in parts {
      text.append(String(part.count))
      text.append(UInt8(ascii: ":"))
      text.append(part)
    }
    var result = [UInt8](repeating: 0, count: length)
    crypto_generichash(&result, length, text.view.start, UInt64(text.count), key, key.count)
    return result
  }

  package static func random(_ count: Int) -> [UInt8] {
    _ = isReady
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
  }

  /// RFC 4648 base32 in lower case, without padding: eight letters for five bytes.
  package static func base32(_ bytes: some Sequence<UInt8>) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz234567".unicodeScalars)
    var text = String.UnicodeScalarView()
    var word: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      word = word << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(letters[Int(word >> bits & 31)])
      }
    }
    if bits > 0 { text.append(letters[Int(word << (5 - bits) & 31)]) }
    return String(text)
  }
}
