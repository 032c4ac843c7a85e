import Bytes

/// What smtp(8) says between delivery lines: `connect to H[a]:25: E`, `QID: host H[a] said: R` and the like, of one
/// mail exchanger while it tries the next. No recipient is named, so no failure of a recipient is told.
enum AttemptLine {
  static func read(
    _ id: ByteView?, _ rest: ByteView, _ daemon: PostfixDaemon, into record: inout LogRecord
  ) -> Bool {
    guard daemon == .client else { return false }
    guard
      rest.hasPrefix("connect to ")
        || rest.hasPrefix("host ") && (rest.contains(" said: ") || rest.contains(" refused to talk to me: "))
        || rest.hasPrefix("lost connection with ")
        || rest.hasPrefix("conversation with ") || rest.hasPrefix("SSL_connect error to ")
        || rest.hasPrefix("SASL ") || rest.hasPrefix("Cannot start TLS") || rest.hasPrefix("Server certificate ")
        || rest.hasPrefix("TLS is required")
        || rest.hasPrefix("Host or domain name not found")
        || rest.hasPrefix("Name service error") || rest.hasPrefix("message size ")
        || rest.hasPrefix("local data error")
    else { return false }
    record = .trouble(TroubleRecord(kind: .connection, text: rest, queueID: id))
    return true
  }
}
