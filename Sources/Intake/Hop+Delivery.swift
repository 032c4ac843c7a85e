import Bytes
import MailLog
import SMTPTypes

extension Hop {
  /// Where a delivery went: LMTP, mailboxes and commands, and SMTP to ourselves, whether a relay is named or only the
  /// reason names a host, are internal. `own` are this machine's addresses beside
  /// loopback.
  @inline(__always)
  init(of record: DeliveryRecord, _ header: LogHeader, own: OwnAddresses) {
    let daemon = header.daemon
    guard daemon == "smtp" || daemon == "error" || daemon == "retry" || daemon == "sendmail" else {
      self = .internal
      return
    }
    if let relay = record.relay {
      if relay.address.isEmpty {
        self = relay.host == "local" ? .internal : .external
      } else {
        self = Hop.isOwn(relay.address, header.host, own) ? .internal : .external
      }
    } else if let address = record.account.hostAddress, Hop.isOwn(address, header.host, own) {
      self = .internal
    } else {
      self = .external
    }
  }

  /// True if `address`, in a line of `host`, is that host's own.
  @inline(__always)
  static func isOwn(_ address: ByteView, _ host: ByteView, _ own: OwnAddresses) -> Bool {
    if Relay(host: .empty, address: address).isLoopback { return true }
    return own.contains(address, of: host)
  }
}
