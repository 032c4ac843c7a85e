// Mail messages in files, mailboxes and directories, handed over as bytes.
//
// A file that begins with "From " is an mbox (RFC 4155) and holds one message after another; a directory is walked,
// a Maildir by its cur and new. Compressed files (gzip, zstd, xz, bzip2) are unpacked. Nothing is read into memory as a
// whole.

import Bytes
import DeliveryStatus
import Glibc
import LogFiles
import Reporting

/// Reads the messages of the paths it is given.
struct MessageFiles {
  private let console: Console
  /// Takes bytes of the current message.
  private let append: (ByteView) -> Void
  /// The current message, of the file named, is complete.
  private let finish: (String) -> Void
  private let problems: Diagnostics
  /// True if something could not be read.
  var failed: Bool { problems.count > 0 }

  private static let depthLimit = 32

  init(console: Console, append: @escaping (ByteView) -> Void, finish: @escaping (String) -> Void) {
    self.console = console
    self.append = append
    self.finish = finish
    problems = Diagnostics(console)
  }

  func read(_ paths: [String]) {
    for path in paths where console.isOpen {
      if path == "-" {
        readMessages(console.input, name: "-")
        continue
      }
      var status = stat()
      guard stat(path, &status) == 0 else {
        tell(InputError.unreadable(path, errno))
        continue
      }
      if status.st_mode & S_IFMT == S_IFDIR { walk(path, depth: 0) } else { readFile(path) }
    }
    problems.conclude()
  }

  private func tell(_ error: InputError) { problems.tell(error.description) }

  // MARK: - Directories

  /// Reads the regular files below `directory`, in the order of their names. Links to directories are not followed,
  /// so that none is read twice. In a Maildir only cur and new hold messages, and folders (`.Name`) hold Maildirs.
  private func walk(_ directory: String, depth: Int) {
    guard depth < MessageFiles.depthLimit else {
      tell(InputError("\(Printable.text(directory, limit: 200)): nested too deep; name it by itself"))
      return
    }
    guard let names = entries(directory) else { return }
    let isMaildir = names.contains("cur") && names.contains("new")
    for name in names where console.isOpen {
      let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        if isMaildir, name != "cur", name != "new", !name.hasPrefix(".") { continue }
        walk(path, depth: depth + 1)
      case S_IFREG:
        // An index, a subscription list and the like lie beside cur and new.
        if !isMaildir, !name.hasPrefix(".") { readFile(path) }
      case S_IFLNK:
        if !isMaildir, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG { readFile(path) }
      default: break
      }
    }
  }

  /// The names in `directory`, sorted by their bytes; nil if it can't be read.
  private func entries(_ directory: String) -> [String]? {
    guard let stream = opendir(directory) else {
      tell(InputError.unreadable(directory, errno))
      return nil
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  // MARK: - Files

  private func readFile(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      tell(InputError.unreadable(path, errno))
      return
    }
    defer { close(descriptor) }
    readMessages(descriptor, name: path)
  }

  private func readMessages(_ descriptor: Int32, name: String) {
    let raw = PeekedStream(DescriptorStream(descriptor: descriptor))
    while raw.beginning.count < 12, raw.peek(4096) {}
    let unpacked = Compression(beginning: raw.beginning).map { UnpackedStream(raw, $0) }
    var reader = LineReader(unpacked ?? raw)
    var mailbox = MailboxSplitter()
    while console.isOpen, let line = reader.next() {
      if mailbox.beginsNext(line.bytes) { finish(name) }
      append(line.bytes)
      if line.isTerminated { append(ByteView("\n")) }
    }
    if reader.failure != 0 { tell(InputError.unreadable(name, reader.failure)) }
    for damage in unpacked?.damages ?? [] { problems.tell(damage.description(of: name)) }
    finish(name)
  }
}
