// Deliveries to a server that takes mail in for others, as a relayhost does: whose it is says nothing of whose the
// recipient's domain is.

import MailLog
import SMTPTypes

extension Relay {
  /// True for the ports of submission (RFC 6409) and submission over TLS (RFC 8314), on which no mail exchanger listens.
  @inline(__always)
  static func isSubmission(port: UInt16?) -> Bool { port == 587 || port == 465 }
}

extension DeliveryRecord {
  /// True if the server is known to be one that we submit to: by its port, or since it was asked to take our login.
  @inline(__always)
  var isSubmission: Bool { Relay.isSubmission(port: relay?.port ?? account.hostPort) || account.stage == .auth }
}

extension DeliveryRecord.Account {
  /// The same of a reason without a relay.
  var isSubmission: Bool { Relay.isSubmission(port: hostPort) || stage == .auth }
}
