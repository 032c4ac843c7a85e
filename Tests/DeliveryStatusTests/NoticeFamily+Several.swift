extension NoticeFamily {
  /// Notices of several recipients, and what is said of each; recipients as `address action status code text`.
  static let several: [NoticeFamily] = [
    NoticeFamily(
      name: "exchange 2007, prose before details", subject: "Undeliverable: Hello",
      body: """
        Delivery has failed to these recipients or distribution lists:

        bob@example.com
        The recipient's e-mail address was not found in the recipient's e-mail system.

        eve@example.com
        The recipient's mailbox is full and can't accept messages now.

        ________________________________
        Sent by Microsoft Exchange Server 2007

        Diagnostic information for administrators:

        Generating server: mail.example.com

        bob@example.com
        #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

        eve@example.com
        #552 5.2.2 STOREDRV.Deliver: mailbox full ##

        """,
      told: [
        "bob@example.com failed 5.1.1 550 550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
        "eve@example.com failed 5.2.2 552 552 5.2.2 STOREDRV.Deliver: mailbox full",
      ]),
    NoticeFamily(
      name: "exchange online, two servers", subject: "Undeliverable: Hello",
      body: """
        Delivery has failed to these recipients or groups:

        bob@example.com<mailto:bob@example.com>
        The recipient's mailbox is full and can't accept messages now.

        eve@example.com<mailto:eve@example.com>
        Your message wasn't delivered because the recipient's email provider rejected it.

        Diagnostic information for administrators:

        Generating server: EX1.prod.example.net

        bob@example.com
        mail.example.com
        Remote Server returned '554 5.2.2 mailbox full; STOREDRV'

        eve@example.com
        mail.example.com
        Remote Server returned '550 5.7.1 <eve@example.com>: no mail from you'

        Original message headers:

        Message-ID: <m@example.org>
        """,
      told: [
        "bob@example.com failed 5.2.2 554 554 5.2.2 mailbox full; STOREDRV",
        "eve@example.com failed 5.7.1 550 550 5.7.1 <eve@example.com>: no mail from you",
      ]),
    NoticeFamily(
      name: "exchange, names before details", subject: "Undeliverable: Hello",
      body: """
        Delivery has failed to these recipients or groups:

        Bob Builder
        The e-mail address you entered couldn't be found.

        Eve Adams
        The recipient's mailbox is full.

        Diagnostic information for administrators:

        Generating server: mail.example.com

        bob@example.com
        #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

        eve@example.com
        #552 5.2.2 STOREDRV.Deliver: mailbox full ##

        """,
      told: [
        "bob@example.com failed 5.1.1 550 550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
        "eve@example.com failed 5.2.2 552 552 5.2.2 STOREDRV.Deliver: mailbox full",
      ]),
    NoticeFamily(
      name: "exchange in German", subject: "Unzustellbar: Hallo",
      body: """
        Fehler bei der Nachrichtenzustellung an folgende Empf\u{E4}nger oder Verteilerlisten:

        bob@example.com
        Die E-Mail-Adresse wurde nicht gefunden.

        eve@example.com
        Das Postfach ist voll.

        Diagnoseinformationen f\u{FC}r Administratoren:

        Generierender Server: mail.example.com

        bob@example.com
        #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

        eve@example.com
        #552 5.2.2 STOREDRV.Deliver: mailbox full ##

        """,
      told: [
        "bob@example.com failed 5.1.1 550 550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
        "eve@example.com failed 5.2.2 552 552 5.2.2 STOREDRV.Deliver: mailbox full",
      ]),
    NoticeFamily(
      name: "exchange delay", subject: "Delayed: Hello",
      body: """
        Delivery is delayed to these recipients or groups:

        bob@example.com
        eve@example.com

        Subject: Hello

        This message hasn't been delivered yet. Delivery will continue to be attempted.

        Diagnostic information for administrators:

        Generating server: mx.example.net
        Receiving server: mail.example.com (192.0.2.7)

        bob@example.com
        Remote Server at example.com (192.0.2.7) returned '400 4.4.7 Message delayed'

        eve@example.com
        11/23/2026 3:00:00 PM - Remote Server at example.com (192.0.2.7) returned '441 4.4.1 Failed to connect'

        """,
      told: [
        "bob@example.com delayed 4.4.7 400 400 4.4.7 Message delayed",
        "eve@example.com delayed 4.4.1 441 441 4.4.1 Failed to connect",
      ]),
    NoticeFamily(
      name: "exchange delay without details", subject: "Delivery delayed:Hello",
      body: """
        Delivery is delayed to these recipients or groups:

        bob@example.com (bob@example.com)
        eve@example.com (eve@example.com)

        Subject: Hello

        This message hasn't been delivered yet. Delivery will continue to be attempted.

        The server will keep trying to deliver this message for the next 1 days.

        """,
      told: [
        "bob@example.com delayed - - This message hasn't been delivered yet. Delivery will continue to be attempted.",
        "eve@example.com delayed - - This message hasn't been delivered yet. Delivery will continue to be attempted.",
      ]),
    NoticeFamily(
      name: "exchange 2003", subject: "Undeliverable: Hello",
      body: """
        Your message did not reach some or all of the intended recipients.

              Subject:	Hello
              Sent:	11/23/2026 3:00 PM

        The following recipient(s) could not be reached:

              bob@example.com on 11/23/2026 3:00 PM
                    The e-mail account does not exist at the organization this message was sent to.
                    <mail.example.com #5.1.1 smtp;550 5.1.1 User unknown>

              eve@example.com on 11/23/2026 3:00 PM
                    There was a SMTP communication problem with the recipient's email server.
                    < mail.example.com #4.4.7 smtp;400 4.4.7 Message delayed>

        """,
      told: [
        "bob@example.com failed 5.1.1 550 550 5.1.1 User unknown",
        "eve@example.com failed 4.4.7 400 400 4.4.7 Message delayed",
      ]),
    NoticeFamily(
      name: "exchange 5.5", subject: "Undeliverable: Hello",
      body: """
        Your message

          To:      bob@example.com; eve@example.com
          Subject: Hello
          Sent:    Mon, 23 Nov 2026 15:00:00 +0100

        did not reach the following recipient(s):

        bob@example.com on Mon, 23 Nov 2026 15:00:05 +0100
            The recipient name is not recognized
            MSEXCH:IMS:Example:Site:MX 3550 (000B09B6) 550 5.1.1 unknown

        eve@example.com on Mon, 23 Nov 2026 15:00:05 +0100
            The e-mail account does not exist.
                    <mail.example.com #5.1.1>

        """,
      told: [
        "bob@example.com failed 5.1.1 550 550 5.1.1 unknown",
        "eve@example.com failed 5.1.1 - The e-mail account does not exist. <mail.example.com #5.1.1>",
      ]),
    NoticeFamily(
      name: "hmailserver", subject: "Message undeliverable: Hello",
      body: """
        Your message did not reach some or all of the intended recipients.

           Sent: Mon, 23 Nov 2026 15:00:00 +0100
           Subject: Hello

        The following recipient(s) could not be reached:

        bob@example.com
           Error Type: SMTP
           Remote server (192.0.2.7) issued an error.
           hMailServer sent: RCPT TO:<bob@example.com>
           Remote server replied: 452 4.2.2 over quota

        eve@example.com
           Error Type: SMTP
           Remote server (192.0.2.7) issued an error.
           hMailServer sent: RCPT TO:<eve@example.com>
           Remote server replied: 550 5.1.1 unknown

        hMailServer

        carol@example.net
        """,
      told: [
        "bob@example.com failed 4.2.2 452 452 4.2.2 over quota", "eve@example.com failed 5.1.1 550 550 5.1.1 unknown",
      ]),
    NoticeFamily(
      name: "james", subject: "Re: Hello",
      body: """
        Hi. This is the James mail server at mx.example.net.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out. Below
        I include the list of recipients and the reason why I was unable to deliver
        your message.

        Failed recipient(s):
        bob@example.com
        eve@example.com

        Error message:
        552 5.2.2 Mailbox full

        """,
      told: [
        "bob@example.com failed 5.2.2 552 552 5.2.2 Mailbox full",
        "eve@example.com failed 5.2.2 552 552 5.2.2 Mailbox full",
      ]),
    NoticeFamily(
      name: "a list, and one of it is named", subject: "Delivery Status Notification (Failure)",
      body: """
        Delivery to the following recipients failed permanently:

             bob@example.com
             eve@example.com

        The error that the other server returned was:
        550 5.1.1 <eve@example.com>: unknown
        """,
      told: ["bob@example.com failed - -", "eve@example.com failed 5.1.1 550 550 5.1.1 <eve@example.com>: unknown"]),
    NoticeFamily(
      name: "a list, and a reason below its last line", subject: "Returned mail",
      body: """
        The following addresses failed:

          bob@example.com
          eve@example.com
            552 5.2.2 Mailbox full

        """,
      told: ["bob@example.com failed - -", "eve@example.com failed 5.2.2 552 552 5.2.2 Mailbox full"]),
    NoticeFamily(
      name: "exchange, details in another order", subject: "Undeliverable: Hello",
      body: """
        Delivery has failed to these recipients or groups:

        bob@example.com<mailto:bob@example.com>
        The recipient's mailbox is full.

        eve@example.com<mailto:eve@example.com>
        The address wasn't found.

        tim@example.com<mailto:tim@example.com>
        The message is too large.

        Diagnostic information for administrators:

        Generating server: EX1.prod.example.net

        EVE@example.com
        mail.example.com
        Remote Server returned '550 5.1.1 no such user here'

        bob@example.com
        mail.example.com
        Remote Server returned '554 5.2.2 mailbox full'

        """,
      told: [
        "bob@example.com failed 5.2.2 554 554 5.2.2 mailbox full",
        "eve@example.com failed 5.1.1 550 550 5.1.1 no such user here",
        "tim@example.com failed - - The message is too large.",
      ]),
    NoticeFamily(
      name: "mailenable", subject: "Message Delivery Failure",
      body: """
        MailEnable: Message Delivery Failure.

        The following recipient(s) could not be reached:

        	Recipient: [SMTP:bob@example.com]
        	Reason: Remote SMTP Server Returned: 552 5.2.2 Mailbox full

        	Recipient: [SMTP:eve@example.com]
        	Reason: Unknown user

        Message headers follow:

        Message-ID: <m@example.org>
        """,
      told: [
        "bob@example.com failed 5.2.2 552 552 5.2.2 Mailbox full", "eve@example.com failed - - Reason: Unknown user",
      ]
    ),
    NoticeFamily(
      name: "sun", subject: "Delivery Notification: Delivery has failed",
      body: """
        This report relates to a message you sent with the following header fields:

          Message-id: <m@example.org>
          To: bob@example.com

        Your message cannot be delivered to the following recipients:

          Recipient address: bob@example.com
          Original address: robert@example.net
          Reason: Remote SMTP server has rejected address
          Diagnostic code: smtp;452 4.2.2 Mailbox full
          Remote system: dns;mail.example.com (TCP|192.0.2.1|1234|192.0.2.7|25) (mail.example.com ESMTP)

          Recipient address: eve@example.com
          Original address: eva@example.net
          Reason: Over quota

        """,
      told: [
        "bob@example.com failed 4.2.2 452 452 4.2.2 Mailbox full", "eve@example.com failed - - Reason: Over quota",
      ]
    ),
    NoticeFamily(
      name: "sun, what was tried", subject: "Delivery Notification: Delivery has been delayed",
      body: """
        Your message has been enqueued and undeliverable for 1 day
        to the following recipients:

          Recipient address: bob@example.com
          Reason: unable to deliver this message after 1 day

          Delivery attempt history for your mail:

          TCP active open: Failed connect()    Error: Connection timed out

        The mail system will continue to try to deliver your message
        for an additional 6 days.
        """,
      told: ["bob@example.com delayed - - TCP active open: Failed connect()    Error: Connection timed out"]),
    NoticeFamily(
      name: "communigate, delay", subject: "Delayed mail: Hello",
      body: """
        Message delivery to 'bob@example.com' delayed
        SMTP module(domain example.com) reports:
         connection with mail.example.com is broken

        """,
      told: ["bob@example.com delayed - - connection with mail.example.com is broken"]),
    NoticeFamily(
      name: "yandex, given up after a 4xx",
      subject: "Недоставленное сообщение",
      body: "<bob@example.com>: host mail.example.com[192.0.2.7] said: 452 4.2.2 full (in reply to RCPT TO command)\n",
      told: ["bob@example.com failed 4.2.2 452 452 4.2.2 full"]),
  ]
}
