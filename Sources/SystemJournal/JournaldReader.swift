// The systemd journal's mail entries, as log lines.
//
// The only place with libsystemd's pointers. An entry becomes one line of the form that rsyslog writes
// (`<RFC 3339 time> <host> <identifier>[<pid>]: <message>`), so that whatever reads log files reads it too.
//
// What is a mail entry: the syslog facility mail, which Postfix and Sendmail log under (SYSLOG_FACILITY=2, an indexed
// match, and on Debian 12 the only one that is needed); what the units of both logged under another facility
// (`syslog_facility = local5`); and journald's own notice that it dropped messages of a service. Leaves to others
// which of those lines matter.

public import Bytes
import CSystemd
import Glibc
public import SMTPTypes

/// An open journal with a place in it. Confined to one thread.
public final class JournaldReader {
  /// What a mail entry has one of, beside those that a site adds. sd_journal(3) matches whole values only, so
  /// `postfix/…` can't be matched by its identifier.
  public static let matches = [
    "SYSLOG_FACILITY=2",
    // Debian 12's instance unit; Debian 13, Red Hat, SUSE; Sendmail's.
    "_SYSTEMD_UNIT=postfix@-.service", "_SYSTEMD_UNIT=postfix.service", "_SYSTEMD_UNIT=sendmail.service",
    "MESSAGE_ID=a596d6fe7bfa4994828e72309e95d61e",  // SD_MESSAGE_JOURNAL_DROPPED: Suppressed N messages from UNIT
  ]

  /// Bytes of a field that are read; Postfix cuts its lines at 2,000.
  static let fieldLimit = 64 * 1024

  private let journal: OpaquePointer
  private var line = ByteBuffer(capacity: 4096)
  private var entry = JournaldEntry()

  /// Opens the journal files below `directory`, or the machine's own for nil.
  /// - Parameter matches: further `FIELD=value` matches.
  public convenience init(directory: String?, matches: [String] = []) throws(JournaldError) {
    var opened: OpaquePointer?
    let code: Int32
    if let directory {
      code = sd_journal_open_directory(&opened, directory, 0)
    } else {
      code = sd_journal_open(&opened, Int32(SD_JOURNAL_LOCAL_ONLY))
    }
    guard code >= 0, let opened else { throw JournaldError(call: "sd_journal_open", path: directory, code: -code) }
    try self.init(opened, matches)
  }

  /// Opens the journal files at `paths`, which are read as one; they must not grow.
  public convenience init(files paths: [String], matches: [String] = []) throws(JournaldError) {
    var opened: OpaquePointer?
    var pointers: [UnsafePointer<CChar>?] = paths.map { strdup($0).map { UnsafePointer($0) } }
    pointers.append(nil)
    defer { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
    let code = sd_journal_open_files(&opened, &pointers, 0)
    guard code >= 0, let opened else {
      throw JournaldError(call: "sd_journal_open_files", path: paths.first, code: -code)
    }
    try self.init(opened, matches)
  }

  private init(_ opened: OpaquePointer, _ matches: [String]) throws(JournaldError) {
    journal = opened
    sd_journal_set_data_threshold(journal, JournaldReader.fieldLimit)
    for match in JournaldReader.matches + matches {
      // Matches of different fields are all asked for unless a disjunction stands between them.
      var code = sd_journal_add_disjunction(journal)
      if code >= 0 {
        code = match.withCString { sd_journal_add_match(journal, $0, strlen($0)) }
      }
      guard code >= 0 else {
        throw JournaldError(call: "sd_journal_add_match", path: match, code: -code)
      }
    }
  }

  deinit { sd_journal_close(journal) }

  // MARK: Waiting

  /// What to poll for news: a descriptor, poll(2)'s events and its time-out in milliseconds, -1 for none. Notices come
  /// by inotify(7); only file systems without it have a time-out. To be asked before each wait.
  public func polling() throws(JournaldError) -> (number: Int32, events: Int16, timeout: Int32) {
    let number = sd_journal_get_fd(journal)
    guard number >= 0 else { throw JournaldError(call: "sd_journal_get_fd", code: -number) }
    let events = sd_journal_get_events(journal)
    var microseconds: UInt64 = .max
    var timeout: Int32 = -1
    if sd_journal_get_timeout(journal, &microseconds) > 0, microseconds != .max {
      // An absolute time of CLOCK_MONOTONIC.
      var clock = timespec()
      clock_gettime(CLOCK_MONOTONIC, &clock)
      let now = UInt64(clock.tv_sec) * 1_000_000 + UInt64(clock.tv_nsec / 1000)
      timeout = microseconds > now ? Int32(min((microseconds - now) / 1000 + 1, 60_000)) : 0
    }
    return (number, Int16(truncatingIfNeeded: max(events, 0)), timeout)
  }

  /// Takes in what the notices say: entries and files that came or went.
  public func process() throws(JournaldError) {
    let code = sd_journal_process(journal)
    guard code >= 0 else { throw JournaldError(call: "sd_journal_process", code: -code) }
  }

  // MARK: Places

  public enum Place: Equatable {
    /// The entry was there; the next one is the first that follows it.
    case found
    /// It is gone; the next one is the first that is not older.
    case gone
  }

  /// Goes to the entry at `cursor`.
  public func seek(cursor: JournaldCursor) throws(JournaldError) -> Place {
    if sd_journal_seek_cursor(journal, cursor.text) >= 0, try next(),
      sd_journal_test_cursor(journal, cursor.text) > 0
    {
      return .found
    }
    try seek(time: cursor.realtime)
    return .gone
  }

  public func seekBeginning() throws(JournaldError) {
    let code = sd_journal_seek_head(journal)
    guard code >= 0 else { throw JournaldError(call: "sd_journal_seek_head", code: -code) }
  }

  /// Goes to the first entry that is not older than `time` (its reception by journald).
  public func seek(time: Timestamp) throws(JournaldError) {
    let code = sd_journal_seek_realtime_usec(journal, UInt64(max(time.microseconds, 0)))
    guard code >= 0 else { throw JournaldError(call: "sd_journal_seek_realtime_usec", code: -code) }
  }

  /// Goes to the last mail entry; false if there is none.
  public func seekLast() throws(JournaldError) -> Bool {
    let code = sd_journal_seek_tail(journal)
    guard code >= 0 else { throw JournaldError(call: "sd_journal_seek_tail", code: -code) }
    return try moved("sd_journal_previous", sd_journal_previous(journal))
  }

  /// Goes to the next mail entry; false if there is none yet.
  public func next() throws(JournaldError) -> Bool { try moved("sd_journal_next", sd_journal_next(journal)) }

  /// Goes back by at most `count` mail entries; false if there are none before.
  public func back(_ count: Int) throws(JournaldError) -> Bool {
    try moved("sd_journal_previous_skip", sd_journal_previous_skip(journal, UInt64(count)))
  }

  private func moved(_ call: StaticString, _ code: Int32) throws(JournaldError) -> Bool {
    guard code >= 0 else { throw JournaldError(call: call, code: -code) }
    return code > 0
  }

  // MARK: The present entry

  /// The place of the present entry.
  public func cursor() throws(JournaldError) -> JournaldCursor {
    var text: UnsafeMutablePointer<CChar>?
    let code = sd_journal_get_cursor(journal, &text)
    guard code >= 0, let text else { throw JournaldError(call: "sd_journal_get_cursor", code: -code) }
    defer { free(text) }
    guard let cursor = JournaldCursor(String(cString: text)) else {
      throw JournaldError(call: "sd_journal_get_cursor", code: EBADMSG)
    }
    return cursor
  }

  /// When journald received the present entry.
  public func realtime() throws(JournaldError) -> Timestamp {
    var microseconds: UInt64 = 0
    let code = sd_journal_get_realtime_usec(journal, &microseconds)
    guard code >= 0 else { throw JournaldError(call: "sd_journal_get_realtime_usec", code: -code) }
    return Timestamp(microseconds: Int64(clamping: microseconds))
  }

  /// Hands the present entry to `body` as a log line, borrowed for the call; false if it has no message. O(entry).
  public func withLine(_ body: (ByteView) -> Void) throws(JournaldError) -> Bool {
    try read()
    guard entry.hasMessage else { return false }
    line.removeAll()
    let time: Timestamp
    if let logged = entry.time { time = logged } else { time = try realtime() }
    entry.appendLine(of: time, to: &line)
    body(line.view)
    return true
  }

  private func read() throws(JournaldError) {
    entry.removeAll()
    sd_journal_restart_data(journal)
    while true {
      var data: UnsafeRawPointer?
      var length = 0
      let code = sd_journal_enumerate_available_data(journal, &data, &length)
      guard code >= 0 else { throw JournaldError(call: "sd_journal_enumerate_data", code: -code) }
      guard code > 0, let data else { return }
      // Valid until the next call.
      let field = ByteView(UnsafeRawBufferPointer(start: data, count: length))
      if let equals = field.firstIndex(of: 0x3D) { entry.take(field.prefix(equals), field.from(equals + 1)) }
    }
  }
}
