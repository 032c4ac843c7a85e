/// A site's morning as its Postfix logs it: Google throttles one message, which recovers; a full mailbox stays open;
/// our own server greylists a client. Made up, in the shapes of Postfix 3.7 behind rsyslog.
enum Logs {
  static let morning = """
    2026-11-23T09:00:00.100000+00:00 mx1 postfix/smtpd[100]: 4abc001: client=web1.example.org[198.51.100.7], sasl_method=PLAIN, sasl_username=news
    2026-11-23T09:00:00.150000+00:00 mx1 postfix/cleanup[101]: 4abc001: message-id=<1@example.org>
    2026-11-23T09:00:00.200000+00:00 mx1 postfix/qmgr[102]: 4abc001: from=<bounce@news.example.org>, size=1000, nrcpt=2 (queue active)
    2026-11-23T09:00:01.100000+00:00 mx1 postfix/smtp[103]: 4abc001: to=<bob@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.1]:25, delay=1, delays=0.1/0/0.4/0.5, dsn=4.7.28, status=deferred (host gmail-smtp-in.l.google.com[192.0.2.1] said: 421-4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address. 421 4.7.28 To protect our users from spam, mail sent from your IP address has been temporarily rate limited. (in reply to end of DATA command))
    2026-11-23T09:00:01.300000+00:00 mx1 postfix/smtp[104]: 4abc001: to=<eve@example.com>, relay=mx.example.com[192.0.2.9]:25, delay=1.2, delays=0.1/0/0.4/0.7, dsn=4.2.2, status=deferred (host mx.example.com[192.0.2.9] said: 452 4.2.2 <eve@example.com>: mailbox is full (in reply to RCPT TO command))
    2026-11-23T09:00:02.000000+00:00 mx1 postfix/smtpd[100]: NOQUEUE: reject: RCPT from unknown[203.0.113.9]: 450 4.2.0 <info@example.org>: Recipient address rejected: Greylisted; from=<a@spam.example> to=<info@example.org> proto=ESMTP helo=<spam.example>
    2026-11-23T09:00:10.000000+00:00 mx1 postfix/qmgr[102]: 4abc002: from=<ann@example.org>, size=1000, nrcpt=1 (queue active)
    2026-11-23T09:00:10.500000+00:00 mx1 postfix/smtp[103]: 4abc002: to=<tim@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.1]:25, delay=0.6, delays=0.1/0/0.2/0.3, dsn=2.0.0, status=sent (250 2.0.0 OK)
    2026-11-23T09:00:10.600000+00:00 mx1 postfix/qmgr[102]: 4abc002: removed

    """

  static let later = """
    2026-11-23T09:20:01.100000+00:00 mx1 postfix/qmgr[102]: 4abc001: from=<bounce@news.example.org>, size=1000, nrcpt=2 (queue active)
    2026-11-23T09:20:02.100000+00:00 mx1 postfix/smtp[103]: 4abc001: to=<bob@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.1]:25, delay=1202, delays=1201/0/0.4/0.5, dsn=2.0.0, status=sent (250 2.0.0 OK 1795425602 a1b2c3)
    2026-11-23T09:20:02.300000+00:00 mx1 postfix/smtp[104]: 4abc001: to=<eve@example.com>, relay=mx.example.com[192.0.2.9]:25, delay=1202, delays=1201/0/0.4/0.7, dsn=4.2.2, status=deferred (host mx.example.com[192.0.2.9] said: 452 4.2.2 <eve@example.com>: mailbox is full (in reply to RCPT TO command))

    """
}
