// What is asked of the MTA when it connects.
//
// libmilter keeps the table of protocol steps once for the whole process, so the flags must be the same for every
// connection: they follow from the configuration alone. A no-reply flag that an MTA does not know is honoured by
// libmilter itself, which then sends the reply.
//
// Replies that stay, each for a reason:
// - RCPT: Postfix keeps what needs no answer in a buffer, so a refusal would reach us when the session goes on, long
//   after its log line; and over a UNIX socket an unanswered one just before QUIT would be lost, because poll(2)
//   reports the hang-up at once and libmilter drops what it has not read.
// - DATA: after it smtpd hands the connection over to cleanup, which writes next. Two small writes with no answer
//   between them meet Nagle's algorithm and delayed acknowledgements over TCP: 40 ms a message (measured).
// - End of header, body, end of message: the message is reported there and the rest of it declined.

import CMilter

/// Protocol steps, macros and replies that a configuration needs.
struct Negotiation: Equatable, Sendable {
  /// Header fields are looked at in every message.
  let wantsHeaders: Bool
  /// Header and body of messages from the null sender are looked at.
  let wantsReports: Bool
  var wantsAnyHeader: Bool { wantsHeaders || wantsReports }

  /// Protocol flags to ask for, out of those offered; `SMFIP_NO…` leave steps out, `SMFIP_NR_…` go unanswered.
  func protocolFlags(offered: UInt) -> UInt {
    var asked = Self.bits(SMFIP_NOUNKNOWN, SMFIP_NR_CONN, SMFIP_NR_HELO, SMFIP_NR_MAIL, SMFIP_RCPT_REJ)
    asked |= wantsAnyHeader ? Self.bits(SMFIP_NR_HDR) : Self.bits(SMFIP_NOHDRS, SMFIP_NOEOH)
    if !wantsReports { asked |= Self.bits(SMFIP_NOBODY) }
    return asked & offered
  }

  /// The macros wanted at each stage. An empty list spares the MTA its defaults. Postfix has `i` from the first
  /// accepted recipient on.
  var macros: [(stage: Int32, names: StaticString)] {
    var lists: [(stage: Int32, names: StaticString)] = [
      (SMFIM_CONNECT, "{daemon_name}"),
      (SMFIM_HELO, ""),
      (SMFIM_ENVFROM, "{auth_authen}"),
      (SMFIM_ENVRCPT, "i {rcpt_mailer} {rcpt_host} {rcpt_addr}"),
      (SMFIM_DATA, "i"),
      (SMFIM_EOM, "i"),
    ]
    if wantsAnyHeader { lists.append((SMFIM_EOH, "i")) }
    return lists
  }

  private static func bits(_ flags: Int...) -> UInt {
    flags.reduce(0) { $0 | UInt(bitPattern: $1) }
  }
}
