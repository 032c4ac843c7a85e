extension BuiltInRules {
  static let software = BuiltInRules(
    name: "software.yaml",
    text: #"""
      # Texts that give away the server software or the policy daemon that speaks: spamdyke, qmail, policyd-weight,
      # MDaemon, PolicyD, postfwd, Dovecot, Cyrus, Sendmail, amavisd, rspamd, BarricadeMX, FortiMail, hMailServer, Sun and
      # Oracle Messaging Server, MailEnable.
      # Sources: spamdyke 5 spamdyke.h (https://www.spamdyke.org/documentation/), policyd-weight 0.1.15 (CACHEREJECTMSG),
      # PolicyD 2 cbp/modules (https://wiki.policyd.org), Dovecot 2.3 src/lmtp/lmtp-local.c, Cyrus IMAP 3
      # imap/lmtpengine.c, Sendmail 8.17 sendmail/collect.c and srvrsmtp.c, amavisd 2.13 (Error in processing),
      # rspamd src/plugins/lua (greylist.lua, ratelimit.lua), http://www.snertsoft.com/smtp/smtpf/reply.html,
      # https://community.fortinet.com/t5/FortiMail (greylisting process flow)
      - id: spamdyke-reverse-dns
        cause: reverse-dns
        evidence: provider
        direction: outbound
        words: ['You have no reverse DNS entry', 'Your reverse DNS entry does not resolve',
          'Your reverse DNS entry contains your IP address']
        hint: Our sending address needs a PTR record whose name resolves back to it and does not look like a home line's.
        documentation: https://www.spamdyke.org/documentation/README.html
        matches: ['421 Refused. Your reverse DNS entry does not resolve.',
          '421 Refused. Your reverse DNS entry contains your IP address and a banned keyword.']
        rejects: ['451 4.1.8 Domain of sender address a@example.com does not resolve']
      - id: spamdyke-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['Refused. Your IP address is blacklisted', 'Refused. Your domain name is blacklisted',
          'Refused. Your IP address is listed in*']
        hint: The server's operator, or a list that the server uses, blocks this address.
        documentation: https://www.spamdyke.org/documentation/README.html
        matches: ['421 Refused. Your IP address is blacklisted.']
        rejects: ['421 Refused. Your reverse DNS entry contains your IP address and a banned keyword.']
      - id: spamdyke-timeout
        cause: connection-lost
        evidence: provider
        direction: outbound
        words: ['Timeout. Talk faster next time']
        hint: Our server was too slow for this one; look at its load and at the line.
        documentation: https://www.spamdyke.org/documentation/README.html
        matches: ['421 Timeout. Talk faster next time.']
        rejects: ['421 #4.4.5 Too many TLS sessions at this time']
      - id: sendmail-tls-check
        cause: tls-failure
        evidence: provider
        words: ['403 4.7.0']
        hint: Sendmail's access map asks for more than this session's TLS had (a certificate that verifies, a name, a strength, DANE), or TLS did not come about. The text says which; our own map is meant if it is our Sendmail's.
        source: Sendmail 8.18 cf/m4/proto.m4 (TLS_connection, TLS_req); nothing else has this code
        matches: ['403 4.7.0 TLS handshake failed.', '403 4.7.0 authentication failed', '403 4.7.0 not authenticated',
          '403 4.7.0 encryption too weak 40 less than 112', '403 4.7.0 other side does not support STARTTLS',
          '403 4.7.0 DANE check failed.', '403 4.7.0 CN Foo does not match bar']
        rejects: ['454 4.7.0 Temporary authentication failure', '535 5.7.8 Error: authentication failed']
      - id: sendmail-tls-strength
        cause: tls-failure
        evidence: provider
        patterns: ['^4\d\d 4\.7\.0 encryption too weak \d+ less than \d+']
        hint: Sendmail's access map (TLS_Clt, TLS_Srv) asks for a stronger cipher than this session had; 0 means that it had none at all.
        source: Sendmail 8.18 cf/m4/proto.m4 (TLS_req), as the server tells its client
        matches: ['454 4.7.0 encryption too weak 0 less than 112']
        rejects: ['454 4.7.0 encryption is too weak', '454 4.7.0 TLS not available due to local problem']
      - id: qmail-bare-newline
        cause: protocol
        evidence: provider
        direction: outbound
        words: ['docs/smtplf.html']
        hint: Our server sent a line that ends in LF alone, which qmail does not take. Whatever made the message, or a proxy between, has to end lines with CR LF.
        documentation: https://cr.yp.to/docs/smtplf.html
        matches: ['451 See http://pobox.com/~djb/docs/smtplf.html.', '451 See https://cr.yp.to/docs/smtplf.html.']
        rejects: ['451 See http://www.example.org/docs/smtp.html.']
      - id: policyd-weight-retrying
        cause: reputation
        evidence: provider
        words: ['temporarily blocked because of previous errors']
        hint: policyd-weight remembers that this client looked like a spammer's (HELO, DNS, lists); retrying fast prolongs it. Mend HELO and PTR.
        matches: ['450 4.7.1 <a@example.org>: Recipient address rejected: temporarily blocked because of previous errors - retrying too fast. penalty: 30 seconds x 0 retries.']
        rejects: ['451 4.7.1 [GL01] Message from (192.0.2.7) temporarily deferred - 4.16.50. Please refer to http://postmaster.yahoo.com/errors/postmaster-21.html']
      - id: policyd-weight-refused
        cause: reputation
        evidence: provider
        words: ['Mail appeared to be SPAM or forged']
        hint: policyd-weight scored HELO, DNS and lists of this client too high. Mend HELO, PTR and MX, and look at the lists.
        matches: ['450 4.7.1 <a@example.org>: Recipient address rejected: Mail appeared to be SPAM or forged. Ask your Mail/DNS-Administrator to correct HELO and DNS MX settings or to get removed from DNSBLs']
        rejects: ['450 4.7.1 <mail.example.com>: Helo command rejected: Host not found']
      - id: hmailserver-unreachable
        cause: connect-failure
        evidence: provider
        words: ['Connection to recipients server failed', 'target machine actively refused it']
        hint: hMailServer (Windows) could not connect to the recipient's server.
        documentation: https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2
        matches: ['Error Type: SMTP Connection to recipients server failed. Error: Host name: mx.example.com, message: No connection could be made because the target machine actively refused it Tried 5 time(s)',
          'Error Type: SMTP Connection to recipients server failed. Error: Host name: 192.0.2.7, message: The semaphore timeout period has expired Tried 4 time(s)']
        rejects: ['Error Type: SMTP Remote server (192.0.2.7) issued an error.']
      - id: sun-unreachable
        cause: connect-failure
        evidence: provider
        words: ['TCP active open: Failed connect()']
        hint: Sun and Oracle Messaging Server's history of attempts; it could not connect.
        matches: ['TCP active open: Failed connect()    Error: Connection timed out']
        rejects: ['TCP active open: connected']
      - id: no-such-domain-in-notices
        cause: dns-failure
        evidence: provider
        words: ['Illegal host/domain name found', 'does not appear to be registered']
        hint: Sun and Oracle Messaging Server or MailEnable finds no such domain.
        matches: ['Reason: Illegal host/domain name found',
          'The message could not be delivered because the domain name (example.com) does not appear to be registered.']
        rejects: ['The user appears to be registered']
      - id: dovecot-concurrency
        cause: recipient-rate
        evidence: provider
        words: ['Too many concurrent deliveries for user']
        hint: Several messages for one mailbox arrive at once (lmtp_user_concurrency_limit). It passes by itself.
        documentation: https://doc.dovecot.org/
        matches: ['451 4.3.0 <a@example.org> Too many concurrent deliveries for user']
        rejects: ['421 Too many concurrent SMTP connections; please try again later.']
      - id: our-filter
        cause: filter-failure
        hop: internal
        direction: outbound
        evidence: provider
        words: ['Error in processing, id=*', 'virus_scan', 'ALL VIRUS SCANNERS FAILED',
          'Temporary MTA failure on relaying', 'amavis*', 'from MTA(', 'clamd', 'clamav*', 'rspamd', 'spamd',
          'during fwd-connect', 'spam scanner', 'virus scanner', 'content filter', 'milter',
          'filter busy', 'filter unavailable', 'filter overloaded', 'filter error', 'filter failed', 'filter timeout',
          'dspam temporarily', 'dspam unavailable', 'dspam is unavailable', 'dspam not available', 'dspam busy']
        hint: Our own content filter took the message and could not do its work; its log says why.
        matches: ['451 4.5.0 Error in processing, id=01-02, virus_scan FAILED: virus_scan: ALL VIRUS SCANNERS FAILED',
          '451 4.5.0 id=11249-03 - Temporary MTA failure on relaying, From MTA() during fwd-connect (Negative greeting: at (eval 134) line 479.): id=11249-03',
          '451 4.3.2 filter busy', '421 dspam temporarily unavailable']
        rejects: ['421 4.3.2 temporarily unavailable', '451 4.7.1 Message content looks like spam, try again later']
      - id: our-mailbox-settings
        cause: local-configuration
        hop: internal
        direction: outbound
        words: ['Invalid user settings', 'Unknown driver', 'Unknown setting', 'Error reading configuration',
          'Error in configuration file', 'Initialization failed', 'User is missing UID', 'doveconf', 'unknown user id',
          'sudo: unknown user', 'Group mismatch error', 'not found in virtual user map']
        none_of: ['Disk quota exceeded', 'No space left on device']
        hint: Our own mailbox server, or the command that delivers, is not set up right for this user; its own log says what.
        matches: ['451 4.3.0 <a@example.org> Invalid user settings. Refer to server log for more information.',
          "lda(a@example.org): Error: user a@example.org: Initialization failed: Namespace '': Unknown driver dbox",
          'recipient a@example.org: uid not found in virtual user map', 'sudo: unknown user: vmail']
        rejects: ['451 4.2.0 <a@example.org> Internal error occurred. Refer to server log for more information.',
          'unknown user: "anna"']
      - id: our-mailbox-server
        cause: local-resource
        hop: internal
        direction: outbound
        origin: remote
        words: ['Internal error occurred', 'Temporary internal error', 'Temporary internal failure', 'System I/O error',
          'temporary failure', 'Temporary user lookup failed', 'user lookup failed', 'try again later', 'busy',
          'collect: Cannot write', 'out of memory', 'cannot allocate memory']
        none_of: ['invalid user settings', 'quota*', 'full', 'storage', 'mailbox', 'greylist*', 'rate*']
        hint: Our own server behind this hop (a mailbox server, or the daemon that Sendmail hands its own queue to) has trouble; its log says what.
        matches: ['451 4.2.0 <a@example.org> Internal error occurred. Refer to server log for more information.',
          '421 4.3.0 collect: Cannot write ./df4ABC000001 (bfcommit, uid=0, gid=122): No such file or directory',
          '451 qq out of memory (#4.3.0)']
        rejects: ['451 4.3.0 <a@example.org>: Temporary lookup failure']
      - id: postfix-policy-quota
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['Daily mail quota', 'Data command rejected: Daily', 'Sending quota*', 'hourly mail quota',
          'sender quota exceeded', 'Policy Rejection- Quota*']
        none_of: ['mailbox*', 'user is over']
        hint: A policy service counts what we send in a time, and we are above it. Send more slowly, or ask the operator for more.
        matches: ['450 4.7.0 <DATA>: Data command rejected: Daily mail quota exceeded']
        rejects: ['450 cuda_nsu 4.7.1 <a@example.org>: Recipient address rejected: Policy Rejection- Abuse. Go away.']
      - id: smtpf-sender-mx
        cause: sender-unverified
        evidence: provider
        direction: outbound
        words: ['MX lookup error #*', 'MX lookup error']
        hint: BarricadeMX could not look up the mail exchanger of our sender's domain. Do all its name servers answer?
        documentation: http://www.snertsoft.com/smtp/smtpf/reply.html
        matches: ['451 4.4.3 sender <a@example.com> from mail.example.com [192.0.2.4] MX lookup error #436']
        rejects: ['TLSA lookup error for mx.example.net:25']
      - id: smtpf-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['exceed*']
        all_of: ['client', 'connections']
        patterns: ['connections \d+ exceed \d+/\d+s']
        hint: BarricadeMX counts sessions in a time, and we are above its limit. Slow down towards this server.
        documentation: http://www.snertsoft.com/smtp/smtpf/reply.html
        matches: ['421 4.4.5 client mail.example.com [192.0.2.4] connections 70 exceed 60/60s #522']
        rejects: ['421 4.7.0 client connections exceed the limit']
      - id: country-block
        cause: policy
        evidence: provider
        direction: outbound
        words: ['country is not allowed to connect', 'country is blocked', 'from your country']
        hint: The server takes no sessions from our address's country; its operator has to let us in.
        matches: ['421 Your country is not allowed to connect to this server']
        rejects: ['421 cmsmtp 192.0.2.7 blocked. AUP#In-1370']
      - id: sender-mx-unverified
        cause: sender-unverified
        evidence: provider
        direction: outbound
        words: ['unable to verify sender domain']
        hint: The server could not look up our sender's domain. Do all its name servers answer, and has it an MX or address record?
        matches: ['421 unable to verify sender domain']
        rejects: ['451 4.7.1 Unable to relay']
      """#)
}
