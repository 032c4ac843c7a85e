extension NoticeFamily {
  /// Notices of mail that is tried again, where words alone say so, and those whose words are taken for it.
  static let waiting: [NoticeFamily] = [
    NoticeFamily(
      name: "mdaemon, transient", subject: "Warning: Transient Delivery Failure",
      body: """
        The attached message had TRANSIENT non-fatal delivery errors.

        Further attempts to deliver this message will be made.

        Failed address: bob@example.com

        --- Session Transcript ---
         --> RCPT To:<bob@example.com>
         <-- 451 4.7.1 Greylisting in action, please come back later
        --- End Transcript ---
        """,
      told: ["bob@example.com delayed 4.7.1 451"], reply: "451 4.7.1 Greylisting in action, please come back later"),
    NoticeFamily(
      name: "mdaemon, retried", subject: "Hello",
      body: """
        The following message had TRANSIENT delivery errors.

        Delivery of this message will be retried.

        Failed address: bob@example.com

         --> RCPT To:<bob@example.com>
         <-- 451 4.7.1 Greylisting in action
        """,
      told: ["bob@example.com delayed 4.7.1 451"], reply: "451 4.7.1 Greylisting"),
    NoticeFamily(
      name: "mdaemon, permanent", subject: "Permanent Delivery Failure",
      body: """
        The attached message had PERMANENT fatal delivery errors!

        YOUR MESSAGE WAS NOT DELIVERED TO ONE OR MORE RECIPIENTS!
        No further attempts to deliver this message will be made.

        --------- Session Transcript ---------
        --> RCPT TO:<bob@example.com>
        <-- 452 4.2.2 mailbox full
        --> QUIT
        --------- End Transcript ---------

        Failed address: bob@example.com
        """,
      told: ["bob@example.com failed 4.2.2 452"], reply: "452 4.2.2 mailbox full"),
    NoticeFamily(
      name: "retried", subject: "Transient delivery failure",
      body:
        "Your message to bob@example.com had a temporary delivery error and will be retried.\n451 4.7.1 greylisted\n",
      told: ["bob@example.com delayed 4.7.1 451"], reply: "451 4.7.1 greylisted"),
    NoticeFamily(
      name: "attempted again", subject: "Mail delivery problem",
      body:
        "Your message is still queued and delivery will be attempted again.\n\n<bob@example.com>: 451 4.7.1 greylisted\n",
      told: ["bob@example.com delayed 4.7.1 451"], reply: "451 4.7.1 greylisted"),
    NoticeFamily(
      name: "re-tried", subject: "Warning: message still undelivered",
      body:
        "The message is kept and will be re-tried every hour.\n\nFailed address: bob@example.com\n451 4.7.1 later\n",
      told: ["bob@example.com delayed 4.7.1 451"], reply: "451 4.7.1 later"),
    NoticeFamily(
      name: "qmail, hours", subject: "delay notice",
      body: """
        Hi. This is the qmail-send program at mx.example.net.
        Your message has not been delivered for 4 hours to the following addresses:

        <bob@example.com>:
        192.0.2.1 failed after I sent the message.
        Remote host said: 451 4.3.2 Please try again later
        """,
      told: ["bob@example.com delayed 4.3.2 451"], reply: "451 4.3.2 Please try again later"),
    NoticeFamily(
      name: "qmail, days", subject: "notice",
      body: """
        Hi. This is the qmail-send program at mx.example.net.
        Your message has not been delivered for 5 days to the following addresses:

        <bob@example.com>:
        Remote host said: 451 4.3.2 Please try again later
        """,
      told: ["bob@example.com failed 4.3.2 451"], reply: "451 4.3.2 Please try again later"),
    NoticeFamily(
      name: "a reply that promises", subject: "failure notice",
      body: "<bob@example.com>:\nRemote host said: 451 4.7.1 greylisted, will be retried\n",
      told: ["bob@example.com failed 4.7.1 451"], reply: "451 4.7.1 greylisted, will be retried"),
    NoticeFamily(
      name: "a promise for another time", subject: "Mail delivery problem",
      body: "It is being returned. Sent once more, it will be attempted again.\n\n<bob@example.com>: 451 4.7.1 later\n",
      told: ["bob@example.com failed 4.7.1 451"], reply: "451 4.7.1 later"),
    NoticeFamily(
      name: "a promise in vain", subject: "failure notice",
      body: "Others will be retried, but this one not:\n\n<bob@example.com>:\nRemote host said: 550 5.1.1 no\n",
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 no"),
    NoticeFamily(
      name: "qmail, given up", subject: "failure notice",
      body: """
        Hi. This is the qmail-send program at mx.example.net.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <bob@example.com>:
        192.0.2.1 does not like recipient.
        Remote host said: 450 4.2.2 mailbox full
        Giving up on 192.0.2.1.
        I'm not going to try again; this message has been in the queue too long.

        <eve@example.com>:
        Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)
        I'm not going to try again; this message has been in the queue too long.
        """,
      told: ["bob@example.com failed 4.2.2 450", "eve@example.com failed 4.4.1 -"], reply: "450 4.2.2 mailbox full"),
    NoticeFamily(
      name: "a code at the end", subject: "Undeliverable mail",
      body: "Your message could not be delivered.\nRecipient: bob@example.com\nReason: mailbox is full, error 552\n",
      told: ["bob@example.com failed - 552"], reply: "Reason: mailbox is full, error 552"),
    NoticeFamily(
      name: "a code's label", subject: "Undeliverable mail",
      body: "Your message could not be delivered.\nRecipient: bob@example.com\nReason: No user here. SMTP code 550\n",
      told: ["bob@example.com failed - 550"], reply: "Reason: No user here. SMTP code 550"),
    NoticeFamily(
      name: "a code at the end in Chinese", subject: "\u{7CFB}\u{7EDF}\u{9000}\u{4FE1}",
      body: """
        \u{6536}\u{4EF6}\u{4EBA}\u{FF1A}bob@example.com
        \u{9000}\u{4FE1}\u{539F}\u{56E0}\u{FF1A}\u{5BF9}\u{65B9}\u{90AE}\u{7BB1}\u{7A7A}\u{95F4}\u{5DF2}\u{6EE1} 552
        """,
      told: ["bob@example.com failed - 552"],
      reply:
        "\u{9000}\u{4FE1}\u{539F}\u{56E0}\u{FF1A}\u{5BF9}\u{65B9}\u{90AE}\u{7BB1}\u{7A7A}\u{95F4}\u{5DF2}\u{6EE1} 552"),
    NoticeFamily(
      name: "a code behind an address", subject: "\u{6765}\u{81EA}\u{7684}\u{9000}\u{4FE1}",
      body: "\u{6536}\u{4EF6}\u{4EBA} bob@example.com\nMailbox is full (bob@example.com) 552\n",
      told: ["bob@example.com failed - 552"], reply: "Mailbox is full (bob@example.com) 552"),
    NoticeFamily(
      name: "a code behind its label", subject: "Returned mail",
      body: "Could not be delivered to:\n\n<bob@example.com>\n\nStatus code: 550 5.1.10\n",
      told: ["bob@example.com failed 5.1.10 550"], reply: "550 5.1.10"),
  ]
}
