// Who a message's From says that it is.

import Bytes

/// Who speaks in a message.
enum Speaker {
  case person
  /// Who looks after a mail system, by a name that both he and his programs use.
  case administrator
  /// A mail system, by a name that no person has.
  case daemon

  /// Reads an unfolded From field.
  init(from value: ByteView) {
    self = .person
    if value.contains("<>") { self = .daemon }
    for name in Speaker.daemons where value.containsIgnoringCase(name) { self = .daemon }
    guard self == .person else { return }
    for name in Speaker.administrators where value.containsIgnoringCase(name) { self = .administrator }
  }

  /// Local parts of mail systems; lower case. Apache James answers a message as its post_master (`Re:Hello`).
  private static let daemons: [StaticString] = [
    "mailer-daemon", "mailer_daemon", "mailerdaemon", "mail-daemon", "maildaemon", "microsoftexchange", "mdaemon",
    "e500_smtp_mail_service@", "post_master",
  ]

  /// Local parts and display names of those who send notices among other mail; lower case. The last are those of KDDI's
  /// notices.
  private static let administrators: [StaticString] = [
    "postmaster", "mail delivery", "mail administrator", "mail system", "delivery subsystem", "daemon@",
    "system administrator", "mailer daemon", "no-reply@app.auone-net.jp", "no-reply@ezweb.ne.jp", "no-reply@dion.ne.jp",
  ]
}
