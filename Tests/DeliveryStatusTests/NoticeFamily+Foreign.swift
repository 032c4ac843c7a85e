extension NoticeFamily {
  /// Notices in languages that no phrase is in: known by who writes them, an address and a reply with both codes; and
  /// Exchange's, which may show no code.
  static let foreign: [NoticeFamily] = [
    NoticeFamily(
      name: "korean", subject: "[\u{BA54}\u{C77C}] Hello",
      body: """
        \u{BA54}\u{C77C}\u{C774}

        \u{BC1B}\u{B294}\u{C0AC}\u{B78C}: bob@example.com
        \u{C2E4}\u{D328}: 550 5.1.1 \u{C874}\u{C7AC}\u{D558}\u{C9C0}

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 \u{C874}"),
    NoticeFamily(
      name: "polish", subject: "Wiadomo\u{15B}\u{107}",
      body: """
        Twoja wiadomo\u{15B}\u{107} nie mog\u{142}a zosta\u{107} dostarczona:

        <bob@example.com>
        550 5.2.2 Mailbox full

        Return-Path: <ann@example.org>
        """,
      told: ["bob@example.com failed 5.2.2 550"], reply: "550 5.2.2"),
    NoticeFamily(
      name: "russian",
      subject: "\u{41D}\u{435}\u{434}\u{43E}\u{441}\u{442}\u{430}\u{432}\u{43B}\u{435}\u{43D}\u{43E}: Hello",
      body: """
        \u{421}\u{431}\u{43E}\u{439}:

        bob@example.com

        \u{421}\u{435}\u{440}\u{432}\u{435}\u{440}: mx2.example.net

        bob@example.com
        #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

        Original message headers:

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 RESOLVER"),
    NoticeFamily(
      name: "chinese", subject: "\u{7CFB}\u{7EDF}\u{9000}\u{4FE1}",
      body: """
        \u{6536}\u{4EF6}\u{4EBA}\u{FF08}bob@example.com\u{FF09}\u{4E0D}\u{5B58}\u{5728}\u{3002}
        host mx.example.com[192.0.2.5] said: 550 5.1.1 User unknown (in reply to RCPT TO command)

        """,
      told: ["bob@example.com failed 5.1.1 550"], reply: "550 5.1.1 User unknown"),
    NoticeFamily(
      name: "dutch delay", subject: "Hallo",
      body: """
        Uw bericht:

          bob@example.com
            host mx.example.com [192.0.2.5]: 451 4.7.1 Greylisted

        """,
      told: ["bob@example.com delayed 4.7.1 451"], reply: "451 4.7.1 Greylisted"),
    NoticeFamily(
      name: "exchange delay in german", subject: "Zustellung verz\u{F6}gert: Hello",
      body: """
        Die Zustellung an folgende Empf\u{E4}nger oder Gruppen verz\u{F6}gert sich:

        bob@example.com

        Die Nachricht wurde noch nicht \u{FC}bermittelt.

        """,
      told: ["bob@example.com delayed - -"], reply: "Die Nachricht"),
    NoticeFamily(
      name: "exchange in french", subject: "Non remis : Hello",
      body: """
        \u{C9}chec de la remise pour ces destinataires ou groupes :

        bob@example.com<mailto:bob@example.com>
        La bo\u{EE}te est pleine.

        """,
      told: ["bob@example.com failed - -"], reply: "La bo"),
    NoticeFamily(
      name: "a digest has no replies", subject: "Hello",
      body: """
        bob@example.com   550 reasons
        eve@example.com   451 more

        """,
      told: []),
    NoticeFamily(
      name: "two codes of the addressee", subject: "Hello",
      body: "ann@example.org\n  552 5.2.2 mailbox full\n", told: []),
  ]

  /// Notices that name the recipient in a line of another form, or nobody.
  static let named: [NoticeFamily] = [
    NoticeFamily(
      name: "exim's local scan", subject: "Mail failure - rejected by local scanning code",
      body: """
        A message that you sent was rejected by the local scanning code that
        checks incoming messages on this system. The following error was given:

          550 spam message rejected

        ------ This is a copy of your message, including all the headers. ------
        To: bob@example.com
        """,
      told: ["- failed - 550"], reply: "550 spam message"),
    NoticeFamily(
      name: "exim's size limit", subject: "Mail failure - message too big",
      body: """
        A message that you sent was longer than the maximum size allowed on this
        system. It was not delivered to any recipients.

        ------ This is a copy of your message, including all the headers. ------
        """,
      told: ["- failed - -"], reply: "A message that you sent was longer than the maximum size"),
    NoticeFamily(
      name: "kddi", subject: "Mail System Error - Returned Mail",
      body: """
        Your mail sent on: Tue, 24 Nov 2026 11:04:47 +0900

        Could not be delivered to: <bob@example.com>

        As their mailbox is full.

        """,
      told: ["bob@example.com failed - -"], reply: "As their mailbox is full."),
    NoticeFamily(
      name: "exchange 5.5 with a type", subject: "Undeliverable: Hello",
      body: """
        did not reach the following recipient(s):

        SMTP=bob@example.com; on Tue, 24 Nov 2026 16:51:51 -0500
            The recipient name is not recognized

        """,
      told: ["bob@example.com failed - -"], reply: "The recipient name is not recognized"),
    NoticeFamily(
      name: "lsmtp", subject: "Undeliverable mail",
      body: "Error-for:  bob@example.com\nError-Code: 3\nError-Text: No such user\n",
      told: ["bob@example.com failed - -"], reply: "Error-Code: 3"),
    NoticeFamily(
      name: "one line", subject: "Undeliverable mail",
      body: "Your message could not be delivered to bob@example.com\n\nUnknown user\n",
      told: ["bob@example.com failed - -"], reply: "Unknown user"),
    NoticeFamily(
      name: "intended recipient", subject: "Returned mail",
      body: "Intended recipient: bob@example.com\nError: user mailbox full\n",
      told: ["bob@example.com failed - -"], reply: "Error: user mailbox full"),
    NoticeFamily(
      name: "the only address", subject: "Failure Notice",
      body: """
        I'm sorry, but I wasn't able to deliver the following message:

        To: bob@example.com

        554 delivery error: dd This user doesn't have an account

        For help write to postmaster@mx.example.net.
        --- Below this line is a copy of the message.
        """,
      told: ["bob@example.com failed - 554"], reply: "554 delivery error"),
    NoticeFamily(
      name: "two addresses name nobody", subject: "Failure Notice",
      body: "I wasn't able to deliver the following message:\n\nTo: bob@example.com, eve@example.com\n",
      told: ["- failed - -"], reply: "To: bob@example.com"),
    NoticeFamily(
      name: "e500", subject: "Mail Failure - Invalid Domain Name",
      body: """
        ------ Failed Recipients ------
          Invalid Domain Name: <bob@example.invalid>
        -------- Returned Mail --------
        To: eve@example.com
        """,
      told: ["bob@example.invalid failed - -"], reply: "Invalid Domain Name:"),
    NoticeFamily(
      name: "biglobe", subject: "Returned mail: Mailbox full",
      body: """
           ----- The following addresses had delivery problems -----
        bob@example.com

           ----- Non-delivered information -----
        The number of messages in recipient's mailbox exceeded the local limit.

        """,
      told: ["bob@example.com failed - -"], reply: "The number of messages"),
    NoticeFamily(
      name: "unknown user", subject: "Undeliverable message returned",
      body: "No such user: bob@example.com\n", told: ["bob@example.com failed - -"], reply: "No such user:"),
    NoticeFamily(
      name: "quota", subject: "Undeliverable message returned", body: "User quota exceeded: SMTP <bob@example.com>\n",
      told: ["bob@example.com failed - -"], reply: "User quota exceeded"),
    NoticeFamily(
      name: "a virus that was kept is no delay", subject: "{Virus?} Warning: message from you",
      body: "Our detector saw a message you sent:\n  To: bob@example.com\nThe message was not delivered.\n", told: []),
  ]
}
