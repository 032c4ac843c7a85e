import Bytes

/// Facility and severity as a word behind the host: `mail.info` (BusyBox), `mail:info` (AIX).
/// Source: BusyBox, sysklogd/syslogd.c (`timestamp_and_log`); names of syslog.conf(5).
enum FacilityWord {
  private static let severities: [StaticString] = [
    "info", "notice", "warning", "warn", "err", "error", "debug", "crit", "alert", "emerg", "panic",
  ]
  private static let facilities: [StaticString] = [
    "mail", "daemon", "user", "syslog", "kern", "auth", "authpriv", "security", "lpr", "news", "uucp", "cron", "ftp",
    "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
  ]

  /// How many bytes the word at the start of `text` takes, with the space behind it; 0 if there is none.
  static func length(_ text: ByteView) -> Int {
    // `authpriv.warning` is the longest.
    guard let space = text.prefix(18).firstIndex(of: 0x20),
      let separator = text.prefix(space).buffer.firstIndex(where: { $0 == 0x2E || $0 == 0x3A })
    else { return 0 }
    let facility = text.prefix(separator)
    let severity = text[(separator + 1)..<space]
    guard severities.contains(where: { severity == $0 }), facilities.contains(where: { facility == $0 }) else { return 0 }
    return space + 1
  }
}
