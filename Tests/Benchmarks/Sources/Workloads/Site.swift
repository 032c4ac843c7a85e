/// Who sends and who receives in the generated logs.
enum Site {
  struct Provider {
    var weight: Int
    var domain: String
    var relay: String
    var network: String
  }

  static let providers = [
    Provider(weight: 30, domain: "gmail.com", relay: "gmail-smtp-in.l.google.com", network: "142.250.102."),
    Provider(
      weight: 17, domain: "outlook.com", relay: "outlook-com.olc.protection.outlook.com", network: "52.101.73."),
    Provider(weight: 11, domain: "yahoo.com", relay: "mta7.am0.yahoodns.net", network: "67.195.228."),
    Provider(weight: 6, domain: "gmx.net", relay: "mx00.emig.gmx.net", network: "212.227.15."),
    Provider(weight: 4, domain: "icloud.com", relay: "mx01.mail.icloud.com", network: "17.57.155."),
    Provider(weight: 3, domain: "t-online.de", relay: "mx00.t-online.de", network: "194.25.134."),
    Provider(weight: 2, domain: "orange.fr", relay: "smtp-in.orange.fr", network: "80.12.26."),
  ]
  /// The weight of all other domains together, of which there are `others`.
  static let otherWeight = 27
  static let others = 400

  /// What an attempt that is put off says. `%h` relay, `%i` its address, `%d` the recipient's domain, `%r` the
  /// recipient, `%x` a token of the server's. Those of transport have no relay.
  struct Failure {
    var weight: Int
    var status: String
    var hasRelay: Bool
    var text: String
  }

  static let failures = [
    Failure(
      weight: 14, status: "4.7.28", hasRelay: true,
      text: "host %h[%i] said: 421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your "
        + "IP address. To protect our users from spam, mail sent from your 421-4.7.28 IP address has been temporarily "
        + "rate limited. For more information, go to 421 4.7.28 https://support.google.com/mail/?p=UnsolicitedRate"
        + "LimitError %x - gsmtp (in reply to end of DATA command)"),
    Failure(
      weight: 10, status: "4.2.1", hasRelay: true,
      text: "host %h[%i] said: 450-4.2.1 The user you are trying to contact is receiving mail at a rate that 450-4.2.1 "
        + "prevents additional messages from being delivered. Please resend your 450-4.2.1 message at a later time. "
        + "450 4.2.1 https://support.google.com/mail/?p=ReceivingRate %x - gsmtp (in reply to RCPT TO command)"),
    Failure(
      weight: 9, status: "4.2.2", hasRelay: true,
      text: "host %h[%i] said: 452 4.2.2 <%r>: mailbox full, the recipient is over quota (in reply to RCPT TO command)"),
    Failure(
      weight: 12, status: "4.7.0", hasRelay: true,
      text: "host %h[%i] refused to talk to me: 421 4.7.0 [TSS04] Messages from 203.0.113.25 temporarily deferred due to "
        + "unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes"),
    Failure(
      weight: 8, status: "4.7.650", hasRelay: true,
      text: "host %h[%i] said: 451 4.7.650 The mail server [203.0.113.25] has been temporarily rate limited due to IP "
        + "reputation. For e-mail delivery information, see https://postmaster.live.com (S775) [%x.eop-eur05.prod."
        + "protection.outlook.com] (in reply to MAIL FROM command)"),
    Failure(
      weight: 12, status: "4.2.0", hasRelay: true,
      text: "host %h[%i] said: 450 4.2.0 <%r>: Recipient address rejected: Greylisted, see "
        + "http://postgrey.schweikert.ch/help/%d.html (in reply to RCPT TO command)"),
    Failure(
      weight: 5, status: "4.3.2", hasRelay: true,
      text: "host %h[%i] said: 452 4.3.2 Connection rate limit exceeded (in reply to MAIL FROM command)"),
    Failure(
      weight: 6, status: "4.4.2", hasRelay: true,
      text: "lost connection with %h[%i] while receiving the initial server greeting"),
    Failure(weight: 12, status: "4.4.1", hasRelay: false, text: "connect to %h[%i]:25: Connection timed out"),
    Failure(weight: 7, status: "4.4.1", hasRelay: false, text: "connect to %h[%i]:25: Connection refused"),
    Failure(
      weight: 5, status: "4.4.3", hasRelay: false,
      text: "Host or domain name not found. Name service error for name=%d type=MX: Host not found, try again"),
  ]
}
