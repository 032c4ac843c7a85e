// A request to forget an address: what to look for, and what to put in its place.
//
// What takes the address's place is random, so that nothing leads back; it is the same in all of the journal, so that
// what happened to one recipient still adds up. Only marks that differ from message to message get a name each, because
// what was not linked is not to be linked by being forgotten. A note beside the segments keeps it until the request is
// finished, under a salted hash of the address: a request that was interrupted and is made again goes on with the same.

public import Bytes
import Glibc
public import Privacy

/// One address to forget.
public struct Erasure: Sendable {
  /// Ends of the notes' names.
  static let pendingSuffix = ".pending"
  static let pendingPrefix = "erasure-"

  /// The address and, where a key is known, its pseudonyms; each with what takes its place.
  public let names: [NamedAddress]
  /// For marks that differ from message to message; nil without a key.
  let marks: Pseudonyms?
  /// The note's path.
  let note: String

  /// The address itself, and what takes its place.
  public var address: NamedAddress { names[0] }
  /// The address as it was given: from how it is compared not every spelling can be told that was once hashed.
  public let given: String

  /// Takes up the request to forget `address` (with its domain) in the journal in `directory`, or begins it.
  ///
  /// - Parameter key: what pseudonyms were made with, to find those of the address.
  public static func begin(
    _ address: String, directory: String, key: PseudonymKey?
  ) throws(JournalError) -> Erasure {
    try begin(address, directory: directory, key: key, calls: FileSystemCalls())
  }

  static func begin(
    _ address: String, directory: String, key: PseudonymKey?, calls: FileSystemCalls
  ) throws(JournalError) -> Erasure {
    let canonical = address.withByteView { view in
      let at = view.lastIndex(of: 0x40) ?? view.count
      return Pseudonyms.canonical(view.prefix(at), view.from(at + 1))
    }
    for name in try pendingNotes(directory) {
      let path = directory + "/" + name
      guard isNote(path, of: canonical) else { continue }
      let token = String(name.dropFirst(pendingPrefix.utf8.count).dropLast(pendingSuffix.utf8.count))
      return Erasure(address, token: token, key: key, note: path)
    }
    let token = KeyedHash.base32(KeyedHash.random(10))
    let path = directory + "/" + pendingPrefix + token + pendingSuffix
    do throws(Fault) {
      try write(path, canonical, in: directory, calls)
    } catch {
      throw JournalError(error)
    }
    return Erasure(address, token: token, key: key, note: path)
  }

  private init(_ address: String, token: String, key: PseudonymKey?, note: String) {
    self.init(
      address: address, replacement: String(ByteView(Pseudonyms.erasedPrefix)) + token, key: key, note: note)
  }

  /// A request that somebody else began: `replacement` takes the place of the local part of `address`.
  public init(address: String, replacement: String, key: PseudonymKey?) {
    self.init(address: address, replacement: replacement, key: key, note: "")
  }

  private init(address: String, replacement: String, key: PseudonymKey?, note: String) {
    given = address
    let (local, domain) = Erasure.parts(address)
    var names = [
      local.withByteView { local in
        domain.withByteView { NamedAddress(local, at: $0, replacement: replacement) }
      }
    ]
    if let key {
      let pseudonyms = local.withByteView { local in
        domain.withByteView { domain in
          Pseudonyms(key: key, mode: .pseudonymised).localParts(for: local, at: domain, message: .empty)
        }
      }
      for pseudonym in pseudonyms {
        names.append(
          pseudonym.withByteView { local in
            domain.withByteView { NamedAddress(local, at: $0, replacement: replacement) }
          })
      }
    }
    self.names = names
    marks = key.map { Pseudonyms(key: $0, mode: .domainOnly) }
    self.note = note
  }

  /// What takes the place of a mark, one for each: nothing led from one message to the next before, and nothing does
  /// afterwards. A round that is made again gives the same.
  func replacement(ofMark mark: ByteView) -> String {
    // A rehearsal writes nothing.
    guard address.replacement.utf8.count >= 16 else { return address.replacement }
    let hash = KeyedHash.hash([ByteView("mark"), mark], key: Array(address.replacement.utf8.prefix(64)), length: 16)
    return String(ByteView(Pseudonyms.erasedPrefix)) + KeyedHash.base32(Array(hash.prefix(10)))
  }

  private static func parts(_ address: String) -> (local: String, domain: String) {
    let at = address.lastIndex(of: "@") ?? address.endIndex
    return (String(address[..<at]), String(address[at...].dropFirst()))
  }

  /// The request is done: nothing of it is kept.
  public func finish() throws(JournalError) {
    do throws(Fault) { try finish(FileSystemCalls()) } catch { throw JournalError(error) }
  }

  func finish(_ calls: FileSystemCalls) throws(Fault) {
    let result = calls.unlink(note)
    guard result >= 0 || result == -Int(ENOENT) else { throw Fault("unlink", note, result) }
  }

  /// `text` with the address replaced, however it is spelt.
  public func erased(_ text: String) -> String {
    text.withByteView { text in
      var first = ByteBuffer(capacity: text.count)
      var second = ByteBuffer(capacity: text.count)
      _ = AddressRewriter.rewrite(text, with: self, to: &first)
      _ = AddressRewriter.rewriteSpellings(first.view, of: names, isProse: false, to: &second)
      return String(second.view)
    }
  }

  // MARK: Notes

  /// Requests in `directory` that did not finish.
  static func pendingNotes(_ directory: String) throws(JournalError) -> [String] {
    guard let handle = opendir(directory) else { throw JournalError(Fault("open", directory, -Int(errno))) }
    defer { closedir(handle) }
    var notes: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(pendingPrefix), name.hasSuffix(pendingSuffix) { notes.append(name) }
    }
    return notes.sorted()
  }

  /// Letters of the salt, 16 to 64.
  private static func check(_ canonical: String, salt: String) -> String {
    canonical.withByteView { KeyedHash.base32(KeyedHash.hash([$0], key: Array(salt.utf8.prefix(64)), length: 32)) }
  }

  private static func write(
    _ path: String, _ canonical: String, in directory: String, _ calls: FileSystemCalls
  ) throws(Fault) {
    let salt = KeyedHash.base32(KeyedHash.random(16))
    let text = salt + " " + check(canonical, salt: salt) + "\n"
    let descriptor = try calls.descriptor(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    defer { _ = calls.close(descriptor) }
    var buffer = ByteBuffer()
    buffer.append(text)
    do throws(Fault) {
      try calls.write(buffer.view, to: descriptor, at: 0, path: path)
      try calls.synchronize(descriptor, path: path)
      try calls.synchronizeDirectory(directory)
    } catch {
      _ = calls.unlink(path)
      throw error
    }
  }

  /// True if the note at `path` is one of `canonical`.
  private static func isNote(_ path: String, of canonical: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return false }
    let words = String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\n" })
    return words.count == 2 && check(canonical, salt: String(words[0])) == words[1]
  }
}

extension Erasure: AddressMapping {
  public func replacement(for local: ByteView, at domain: ByteView) -> String? {
    let canonical = Pseudonyms.canonical(local, domain)
    return names.first { $0.isSpelt(canonical) }?.replacement
  }
}
