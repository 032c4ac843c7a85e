extension LabelledReplies {
  /// Replies found together with `threads` and set aside by a hash of their text: their labels were given, and the rules
  /// measured on them, before any rule was changed for them (then 75% had the labelled cause). The last
  /// lines, from "amavis and Zimbra" on, were found and labelled when the rules were done (then 79% had it).
  static let setAside = #"""
    # https://github.com/mail-in-a-box/mailinabox/issues/1771
    rate-limited|google|421-4.7.28 [192.0.2.88       4] Our system has detected an unusual rate of 421-4.7.28 unsolicited mail originating from your IP address. To protect our 421-4.7.28 users from spam, mail sent from your IP address has been temporarily 421-4.7.28 rate limited. Please visit 421-4.7.28  https://support.google.com/mail/?p=UnsolicitedRateLimitError to 421 4.7.28 review our Bulk Email Senders Guidelines. z1si9679476pln.401 - gsmtp
    # https://github.com/Purelymail/purelymail-issues/issues/354
    rate-limited||421-4.7.28 Gmail has detected an unusual rate of mail originating from your SPF 421-4.7.28 domain [example.com]. To protect our users from 421-4.7.28 spam, mail sent from your domain has been temporarily rate limited. 421-4.7.28 For more information, go to 421-4.7.28  https://support.google.com/mail/?p=UnsolicitedRateLimitError to 421 4.7.28 review our Bulk Email Senders Guidelines. x1 - gsmtp
    # https://github.com/getlantern/lantern_aws/issues/80
    recipient-rate|google|450-4.2.1 The user you are trying to contact is receiving mail at a rate that 450-4.2.1 prevents additional messages from being delivered. Please resend your 450-4.2.1 message at a later time. If the user is able to receive mail at that 450-4.2.1 time, your message will be delivered. For more information, please 450-4.2.1 visit 450 4.2.1  https://support.google.com/mail/answer/6592 ws10si1375806lbb.183 - gsmtp
    # https://github.com/forwardemail/forwardemail.net/issues/547
    system-busy|forward-email|421 Promise timed out after 15000 milliseconds
    # https://github.com/chatmail/provider-db/issues/280
    blocklisted||554 IP=192.0.2.144 - Dialup/transient IP not allowed. Use a mailgateway or contact toda@rx.t-online.de if obsolete. (DIAL)
    # https://github.com/EDSM-NET/FrontEnd/issues/21
    reverse-dns||554-gmx.net (mxgmx017) Nemesis ESMTP Service not available 554-No SMTP service 554-Bad DNS PTR resource record. 554 For explanation visit http://postmaster.gmx.com/en/error-messages?ip=192.0.2.190&c=rdns
    # https://github.com/badoux/checkmail/issues/5
    reverse-dns|freenet|550 inconsistent or no DNS PTR record for 192.0.2.3
    # https://github.com/roundcube/roundcubemail/issues/7448
    mailbox-unavailable||451 4.2.1 Mailbox busy, try again later
    # https://github.com/postalserver/postal/issues/546
    recipient-unverified||451 <a@example.com> unable to verify address
    # https://github.com/tianon/dockerfiles/issues/96
    greylisted||451 Internal resource temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451 [x1y2z3]
    # https://github.com/Purelymail/purelymail-issues/issues/388
    connection-limit||421 4.3.2 too many connections, please try again later
    # https://github.com/mail-in-a-box/mailinabox/issues/1194
    policy||554 5.7.1 You are not allowed to connect.
    # https://github.com/tobinjt/ASO (sql/populate-rules.sql, log lines of cs.tcd.ie quoted in its comments)
    dns-failure||421 cannot send to name server
    connection-lost|tr|connect to mx.example.com[192.0.2.177]: read timeout
    connection-lost|tr|connect to mx.example.org[192.0.2.224]: server dropped connection without sending the initial SMTP greeting
    connection-lost|tr|lost connection with smtp.example.ca[192.0.2.21] while sending RCPT TO
    # https://github.com/AidanDelaney/MantaMTA (EventsManager tests: "Some actual SMTP log entries from SNT1")
    system-busy||451 Requested action aborted: local error in processing (code: 11)
    greylisted||451 Internal resource temporarily unavailable - KBID10473 - http://www.mimecast.com/knowledgebase/kbid10473.htm#451
    greylisted||451 This server employs greylisting as a means of reducing spam. Your message has been delayed and will be accepted later.
    greylisted||451 Greylisted
    blocklisted||454 4.7.1 Temp Spam Reject; Client host [192.0.2.224] deferred using hostkarma.junkemailfilter.com=127.0.0.2; Black listed at hostkarma http://ipadmin.junkemailfilter.com/remove.php?ip=192.0.2.224
    # spamdyke 4, spamdyke.h (https://www.spamdyke.org)
    reverse-dns||421 Refused. Your reverse DNS entry contains your IP address and a country code.
    # Dovecot src/lmtp/lmtp-local.c
    recipient-rate||451 4.3.0 <a@example.org> Too many concurrent deliveries for user
    # PolicyD (Cluebringer) cbp/modules/Greylisting.pm
    greylisted||450 4.7.1 <a@example.org>: Recipient address rejected: Greylisting in effect, sending server blacklisted
    # https://ubuntuforums.org, mail server threads quoted with their logs
    blocklisted|verizon|571 Email from 192.0.2.138 is currently blocked by Verizon Online's anti-spam system. The email sender or Email Service Provider may visit http://www.verizon.net/whitelist and request removal of the block. 160716
    # Cloudflare Email Routing, postmaster page (https://developers.cloudflare.com/email-routing/postmaster/)
    recipient-unverified||450 4.1.1 <abuse@example.com>: Recipient address rejected: unverified address: Mailbox might be disabled, full, or may not exist on the server. Reason: JFE030050
    # https://knowledge.validity.com/hc/en-us/articles/220561887-Troubleshooting-reputation-based-deferrals
    rate-limited||421 RP-001 (COL0-MC3-F15) Unfortunately, some messages from 192.0.2.44 weren't sent. Please try again. We have limits for how many messages can be sent per hour and per day. You can also refer to http://mail.live.com/mail/troubleshooting.aspx#errors.
    # https://github.com/assoconnect/php-smtp-code (src/Parser/TextSearchParser.php)
    greylisted||451 This server uses greylisting
    dns-failure||451 A temporary DNS error
    rate-limited||421 too many errors detected from your IP
    # Exchange Server 2013 to 2019, Microsoft.Exchange.Data.Transport.SmtpResponse
    protocol||421 4.4.0 Remote server response was not RFC conformant
    system-busy|microsoft|421 4.3.2 Temporary local error initializing data. System not accepting IPv6 network messages. (EV1)
    tls-failure||454 4.7.0 Temporary authentication failure because negotiated Tls cipher strength is too weak
    protocol||450 4.5.0 No recipient succeeded
    tls-failure||451 4.7.3 The admin has temporarily disallowed this secure domain
    local-configuration||451 5.7.3 Require basic authentication
    tls-failure||451 5.7.3 Require STARTTLS to authenticate
    local-configuration||451 5.7.3 Cannot achieve Exchange Server authentication
    rate-limited||421 4.7.0 Too many errors on this connection, closing transmission channel
    connection-limit||421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel
    system-busy||400 4.4.7 Message delayed
    connect-failure||421 4.2.1 Unable to connect
    system-busy||400 4.0.0 Message delivery delayed due to a large queue
    connect-failure||441 4.4.1 Socket error
    system-busy|microsoft|450 4.7.1 Unable to fetch attribution data. ATTR11
    policy|microsoft|450 4.7.1 Unable to Relay. ATTR14
    # Exchange Server, AckReason (texts of the store driver)
    system-storage||431 4.3.1 STOREDRV; mailbox disk is full
    system-storage||431 4.3.1 STOREDRV; disk is full
    system-busy||432 4.3.2 STOREDRV; mailbox server is offline
    system-busy||432 4.3.2 STOREDRV; mailbox database is offline
    system-busy||432 4.3.2 STOREDRV.Storage; mailbox server is too busy
    system-busy||432 4.3.2 STOREDRV.Storage; not enough memory for mapi operation
    system-busy||432 4.3.2 STOREDRV.Deliver; mailbox database thread limit exceeded
    rate-limited||432 4.3.2 STOREDRV.Deliver; delivery source thread limit exceeded
    system-busy||432 4.3.2 STOREDRV.Deliver; dynamic mailbox database throttling limit exceeded.
    system-busy||430 4.2.0 STOREDRV; mailbox logon failure
    recipient-rate|microsoft|432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded
    # https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
    tls-failure|microsoft|450 4.4.8 MX hosts of example.com failed MTA-STS validation
    authentication|microsoft|450 4.7.26 Access denied, a message sent over IPv6 [2001:db8::240] must pass either SPF or DKIM validation, this message is not signed
    # https://docs.sendgrid.com (messaging limits), and an error log on GitHub that quotes it
    rate-limited|sendgrid|451 You've exceeded your messaging limits
    # https://learn.microsoft.com/answers (hybrid and migration threads on 451 4.4.397)
    connect-failure|microsoft|451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect -> SocketConnectionRefused: Socket error code 10061
    connect-failure||421 4.2.1 Unable to connect -> SocketError: Failed to connect. Winsock error code: 10051, Win32 error code: 10051
    # https://cisco.com/c/en/us/support/docs/security/email-security-appliance/117875-technote-esa-00.html
    system-storage||431 Mail system full
    # https://github.com/forwardemail/forwardemail.net (helpers/get-bounce-info.js, answers quoted in its comments)
    connection-limit|centurylink|421 mwd-ibgw-6004a.ext.cloudfilter.net cmsmtp 192.0.2.185 blocked AUP#CNCT:
    rate-limited|tmomail|421 cmsmtp 192.0.2.185 blocked AUP#MXRT
    blocklisted|telstra|421 Connection refused - IB115. 192.0.2.170 is blacklisted
    content|google|421-4.7.0 Gmail has detected that this message is suspicious due to the nature of the content
    connection-lost|microsoft|451 4.4.0 Connection dropped due to ConnectionReset
    policy||421 Your country is not allowed to connect to this server
    rate-limited|google|421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your SPF domain [example.com]
    # Qsmtp (https://github.com/DerDakon/Qsmtp, qsmtpd/qsmtpd.c, filters)
    policy||450 4.7.0 mail temporary denied for policy reasons
    dns-failure||451 4.4.3 temporary DNS failure
    # Cyrus IMAP imap/lmtpengine.c, Dovecot src/lmtp/commands.c, s/qmail qmail-smtpd
    mailbox-unavailable||451 4.2.0 Mailbox has an invalid format
    system-busy||451 4.2.0 <a@example.org> Temporary internal error
    # BarricadeMX smtpf (http://www.snertsoft.com/smtp/smtpf/reply.html)
    sender-unverified||451 4.4.3 sender <a@example.com> from mail.example.com [192.0.2.4] MX lookup error #436
    # Momentum (bounce log of https://github.com/SparkPost documentation), Amazon SES bounce notifications quoted on GitHub
    connect-failure||421 4.4.0 [internal] no adequate servers
    # https://learn.microsoft.com/exchange/troubleshoot (proxy session setup failed, front end to back end)
    connect-failure||450 4.7.0 Proxy session setup failed on Frontend with '451 4.4.0 Primary target IP address responded with: "421 4.4.2 Connection dropped due to SocketError." Attempted failover to alternate host, but that did not succeed.
    # Postfix policy daemons for SPF (postfix-policyd-spf-perl, CHAPPS): temperror
    authentication||451 4.4.3 SPF record(s) temporarily unavailable: SPF Temporary Error: DNS Timeout
    authentication||451 4.7.0 DMARC check failed, try again later
    # https://ubuntuforums.org, amavis and Zimbra behind Postfix (Mar 2010, Sep 2013)
    filter-failure|int|451 4.7.1 TempFailed, id=09631-10, from MTA([127.0.0.1]:10025): 451 4.7.1 Service unavailable - try again later
    filter-failure|int|451 4.7.1 id=00423-03 - Temporary MTA failure on relaying, from MTA(smtp:[::1]:10030): 451 4.7.1 Service unavailable - try again later
    # https://ubuntuforums.org, relaying with a login (Apr 2008, Nov 2010)
    local-configuration|tr|SASL authentication failed; server smtp.gmail.com[192.0.2.109] said: 535-5.7.1 Username and Password not accepted. Learn more at                   ?535 5.7.1 http://mail.google.com/support/bin/answer.py?answer=14257 y8sm185
    local-configuration|tr|SASL authentication failed; server smtp.example.com[192.0.2.78] said: 535 authorization failed (#5.7.0)
    # https://experienceleague.adobe.com (Adobe Commerce: check whether credits have been exceeded)
    rate-limited|tr|SASL authentication failed; server smtp.sendgrid.net[192.0.2.1] said: 451 Authentication failed: Maximum credits exceeded
    # https://ubuntuforums.org, AT&T's answer to a listed server (Dec 2009)
    blocklisted|att|521-192.0.2.213 blocked by ldap:ou=rblmx,dc=att,dc=net 521 Error - Blocked for abuse. Contact abuse_rbl@abuse-att.net.
    # https://ubuntuforums.org, virtual mailboxes (Mar 2010, Jun 2013), spamassassin in master.cf, Dovecot's deliver
    local-configuration|lo|delivery failed to mailbox /var/vhosts/a@example.com: unable to create lock file /var/vhosts/a@example.com.lock: Permission denied
    local-configuration|lo|maildir delivery failed: create maildir file /home/vmail/example.com/hello/new/1371341517.V14IcM123045.mail.example.com: Operation not permitted
    local-configuration|lo|temporary failure. Command output: pipe: fatal: pipe_command: execvp : No such file or directory
    # https://ubuntuforums.org, Yahoo's first answer to a new server
    greylisted|yahoo|421 4.7.0 [GL01] Message from (192.0.2.225) temporaily deferred - 4.16.50. Please refer to http://postmaster.yahoo.com/errors/postmaster-21.html
    # https://github.com/Mailu/Mailu/issues/1061
    connect-failure|tr|connect to alt2.gmail-smtp-in.l.google.com[2001:db8::1b]:25: Address not available
    connect-failure|tr|connect to alt4.gmail-smtp-in.l.google.com[192.0.2.26]:25: Operation timed out
    # https://github.com/postalserver/docs/issues/17
    reputation||553 5.7.2 [TSS09] All messages from 192.0.2.60 will be permanently deferred; Retrying will NOT succeed. See https://postmaster.yahooinc.com/error-codes
    # https://github.com/softa/mailee, Postfix callbacks of a Brazilian sender (test data)
    greylisted||450 Rcpt to <> - You are greylisted. Try again later
    greylisted||454 Falha tempor?ria, pol?tica SoftFail (greylisting). (#5.7.1)
    greylisted||450 4.7.1 <a@example.br>: Recipient address rejected: Greylisted for 300 seconds (see http://www.example.br/grey)
    reputation|yahoo|421 4.7.0 [TS01]
    # https://github.com/tobinjt/ASO (sql/populate-rules.sql, lines of its log)
    recipient-rate|google|450-4.2.1 The Gmail user you are trying to contact is receiving 450-4.2.1 mail at a rate that prevents additional messages from 450-4.2.1 being delivered. Please resend your message at a later 450-4.2.1 time; if the user is able to receive mail at that time, 450 4.2.1 your message will be delivered. q40si1486066ugc
    connect-failure|tr|connect to mail.example.com[192.0.2.18]: Connection reset by peer
    connection-lost|tr|conversation with rose.example.pl[192.0.2.3] timed out while performing the EHLO handshake
    mailbox-full|lo|temporary failure. Command output: procmail: Quota exceeded while writing "/users/staff/a/Maildir/tmp/1157969601.28098_0.relay.example.com"
    local-configuration|lo|temporary failure. Command output: procmail: Couldn't chdir to "/users/pg/a" procmail: Couldn't chdir to "/users/pg/a/Maildir" procmail: Unable to treat as directory "./new" procmail: Skipped "."
    greylisted||451-response to "RCPT TO:<list-bounces+a=example.com@example.org>" from smtp.example.org [192.0.2.56] was: 450 4.2.0 <list-bounces+a=example.com@example.org>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.org.html
    # https://ubuntuforums.org (Nov 2009 to Jan 2013: quoted logs)
    reputation|yahoo|421 Message temporarily deferred - 4.16.51. Please refer to http://help.yahoo.com/help/us/mail/defer/defer-06.html
    reverse-dns||421 4.2.1 :  (DNS:NR)  http://postmaster.info.aol.com/errors/421dnsnr.html
    reverse-dns|gmx|554-gmx.net (mxgmx007) Nemesis ESMTP Service not available 554-No SMTP service 554 invalid DNS PTR resource record
    filter-failure|int|451 4.5.0 Error in processing, id=02364-03, parts_decode_ext FAILED: file(1) utility (/usr/bin/file) error: run_command: can't fork: Cannot allocate memory at /usr/sbin/amavisd-new line 3009, <GEN47> line
    mailbox-unavailable||452 <a@example.com>: Recipient address rejected: Domain not active [1DJID10L9700]
    # https://github.com/zytzagoo/smtp-validate-email/issues/13
    reputation|broadcom|450 Requested action aborted [7.2] 18002, please visit www.messagelabs.com/support for more details about this error message.
    # https://github.com/schweikert/postgrey/pull/18
    system-busy||453 Remote side deferred recipient
    # https://www.spam-mail-blocker.de/greylisted.html
    greylisted||4.2.0 Sender address rejected: Greylisted for XX sec.
    rate-limited||4.2.1 Sender ip address rejected: You sent to many mails from different domains in the last 10 minutes
    rate-limited||4.2.2 Sender domain rejected: You sent to many mails from different ip address in the last 10 minutes
    # https://lists.gnu.org/archive/html/emacs-devel/2014-05/msg00555.html
    system-busy||451 4.0.0 Spam filter end message failed - server - license [slot 1]
    # https://www.mailenable.com/kb/content/article.asp?ID=ME020631
    greylisted||451 This server employs greylisting as a means of reducing spam. Please resend e-mail shortly
    # https://ac.roguewd.com/index.php?rp=/knowledgebase/126/451-Greylisted-please-try-again-in-900-seconds.html
    greylisted||451 Greylisted, please try again in 900 seconds
    # https://nitindupare.blogspot.com/2012/09/smtp-error-messages.html (hMailServer)
    connection-lost||421 Connection timeout
    protocol||421 Excessive amounts of data sent to server.
    # https://github.com/sisimai/go-sisimai/issues/149
    system-busy|microsoft|451 4.4.23 Message failed to be replicated: No healthy secondary server available to accept replica at this time.
    system-busy|microsoft|451 4.4.28 Message failed to be replicated: System.Net.Http.HttpRequestException(session Id: 5)
    # https://github.com/ActiveCampaign/smtp-field-manual/pull/97
    system-busy|microsoft|450 4.7.0 Message not proxied
    """#
}
