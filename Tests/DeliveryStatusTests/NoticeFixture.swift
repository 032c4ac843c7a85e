/// Notices in words.
enum NoticeFixture {
  static let qmail = """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.net
    Subject: failure notice

    Hi. This is the qmail-send program at mx.example.net.
    I'm afraid I wasn't able to deliver your message to the following addresses.
    This is a permanent error; I've given up. Sorry it didn't work out.

    <bob@example.com>:
    192.0.2.7 does not like recipient.
    Remote host said: 550 5.1.1 No such person here
    Giving up on 192.0.2.7.

    <eve@example.com>:
    Sorry, no mailbox here by that name. (#5.1.1)

    --- Below this line is a copy of the message.

    Return-Path: <ann@example.org>
    Message-ID: <m2.2026@example.org>
    Subject: Hello

    carol@example.com is no recipient of this.
    """

  static let exim = """
    From: Mail Delivery System <Mailer-Daemon@mx.example.net>
    Subject: Mail delivery failed: returning message to sender
    X-Failed-Recipients: bob@example.com
    Auto-Submitted: auto-replied

    This message was created automatically by mail delivery software.

    A message that you sent could not be delivered to one or more of its
    recipients. This is a permanent error. The following address(es) failed:

      bob@example.com
        SMTP error from remote mail server after RCPT TO:<bob@example.com>:
        host mail.example.com [192.0.2.7]: 550 5.2.1 account closed

    ------ This is a copy of the message, including all the headers. ------

    Message-Id: <m3.2026@example.org>
    From: Ann <ann@example.org>
    """

  static let eximDelay = """
    From: Mail Delivery System <Mailer-Daemon@mx.example.net>
    Subject: Warning: message 1abcde-000001-AA delayed 24 hours
    Auto-Submitted: auto-replied

    This message was created automatically by mail delivery software.
    A message that you sent has not yet been delivered to one or more of its
    recipients after more than 24 hours on the queue on mx.example.net.

    The address to which the message has not yet been delivered is:

      bob@example.com
        Delay reason: SMTP error from remote mail server after RCPT TO:
        host mail.example.com [192.0.2.7]: 451 4.7.1 come back later

    No action is required on your part. Delivery attempts will continue for
    some time, and this warning may be repeated at intervals if the message
    remains undelivered.
    """

  static let postfix = """
    From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied

    This is the mail system at host mx.example.net.

    I'm sorry to have to inform you that your message could not
    be delivered to one or more recipients. It's attached below.

                       The mail system

    <bob@example.com>: host mail.example.com[192.0.2.7] said: 452
        4.2.2 mailbox full (in reply to RCPT TO command)

    <eve@example.com>: connect to mail.example.com[192.0.2.7]:25: Connection
        timed out
    """

  static let sendmail = """
    From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
    Subject: Returned mail: see transcript for details

    The original message was received at Mon, 23 Nov 2026 15:09:51 GMT
    from client.example.org [198.51.100.10]

       ----- The following addresses had permanent fatal errors -----
    <bob@example.com>
        (reason: 550 5.7.1 Access denied)

       ----- The following addresses had transient non-fatal errors -----
    <eve@example.com>

       ----- Transcript of session follows -----
    ... while talking to mail.example.com.:
    >>> RCPT To:<bob@example.com>
    <<< 550 5.7.1 Access denied
    550 5.1.1 <bob@example.com>... User unknown
    """

  static let exchange = """
    From: System Administrator <postmaster@mx.example.net>
    Subject: Undeliverable: Hello

    Your message

      To:      bob@example.com
      Subject: Hello
      Sent:    Mon, 23 Nov 2026 17:10:56 -0400

    did not reach the following recipient(s):

    bob@example.com on Mon, 23 Nov 2026 17:12:28 -0400
        The recipient name is not recognized
        MSEXCH:IMS:EXAMPLE:NET:MX 0 (000C05A6) Unknown Recipient
    """

  static let gmail = """
    Return-Path: <>
    From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
    Subject: Delivery Status Notification (Failure)

    Delivery to the following recipient failed permanently:

         bob@example.com

    Technical details of permanent failure:
    The error that the other server returned was:
    550 550 5.7.1 blocked for policy reasons (state 13).

    ----- Original message -----

    Message-ID: <m4.2026@mail.example.org>
    """

  static let exchangeOnlineHTML = """
    From: postmaster@outlook.example
    Subject: Undeliverable: Hello
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    <html><body><p>Delivery has failed to these recipients or groups:</p>
    <p><a href=3D"mailto:bob@example.com">bob@example.com</a></p>
    <p>Remote Server returned &#39;550 5.4.1 Recipient address rejected: Acc=
    ess denied&#39;</p></body></html>
    """

  /// Sendmail's report of a message that waited too long: the reason stands in the transcript only.
  static let sendmailExpired = """
    From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
    Subject: Returned mail: see transcript for details
    Content-Type: multipart/report; report-type=delivery-status; boundary=s

    --s

    The original message was received at Mon, 23 Nov 2026 15:09:51 GMT

       ----- The following addresses had permanent fatal errors -----
    <bob@example.com>
    <eve@example.net>

       ----- Transcript of session follows -----
    <bob@example.com>... Deferred: Connection refused by mail.example.com.
    451 4.4.1 reply: read error from mail.example.net.
    <eve@example.net>... Deferred: Connection reset by mail.example.net.
    Message could not be delivered for 5 days
    Message will be deleted from queue

    --s
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.net

    Final-Recipient: RFC822; bob@example.com
    Action: failed
    Status: 4.4.7

    Final-Recipient: RFC822; eve@example.net
    Action: failed
    Status: 4.4.7

    --s--
    """

  static let transcript = """
    From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
    Subject: Returned mail: User unknown

       ----- Transcript of session follows -----
    While talking to mail.example.com:
    >>> RCPT To:<bob@example.com>
    <<< 550 5.1.1 unknown
    550 <bob@example.com>... User unknown
    554 <eve@example.net>... 550 Host unknown (Authoritative answer from name server)

       ----- Unsent message follows -----
    Message-Id: <m6@example.org>
    """

  static let gmailDelay = """
    From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
    Subject: Delivery Status Notification (Delay)

    ** Delivery incomplete **
    There was a temporary problem delivering your message to bob@example.com. Gmail will retry for 47 more hours.
    The response from the remote server was:
    450 4.2.1 The user is receiving mail too quickly
    """
}
