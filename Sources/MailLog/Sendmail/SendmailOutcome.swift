import Bytes
import SMTPTypes

/// What a delivery line of Sendmail says of its outcome, and what that means.
struct SendmailOutcome {
  var mailer = ByteView.empty
  var relay: SendmailPeer?
  var status: EnhancedStatusCode?
  /// What `reply=` holds.
  var reply: ByteView?
  /// What `stat=` holds.
  var stat: ByteView?

  /// Splits `R, stat=S` behind `reply=`. A 4xx reply is deferred, and `Deferred: ` is followed by the reply again, so
  /// its stat= is the first that says so; with other replies S is Sendmail's own words, so the last is meant.
  mutating func split(_ text: ByteView) -> Bool {
    var found = text.firstRange(of: ", stat=Deferred")
    if found == nil || ReplyCode(prefixOf: text)?.isTransient != true {
      found = nil
      var from = 0
      while let next = text.firstRange(of: ", stat=", from: from) {
        found = next
        from = next.upperBound
      }
    }
    guard let found else { return false }
    reply = text.prefix(found.lowerBound)
    stat = text.from(found.lowerBound + 7)
    return true
  }

  /// True for mailers that speak SMTP, whose relay is a host.
  private var speaksSMTP: Bool {
    switch mailer {
    case "esmtp", "smtp", "smtp8", "dsmtp", "relay", "ssmtp", "esmtps": true
    default: mailer.isEmpty
    }
  }

  /// The host that was tried, whether or not it was reached: without an address only under a full name, as one in a word
  /// could be a mailer of our own. Else our own mailer, if that took the message.
  var deliveryRelay: Relay? {
    if let relay, !relay.address.isEmpty || !speaksSMTP || relay.host.firstIndex(of: 0x2E) != nil {
      return Relay(host: relay.host, address: relay.address)
    }
    return speaksSMTP ? nil : Relay(host: mailer)
  }

  /// True if the line tells of no delivery: whom a message would have gone to that a client or a filter took back, or was
  /// refused after DATA, is written without a mailer (srvrsmtp.c, logundelrcpts).
  func isUndelivered(_ stat: ByteView) -> Bool {
    guard mailer.isEmpty, relay == nil, status == nil, reply == nil else { return false }
    return !["Sent", "Deferred", "queued"].contains { stat.hasPrefix($0) }
  }

  /// True if nothing was tried and nothing failed: the message waits for the next run of the queue, as it was told to
  /// (deliver.c: DeliveryMode, QueueLA, mailers that are expensive). With a 4.X.X code something did fail.
  func isWaiting(_ stat: ByteView) -> Bool { stat == "queued" && status?.severity != 4 && reply == nil }

  /// nil if the words were cut, or contradict dsn=.
  func outcome(_ stat: ByteView) -> DeliveryRecord.Outcome? {
    if stat.hasPrefix("Deferred") || stat.hasPrefix("queued") { return .deferred }
    if stat.hasPrefix("Sent") {
      // No 4xx or 5xx reply is a success, whatever follows it.
      let code = reply.flatMap { ReplyCode(prefixOf: $0) }
      if code?.isTransient == true { return .deferred }
      return code?.isPermanent == true ? .bounced : .sent
    }
    for word: StaticString in ["Sent", "Deferred", "queued"] where ByteView(word).hasPrefix(stat) { return nil }
    // `Operating system error` and the like are tried again when their class says so.
    switch status?.severity {
    case 4: return .deferred
    case 2: return nil
    default: return .bounced
    }
  }

  func account(_ stat: ByteView, _ outcome: DeliveryRecord.Outcome) -> Account {
    if stat.hasPrefix("queued") { return Account(speaker: .suspended, reply: Reply(text: stat)) }
    var text = stat
    if stat.hasPrefix("Deferred: ") { text = stat.from(10) }
    var account = Account(speaker: speaksSMTP ? .transport : .local, reply: Reply(text: text))
    if let relay, speaksSMTP {
      account.host = relay.host.isEmpty ? nil : relay.host
      account.hostAddress = relay.address.isEmpty ? nil : relay.address
    }
    if outcome == .sent {
      account.speaker = speaksSMTP ? .remote : .local
      return account
    }
    if isOwnTLSCheck(text) {
      account.stage = .startTLS
      return account
    }
    if let spoken = spoken(text) {
      account.reply = spoken
      account.speaker = speaksSMTP || relay != nil ? .remote : .local
      return account
    }
    if text.contains("TLS handshake failed") || text.contains("encryption too weak") {
      account.reply = Reply(text: text)
      account.stage = .startTLS
      return account
    }
    describeConnection(text, &account)
    // Without its words; only the relay can know.
    if speaksSMTP, relay != nil, text == "User unknown" { account.speaker = .remote }
    return account
  }

  /// True for what our own Sendmail found of the session's TLS (cf/m4/proto.m4, tls_server and tls_rcpt), which it
  /// writes like a reply: nothing else has 403, and a server's (whose tls_client says the same) stands in `reply=` too.
  private func isOwnTLSCheck(_ text: ByteView) -> Bool {
    ReplyCode(prefixOf: text)?.value == 403 && reply.flatMap { ReplyCode(prefixOf: $0) }?.value != 403
  }

  /// The server's words: stat's if they are a reply, else reply='s. What Sendmail puts in a reply's form itself is
  /// none.
  private func spoken(_ text: ByteView) -> Reply? {
    for candidate in [text, reply ?? .empty] {
      let parsed = Reply(parsing: candidate)
      guard parsed.code != nil else { continue }
      if candidate.contains("TLS handshake failed") { return nil }
      if candidate.hasPrefix("421 4.4.") && candidate.contains(" Connection ") { continue }
      return parsed
    }
    // `999 what is this` is no reply code, but the server's words all the same.
    if let reply, reply.prefix(3).decimal != nil, !reply.hasPrefix("421 4.4.") { return Reply(text: reply) }
    return nil
  }

  /// `Connection refused by H.`, `Connection timed out with H.`, `H.: Network is unreachable`,
  /// `Name server: H.: host name lookup failure`, `Host unknown (Name server: H: host not found)`.
  private func describeConnection(_ text: ByteView, _ account: inout Account) {
    if text.hasPrefix("Connection refused by ") || text.hasSuffix("Network is unreachable")
      || text.hasSuffix("No route to host")
    {
      account.stage = .connect
    } else if text.hasPrefix("Connection timed out with "), status == EnhancedStatusCode(4, 4, 1) {
      account.stage = .connect
    } else if let server = text.firstRange(of: "Name server: ") {
      var end = server.upperBound
      while let byte = text.at(end), byte != 0x3A, byte != 0x20 { end += 1 }
      let host = text[server.upperBound..<end]
      account.host = host.hasSuffix(".") ? host.prefix(host.count - 1) : host
    } else if text == "Local configuration error" {
      account.speaker = .local
    }
  }
}
