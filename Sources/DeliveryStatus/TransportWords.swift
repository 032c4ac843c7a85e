// What mail systems say in a notice of servers that they did not reach, or lost.

import Bytes

extension ReportedReply {
  /// True if the reporting MTA says in words of its own, without a code, that no server answered: Exim and MDaemon. Their
  /// words begin the text, or follow the server's name: `host mx.example.com [192.0.2.7]: Connection refused`.
  public var saysUnreached: Bool {
    guard code == nil, enhanced == nil else { return false }
    return text.withByteView { text in
      let said = text.from(ReportedReply.nameEnd(text))
      for words in ReportedReply.transportWords where said.hasPrefixIgnoringCase(words) {
        return ReportedReply.endsClause(said.from(words.utf8CodeUnitCount))
      }
      return ReportedReply.transportBeginnings.contains { said.hasPrefixIgnoringCase($0) }
    }
  }

  /// The offset behind a server's name at the beginning of `text`, 0 if there is none.
  private static func nameEnd(_ text: ByteView) -> Int {
    let host = NoticeReply.leadingHost(in: text)
    guard !host.isEmpty, let close = text.firstIndex(of: 0x5D) else { return 0 }
    var end = close + 1
    while let byte = text.at(end), byte == 0x3A || byte == 0x20 { end += 1 }
    return end
  }

  /// True if `rest` does not go on in the same clause: a server's own words do.
  private static func endsClause(_ rest: ByteView) -> Bool {
    switch rest.at(0) {
    case nil, 0x3A, 0x2E, 0x2C, 0x28: true
    default: false
    }
  }

  /// Whole clauses, in lower case: errors of the system that Exim shows (transports/smtp.c).
  private static let transportWords: [StaticString] = [
    "connection refused", "connection timed out", "connection reset by peer", "operation timed out", "no route to host",
    "network is unreachable", "host is unreachable", "host is down", "broken pipe", "retry timeout exceeded",
  ]

  /// How clauses begin, in lower case (Exim deliver.c, retry.c, routers/rf_self_action.c, routers/dnslookup.c,
  /// transports/smtp.c; MDaemon).
  private static let transportBeginnings: [StaticString] = [
    "lowest numbered mx record points to local host", "remote host address is the local host",
    "retry time not reached for any host", "all hosts for '", "all hosts have been failing for a long time",
    "smtp timeout ", "remote host closed connection", "unable to connect to ", "host lookup did not complete",
    "all relevant mx records point to non-existent hosts", "an mx or srv record indicated no smtp service",
    "a tls session is required", "winsock error ",
  ]
}
