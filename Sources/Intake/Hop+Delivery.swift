import Bytes
import MailLog
import SMTPTypes

extension Hop {
  /// Where a delivery went: LMTP, mailboxes and commands, and SMTP to ourselves, whether a relay is named or only the
  /// reason names a host, are internal. `own` are this machine's addresses beside
  /// loopback. What the queue manager puts off itself speaks of the transport that it would have used, as what
  /// error(8) and retry(8) say for it does (Postfix before 2.1: qmgr/qmgr_defer.c).
  @inline(__always)
  init(of record: DeliveryRecord, _ header: LogHeader, own: OwnAddresses) {
    let daemon = header.daemon
    guard
      daemon == "smtp" || daemon == "error" || daemon == "retry" || daemon == "sendmail"
        || Hop.isQueueManager(daemon) && !record.recipient.isEmpty
    else {
      self = .internal
      return
    }
    if let relay = record.relay {
      if relay.address.isEmpty {
        self = Hop.isLocal(relay.host, ofSendmail: daemon == "sendmail") ? .internal : .external
      } else {
        self = Hop.isOwn(relay.address, header.host, own) ? .internal : .external
      }
    } else if let address = record.account.hostAddress, Hop.isOwn(address, header.host, own) {
      self = .internal
    } else {
      self = .external
    }
  }

  @inline(never)
  private static func isQueueManager(_ daemon: ByteView) -> Bool {
    daemon == "qmgr" || daemon == "nqmgr" || daemon == "oqmgr"
  }

  /// True if a relay without an address is one of our own. Sendmail names none of its SMTP mailers so: it is `local`,
  /// `prog`, `*file*`, `procmail`, `cyrusv2` (with `relay=localhost`) and the like, or the next hop of a mailer that
  /// the site made, which has a domain.
  @inline(never)
  private static func isLocal(_ name: ByteView, ofSendmail isSendmail: Bool) -> Bool {
    guard isSendmail else { return name == "local" }
    return name.firstIndex(of: 0x2E) == nil || name.hasPrefix("localhost.")
  }

  /// True if `address`, in a line of `host`, is that host's own.
  @inline(__always)
  static func isOwn(_ address: ByteView, _ host: ByteView, _ own: OwnAddresses) -> Bool {
    if Relay(host: .empty, address: address).isLoopback { return true }
    return own.contains(address, of: host)
  }
}
