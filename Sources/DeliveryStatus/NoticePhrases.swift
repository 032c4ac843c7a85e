// The words by which notices without a delivery-status part are known, as data: one table, each row with where it
// was read. A new kind of notice is a new row.

/// One phrase of a notice's own words.
struct NoticePhrase {
  enum Effect {
    /// The recipients named after it failed.
    case failed
    /// The recipients named after it are still being tried.
    case delayed
    /// The recipients named after it were served.
    case delivered
    /// Nobody in the notice has failed yet, wherever it stands.
    case warning
    /// Proves nothing, but says before any reply that it will be tried again; not after `no `.
    case promises
    /// Says nothing by itself, but names the recipient where nothing else does.
    case names
    /// As `failed`, but only where the notice begins with it: people write such words too.
    case opens
    /// Says only who wrote the notice.
    case identifies
    /// As `names`, and again for each further recipient whom it names.
    case lists
    /// Proves nothing; behind it each recipient stands on a line again, above what was said of him.
    case details
  }

  /// Lower case; white space and line ends in the notice count as one space.
  let words: StaticString
  let form: StaticString
  let effect: Effect
  /// The recipient may stand on the same line, after the phrase.
  let isInline: Bool
  /// The phrase's own line says why, where nothing else does.
  let saysWhy: Bool
  /// It counts only where a line begins with it.
  let isFirst: Bool
  /// It counts only where a number of hours follows: after days nobody tries again.
  let isTimed: Bool
  /// Who writes it: a program's source or documentation, or the recordings in which it was seen.
  let source: StaticString

  init(
    _ words: StaticString, _ form: StaticString, _ effect: Effect = .failed, inline isInline: Bool = false,
    why saysWhy: Bool = false, first isFirst: Bool = false, hours isTimed: Bool = false,
    from source: StaticString
  ) {
    self.words = words
    self.form = form
    self.effect = effect
    self.isInline = isInline
    self.saysWhy = saysWhy
    self.isFirst = isFirst
    self.isTimed = isTimed
    self.source = source
  }

  static let all: [NoticePhrase] = [
    // qmail and those that speak its format.
    NoticePhrase("wasn't able to deliver your message", "qmail", from: "QSBMF; qmail-send.c"),
    NoticePhrase("was not able to deliver your message", "qmail", from: "MessageLabs"),
    NoticePhrase("not able to deliver your message", "qmail", from: "newmail.ru"),
    NoticePhrase("unable to deliver your message to the following", "yahoo", from: "Yahoo Failure Notice"),
    NoticePhrase("unable to deliver message to the following", "yahoo", from: "Yahoo Delivery failure"),
    NoticePhrase("there's a problem with the e-mail address", "qmail", from: "secureserver.net"),
    NoticePhrase("your message could not be delivered", "generic", from: "prima.com.ar"),
    NoticePhrase("your message could not be delivered to", "generic", .names, inline: true, from: "flufl.bounce"),
    NoticePhrase("able to deliver the following message", "yahoo", from: "Yahoo Failure Notice"),
    // Exim: src/deliver.c, doc chapter 49.
    NoticePhrase("created automatically by mail delivery software", "exim", .identifies, from: "Exim deliver.c"),
    NoticePhrase("following address(es) failed", "exim", from: "Exim deliver.c"),
    NoticePhrase("following addresses failed", "exim", from: "kundenserver.de"),
    NoticePhrase("following address failed", "exim", from: "MXLogic, GMX"),
    NoticePhrase("could not be delivered to one or more", "generic", from: "Exim deliver.c; Postfix bounce template"),
    NoticePhrase("could not be delivered to all of its recipients", "exim", from: "Exim 3"),
    NoticePhrase("contained one or more recipient addresses that were", "exim", from: "Exim moan.c"),
    NoticePhrase("the following message, addressed to", "exim", inline: true, from: "Demon mailstore"),
    NoticePhrase("message that you sent was rejected by", "exim", from: "Exim moan.c: local scan, ACL"),
    NoticePhrase("was longer than the maximum size allowed", "exim", why: true, from: "Exim moan.c"),
    NoticePhrase("more recipients than allowed on this system", "exim", why: true, from: "Exim moan.c"),
    NoticePhrase("was excessively long and could not be handled", "exim", why: true, from: "Exim moan.c"),
    NoticePhrase("has not yet been delivered", "exim", .warning, from: "Exim deliver.c warn_message"),
    // Postfix: src/bounce/bounce_template.c.
    NoticePhrase("this is the mail system at host", "postfix", .identifies, from: "Postfix bounce templates"),
    NoticePhrase("could not be delivered for more than", "postfix", .warning, from: "Postfix delay template"),
    NoticePhrase("it will be retried until", "postfix", .warning, from: "Postfix delay template"),
    NoticePhrase("was successfully delivered to the destination", "postfix", .delivered, from: "success template"),
    NoticePhrase("below could not be delivered to", "postfix", from: "Postfix 1.x bounce text"),
    // Sendmail: savemail.c, errbody.
    NoticePhrase("addresses had permanent fatal errors", "sendmail", from: "sendmail savemail.c"),
    NoticePhrase("addresses had permanent delivery errors", "sendmail", from: "Mirapoint"),
    NoticePhrase("addresses had delivery errors", "sendmail", from: "Japanese carriers"),
    NoticePhrase("addresses had delivery problems", "sendmail", from: "sendmail 8.6"),
    NoticePhrase("addresses had transient non-fatal errors", "sendmail", .delayed, from: "sendmail savemail.c"),
    NoticePhrase("addresses had successful delivery", "sendmail", .delivered, from: "sendmail savemail.c"),
    NoticePhrase("transcript of session follows", "sendmail", from: "sendmail savemail.c"),
    NoticePhrase("warning: message still undelivered", "sendmail", .warning, from: "sendmail deliver.c"),
    NoticePhrase("message could not be delivered for", "sendmail", from: "sendmail deliver.c"),
    NoticePhrase("this is a warning message only", "sendmail", .warning, from: "sendmail savemail.c; Gmail"),
    // Google.
    NoticePhrase("delivery to the following recipient failed", "gmail", from: "Gmail"),
    NoticePhrase("to the following recipients failed", "gmail", from: "Gmail; Microsoft SMTPSVC; X3"),
    NoticePhrase("recipient has been delayed", "gmail", .warning, from: "Gmail"),
    NoticePhrase("message will be retried for", "gmail", .warning, from: "Gmail"),
    NoticePhrase("the group you tried to contact", "google-groups", from: "Google Groups"),
    NoticePhrase("your message wasn't delivered to", "gmail", inline: true, from: "Gmail since 2016"),
    NoticePhrase("temporary problem delivering your message to", "gmail", .delayed, inline: true, from: "Gmail"),
    NoticePhrase("gmail will retry for", "gmail", .warning, from: "Gmail since 2016"),
    NoticePhrase("message not delivered", "gmail", from: "Google Workspace"),
    NoticePhrase("the response from the remote server was", "gmail", from: "Gmail since 2016"),
    // Microsoft.
    NoticePhrase("did not reach the following recipient", "exchange", from: "Exchange 5.5"),
    NoticePhrase("did not reach some or all of the intended recipients", "exchange", from: "Exchange; hMailServer"),
    NoticePhrase("recipient(s) could not be reached", "exchange", from: "Exchange 2000; MailEnable"),
    NoticePhrase("recipient(s) cannot be reached", "exchange", from: "Exchange 2003"),
    NoticePhrase("delivery has failed to these recipients", "exchange", from: "Exchange 2007 and later"),
    NoticePhrase("delivery is delayed to these recipients", "exchange", .warning, from: "Exchange 2013 and later"),
    NoticePhrase("delivery to these recipients or groups is delayed", "exchange", .warning, from: "Exchange 2010"),
    NoticePhrase("delivery to these recipients or distribution lists is delayed", "exchange", .warning, from: "2007"),
    NoticePhrase("could not be delivered to the following user", "exchange", from: "Exchange add-ons"),
    NoticePhrase("couldn't be delivered", "exchange", from: "Exchange Online"),
    NoticePhrase("your message to", "generic", .names, inline: true, from: "Exchange Online; Dovecot"),
    NoticePhrase("zustellung an folgende empf\u{E4}nger", "exchange", .warning, from: "Exchange in German, delay"),
    NoticePhrase("nachrichtenzustellung an folgende empf\u{E4}nger", "exchange", from: "Exchange in German"),
    NoticePhrase("de la remise pour ces destinataires", "exchange", from: "Exchange in French"),
    NoticePhrase("de la remise aux destinataires", "exchange", from: "Exchange in French"),
    NoticePhrase("recapitare il messaggio ai destinatari", "exchange", from: "Exchange in Italian"),
    NoticePhrase("error de entrega a los siguientes destinatarios", "exchange", from: "Exchange in Spanish"),
    NoticePhrase("aan de volgende geadresseerden", "exchange", from: "Exchange in Dutch"),
    NoticePhrase("att leverera till f\u{F6}ljande mottagare", "exchange", from: "Exchange in Swedish"),
    NoticePhrase("diagnostic information for administrators", "exchange", .details, from: "Exchange 2007 and later"),
    NoticePhrase("diagnoseinformationen f\u{FC}r administratoren", "exchange", .details, from: "Exchange in German"),
    NoticePhrase("informations de diagnostic pour les admin", "exchange", .details, from: "Exchange in French"),
    NoticePhrase("informazioni di diagnostica per gli admin", "exchange", .details, from: "Exchange in Italian"),
    NoticePhrase("informaci\u{F3}n de diagn\u{F3}stico para", "exchange", .details, from: "Exchange in Spanish"),
    NoticePhrase("diagnostische gegevens voor beheerders", "exchange", .details, from: "Exchange in Dutch"),
    // Others.
    NoticePhrase("your message was delivered to the following recipient", "courier", .delivered, from: "Courier"),
    NoticePhrase("could not be delivered to: <", "kddi", inline: true, from: "KDDI"),
    NoticePhrase("a message could not be delivered to", "generic", inline: true, from: "flufl.bounce"),
    NoticePhrase("failed recipients -", "e500", from: "E500 SMTP Mail Service"),
    NoticePhrase("non-delivered information", "biglobe", from: "Biglobe"),
    NoticePhrase("error-for:", "lsmtp", .names, inline: true, from: "LSMTP"),
    NoticePhrase("intended recipient:", "generic", .names, inline: true, from: "usa.net"),
    NoticePhrase("there was an error delivering your mail to", "dragonfly", inline: true, from: "DMA mail.c"),
    NoticePhrase("a message is delayed for more than", "opensmtpd", .warning, from: "OpenSMTPD bounce.c"),
    NoticePhrase("only a temporary failure report", "opensmtpd", .warning, from: "OpenSMTPD bounce.c"),
    NoticePhrase("attempting to deliver a message for the following", "opensmtpd", from: "OpenSMTPD bounce.c"),
    NoticePhrase("trying to deliver the mail to the following recipients", "amazon", from: "Amazon WorkMail"),
    NoticePhrase("addresses to whom your mail was not delivered", "james", from: "Apache James"),
    NoticePhrase("error message below", "james", from: "vtext.com"),
    NoticePhrase("failed to deliver to", "communigate", inline: true, from: "CommuniGate Pro"),
    NoticePhrase("message delivery to '", "communigate", .names, inline: true, from: "CommuniGate Pro, delay"),
    NoticePhrase("unable to deliver message to <", "interscan", inline: true, why: true, from: "InterScan MSS"),
    NoticePhrase("following address could not be delivered", "mimecast", from: "Mimecast alert"),
    NoticePhrase("was rejected due to", "generic", .opens, why: true, from: "quota scripts"),
    NoticePhrase("mailbox is full:", "generic", inline: true, why: true, from: "sisimai rfc3464"),
    NoticePhrase("following recipients was aborted", "x3", from: "amenworld.com"),
    NoticePhrase("xmail bounce: rcpt=[", "xmail", inline: true, why: true, from: "XMail 1.27"),
    NoticePhrase("intended recipients:", "haraka", inline: true, from: "Haraka bounce_message"),
    NoticePhrase("message cannot be delivered to the following", "sun", from: "Sun and Oracle Messaging Server"),
    NoticePhrase("has been enqueued and undeliverable for", "sun", .warning, from: "Sun and Oracle Messaging Server"),
    NoticePhrase("will continue to try to deliver", "sun", .warning, from: "Sun and Oracle Messaging Server"),
    NoticePhrase("recipient address:", "sun", .lists, inline: true, from: "Sun and Oracle Messaging Server"),
    NoticePhrase("recipient: <", "netscape", .names, inline: true, from: "InterMail"),
    NoticePhrase("sent <<< rcpt to:", "interscan", inline: true, from: "InterScan MSS"),
    NoticePhrase("recipients returned permanent errors", "x6", inline: true, from: "sisimai lhost-x6"),
    NoticePhrase("rcpt to:", "generic", .names, inline: true, from: "SMTP dialogues"),
    NoticePhrase("recipients could not be delivered", "aol", why: true, from: "AOL AIRmail: local parts only"),
    NoticePhrase("the following message to", "ironport", .names, inline: true, from: "IronPort"),
    NoticePhrase("was undeliverable", "ironport", from: "IronPort"),
    NoticePhrase("to which your message was addressed,", "llnl", inline: true, from: "llnl.gov"),
    NoticePhrase("message delivery delay", "mailenable", .warning, from: "MailEnable"),
    NoticePhrase("recipient: [smtp:", "mailenable", .lists, inline: true, from: "MailEnable"),
    NoticePhrase("unable to deliver message to:", "mailfoundry", inline: true, from: "MailFoundry"),
    NoticePhrase("delivery failed", "imail", inline: true, why: true, first: true, from: "IMail SMTP32"),
    NoticePhrase("mail delivery failed", "generic", why: true, first: true, from: "ISP notices"),
    NoticePhrase("message delivery failed", "generic", why: true, first: true, from: "ISP notices"),
    NoticePhrase("no such user:", "generic", .names, inline: true, why: true, from: "LMail"),
    NoticePhrase("recipient unknown:", "generic", .names, inline: true, why: true, from: "flufl.bounce"),
    NoticePhrase("user quota exceeded:", "generic", .names, inline: true, why: true, from: "flufl.bounce"),
    NoticePhrase("mailbox full:", "generic", .names, inline: true, why: true, from: "CompuServe"),
    NoticePhrase("undeliverable to", "imail", inline: true, from: "IMail SMTP32"),
    NoticePhrase("unknown user:", "imail", inline: true, why: true, from: "IMail SMTP32"),
    NoticePhrase("invalid final delivery userid:", "imail", inline: true, why: true, from: "IMail SMTP32"),
    NoticePhrase("exceeds allowed size:", "imail", inline: true, why: true, from: "IMail SMTP32"),
    NoticePhrase("undeliverable address:", "hotpop", inline: true, from: "HotPOP"),
    NoticePhrase("failed recipient:", "generic", inline: true, from: "flufl.bounce"),
    NoticePhrase("failed addresses follow", "smail", from: "Smail 3"),
    NoticePhrase("could not deliver message to the following recipient", "generic", from: "flufl.bounce"),
    NoticePhrase("cannot be delivered to the following address", "jetmail", from: "JetMail"),
    NoticePhrase("recipients did not receive", "netscape", from: "Netscape Messaging; caiwireless.net"),
    NoticePhrase("message not delivered to the following", "yale", from: "phquery"),
    NoticePhrase("was automatically rejected", "dovecot", from: "Dovecot mail_send_rejection"),
    NoticePhrase("rejected recipient", "x6", inline: true, from: "sisimai lhost-x6"),
    NoticePhrase("failure reasons", "notes", from: "Lotus Notes SMTP MTA"),
    NoticePhrase("has encountered delivery problems", "generic", from: "dadoservice"),
    NoticePhrase("originally addressed to", "generic", inline: true, from: "dadoservice"),
    NoticePhrase("no such user here", "mdaemon", from: "MDaemon"),
    NoticePhrase("failed address:", "mdaemon", .lists, inline: true, from: "MDaemon"),
    NoticePhrase("message was undeliverable due to", "netscape", from: "Netscape Messaging; InterMail"),
    NoticePhrase("following mail could not be delivered", "virusgate", from: "InterScan VirusWall"),
    NoticePhrase("delivery of email to this address", "generic", .delayed, inline: true, from: "flufl.bounce"),
    NoticePhrase("has been postponed", "generic", .warning, from: "flufl.bounce"),
    NoticePhrase("we will continue to attempt delivery", "generic", .warning, from: "flufl.bounce"),
    NoticePhrase("will continue trying to deliver", "generic", .warning, from: "ISP warnings"),
    NoticePhrase("had transient non-fatal delivery errors", "mdaemon", .warning, from: "MDaemon"),
    NoticePhrase("had temporary non-fatal delivery errors", "mdaemon", .warning, from: "MDaemon"),
    NoticePhrase("had transient delivery errors", "mdaemon", .warning, from: "MDaemon"),
    NoticePhrase("further attempts to deliver this message will be made", "mdaemon", .promises, from: "MDaemon"),
    NoticePhrase("further attempts to deliver will be made", "mdaemon", .promises, from: "MDaemon"),
    NoticePhrase("further delivery attempts will be made", "generic", .promises, from: "ISP warnings"),
    NoticePhrase("subsequent attempts to deliver will be made", "mdaemon", .promises, from: "MDaemon"),
    NoticePhrase("will be retried", "generic", .promises, from: "ISP warnings"),
    NoticePhrase("will be re-tried", "generic", .promises, from: "ISP warnings"),
    NoticePhrase("will be attempted again", "generic", .promises, from: "ISP warnings"),
    NoticePhrase("is still queued", "generic", .promises, from: "ISP warnings"),
    NoticePhrase("has not been delivered for", "qmail", .promises, hours: true, from: "patches of qmail-send"),
    // Other languages, where the whole notice is in one.
    NoticePhrase("no pudo ser entregado", "generic", from: "Spanish mail systems"),
    NoticePhrase("no ha podido ser entregado", "generic", from: "Spanish mail systems"),
    NoticePhrase("ihre nachricht konnte nicht zugestellt werden", "generic", from: "German mail systems"),
    NoticePhrase("noch nicht zugestellt werden", "generic", .warning, from: "German mail systems"),
    NoticePhrase("n'a pas pu etre remis", "generic", from: "Orange"),
    NoticePhrase("n'a pas pu \u{EA}tre remis", "generic", from: "Orange"),
    NoticePhrase("n'a pas pu \u{EA}tre distribu", "generic", from: "La Poste"),
    NoticePhrase("n'a pas pu \u{EA}tre d\u{E9}livr", "generic", from: "French mail systems"),
    NoticePhrase("avviso di mancata consegna", "pec", from: "Italy's certified mail (PEC)"),
    NoticePhrase("destinato all'utente", "pec", .names, inline: true, from: "Italy's certified mail (PEC)"),
  ]

  /// First words of the line after which the returned message stands; lower case.
  static let breaks: [StaticString] = [
    "original message follows", "message headers follow", "message header follows", "below is a copy of the original",
    "included is a copy of", "original message headers", "the first 50 lines", "your message reads", "old message:",
    "here is a copy of", "original message as received", "original message attached", "original mail as follows",
    "received:", "return-path:", "dkim-signature:", "x-received:", "this is a copy of your message",
  ]

  /// As `breaks`, but where a line starts with it: notices quote these fields, indented, before they say anything.
  static let flushBreaks: [StaticString] = ["message-id:"]

  /// Words of a line of dashes that starts the returned message; lower case.
  static let dashedBreaks: [StaticString] = [
    "copy of", "original", "returned message", "header", "unsent message", "message follows", "message text",
    "returned mail",
  ]

  /// Replies that Sendmail writes in its transcript itself, with a code and all; lower case.
  static let ownReplies: [StaticString] = [
    "reply: read error from", "name server", "host unknown", "mx list for", "local configuration error",
    "aliasing/forwarding loop", "too many hops", "unbalanced",
  ]

  /// Beginnings of paragraphs that say nothing of why, in any case: consolation, advice and whom to ask.
  static let pleasantries: [StaticString] = [
    "no action is required", "message will be retried", "please reply to", "the following recipient",
    "for further assistance", "for more information", "if you do so", "if you require", "if you need",
    "this is an automat", "this is just a warning", "please do not reply", "delivery attempts will continue",
    "sorry it didn't work out", "i'm sorry to have to inform", "your message reads", "this message was created",
    "this message is in mime format", "this is a mime", "this is a multi-part", "the mail system",
    "the postfix program", "a copy of", "hello ", "hi!", "dear ", "subject: ", "====", "----", "****", "####", "____",
  ]

  /// Beginnings of lines, in any case, that programs without MIME are told by.
  static let preambles: [StaticString] = ["this is a mime", "this is a multi-part", "this message is in mime format"]

  /// Beginnings of lines, in any case, with which a mail system goes on under what a server said
  /// (qmail-remote.c, qmail-send.c).
  static let asides: [StaticString] = ["giving up on ", "i'm not going to try again"]

  /// Lines, in any case and with a colon at the end, that only announce what follows (Gmail, CommuniGate, IronPort).
  static let labels: [StaticString] = [
    "technical details of ", "smtp module(", "local module(", "the reason for the problem",
  ]

  /// Beginnings of lines that announce the rest of them (Exim deliver.c, warnings).
  static let reasonLabels: [StaticString] = ["Delay reason: "]

  /// Beginnings of lines, in any case, that are fields beside the reason (Sun and Oracle Messaging Server).
  static let fields: [StaticString] = ["original address:", "remote system:"]

  /// Beginnings of paragraphs, in any case, that say nothing where another one follows.
  static let leads: [StaticString] = [
    "to: ", "original address:", "remote system:", "reason: unable to deliver this message after",
  ]

  /// What stands before and behind the name of a server, in lower case (GMX, Exchange, Sun Messaging Server, hMailServer).
  static let hostLabels: [(before: StaticString, behind: StaticString)] = [
    ("host: ", " ("), ("receiving server: ", " ("), ("remote system: dns;", " ("), ("host name: ", ", message"),
  ]

  /// What stands before the name of a server that ends the sentence, in lower case (Sendmail's `Deferred: …`, err.c).
  static let hostOpenings: [StaticString] = [
    "connection timed out with ", "connection refused by ", "connection reset by ", "reply: read error from ",
  ]

  /// What stands behind, and what before, the address of the server that qmail talked to, in lower case
  /// (qmail-remote.c).
  static let peerEndings: [StaticString] = [
    " does not like recipient", " failed on data command", " failed after i sent the message",
  ]
  static let peerOpenings: [StaticString] = ["connected to ", "giving up on "]

  /// Words, in lower case, beside which a promise to try again is none.
  static let givesUp: [StaticString] = [
    "not be retried", "not be attempted again", "no further attempts", "given up", "being returned", "been returned",
    "been removed from the", "permanent error",
  ]

  /// What stands before a mere code, in lower case.
  static let codeLabels: [StaticString] = [
    "status code", "status", "error code", "error", "smtp code", "smtp error", "smtp error code", "smtp status",
    "reply code", "code", "remote server returned", "server returned", "diagnostic code", "smtp", "reason", "said",
    "remote host said", "reply",
  ]

  /// What a reason begins with where it says what became of the message; lower case (sendmail savemail.c; PowerMTA).
  static let remarks: [(words: StaticString, action: ReportedAction)] = [
    ("successfully delivered to mailbox", .delivered), ("relayed to non-dsn-aware mailer", .relayed),
    ("relayed to non dsn-aware mailer", .relayed), ("expanded by mailing list", .expanded),
    ("delivery delayed; will continue trying", .delayed),
  ]

  /// Lines with these name somebody or something else than the recipient; lower case.
  static let namesOthers: [StaticString] = [
    "message-id", "message id", "from:", "sender:", "reply-to:", "contact", "://", "reference", "subject:",
  ]

  /// Local parts of those who help or administer; lower case.
  static let contacts: [StaticString] = [
    "postmaster", "mailer-daemon", "abuse", "support", "helpdesk", "help", "admin", "administrator", "hostmaster",
    "webmaster", "root", "info", "noreply", "no-reply", "service", "security",
  ]

  /// What stands before the host's name where a mail system says who it is.
  static let speakers: [StaticString] = ["qmail-send program at ", "mail system at host ", "postfix program at host "]
}
