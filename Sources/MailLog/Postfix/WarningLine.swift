import Bytes

/// `warning:`, `error:`, `fatal:` and `panic:` of any daemon: those that announce a temporary failure without naming
/// a recipient are trouble, the rest is noise.
enum WarningLine {
  static func read(_ message: ByteView, _ daemon: PostfixDaemon, into result: inout LogRecord) -> Bool {
    let start: Int
    let isFatal: Bool
    switch message.at(0) {
    case UInt8(ascii: "w"):
      guard message.hasPrefix("warning: ") else { return false }
      (start, isFatal) = (9, false)
    case UInt8(ascii: "e"):
      guard message.hasPrefix("error: ") else { return false }
      (start, isFatal) = (7, true)
    case UInt8(ascii: "f"):
      guard message.hasPrefix("fatal: ") else { return false }
      (start, isFatal) = (7, true)
    case UInt8(ascii: "p"):
      guard message.hasPrefix("panic: ") else { return false }
      (start, isFatal) = (7, true)
    default:
      return false
    }
    var text = message.from(start)
    var id: ByteView?
    if let queued = QueueID.scan(text), !queued.id.hasPrefix("milter"), !queued.id.hasPrefix("service") {
      id = queued.id
      text = queued.rest
    }
    if daemon == .server, LimitLine.readWarning(text, into: &result) { return true }
    guard let kind = kind(text, isFatal: isFatal, daemon) else {
      result = .uninteresting
      return true
    }
    result = .trouble(TroubleRecord(kind: kind, text: text, queueID: id))
    return true
  }

  private static func kind(_ text: ByteView, isFatal: Bool, _ daemon: PostfixDaemon) -> TroubleRecord.Kind? {
    for known in noise where text.hasPrefix(known) { return nil }
    for (kind, needles) in families where needles.contains(where: { text.contains($0) }) { return kind }
    // `QID: bounce service failure`, also defer, trace, verify (global/bounce.c and its like).
    if text.hasSuffix(" service failure") { return .resource }
    if isTemporaryProxyReply(text) { return .filter }
    // A policy service or a table's server (util/auto_clnt.c); only smtpd has policy services.
    if text.hasPrefix("connect to ") { return daemon == .server ? .filter : .configuration }
    switch daemon {
    case .client where text.hasPrefix("no MX host for "): return .connection
    case .quiet where isFatal: return nil
    default: return isFatal ? .configuration : nil
    }
  }

  /// `proxy inet:127.0.0.1:10025 rejected "MAIL FROM:<a@b>": "421 4.3.2 busy"`: what a before-queue filter answered
  /// while a session with it began, which no reject line tells of (smtpd/smtpd_proxy.c). False for a 5xx.
  private static func isTemporaryProxyReply(_ text: ByteView) -> Bool {
    guard text.hasPrefix("proxy "), text.contains(" rejected \""),
      let reply = RejectionLine.lastRange(of: "\": \"", in: text)
    else { return false }
    return text.at(reply.upperBound) != UInt8(ascii: "5")
  }

  /// What strangers' clients cause all day.
  private static let noise: [StaticString] = [
    "hostname ", "non-SMTP command ", "numeric hostname", "Illegal address syntax ", "header ", "smtpd_peer_init: ",
    "numeric domain name ", "valid_hostname: ", "malformed domain name ", "host ", "dnsblog",
  ]

  /// In the order in which they are tried.
  private static let families: [(TroubleRecord.Kind, [StaticString])] = [
    (
      .filter,
      [
        "connect to Milter service ", "milter inet:", "milter unix:", "milter inet6:", "milter local:",
        "problem talking to server ", "connect to proxy filter ", "proxy filter ", "lost connection with proxy ",
        "timeout talking to proxy ", "access policy delegation",
        "policy service",
      ]
    ),
    (
      .resource,
      [
        "No space left on device", "Disk quota exceeded", "Cannot allocate memory", "Too many open files",
        "Resource temporarily unavailable", "Read-only file system", "Input/output error", "not enough free space",
        "Insufficient system storage", "queue file write error", "write queue file", "mail_stream_cleanup",
        "process limit", "bad command startup", "-- throttling", "unable to fork", "watchdog timeout",
        "exit status ", "killed by signal", "mail_queue_enter", "all network ports in use", "ran out of memory",
        "process creation", "timeout connecting to transport", "delivery status from transport",
        "premature end-of-input on ", "timeout on private/", "unexpected end-of-input from private",
        "problem talking to service ", " failure -- see a previous ", " socket: malformed response",
        "psc_dnsbl_request: connect to ",
        // `mail for NEXTHOP is using up N of M active queue entries` (qmgr/qmgr_entry.c); the advice in the lines after
        // it is noise.
        " active queue entries",
      ]
    ),
    (
      .configuration,
      [
        "message not accepted, try again later", "lookup error", "lookup problem", "lookup table", "table lookup",
        "unknown smtpd restriction",
        "connect to TCP map", "connect to transport ", "dict_", "unsupported dictionary", "connect to mysql server",
        "connect to pgsql server", "cannot connect to saslauthd", "SASL: Connect to ",
        "Temporary lookup failure", "is unavailable",
        " to subsystem ", "query failed", "bad configuration", "relayhost configuration problem",
        "fallback_relay configuration problem", "database lock", "unable to look up", "no SASL authentication",
      ]
    ),
  ]
}
