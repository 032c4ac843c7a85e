extension LabelledReplies {
  /// Replies quoted in threads, tests and sources; the rules were written with these in view.
  static let threads = #"""
    # https://github.com/iredmail/iRedMail/issues/156
    reverse-dns|free|421 Refused. Your reverse DNS entry does not resolve to an IP.
    # https://github.com/EmailVerify/email-verify/issues/38
    reverse-dns||554-kundenserver.de (mxeue010) Nemesis ESMTP Service not available 554-No SMTP service 554 invalid DNS PTR resource record, IP=192.0.2.23
    # https://github.com/openlab-aux/orgafoo/issues/315
    reverse-dns|ionos|554-kundenserver.de (mxeue110) Nemesis ESMTP Service not available 554-No SMTP service 554-Bad DNS PTR resource record.
    # https://github.com/NixOS/SC-election-2024/issues/61
    reverse-dns|improvmx|550 5.7.25 IP name lookup failed. No valid PTR record found for the given IP address. - ImprovMX v2024.06.06
    # https://github.com/PHPMailer/PHPMailer/issues/787
    reputation||421 4.7.0 [TS01] Messages from 192.0.2.50 temporarily deferred due to user complaints - 4.16.55.1; see https://help.yahoo.com/kb/postmaster/SLN3434.html
    # https://github.com/hmailserver/hmailserver/issues/21
    mailbox-unavailable||421 Recipient not in route list
    # https://github.com/tobinjt/ASO (sql/populate-rules.sql, log lines of cs.tcd.ie quoted in its comments)
    greylisted||450 <a@example.fr>: Recipient address rejected: Greylisted for 180 seconds (see http://isg.ee.ethz.ch/tools/postgrey/help/example.fr.html)
    system-busy||451 qqt failure (#4.3.0)
    recipient-rate|google|450-4.2.1 The Gmail user you are trying to contact is receiving 450-4.2.1 mail at a rate that prevents additional messages from 450-4.2.1 being delivered. Please resend your message at a later 450-4.2.1 time; if the user is able to receive mail at that time, 450 4.2.1 your message will be delivered. s1si6984646uge
    reputation||421 Message from (192.0.2.56) temporarily deferred - 4.16.50. Please refer to http://help.yahoo.com/help/us/mail/defer/defer-06.html
    connect-failure||451 Can't connect to example.ie - psmtp
    connect-failure|tr|connect to example.com[192.0.2.6]: Connection timed out
    connection-lost|tr|conversation with spamfilter.example.za[192.0.2.7] timed out while sending end of data -- message may be sent more than once
    connection-lost|tr|lost connection with mx.example.it[192.0.2.33] while performing the initial protocol handshake
    connection-lost|tr|conversation with mx.example.it[192.0.2.33] timed out while sending MAIL FROM
    connection-lost|tr|lost connection with mx.example.edu[192.0.2.99] while performing the HELO handshake
    # https://github.com/AidanDelaney/MantaMTA (EventsManager tests: "Some actual SMTP log entries from SNT1")
    reputation||421 4.7.1 : (DYN:T1) http://postmaster.info.aol.com/errors/421dynt1.html
    reputation||421 4.7.1 Intrusion prevention active for [192.0.2.224][S]
    recipient-unverified||450 4.1.1 <a@example.co.uk>: Recipient address rejected: unverified address: connect to mailgate.example.co.uk[192.0.2.67]: Connection timed out
    content||451 4.7.1 Access denied by DCC
    greylisted||451 Internal resource temporarily unavailable - http://www.mimecast.com/knowledgebase/KBID10473.htm#451
    # spamdyke 4, spamdyke.h (https://www.spamdyke.org)
    greylisted||421 Your address has been graylisted. Try again later.
    too-many-recipients||421 Too many recipients. Try the remaining addresses again later.
    reverse-dns||421 Refused. You have no reverse DNS entry.
    reverse-dns||421 Refused. Your reverse DNS entry does not resolve.
    reverse-dns||421 Refused. Your reverse DNS entry contains your IP address and a banned keyword.
    blocklisted||421 Refused. Your IP address is blacklisted.
    # PolicyD (Cluebringer) cbp/modules/Greylisting.pm
    greylisted||451 4.7.1 Greylisting in effect, please come back later
    # Cyrus and BlueMind: https://forge.bluemind.net (stuck mail, postqueue of a full mailbox)
    mailbox-full||452 4.2.2 Over quota SESSIONID=<cyrus-4311-1488438658-1>
    # https://ubuntuforums.org, mail server threads quoted with their logs
    filter-failure|int|451 4.5.0 id=11249-03 - Temporary MTA failure on relaying, From MTA() during fwd-connect (Negative greeting: at (eval 134) line 479.): id=11249-03
    system-busy||421 Server Temporarily unavailable
    reputation|godaddy|554-p3pismtp01-011.prod.phx3.secureserver.net 554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.
    # http://postmaster.facebook.com/response_codes
    mailbox-unavailable|facebook|421 4.7.1 RCP-T4 http://postmaster.facebook.com/response_codes?ip=192.0.2.213#unavailable Recipient account is unavailable
    # Cloudflare Email Routing, postmaster page (https://developers.cloudflare.com/email-routing/postmaster/)
    system-busy||421 4.3.0 Upstream error, please check https://example.com/email-routing/postmaster for possible reasons why. yrtPbwx4hZz2
    # https://github.com/Mailu/Mailu/issues/3013
    reputation|microsoft|451 4.7.651 The mail server [192.0.2.165] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S844) [DM6NAM11FT088.eop-nam11.prod.protection.outlook.com 2023-10-28T12:19:31.847Z 08DBD70830F39917]
    # https://github.com/docker-mailserver/docker-mailserver/issues/762
    local-configuration|tr|connect to ironportin-lyk-3.example.se[2001:db8::246]:25: Cannot assign requested address
    # https://github.com/assoconnect/php-smtp-code (src/Parser/TextSearchParser.php)
    connection-limit|free|Server busy, too many connections from your IP
    connection-limit||Too many connections from your host
    system-busy||451 Too much load; please try again later
    connection-limit||421 Too many messages for this session
    system-busy||451 Temporary local problem, please try again!
    greylisted||450 Temporary delay by Postgrey
    greylisted||451 message has been greylisted
    connection-limit||421 Too many SMTP connections from this host
    connection-lost|ionos|421 kundenserver.de Service closing transmission channel - command timeout
    system-busy||421 Our system is temporarily deferring non-urgent emails
    # Exchange Server 2013 to 2019, Microsoft.Exchange.Data.Transport.SmtpResponse
    system-storage||452 4.6.0 Insufficient system resources (I/O)
    protocol||401 4.5.4 Invalid arguments - possible version mismatch
    system-busy|microsoft|421 4.3.2 Temporary local error initializing data. System not accepting network messages. (SF1)
    local-configuration||454 4.7.0 Temporary authentication failure
    local-configuration||454 4.7.0 Temporary authorization failure
    tls-failure||454 4.7.0 Cannot accept TLS as maximum TLS rate exceeded for server
    connection-limit||421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel
    system-busy||400 4.4.7 Message delayed, too many concurrent deliveries at this time
    system-busy||400 4.0.0 Message delivery delayed due to a suspended delivery queue
    policy||430 4.3.1 Intercepted and rejected by administrative action. TRJCT
    system-busy|microsoft|451 4.7.0 Temporary server error. Please try again later. CPRX1
    system-busy|microsoft|451 4.7.0 No proxy destinations could be obtained
    system-busy||451 4.7.3 Authentication unsuccessful due to temporary server error. Please try again later.
    tls-failure|microsoft|454 4.7.0 Failed to establish appropriate TLS channel: Access Denied
    # Exchange Server, AckReason (texts of the store driver)
    mailbox-unavailable||420 4.2.0 STOREDRV.Deliver; recipient mailbox location information is not available
    system-busy||430 4.3.0 STOREDRV; mailbox database IO error
    system-busy||432 4.3.2 STOREDRV.Deliver; mailbox server thread limit exceeded
    connection-limit|microsoft|432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded
    # https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
    tls-failure|microsoft|450 4.7.5 Remote certificate failed MTA-STS validation. Reason: InvalidName
    tls-failure|microsoft|450 4.7.325 certificate-host-mismatch: Remote certificate MUST have a common name or subject alternative name matching the hostname (DANE)
    rate-limited|microsoft|451 4.7.500 Access denied, please try again later
    # https://learn.microsoft.com/troubleshoot/exchange (throttling notes: 451 4.4.397)
    connection-lost/domain|microsoft|451 4.4.397 Error communicating with target host -> 421 4.4.2 Connection dropped due to timeout
    # https://ubuntuforums.org, Sendmail threads quoted with their logs
    local-configuration|lo|421 4.3.0 collect: Cannot write ./dfp7VEhWPO000542 (bfcommit, uid=0, gid=123): No such file or directory
    sender-unverified|ionos|421 unable to verify sender domain
    connection-lost||451 collect: unexpected close
    # https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html
    rate-limited|amazon|454 Throttling failure: Maximum SigV2 SMTP sending rate exceeded.
    # qmail with the overlimit patch (rcptcheck)
    rate-limited||421 you have exceeded your messaging limits (#4.3.0)
    # https://manualsbrain.com (Cisco AsyncOS 7.1 advanced configuration: SPF defer text)
    authentication||451 #4.4.3 Temporary error occurred during SPF verification.
    # https://github.com/forwardemail/forwardemail.net (helpers/get-bounce-info.js, answers quoted in its comments)
    reputation||421 Your IP subnet has been temporarily deferred
    reputation|optimum|421 4.7.1 Resources restricted
    connection-lost|microsoft|451 4.4.0 Connection dropped due to SocketError
    # Stalwart Mail Server, documentation (sieve greylisting example)
    greylisted||422 4.2.2 Greylisted, please try again in a few moments.
    # Cyrus IMAP imap/lmtpengine.c, Dovecot src/lmtp/commands.c, s/qmail qmail-smtpd
    system-busy||451 4.2.0 I/O error
    system-busy||452 4.3.0 Internal software error
    system-busy||451 4.0.0 Deferred
    # Momentum (bounce log of https://github.com/SparkPost documentation), Amazon SES bounce notifications quoted on GitHub
    dns-failure|amazon|421 4.4.0 Unable to lookup DNS for example.com
    # SubEtha SMTP (Session.java)
    system-busy||421 4.4.0 Problem attempting to execute commands. Please try again later.
    """#
}
