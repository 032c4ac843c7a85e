/// Which role our server had: outbound in its delivery agents, inbound in smtpd and postscreen.
public enum Direction: UInt8, NamedValue, Hashable {
  case outbound, inbound

  public var name: StaticString {
    switch self {
    case .outbound: "outbound"
    case .inbound: "inbound"
    }
  }
}

/// Where a delivery went: to another site, or to a loopback or own address, an LMTP server, a mailbox or a command.
/// Internal hops stay outside of the rates that speak of other people's servers.
public enum Hop: UInt8, NamedValue, Hashable {
  case external, `internal`

  public var name: StaticString {
    switch self {
    case .external: "external"
    case .internal: "internal"
    }
  }
}
