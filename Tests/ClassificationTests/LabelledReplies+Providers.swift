extension LabelledReplies {
  /// Replies of providers and filters, as their own pages, or people who met them, quote them. Names, addresses and ids
  /// are replaced.
  static let providers = #"""
    # https://support.google.com/a/answer/3726730
    recipient-rate|google|450 4.2.1 The user you are trying to contact is receiving email too quickly. Please resend your message at a later time. If the user is able to receive email at that time, your message will be delivered.
    recipient-rate|google|450-4.2.1 The user you are trying to contact is receiving email at a rate that 450-4.2.1 prevents additional messages from being delivered. Please resend your 450-4.2.1 message at a later time. 450 4.2.1 https://support.google.com/mail/?p=ReceivingRate x1 - gsmtp
    rate-limited|google|450 4.2.1 Peak SMTP relay limit exceeded for this customer. This is a temporary error. For more information on SMTP relay limits, contact your administrator or go to SMTP relay service error messages.
    system-busy|google|421 4.3.0 Temporary System Problem. Try again later.
    system-busy|google|421 4.4.5 Server busy, try again later.
    policy|google|421 4.7.0 IP not in whitelist for RCPT domain, closing connection.
    rate-limited|google|421 4.7.0 Our system has detected an unusual rate of unsolicited mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been temporarily blocked.
    tls-failure|google|421 4.7.0 TLS required for RCPT domain, closing connection.
    rate-limited|google|421 4.7.0 Try again later, closing connection.
    system-busy|google|451 4.3.0 Mail server temporarily rejected message.
    too-many-recipients|google|451 4.3.0 Multiple destination domains per transaction is unsupported. Please try again.
    connection-lost|google|451 4.4.2 Timeout - closing connection.
    protocol|google|451 4.5.0 SMTP protocol violation, see RFC 2821.
    mailbox-full|google|452 4.2.2 The email account that you tried to reach is over quota.
    mailbox-full|google|452-4.2.2 The recipient's inbox is out of storage space. Please direct the 452-4.2.2 recipient to 452 4.2.2  https://support.google.com/mail/?p=OverQuotaTemp a1 - gsmtp
    too-many-recipients|google|452 4.5.3 Domain policy size per transaction exceeded, please try this recipient in a separate transaction.
    too-many-recipients|google|452 4.5.3 Your message has too many recipients.
    protocol|google|454 4.5.0 SMTP protocol violation, no commands allowed to pipeline after STARTTLS, see RFC 3207.
    reverse-dns|google|421 4.7.23 The sending IP address for this message doesn't have a PTR record, or the PTR record's forward DNS entry doesn't match the sending IP address.
    authentication|google|421 4.7.26 Your email has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.
    authentication|google|421 4.7.27 Your email has been rate limited because SPF authentication didn't pass for this message.
    rate-limited|google|421 4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your IP Netblock.
    tls-failure|google|421 4.7.29 Your email has been rate limited because this message wasn't sent over a TLS connection.
    authentication|google|421 4.7.30 Your email has been rate limited because DKIM authentication didn't pass for this message.
    authentication|google|421 4.7.32 Your email has been rate limited because the From: header isn't aligned with either the authenticated SPF or DKIM organizational domain.
    # https://pastebin.com/6G7q8H39
    rate-limited||421-4.7.0 [192.0.2.80 15] Our system has detected an unusual rate of 421-4.7.0 unsolicited mail originating from your IP address. To protect our 421-4.7.0 users from spam, mail sent from your IP address has been temporarily 421-4.7.0 rate limited. Please visit 421-4.7.0 https://support.google.com/mail/?p=UnsolicitedRateLimitError to 421 4.7.0 review our Bulk Email Senders Guidelines. p4 - gsmtp
    # https://www.suped.com (Microsoft answers)
    reputation|microsoft|451 4.7.650 The mail server [192.0.2.10] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://aka.ms/postmaster (S775) [Name=Protocol Filter Agent][AGT=PFA]
    # https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
    rate-limited|microsoft|421 RP-001 The mail server IP connecting to Outlook.com server has exceeded the rate limit allowed. Reason for rate limitation is related to IP/domain reputation.
    rate-limited|microsoft|421 RP-002 The mail server IP connecting to Outlook.com server has exceeded the rate limit allowed on this connection. Reason for rate limitation is related to IP/domain reputation.
    connection-limit|microsoft|421 RP-003 The mail server IP connecting to Outlook.com server has exceeded the connection limit allowed. Reason for limitation is related to IP/domain reputation.
    # http://www.symantec.com/connect/forums/error-452-too-many-recipients-received-hour-will-these-messages-be-sent-again-brightmail
    rate-limited||421 PR(dt1) The mail server IP connecting to Windows Live Hotmail server has exceeded the rate limit allowed on this connection. If you are not an e-mail/network admin please contact your E-mail/Internet Service Provider for help.
    rate-limited||452 Too many recipients received this hour
    greylisted||450 4.7.1 Recipient address rejected: Policy Rejection- Greylisted for 60 seconds: Please try later
    greylisted||452 4.1.1 Greylisting in action, please try again later
    # https://smtp.codes/421
    system-busy||421 Temporary failure, please try again later.
    system-busy||422 License Expired
    connection-limit|microsoft|421 4.3.2 The maximum number of concurrent connections per resource forest has exceeded a limit, closing transmission channel. example.com. PRX8 [example.com]
    connection-limit||421 Connection refused, too many sessions from 192.0.2.1. Please lower the number of concurrent sessions. IB007 <https://www.secureserver.net/help/fix-rejected-email-with-a-bounce-error-40685>
    system-busy||421 Server temporarily unavailable. Try again later. IB101
    reverse-dns||421 Temporarily rejected. Reverse DNS for 192.0.2.1 failed. IB108
    # https://smtp.codes/450
    mailbox-unavailable|comcast|450 4.2.0 <a@comcast.example> - Recipient temporarily unavailable
    system-busy|broadcom|450 Requested action aborted [9] 20411-1, please visit https://knowledge.broadcom.com/external/article?legacyId=TECH246726 for more details about this error message.
    reputation||450 cuda_nsu 4.7.1 <a@example.com>: Recipient address rejected: Policy Rejection- Abuse. Go away.
    sender-unverified||450 4.1.8 Sender address rejected: Domain not found
    # https://smtpfieldmanual.com/code/450 (page, not the data)
    recipient-rate||450 User is receiving mail too quickly
    # https://learn.microsoft.com/purview/how-smtp-dane-works
    tls-failure|microsoft|450 4.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail.
    tls-failure|microsoft|450 4.7.322 certificate-expired: Destination mail server's certificate is expired.
    tls-failure|microsoft|450 4.7.323 tlsa-invalid: The domain failed DANE validation.
    tls-failure|microsoft|450 4.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records
    # https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online
    rate-limited|microsoft|451 4.7.500 Server busy. Please try again later from [192.0.2.9]. (S77714) [AM0.eop-EUR05.prod.protection.outlook.com]
    connect-failure|microsoft|450 4.4.316 Connection refused [Message=Socket error code 10061]
    dns-failure|microsoft|450 4.4.312 DNS query failed
    routing|microsoft|451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35.
    authentication|microsoft|450 4.7.26 Service does not accept messages sent over IPv6 [2001:db8::1] unless they pass either SPF or DKIM validation (message not signed)
    system-busy|microsoft|451 4.7.0 Temporary server error. Please try again later. PRX2
    # https://help.yahoo.com/kb/SLN3434.html, https://community.fortinet.com (TSS05), https://secuserve.zammad.com/help
    reputation|yahoo|421 4.7.0 [TSS04] Messages from 192.0.2.5 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
    reputation|yahoo|421 4.7.0 [TSS05] Messages from 192.0.2.5 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
    reputation||421 4.7.0 [TSS04] Messages from 192.0.2.5 temporarily deferred due to user complaints - 4.16.55.1; see https://help.yahoo.com/kb/postmaster/SLN3434.html
    # https://github.com/KumoCorp/kumomta/pull/376
    reputation||421 [IPTS04] Messages from 192.0.2.5 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
    reputation||421 [IPTS05] Messages from 192.0.2.5 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
    # http://www.smtp-error-codes.info/bounce/yahoo/bounce_421_4.7.0_TS02.php
    reputation||421 4.7.0 [TS02] Temporarily deferred
    # https://pastebin.com/XUBwTvbV
    reputation||421 4.7.1 [TS03] All messages from 192.0.2.5 will be permanently deferred; Retrying will NOT succeed. See https://help.yahoo.com/kb/postmaster/SLN3436.html
    # http://blog.itpub.net/94384/viewspace-600330/
    reputation|yahoo|421 Message temporarily deferred - 4.16.51
    # https://pastebin.com/McgTxdmc
    system-busy|yahoo|451 Resources temporarily not available - Please try again later [#4.16.5].
    # https://blacklistguard.com/docs/guides/smtp-deferrals/
    reputation||421 4.7.0 [TS01] Messages temporarily deferred due to unusual traffic patterns from your server
    # https://smtp.codes/icloud
    rate-limited|apple|421 4.7.0 me.com Error: too many errors
    recipient-rate|apple|421 4.7.1 Messages to a@icloud.com deferred due to excessive volume. Try again later - https://support.apple.com/en-us/HT204137
    system-busy|apple|451 4.7.1 Service unavailable - try again later
    # https://www.suped.com (iCloud answers)
    mailbox-full|apple|450 4.2.2 user is overquota
    # https://mdpcontent-ho-1p-187062.sys.comcast.net/smtp-error-codes.php
    connection-limit|comcast|421 Too many sessions opened
    reverse-dns|comcast|421 Reverse DNS failure : Try again later
    # https://www.suped.com (Comcast answers), https://github.com/KumoCorp/kumomta/issues/52
    rate-limited|comcast|421 4.1.0 192.0.2.6 Throttled - try again later.
    rate-limited||451 4.2.0 192.0.2.6 Throttled - try again later. SyEWdGKFD38 Please see http://postmaster.comcast.net/smtp-error-codes.php#RL000002
    # https://www.suped.com (Charter answers)
    reputation|charter|421 cmsmtp 192.0.2.6 blocked. AUP#In-1370
    connection-limit|charter|421 cmsmtp 192.0.2.6 blocked. AUP#In-1340
    rate-limited|charter|421 cmsmtp 192.0.2.6 AUP#1330
    # https://forums.cox.com/discussions/internet, https://www.cloudmailin.com/smtp-troubleshooter/451-error
    connection-limit|cox|421 cmsmtp 192.0.2.6 blocked. Refer to Error Codes section at http://postmaster.cox.net for more information. AUP#CXCNCT
    reputation|cox|451 4.2.0 192.0.2.6 blocked AUP#CDRBL
    rate-limited|cox|421 cmsmtp 192.0.2.6 AUP#CXMXRT
    # https://bentonow.com/smtp-errors/orange, https://www.suped.com (Orange answers)
    rate-limited|orange|421 mwinf5c10 ME Service refuse. Veuillez essayer plus tard. Service refused, please try later. OFR004_105 [105]
    rate-limited|orange|421 mwinf5c31 ME Service refuse. Veuillez essayer plus tard. OFR_999 [999]
    # https://bentonow.com/smtp-errors/laposte
    reputation|laposte|450 4.7.1 Client host rejected: Service refuse / service refused. Veuillez essayer plus tard / please try later. LPN027_503
    sender-unverified|laposte|450 4.1.8 Emetteur invalide / Invalid Sender LPN007_405
    # https://bentonow.com/smtp-errors/sfr
    rate-limited|sfr|421 4.7.0 msfrf2604.sfr.fr Error: too many errors
    reputation|sfr|450 4.7.1 Service refused due to bad behavior SFR_IN_101
    # https://www.suped.com (WEB.DE and GMX answers), https://postmaster.gmx.net/en/error-messages
    rate-limited||421-web.de (mxweb105) Nemesis ESMTP Service not available 421-Service unavailable 421-Reject due to policy restrictions. Rate limit reached 421 For explanation visit https://postmaster.web.de/en/case?c=rl
    reputation||421-gmx.net (mxgmx105) Nemesis ESMTP Service not available 421-Service unavailable 421-Reject due to policy restrictions. 421 For explanation visit https://postmaster.gmx.net/en/case?c=hi
    blocklisted||554-gmx.net (mxgmx104) Nemesis ESMTP Service not available 554-No SMTP service 554-IP address is block listed. 554 For explanation visit https://postmaster.gmx.net/en/case?c=r0201
    # https://new-faq.comservice-ffo.de/smtp-fehlermeldungen-e-mail-fehler/
    rate-limited|ionos|421 Rate limit reached. Please try again later
    reputation|ionos|421 Reject due to policy violations
    reputation|ionos|450 Reject due to policy violations.
    # https://timmehosting.de/leitfaden-wenn-t-online-e-mails-blockiert-ursachen-und-loesungen, https://www.spamresource.com
    reputation|t-online|554 IP=192.0.2.3 - None/bad reputation. Ask your postmaster for help or to contact postmaster@rx.t-online.de for reset. (NOWL)
    reputation|t-online|554 IP=192.0.2.3 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)
    # https://pastebin.com/BRukKemg
    greylisted|freenet|457 Greylisted, please come back later.
    # https://www.bytecamp.net/de/faq/email/zustellen.html
    mailbox-full||422 4.2.2 Quota limit exceeded (Speicherplatz des Kontos ueberschritten)
    reverse-dns||450 4.7.1 Client host rejected: cannot find your reverse hostname
    # https://support.onesystems.ch
    system-busy||451 qq trouble in home directory
    reverse-dns||450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.3]
    # http://qiao.yimirj.com/article/detail/2261, http://ydadm.com/news_in/335
    rate-limited|qq|450 Connection frequency limited
    rate-limited|qq|450 Domain frequency limited
    rate-limited|qq|450 Sender frequency limited
    recipient-rate|qq|450 Mailbox unavailable or access denied
    # https://biecuoliao.com/pa/MBRrwEM.html (NetEase)
    reputation|netease|421 HL:REP
    connection-limit|netease|421 HL:ICC
    rate-limited|netease|421 HL:IFC
    reputation|netease|421 HL:MEP
    protocol|netease|450 MI:CEL
    connection-limit|netease|450 MI:DMC
    protocol|netease|450 MI:CCL
    too-many-recipients|netease|450 RP:DRC
    blocklisted|netease|450 DT:RBL
    policy|netease|450 WM:BLI
    policy|netease|450 WM:BLU
    content|netease|451 DT:SPM ,please try again
    rate-limited|netease|451 MI:SFQ
    # http://kbit.tistory.com/tag/reply%20error%20message
    reputation|naver|421 4.3.2 Your IP(192.0.2.3) is filtered and this connection will be closed. You must register your IP to spammaster at domain.com
    # https://mimecastsupport.zendesk.com, https://dwlistore.dwli.org/knowledgebase/444
    greylisted||451 Internal resource is temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451 [Aj3.us32]
    greylisted|mimecast|451 Internal resource temporarily unavailable
    policy|mimecast|421 Sender address blocked
    system-busy|mimecast|421 Unable to process connection at this time
    # https://knowledge.broadcom.com/external/article/159004
    rate-limited||421 4.7.1 Recipient quota exceeded
    # https://www.cloudmailin.com/smtp-troubleshooter (450, 451, 452)
    greylisted||451 4.7.1 Greylisted, try again after some time.
    greylisted||451 4.7.1 <a@example.com>: Recipient address rejected: Intentional policy rejection, please try again later.
    greylisted||451 4.7.1 IP Reputation Greylisted.
    recipient-unverified||450 4.1.1 <a@example.com>: Recipient address rejected: unverified address.
    policy||450 4.7.1 <a@example.com>: Recipient address rejected: Try again later.
    mailbox-full||452 4.2.2 <a@example.com>: Recipient address rejected: Error: BUZON LLENO. MAILBOX IS FULL.
    too-many-recipients||452 #4.5.3 Too many recipients
    # https://nic.ru/help/mail-diagnostics-and-troubleshooting_14426.html
    mailbox-full||451 domain.example prohibited. Disk quota exceeded
    reverse-dns||451 Please try another server
    # https://client.cloud4u.com/index.php/knowledgebase/1041
    rate-limited||421 Too many messages. Try again in 92 seconds.
    # https://github.com/schweikert/postgrey/issues/84, /86
    greylisted||450 4.2.0 <a@example.be>: Recipient address rejected: Greylisted for 300 seconds or its been rejected.
    # https://gist.github.com/pbruna/4595838
    connection-limit||450 too many connections from your IP (rate controlled)
    # https://pastebin.com/9ViZSXyu, https://pastebin.com/WNnATukB
    connection-limit||421 Too many concurrent SMTP connections from this IP address; please try again later.
    # https://github.com/forwardemail/forwardemail.net/issues/547
    system-busy||421 Server shutting down
    system-busy||421 Message delivery was temporarily interrupted, please try again later.
    # https://github.com/sisimai/rb-sisimai/issues/97, https://github.com/hitobito/hitobito/issues/495
    reverse-dns||450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.22]
    dns-failure||450 4.1.2 <a@example.com>: Recipient address rejected: Domain not found
    # https://blog.themailx.com/article/smtp-error-421-451
    system-busy||421 4.7.0 Service not available, try again later
    policy||451 4.7.1 Requested action aborted: local policy violation
    # http://www.sqlserverf1.com/smtp-status-codes-and-error-messages-from-error-451/
    dns-failure||451 Unable to complete command, DNS not available or timed out
    sender-unverified||451 Domain of sender address does not resolve
    recipient-unverified||451 Error getting LDAP results in map
    greylisted||451 4.7.1 Greylisting in action, please come back in 00:02:00
    """#
}
