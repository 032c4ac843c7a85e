import Bytes

/// Known lines that tell of no failure and of no message's life.
enum NoiseLine {
  /// Of a message in the queue.
  static func readQueued(_ rest: ByteView, into record: inout LogRecord) -> Bool {
    for known in queued where rest.hasPrefix(known) {
      record = .uninteresting
      return true
    }
    return false
  }

  /// Of no message.
  static func read(_ message: ByteView, _ daemon: PostfixDaemon, into record: inout LogRecord) -> Bool {
    for known in unqueued where message.hasPrefix(known) {
      record = .uninteresting
      return true
    }
    return false
  }

  private static let queued: [StaticString] = [
    "skipped, still being delivered", "placed on hold", "released from hold", "requeued", "renamed ", "expired",
    "enabling PIX workarounds", "replace: ", "sender_canonical", "re-queued", "sasl_", "table ", "Trusted TLS",
    "Untrusted TLS", "Anonymous TLS", "Verified TLS", "passing <CR><LF>", "cipher", "breaking line ",
    "sending defer warning ", "host ", "bounce_", "TLS-Required",
  ]

  private static let unqueued: [StaticString] = [
    "connect from ", "disconnect from ", "Anonymous TLS connection", "Trusted TLS connection",
    "Untrusted TLS connection", "Verified TLS connection", "Trusted, ", "setting up TLS connection", "TLS connection ",
    "SSL_accept error from ", "certificate verification failed ", "certificate verification ", "Unverified: ",
    "Verified: ", "Trusted: ", "Untrusted: ", "Peer certificate", "statistics: ", "reject: ETRN ", "lost connection ",
    "reload ",
    "terminating ", "daemon started ", "initializing the server-side TLS", "initializing the client-side TLS",
    "auto_clnt_", "match_", "vstream_", "improper command pipelining after ", "discarding EHLO keywords",
    "using backwards-compatible default setting", "table ", "cannot load Certificate Authority data",
    "looking for session ", "save session ", "remove session ", "issuing session ", "dropping ", "idle time exceeded",
    "input attribute name", "cache ", "close database ", "client=", "sender_login_maps", "reusing session ",
    "server features", "subject_CN=", "fingerprint=", "subject=", "issuer=", "depth=", "SSL3 alert", "SSL_connect:",
    "SSL_accept:", "read from ", "write to ", "verify error", "TLS SNI ", "new session ",
  ]
}
