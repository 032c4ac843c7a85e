extension NoticeFamily {
  static let servers: [NoticeFamily] = [
    NoticeFamily(
      name: "groupwise", subject: "Mail System Error - Returned Mail",
      body: """
        The message that you sent was undeliverable to the following:
        	bob@example.com (550 5.1.1 User unknown)

        Possibly truncated original message follows:

        hello

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 User unknown"),
    NoticeFamily(
      name: "kerio", subject: "Undelivered Mail",
      body: """
        Your message was not delivered to the following recipients:

          bob@example.com: 550 5.1.1 unknown user

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 unknown"),
    NoticeFamily(
      name: "courier", subject: "NOTICE: mail delivery status.",
      body: """
        This is a delivery status notification from mx.example.net,
        running the Courier mail server, version 0.65.

        The original message was received on Mon, 23 Nov 2026 14:00:00 +0100
        from app.example.org

        ---------------------------------------------------------------------------

                                   UNDELIVERABLE MAIL

        Your message to the following recipients cannot be delivered:

        <bob@example.com>:
             mail.example.com [192.0.2.7]:
        >>> RCPT TO:<bob@example.com>
        <<< 550 5.1.1 User unknown

        ---------------------------------------------------------------------------

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 User unknown"),
    NoticeFamily(
      name: "sunone", subject: "Delivery Notification: Delivery has failed",
      body: """
        This report relates to a message you sent with the following header fields:

          Message-id: <m@example.org>
          Date: Mon, 23 Nov 2026 14:00:00 +0100
          From: ann@example.org
          To: bob@example.com
          Subject: Hello

        Your message cannot be delivered to the following recipients:

          Recipient address: bob@example.com
          Reason: Remote SMTP server has rejected address
          Diagnostic code: smtp;550 5.1.1 <bob@example.com> unknown
          Remote system: dns;mail.example.com (TCP|192.0.2.1|4|192.0.2.7|25)

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 <bob"),
    NoticeFamily(
      name: "mdaemon", subject: "Permanent Delivery Failure",
      body: """
        The attached message had PERMANENT fatal delivery errors!

        After one or more unsuccessful delivery attempts the attached message has
        been removed from the mail queue on this server.  The number and frequency
        of delivery attempts are determined by local configuration parameters.

        YOUR MESSAGE WAS NOT DELIVERED TO ONE OR MORE RECIPIENTS!

        Failed address: bob@example.com

        --- Session Transcript ---
         Mon 2026-11-23 14:00:01: --> RCPT To:<bob@example.com>
         Mon 2026-11-23 14:00:01: <-- 550 5.1.1 no such user
        --- End Transcript ---

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 no such"),
    NoticeFamily(
      name: "marshal", subject: "Undeliverable Mail: Hello",
      body: """
        Your message:
           From:    ann@example.org
           Subject: Hello

        Could not be delivered because of

        550 5.1.1 User unknown

        The following recipients were affected:
            bob@example.com

        Additional Information
        ======================

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 User"),
    NoticeFamily(
      name: "yahoo", subject: "Failure Notice",
      body: """
        Sorry, we were unable to deliver your message to the following address.

        <bob@example.com>:
        Remote host said: 554 delivery error: dd This user doesn't have a example.com account \
        (bob@example.com) [-5] - mta1029.mail.example.net [BODY]

        --- Below this line is a copy of the message.

        From: ann@example.org

        """,
      told: ["bob@example.com failed - 554"], reply: "554 delivery error: dd This user doesn't"),
    NoticeFamily(
      name: "gmx", subject: "Mail delivery failed: returning message to sender",
      body: """
        This message was created automatically by mail delivery software.

        A message that you sent could not be delivered to one or more of
        its recipients. This is a permanent error. The following address
        failed:

        bob@example.com:
        SMTP error from remote server for RCPT TO command, host: mail.example.com (192.0.2.7) reason: 550 \
        5.1.1 unknown user


        --- The header of the original message is following. ---

        Message-ID: <m@example.org>

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 unknown"),
    NoticeFamily(
      name: "domino", subject: "DELIVERY FAILURE: User bob (bob@example.com) not listed in Domino Directory",
      body: """
        Your message

          Subject: Hello

        was not delivered to:

          bob@example.com

        because:

          User bob (bob@example.com) not listed in Domino Directory

        """,
      told: ["bob@example.com failed - -"], reply: "User bob (bob@example.com) not listed"),
    NoticeFamily(
      name: "hotmail", subject: "Delivery Status Notification (Failure)",
      body: """
        This is an automatically generated Delivery Status Notification.

        Delivery to the following recipients failed.

               bob@example.com

        """,
      told: ["bob@example.com failed - -"], reply: ""),
    NoticeFamily(
      name: "messagelabs", subject: "failure notice",
      body: """
        This is the mail delivery agent at messagelabs.com.
        I was not able to deliver your message to the following addresses.

        <bob@example.com>:
        192.0.2.7 does not like recipient.
        Remote host said: 550 5.1.1 unknown
        Giving up on 192.0.2.7.

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 unknown"),
    NoticeFamily(
      name: "ecelerity", subject: "Mail Delivery Failure",
      body: """
        This message was created automatically by the mail system (ecelerity).

        A message that you sent could not be delivered to one or more of its
        recipients. The following address(es) failed:

        >>> bob@example.com (after RCPT TO): 550 5.1.1 unknown

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 unknown"),
    NoticeFamily(
      name: "xmail", subject: "Error sending message [1234.example] from [example.net]",
      body: """
        [<00>] XMail bounce: Rcpt=[bob@example.com];Error=[Unable to deliver message]


        [<01>] Error sending message [1234.example] from [example.net].

        ID:        <S1234>
        Mail From: <ann@example.org>
        Rcpt To:   <bob@example.com>

        [<02>] The reason of the delivery failure was:

        550 5.1.1 unknown user

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 unknown"),
    NoticeFamily(
      name: "hmail", subject: "Message undeliverable: Hello",
      body: """
        Your message did not reach some or all of the intended recipients.

           Sent: Mon, 23 Nov 2026 14:00:00 +0100
           Subject: Hello

        The following recipient(s) could not be reached:

        bob@example.com
           Error Type: SMTP
           Remote server (192.0.2.7) issued an error.
           hMailServer sent: RCPT TO:<bob@example.com>
           Remote server replied: 550 5.1.1 unknown user


        hMailServer

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 unknown"),
    NoticeFamily(
      name: "smartermail", subject: "Delivery Failure",
      body: """
        Could not deliver message to the following recipient(s):

        Failed Recipient: bob@example.com
        Reason: Remote host said: 550 5.1.1 unknown user

           -- The header and top 20 lines of the message follows --

        Received: from x

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1"),
    NoticeFamily(
      name: "haraka", subject: "Mail delivery failed",
      body: """
        Your message could not be delivered by the mail server mx.example.net.

        Intended Recipients: <bob@example.com>
        Failure Reason: 550 5.1.1 unknown user

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1"),
    NoticeFamily(
      name: "intermail", subject: "Mail System Error - Returned Mail",
      body: """
        This Message was undeliverable due to the following reason:

        Each of the following recipients was rejected by a remote mail server.
        The reasons given by the server are included to help you determine why
        each recipient was rejected.

            Recipient: <bob@example.com>
            Reason:    5.1.1 <bob@example.com>... User unknown


        Please reply to Postmaster@example.net
        if you feel this message to be in error.

        """,
      told: ["bob@example.com failed 5.1.1 -"], reply: "Reason:    5.1.1"),
    NoticeFamily(
      name: "intermail2", subject: "Mail System Error - Returned Mail",
      body: """
        This Message was undeliverable due to the following reason:

        The user(s) account is temporarily over quota.

        <bob@example.com>

        Please reply to Postmaster@example.net
        if you feel this message to be in error.

        """,
      told: ["bob@example.com failed - -"], reply: "The user(s) account is temporarily"),
  ]
}
