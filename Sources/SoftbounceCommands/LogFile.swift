import Bytes
import Glibc
import MailLog
import Reporting
import SMTPTypes

/// A file of lines, opened, and what its beginning says about it. This is the one place where a file becomes lines:
/// other ways to open one (compressed, from a journal of systemd) belong here.
final class LogFile {
  let name: String
  /// True for JSON Lines.
  private(set) var isEvents = false
  /// The time of the first line that has one, as well as it can be told.
  private(set) var firstTime: Timestamp?
  /// When the file was last written; nil for a pipe.
  let modified: Timestamp?
  /// The errno of a failed read; 0 if none failed.
  private(set) var failure: Int32 = 0

  private let descriptor: Int32
  private let owns: Bool
  private var reader: LineReader
  /// The first line, read ahead; the reader's memory moves under its view, so it is a copy.
  private var first = ByteBuffer()
  private var hasFirst = false

  /// Standard input, or another descriptor that stays the caller's.
  init(descriptor: Int32, name: String, console: Console) {
    self.descriptor = descriptor
    self.name = name
    owns = false
    modified = nil
    reader = LineReader(descriptor: descriptor)
    look(now: console.now)
  }

  /// nil, after `tell` has told why, if the file can't be opened or is compressed.
  init?(path: String, console: Console, tell: (String) -> Void) {
    name = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    owns = true
    reader = LineReader(descriptor: descriptor)
    guard descriptor >= 0 else {
      modified = nil
      tell(InputError.unreadable(path, errno).description)
      return nil
    }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    modified = isKnown ? Timestamp(seconds: Int64(status.st_mtim.tv_sec)) : nil
    if let program = LogFile.unpacker(descriptor) {
      let shown = Printable.text(path, limit: 200)
      tell("\(shown): compressed; read it with: \(program) \(shown) | softbounce report -")
      return nil
    }
    look(now: console.now)
  }

  deinit {
    if owns, descriptor >= 0 { close(descriptor) }
  }

  /// The program that unpacks a file which begins like this one, or nil.
  private static func unpacker(_ descriptor: Int32) -> String? {
    var magic = [UInt8](repeating: 0, count: 6)
    let count = pread(descriptor, &magic, 6, 0)
    guard count >= 4 else { return nil }
    if magic.starts(with: [0x1F, 0x8B]) { return "zcat" }
    if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return "zstdcat" }
    if magic.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) { return "xzcat" }
    if magic.starts(with: [0x42, 0x5A, 0x68]) { return "bzcat" }
    return nil
  }

  private func look(now: Timestamp) {
    guard let line = reader.next() else {
      failure = reader.failure
      return
    }
    first.append(line.bytes)
    hasFirst = true
    isEvents = line.bytes.at(0) == UInt8(ascii: "{")
    if !isEvents {
      var parser = LogParser(stamps: StampResolver(reference: modified ?? now))
      firstTime = parser.parse(line.bytes)?.header.time
    }
  }

  /// Calls `body` with each line and its offset in the file until it returns false. To be called once.
  func forEachLine(_ body: (ByteView, Int) -> Bool) {
    if hasFirst, !body(first.view, 0) { return }
    while let line = reader.next() {
      if !body(line.bytes, line.offset) { return }
    }
    failure = reader.failure
  }
}
