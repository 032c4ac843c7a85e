import Bytes
import Glibc

/// A directory of this process in memory (or where TMPDIR says), for parsers that read files.
enum ScratchDirectory {
  static let path: String = {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/dev/shm"
    let path = "\(parent)/softbounce-checks-\(getpid())"
    mkdir(path, 0o700)
    atexit { ScratchDirectory.remove() }
    return path
  }()

  /// Writes `bytes` to the file `name` and returns its path.
  static func write(_ bytes: ByteView, to name: String) -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    var at = 0
    while descriptor >= 0, at < bytes.count {
      let count = Glibc.write(descriptor, bytes.start + at, bytes.count - at)
      if count <= 0 { break }
      at += count
    }
    close(descriptor)
    return file
  }

  private static func remove() {
    for name in ["segment.jsonl.zst", "journal.lock", "identities.jsonl", "message-ids-20780", "erasure.request"] {
      unlink(path + "/" + name)
    }
    rmdir(path)
  }
}
