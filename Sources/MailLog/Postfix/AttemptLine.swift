import Bytes

/// What smtp(8) says between delivery lines: `connect to H[a]:25: E`, `QID: host H[a] said: R` and the like, of one
/// mail exchanger while it tries the next. No recipient is named, so no failure of a recipient is told.
enum AttemptLine {
  static func record(_ id: ByteView?, _ rest: ByteView, _ daemon: PostfixDaemon) -> LogRecord? {
    guard daemon == .client else { return nil }
    guard rest.hasPrefix("connect to ") || rest.hasPrefix("host ") || rest.hasPrefix("lost connection with ")
      || rest.hasPrefix("conversation with ") || rest.hasPrefix("SSL_connect error to ")
      || rest.hasPrefix("SASL ") || rest.hasPrefix("Cannot start TLS") || rest.hasPrefix("Server certificate ")
      || rest.hasPrefix("TLS is required") || rest.hasPrefix("enabling PIX workarounds")
      || rest.hasPrefix("Host or domain name not found")
      || rest.hasPrefix("Name service error") || rest.hasPrefix("message size ")
      || rest.hasPrefix("local data error")
    else { return nil }
    if rest.hasPrefix("enabling PIX") { return .uninteresting }
    return .trouble(TroubleRecord(kind: .connection, text: rest, queueID: id))
  }
}
