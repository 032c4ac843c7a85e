import Bytes
import SMTPTypes

/// `from=<s>, size=N, class=N, nrcpts=N, msgid=<…>, [bodytype=…,] proto=ESMTP, daemon=MTA, relay=H [a]`, and
/// `AUTH=server, relay=H [a], authid=U, mech=M, bits=N`.
enum SendmailEnvelopeLine {
  static func read(_ id: ByteView, _ rest: ByteView, into result: inout LogRecord) -> Bool {
    var fields = SendmailFields(rest, at: 5)
    var record = EnvelopeRecord(queueID: id, sender: fields.address())
    guard rest.from(fields.at).hasPrefix("size=") else { return false }
    while fields.at < rest.count {
      if rest.from(fields.at).hasPrefix("msgid=<"), let close = rest.firstRange(of: ">, ", from: fields.at + 7) {
        record.messageID = rest[(fields.at + 7)..<close.lowerBound]
        fields.at = close.upperBound
        continue
      }
      guard let (name, value) = fields.next() else { break }
      switch name {
      case "nrcpts": record.recipientCount = value.decimal
      case "msgid": record.messageID = value
      case "relay":
        let peer = SendmailPeer(value)
        record.clientHost = peer.host
        record.clientAddress = peer.address
      default: break
      }
    }
    result = .envelope(record)
    return true
  }

  static func readUser(_ id: ByteView, _ rest: ByteView, into result: inout LogRecord) -> Bool {
    var fields = SendmailFields(rest, at: 13)
    var record = ClientRecord(queueID: id, clientHost: .empty, clientAddress: .empty)
    while let (name, value) = fields.next() {
      switch name {
      case "relay":
        let peer = SendmailPeer(value)
        record.clientHost = peer.host
        record.clientAddress = peer.address
      case "authid": record.user = value
      default: break
      }
    }
    result = .client(record)
    return true
  }
}
