extension LabelledReplies {
  /// Replies and reasons of mail servers, as their sources and manuals have them.
  static let software = #"""
    # Postfix 3.11 src/smtpd/smtpd_check.c, smtpd.c, seen by a client
    reverse-dns||450 4.7.1 <mail.example.com>: Helo command rejected: Host not found
    sender-unverified||450 4.1.7 <a@example.com>: Sender address rejected: unverified address: Address verification in progress
    recipient-unverified||450 4.1.1 <a@example.com>: Recipient address rejected: unverified address: connect to mx.example.com[192.0.2.1]:25: Connection timed out
    mailbox-unavailable||450 4.1.1 <a@example.com>: Recipient address rejected: User unknown in relay recipient table
    system-busy||451 4.3.0 <a@example.com>: Temporary lookup failure
    system-busy||451 4.3.5 Server configuration error
    system-busy||451 4.3.5 <a@example.com>: Recipient address rejected: Server configuration problem
    too-many-recipients||452 4.5.3 Error: too many recipients
    rate-limited||450 4.7.1 Error: too many recipients from 192.0.2.1
    rate-limited||421 4.7.0 mx.example.com Error: too many errors
    system-busy||421 4.3.0 mx.example.com Server local error
    system-busy||451 4.3.0 Error: queue file write error
    tls-failure||454 4.7.0 TLS not available due to local problem
    blocklisted||450 4.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.spamcop.net; Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.1
    policy||450 4.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied
    # Postfix 3.11 src/postscreen, src/milter/milter8.c
    system-busy||421 4.3.2 All server ports are busy
    system-busy||451 4.7.1 Service unavailable - try again later
    # Postfix 3.11 src/smtp, src/global/mail_error.c (our own side)
    connect-failure|tr|connect to mx.example.com[2001:db8::1]:25: Network is unreachable
    connect-failure|tr|connect to mx.example.com[192.0.2.1]:25: Connection reset by peer
    connection-lost|tr|lost connection with mx.example.com[192.0.2.1] while performing the EHLO handshake
    connection-lost|tr|lost connection with mx.example.com[192.0.2.1] while sending end of data -- message may be sent more than once
    connection-lost|tr|conversation with mx.example.com[192.0.2.1] timed out while sending message body
    dns-failure|tr|Host or domain name not found. Name service error for name=mx.example.com type=A: Host found but no data record of requested type
    dns-failure|tr|Host or domain name not found. Name service error for name=mx.example.com type=AAAA: Host not found
    dns-failure|tr|Name service error for example.com: invalid host or domain name
    dns-failure|tr|unable to look up host mx.example.com: Temporary failure in name resolution
    tls-failure|tr|TLS is required, but was not offered by host mx.example.com[192.0.2.1]
    tls-failure|tr|Cannot start TLS: handshake failure
    tls-failure|tr|Server certificate not verified
    tls-failure|tr|Server certificate not trusted
    dns-failure|tr|TLSA lookup error for mx.example.com:25
    local-configuration|tr|TLS is required, but our TLS engine is unavailable
    tls-failure|tr|TLS is required, but host mx.example.com[192.0.2.1] refused to start TLS: 454 4.3.0 Try again later
    local-configuration|tr|SASL authentication failed; cannot authenticate to server smtp.example.com[192.0.2.1]: no mechanism available
    local-configuration||SASL authentication failed; server smtp.example.com[192.0.2.1] said: 535 5.7.8 Error: authentication failed: authentication failure
    protocol|tr|SMTPUTF8 is required, but was not offered by host mx.example.com[192.0.2.1]
    # Postfix 3.11 src/local, src/pipe, src/virtual, src/qmgr
    local-configuration|lo|mail transport unavailable
    local-configuration|lo|unknown mail transport error
    local-configuration|lo|alias database unavailable
    local-resource|lo|temporary failure. Command output: spamc: connect to server failed
    local-resource|lo|Command died with signal 11: "/usr/local/bin/deliver"
    local-resource|lo|Command time limit exceeded: "/usr/bin/procmail"
    local-configuration|lo|maildir delivery failed: create maildir file /var/vmail/a/tmp/1.P1.mx: Permission denied
    mailbox-full|lo|maildir delivery failed: error writing message: Disk quota exceeded
    local-resource|lo|maildir delivery failed: error writing message: No space left on device
    mailbox-full|lo|cannot update mailbox /var/mail/anna for user anna. error writing message: File too large
    local-resource|lo|cannot update mailbox /var/mail/anna for user anna. unable to lock for exclusive access: Resource temporarily unavailable
    local-resource|lo|bounce failed
    policy/local|lo|deferred transport
    # Postfix 3.11 src/smtpd: what we tell clients
    reverse-dns|in|450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]
    reverse-dns|in|450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]
    reverse-dns|in|450 4.7.1 <ylmf-pc>: Helo command rejected: Host not found
    sender-unverified|in|450 4.1.7 <a@example.com>: Sender address rejected: unverified address: Address lookup failure
    dns-failure|in|450 4.1.2 <a@example.invalid>: Recipient address rejected: Domain not found
    greylisted|in|450 4.7.1 <a@example.org>: Recipient address rejected: Greylisted, try again in 300 seconds
    connection-limit|in|421 4.3.2 All server ports are busy
    connection-limit|in|all screening ports busy
    local-configuration|in|451 4.3.5 Server configuration error
    local-configuration|in|451 4.3.5 <a@example.org>: Recipient address rejected: Server configuration problem
    local-configuration|in|451 4.3.0 <a@example.org>: Temporary lookup failure
    filter-failure|in|451 4.7.1 Service unavailable - try again later
    filter-failure|in|451 4.3.2 Please try again later
    filter-failure|in|451 4.3.0 Please try again later
    filter-failure|in|4.3.0 ClamAV temp error
    filter-failure|in|4.7.0 resource unavailable
    rate-limited|in|421 Service unavailable - try again later: too many commands
    rate-limited|in|451 4.7.1 <a@example.com>: Sender address rejected: rate limit: 100 messages per hour
    system-busy/local|in|451 Please try again later
    mailbox-unavailable|lo|unknown user: "a"
    mailbox-unavailable|lo|unknown user: "a@example.org"
    mailbox-unavailable|lo|User unknown in virtual alias table
    too-many-recipients||452 4.5.3 Too many recipients this session
    too-many-recipients||452 Too many recipients per session
    tls-failure|tr|non DNSSEC destination
    filter-failure|in|421 4.7.1 Service unavailable - try again later
    filter-failure|in|451 4.3.0 Error: queue file write error
    # Sendmail 8.17 cf/m4/proto.m4, sendmail/srvrsmtp.c, deliver.c, err.c
    sender-unverified||451 4.1.8 Domain of sender address a@example.com does not resolve
    sender-unverified||451 4.1.8 Domain of sender address a@example.com may be forged
    connection-limit||421 4.3.2 Too many open connections.
    system-busy||451 4.3.0 Temporary system failure. Please try again later.
    system-busy||421 4.3.0 mx.example.com: Rejecting connections for 60 seconds
    tls-failure||454 4.3.3 TLS not available after start
    dns-failure|tr|Name server: mx.example.com.: host name lookup failure
    connect-failure|tr|Connection refused by mx.example.com.
    connect-failure|tr|Connection timed out with mx.example.com.
    connection-lost|tr|Connection reset by mx.example.com.
    connect-failure|tr|mx.example.com.: No route to host
    tls-failure|tr|403 4.7.0 TLS handshake failed.
    local-resource|lo|local mailer (/usr/bin/procmail) exited with EX_TEMPFAIL
    local-resource|lo|Operating system error
    # Exim 4.97 src/smtp_in.c, acl.c, verify.c, src/transports/smtp.c
    connection-limit||421 Too many concurrent SMTP connections; please try again later.
    sender-unverified||451 Could not complete sender verify callout
    recipient-unverified||451 Could not complete recipient verify callout
    connection-lost||421 mx.example.com: SMTP command timeout - closing connection
    system-storage||452 space shortage, please try later
    connect-failure|tr|retry time not reached for any host
    connection-lost|tr|SMTP timeout after initial connection
    connection-lost|tr|Remote host closed connection in response to initial connection
    dns-failure|tr|host lookup did not complete
    dns-failure|tr|lowest numbered MX record points to non-existent hosts
    routing|tr|lowest numbered MX record points to local host
    # qmail 1.03 qmail-smtpd.c, qmail-remote.c, netqmail
    system-busy||421 unable to read controls (#4.3.0)
    system-busy||451 qq temporary problem (#4.3.0)
    system-storage||451 qq write error or disk full (#4.3.0)
    system-busy||451 qq out of memory (#4.3.0)
    system-busy||451 qq trouble in home directory (#4.3.0)
    connect-failure|tr|Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)
    dns-failure|tr|CNAME lookup failed temporarily. (#4.4.3)
    connection-lost|tr|Connected to 192.0.2.1 but connection died. (#4.4.2)
    # Dovecot 2.3 src/lmtp, src/lib-storage; Cyrus IMAP 3 imap/lmtpengine.c
    mailbox-full||452 4.2.2 <a@example.org> Mailbox is full / Blocks limit exceeded / Inode limit exceeded
    system-busy||451 4.2.0 <a@example.org> Internal error occurred. Refer to server log for more information.
    recipient-unverified||451 4.3.0 <a@example.org> Temporary user lookup failed
    system-busy||451 4.3.0 System I/O error
    # Exchange Server 2019 (learn.microsoft.com/exchange/mail-flow)
    system-storage||452 4.3.1 Insufficient system resources
    system-busy||421 4.3.2 Service not available
    system-busy||421 4.3.2 System not accepting network messages
    too-many-recipients||452 4.5.3 Too many recipients
    rate-limited||421 4.4.2 Message submission rate for this client has exceeded the configured limit
    # milter-greylist, sqlgrey, gld, policyd 1, rspamd, amavisd-new, SpamAssassin milters (their manuals)
    greylisted||451 4.7.1 Greylisting in action, please come back in 00:05:00
    greylisted||450 4.7.1 <a@example.org>: Recipient address rejected: Service temporarily unavailable, greylisted
    greylisted||450 4.7.1 <a@example.org>: Recipient address rejected: Policy Rejection- Greylisted for 300 seconds: Please try later
    system-busy||451 4.5.0 Error in processing, id=01-02, virus_scan FAILED: virus_scan: ALL VIRUS SCANNERS FAILED
    rate-limited||450 4.7.1 <a@example.org>: Recipient address rejected: Policy Rejection- Quota limit exceeded for sender, too many messages
    rate-limited||450 4.7.1 Ratelimit "user" exceeded
    authentication||450 4.7.24 <a@example.org>: Recipient address rejected: Message rejected due to: SPF temporary error
    authentication||451 4.7.1 Sender Policy Framework: DNS error, try again later
    # RFC 5321, section 4.2.3
    mailbox-unavailable||450 Requested mail action not taken: mailbox unavailable
    system-busy||451 Requested action aborted: error in processing
    system-storage||452 Requested action not taken: insufficient system storage
    """#
}
