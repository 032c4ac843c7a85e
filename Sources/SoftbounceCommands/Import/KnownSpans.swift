// Which lines of which logs a journal has already.

import Bytes
import Journal
import LogFiles
import SMTPTypes

/// How far each log that gave events to a journal was read, by how it begins; whether followed or imported.
struct KnownSpans {
  private var ends: [FileHead: Int] = [:]
  /// How far a log was read as another host's.
  private var others: [FileHead: (host: String, end: Int)] = [:]
  /// How the file begins in which the sidecar stands: it reads on there itself, and what it wrote after its last
  /// checkpoint is known to it alone.
  private(set) var live: FileHead?
  /// True if the sidecar followed the systemd journal for a time.
  private(set) var followsJournald = false

  init() {}

  /// Reads what `journal` says of `host`. O(journal).
  init(_ journal: JournalReader, host: String) throws {
    var latest: Timestamp?
    let report = try journal.scan(depth: .leading) { line, _ in
      switch line {
      case .checkpoint(let checkpoint):
        guard checkpoint.source == .log else { return }
        if checkpoint.host != host {
          guard let head = FileHead(checkpoint.file), head.length > 0 else { return }
          if others[head].map({ $0.end <= checkpoint.offset }) ?? true {
            others[head] = (checkpoint.host, checkpoint.offset)
          }
          return
        }
        if checkpoint.cursor != nil { followsJournald = true }
        guard let head = FileHead(checkpoint.file), head.length > 0 else { return }
        ends[head] = max(ends[head] ?? 0, checkpoint.offset)
        if !checkpoint.isImported, latest.map({ checkpoint.time >= $0 }) ?? true {
          latest = checkpoint.time
          live = head
        }
      default: return
      }
    }
    // What can't be read may be the very checkpoint.
    if let damage = report.damage.first(where: { $0.kind == .unreadable }) {
      throw InputError("the journal is damaged, so that nobody knows what it has: \(damage)")
    }
  }

  /// Where the first line starts that the journal does not have, of a log that begins with `beginning` (its first
  /// `FileHead.limit` bytes, or all). A file was shorter when an earlier checkpoint was taken.
  func end(ofLogBeginning beginning: ByteView) -> Int {
    ends.reduce(0) { most, known in known.key.matches(beginning) ? max(most, known.value) : most }
  }

  /// The host that has lines of a log which begins with `beginning`, if that is not the one asked for and this one has
  /// not all of them: they would count twice.
  func otherHost(ofLogBeginning beginning: ByteView) -> String? {
    let end = end(ofLogBeginning: beginning)
    let further = others.filter { $0.value.end > end && $0.key.matches(beginning) }
    return further.max { ($0.value.end, $1.value.host) < ($1.value.end, $0.value.host) }?.value.host
  }

  /// True for the file in which the sidecar stands.
  func isLive(_ beginning: ByteView) -> Bool { live?.matches(beginning) ?? false }
}
