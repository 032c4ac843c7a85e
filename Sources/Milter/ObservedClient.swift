/// The other end of an SMTP session, as the MTA tells it.
public struct ObservedClient: Hashable, Sendable {
  /// The verified name; Postfix says `unknown` when there is none. `localhost` for internal mail.
  public var host = ""
  /// Numeric IPv4 or IPv6 address, or a UNIX socket's path; empty when the MTA did not say.
  public var address = ""
  /// The client's port, or nil.
  public var port: UInt16?
  /// What it said in HELO or EHLO; empty when it said nothing.
  public var helo = ""
  /// The MTA's name for the service (Postfix: `milter_macro_daemon_name`, by default its host name).
  public var daemonName = ""

  public init() {}
}
