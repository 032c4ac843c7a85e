import Bytes

/// Trouble without a recipient, and Sendmail's noise.
enum SendmailTroubleLine {
  static func read(_ id: ByteView?, _ rest: ByteView, into record: inout LogRecord) -> Bool {
    for (kind, needles) in families where needles.contains(where: { rest.contains($0) }) {
      record = .trouble(TroubleRecord(kind: kind, text: rest, queueID: id))
      return true
    }
    for known in noise where rest.contains(known) {
      record = .uninteresting
      return true
    }
    return false
  }

  /// In the order in which they are tried.
  private static let families: [(TroubleRecord.Kind, [StaticString])] = [
    (.connection, ["makeconnection (", " during client ", "STARTTLS=client, error"]),
    (
      .filter,
      [
        "): error connecting to filter", "): to error state", "): timeout before ", "): timeout during ",
        "): write(", "): read(", "): init failed", "Milter initialization failed", "): local socket name ",
      ]
    ),
    (
      .resource,
      [
        "No space left on device", "Cannot allocate memory", "Too many open files", "rejecting connections on daemon",
        "rejecting mail: min free", "low on space", "Low on space", "Resource temporarily unavailable",
        "Read-only file system", "Disk quota exceeded", "runqueue: Aborting queue run", "Input/output error",
        "deferring connections on daemon", "Insufficient disk space",
      ]
    ),
    (.clientLimit, ["timeout waiting for input from ", "Too many recipients", "SMTP DATA-1 protocol error"]),
    (.configuration, ["SYSERR(", "Error in ldap_search", "savemail panic", "cannot open ", "NIS map "]),
  ]

  private static let noise: [StaticString] = [
    "connect from ", ">... ", "did not issue ", "lost input channel from ",
    "possible SMTP attack", "rejecting commands from ", "protocol error:", "Milter", "milter=", " to Milter", "alias ",
    "aliases", "forward ", "unsafe", "STARTTLS", "AUTH", "gethostbyaddr", "starting daemon", "stopping daemon",
    "started as:", "restarting ", "engine=", "error: safesasl", "poststats:", "grew WorkList", "clone: ", "[rejected]",
    "expn ", "EXPN ", "VRFY ", "File descriptors missing", "collect: ", "premature EOM", "headers too large",
    "SMTP outgoing", "ETRN ", "discarded", "quarantine", "hash map ", "daemon ", "invalid domain", "checkpoint",
    "unable to ", "losing ", "locked", "truncated", "Losing ", "owner=", "interface ",
  ]
}
