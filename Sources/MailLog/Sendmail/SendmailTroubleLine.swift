import Bytes

/// Trouble without a recipient, and Sendmail's noise.
enum SendmailTroubleLine {
  static func read(_ id: ByteView?, _ rest: ByteView, into record: inout LogRecord) -> Bool {
    for (kind, needles) in families where needles.contains(where: { rest.contains($0) }) {
      record = .trouble(TroubleRecord(kind: kind, text: rest, queueID: id))
      return true
    }
    guard noisePrefixes.contains(where: { rest.hasPrefix($0) }) || noiseWords.contains(where: { rest.contains($0) })
    else { return false }
    record = .uninteresting
    return true
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

  private static let noisePrefixes: [StaticString] = [
    "connect from ", "accepting connections again", "lost input channel from ", "rejecting commands from ", "Milter",
    "milter=", "Sending \"",
    "alias ",
    "alias database ", "aliased to", "forward ", "STARTTLS=", "STARTTLS: ", "AUTH", "gethostbyaddr", "starting daemon",
    "stopping daemon", "started as:", "restarting ", "engine=", "error: safesasl", "poststats:", "grew WorkList",
    "clone: ", "File descriptors missing", "collect: ", "headers too large", "SMTP outgoing connect", "ETRN ",
    "discarded",
    "quarantine", "hash map ", "daemon ", "checkpoint", "losing ", "Losing ", "Warning: program ", "interface ",
    "runqueue: ", "<", "ruleset=",
  ]

  private static let noiseWords: [StaticString] = [
    "did not issue ", "possible SMTP attack", "protocol error:", "unsafe", "[rejected]", ": expn ", ": EXPN ",
    ": VRFY ",
    ": vrfy ", " aliases, longest ", "premature EOM", "not an NIS",
  ]
}
