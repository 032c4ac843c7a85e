/// Where the MTA finds this milter, in the words of Postfix's `smtpd_milters` and libmilter's smfi_setconn:
/// `inet:PORT@HOST`, `inet6:PORT@HOST`, `unix:/PATH`, `fd:N`.
///
/// Whoever can connect is taken for the MTA: it can tell untrue things, and with malformed packets bring libmilter down
/// (it reads past an odd list of macros). TCP on the loopback address is open to all users of the host; where they are
/// not trusted, use a UNIX socket, at the price of one more reply for each recipient (see `Negotiation`).
public enum MilterSocket: Hashable, Sendable {
  /// TCP over IPv4; port 0 lets the system choose.
  case inet(host: String, port: UInt16)
  /// TCP over IPv6.
  case inet6(host: String, port: UInt16)
  /// A UNIX-domain socket; an absolute path of at most 99 bytes.
  case unix(path: String)
  /// A listening socket that this process was started with (systemd socket activation: the first is 3).
  case descriptor(Int32)

  /// The longest path: sun_path holds 108 bytes with its NUL, and a name of eight more is used while opening.
  static let longestPath = 99

  /// Reads `inet:8899@127.0.0.1`, `inet:8899` (127.0.0.1), `inet6:8899@::1`, `inet6:8899` (::1), `unix:/run/x/y`,
  /// `local:/run/x/y`, `fd:3`. Unlike libmilter, a TCP socket without a host listens on the loopback address only.
  /// - Throws: `MilterError` of kind `malformed`.
  public init(_ text: String) throws(MilterError) {
    func malformed(_ reason: String, _ remedy: String) -> MilterError {
      MilterError(.malformed, subject: "milter socket \"\(text)\"", reason: reason, remedy: remedy)
    }
    guard let colon = text.firstIndex(of: ":") else {
      throw malformed("has no type", "Write inet:PORT@HOST, inet6:PORT@HOST, unix:/PATH or fd:N")
    }
    let rest = String(text[text.index(after: colon)...])
    switch text[..<colon] {
    case "unix", "local":
      guard rest.hasPrefix("/"), !rest.utf8.contains(0), !rest.hasSuffix("/") else {
        throw malformed("is not an absolute path", "Write unix:/PATH")
      }
      guard rest.utf8.count <= MilterSocket.longestPath else {
        throw malformed(
          "has \(rest.utf8.count) bytes of path", "Choose a path of at most \(MilterSocket.longestPath) bytes")
      }
      self = .unix(path: rest)
    case "fd":
      guard let number = Int32(rest), number >= 3 else {
        throw malformed("is not a descriptor number of 3 or more", "Write fd:3 for systemd's first socket")
      }
      self = .descriptor(number)
    case "inet", "inet6":
      let isSix = text[..<colon] == "inet6"
      let at = rest.firstIndex(of: "@")
      guard let port = UInt16(rest[..<(at ?? rest.endIndex)]) else {
        throw malformed("has no port from 0 to 65535", "Write \(isSix ? "inet6:8899@::1" : "inet:8899@127.0.0.1")")
      }
      var host = at.map { String(rest[rest.index(after: $0)...]) } ?? (isSix ? "::1" : "127.0.0.1")
      if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
      guard !host.isEmpty else { throw malformed("has an empty host", "Write PORT@HOST or just PORT") }
      self = isSix ? .inet6(host: host, port: port) : .inet(host: host, port: port)
    default:
      throw malformed("is of an unknown type", "Write inet:PORT@HOST, inet6:PORT@HOST, unix:/PATH or fd:N")
    }
  }
}

extension MilterSocket: CustomStringConvertible {
  public var description: String {
    switch self {
    case .inet(let host, let port): "inet:\(port)@\(host)"
    case .inet6(let host, let port): "inet6:\(port)@\(host)"
    case .unix(let path): "unix:\(path)"
    case .descriptor(let number): "fd:\(number)"
    }
  }
}
