// The secret that pseudonyms are made with. Without it nobody can tell whether an address is behind a pseudonym, not
// even by trying all addresses.

import Glibc

/// A key and the file that keeps it: 64 hexadecimal digits, for its owner alone to read.
public struct PseudonymKey: Sendable, Equatable {
  /// Why a key file can't be used, and what to do.
  public struct Problem: Error, Equatable, CustomStringConvertible {
    public var description: String
    /// True if there is no such file.
    public var isMissing = false
    /// True if the file is there and this user may not read it.
    public var isForbidden = false
  }

  static let length = 32

  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the key at `path`.
  public init(path: String) throws(Problem) {
    // A pipe in the key's place can't block; it holds no key.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      throw Problem(
        description: "\(path): \(String(cString: strerror(code)))", isMissing: code == ENOENT,
        isForbidden: code == EACCES)
    }
    defer { close(descriptor) }
    var text = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &text, text.count)
    guard let bytes = PseudonymKey.parse(text.prefix(max(count, 0))) else {
      throw Problem(
        description: "\(path): not a key (64 hexadecimal digits); restore it from a backup, or move it away to have "
          + "a new one made, which makes new pseudonyms")
    }
    self.bytes = bytes
  }

  private static func parse(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let digits = text.prefix { $0 != 0x0A }
    guard digits.count == 2 * length, text.count <= digits.count + 1 else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x57
      case 0x41...0x46: value = digit - 0x37
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }

  /// Reads the key at `path`, or makes one there (0600) if there is none. It is on the disk when this returns: a
  /// pseudonym whose key is lost is lost.
  /// - Returns: the key, and whether it is a new one.
  public static func obtain(path: String) throws(Problem) -> (key: PseudonymKey, isNew: Bool) {
    do throws(Problem) {
      return (try PseudonymKey(path: path), false)
    } catch {
      guard error.isMissing else { throw error }
    }
    let key = PseudonymKey(bytes: KeyedHash.random(length))
    let temporary = path + ".new"
    unlink(temporary)
    func failure(_ call: String) -> Problem {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      return Problem(description: "\(call) \(path): \(reason); let softbounced's user write there, or set pseudonym_key")
    }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("create") }
    let text = Array((key.bytes.map { hex($0 >> 4) + hex($0 & 15) }.joined() + "\n").utf8)
    let isWritten = write(descriptor, text, text.count) == text.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten else { throw failure("write") }
    // Not over a key that somebody else made meanwhile.
    guard link(temporary, path) == 0 else { throw failure("link") }
    unlink(temporary)
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let directory = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
    return (key, true)
  }

  private static func hex(_ digit: UInt8) -> String { String(digit, radix: 16) }
}
