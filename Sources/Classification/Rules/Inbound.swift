extension BuiltInRules {
  static let inbound = BuiltInRules(
    name: "inbound.yaml",
    text: #"""
      # What our own server tells a client: scope is seen from the client.
      # Texts: Postfix 3.11 src/smtpd (smtpd_check.c, smtpd.c, smtpd_milter.c), src/postscreen, src/milter/milter8.c,
      # src/global/cleanup_strerror.c; Postgrey 1.37; policyd-spf; Sendmail 8.17 cf and milter.c.
      - id: inbound-list-refuses-query
        cause: local-configuration
        direction: inbound
        evidence: provider
        words: ['Error: open resolver', 'spamhaus.org/returnc*', 'Error: excessive number of queries']
        hint: "The block list refuses our name server (a public one, or too many queries), and we turn away everybody for that. Ask through a resolver of our own, or with a key of the list's."
        documentation: https://www.spamhaus.org/resource-hub/dnsbl/using-our-public-mirrors-check-your-return-codes-now/
        retry_helps: false
        matches: ['554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; Error: open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.53/']
        rejects: ['554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7']
      - id: inbound-greylisted
        cause: greylisted
        direction: inbound
        words: ['greylist*', 'graylist*', 'grey-list*', 'grey list*', 'postgrey']
        hint: Our own greylisting; the client will come back.
        matches: ['450 4.2.0 <a@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example.org/help']
        rejects: ['450 4.7.1 <a@example.org>: Recipient address rejected: Access denied']
      - id: inbound-postscreen
        cause: greylisted
        direction: inbound
        words: ['Service currently unavailable']
        hint: postscreen's deep protocol tests; the client passes on its next attempt.
        matches: ['450 4.3.2 Service currently unavailable']
        rejects: ['451 4.7.1 Service unavailable - try again later']
      - id: inbound-restriction
        cause: policy
        direction: inbound
        words: ['rejected: Try again later', 'defer_if_permit requested', 'defer_if_reject requested']
        none_of: ['ldap*', 'database', 'lookup', 'milter', 'filter*', 'server', 'rate*', 'limit*', 'quota']
        hint: A restriction of ours (defer, defer_if_permit, defer_if_reject) asks this client to come back.
        documentation: https://www.postfix.org/access.5.html
        matches: ['450 4.3.2 <a@example.org>: Recipient address rejected: Try again later',
          '450 4.7.1 <a@example.net>: Sender address rejected: defer_if_permit requested',
          '450 4.3.2 <unknown[192.0.2.7]>: Client host rejected: Try again later']
        rejects: ['451 4.3.2 Please try again later',
          '451 4.7.1 <a@example.org>: Recipient address rejected: Try again later, LDAP is down']
      - id: inbound-reverse-dns
        cause: reverse-dns
        direction: inbound
        words: ['cannot find your reverse hostname', 'cannot find your hostname', 'Client host rejected: cannot find',
          'reverse DNS', 'Fix reverse DNS', 'Helo command rejected: Host not found', 'Helo command rejected',
          'PTR record']
        hint: The client's address has no name, its name does not lead back, or its HELO name does not exist.
        matches: ['450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]',
          '450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]',
          '450 4.7.1 <friend>: Helo command rejected: Host not found']
        rejects: ['450 4.1.8 <a@example.net>: Sender address rejected: Domain not found']
      - id: inbound-sender-domain
        cause: sender-unverified
        direction: inbound
        words: ['Sender address rejected: Domain not found', 'Sender address rejected: unverified address',
          'Sender address rejected: undeliverable address', 'Sender address rejected: Malformed DNS',
          'Sender address rejected', 'Domain of sender address', 'sender verify', 'Sender unverified']
        none_of: ['Server configuration', 'SPF', 'not owned by', 'Access denied', 'rate*', 'limit*', 'too many',
          'exceed*', 'quota', 'per hour', 'per day', 'per minute']
        hint: The sender's domain can't be found, or its address can't be verified.
        matches: ['450 4.1.8 <a@example.invalid>: Sender address rejected: Domain not found',
          '451 4.1.8 Domain of sender address a@example.invalid does not resolve',
          '450 4.1.7 <a@example.net>: Sender address rejected: unverified address: Address verification in progress']
        rejects: ['450 4.7.1 <a@example.org>: Sender address rejected: not owned by user ann',
          '451 4.7.1 <ann@example.org>: Sender address rejected: rate limit: 100 messages per hour',
          '450 4.1.2 <a@example.invalid>: Recipient address rejected: Domain not found']
      - id: inbound-recipient-domain
        cause: dns-failure
        direction: inbound
        words: ['Recipient address rejected: Domain not found', 'Recipient address rejected: Malformed DNS']
        hint: The domain of the recipient does not resolve; the client may not relay to it anyway.
        matches: ['450 4.1.2 <a@example.invalid>: Recipient address rejected: Domain not found']
        rejects: ['450 4.1.8 <a@example.net>: Sender address rejected: Domain not found']
      - id: inbound-recipient-unverified
        cause: recipient-unverified
        direction: inbound
        words: ['Recipient address rejected: unverified address', 'Recipient address rejected: undeliverable address',
          'Address verification in progress', 'Address lookup failure', 'unverified address',
          'callout verification failure']
        hint: We could not find out whether the recipient exists (address verification, or the next hop did not answer).
        matches: ['450 4.1.1 <a@example.org>: Recipient address rejected: unverified address: connect to mx.example.org[192.0.2.25]:25: Connection refused']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: User unknown in virtual mailbox table']
      - id: inbound-access-map
        cause: policy
        direction: inbound
        evidence: enhanced-code
        words: ['Recipient address rejected']
        enhanced: [4.2.*, 4.7.*]
        hint: An access table or policy service of ours turned this recipient away for now.
        matches: ['450 4.2.1 <a@example.org>: Recipient address rejected: nothing else is said']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: nothing else is said']
      - id: inbound-unknown-user
        cause: mailbox-unavailable
        direction: inbound
        words: ['User unknown', 'Recipient address rejected: User unknown', 'Unknown user', 'no such user',
          'User doesn''t exist']
        hint: The recipient is not known here; a temporary code because unknown_local_recipient_reject_code or soft_bounce says so.
        matches: ['450 4.1.1 <a@example.org>: Recipient address rejected: User unknown in virtual mailbox table']
        rejects: ['450 4.7.1 <a@example.org>: Recipient address rejected: Access denied']
      - id: inbound-configuration
        cause: local-configuration
        direction: inbound
        words: ['Server configuration error', 'Server configuration problem', 'Temporary lookup failure',
          'Local configuration error', 'lookup table', 'Server error', 'temporary lookup', 'authentication server',
          'Temporary authentication failure']
        hint: Our own server is not set up right (a table, a policy service, a map). Look for the warning just before this line.
        matches: ['451 4.3.5 Server configuration error',
          '451 4.3.5 <a@example.org>: Recipient address rejected: Server configuration problem',
          '451 4.3.0 <a@example.org>: Temporary lookup failure',
          '454 4.7.0 Temporary authentication failure: Connection lost to authentication server']
        rejects: ['451 4.7.1 Service unavailable - try again later']
      - id: inbound-tls
        cause: local-configuration
        direction: inbound
        words: ['TLS not available']
        hint: Our own server offers STARTTLS and can't do it (certificate, key, tlsmgr, tlsproxy); the lines around this one in its log say why.
        matches: ['454 4.7.0 TLS not available due to local problem', '454 4.3.3 TLS not available after start']
        rejects: ['450 4.7.1 Must issue a STARTTLS command first']
      - id: multi-recipient-bounce
        cause: policy
        words: ['Multi-recipient bounce']
        hint: A delivery report has one recipient; reject_multi_recipient_bounce turns away mail from the null sender to several.
        documentation: https://www.postfix.org/postconf.5.html#reject_multi_recipient_bounce
        matches: ['450 4.5.3 <DATA>: Data command rejected: Multi-recipient bounce',
          '550 5.5.3 <DATA>: Data command rejected: Multi-recipient bounce',
          '451 4.3.0 <DATA>: Data command rejected: Multi-recipient bounce']
        rejects: ['452 4.5.3 Error: too many recipients']
      - id: inbound-filter
        cause: filter-failure
        direction: inbound
        words: ['Service unavailable - try again later', 'Service unavailable', 'milter', 'content filter',
          'virus scanner', 'scan failed', 'amavis*', 'proxy failure', 'queue file write error', 'clamav*', 'clamd',
          'rspamd', 'spamd', 'Policy service', 'Policy server', 'Policy Rejection- Problem', 'scanner', 'virus_scan*',
          'virus scanners', 'antivirus', 'anti-virus', 'content scan*', 'spamassassin', 'unable to scan',
          'filter service', 'temp error', 'temperror', 'tempfail*', 'resource unavailable', 'Service is unavailable',
          'Service temporarily unavailable']
        none_of: ['blocked using', 'Client host', 'Greylist*', 'spam', 'Sender address', 'rate*', 'SPF', 'DKIM',
          'DMARC', 'DNS', 'too many commands', 'score']
        hint: A milter, policy service or content filter of ours did not answer or failed.
        matches: ['451 4.7.1 Service unavailable - try again later', '4.7.1 Service unavailable - try again later',
          '451 4.3.0 Error: queue file write error', '4.3.0 ClamAV temp error', '4.7.0 resource unavailable']
        rejects: ['450 4.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.example.org',
          '421 Service unavailable - try again later: too many commands', '451 4.4.3 SPF temp error',
          '451 4.3.5 Server configuration error']
      - id: inbound-amavis
        cause: filter-failure
        direction: inbound
        words: ['Error in processing, id=*']
        all_of: ['FAILED']
        hint: The content filter (amavisd) broke off in the middle of a message; its own log says at which step.
        matches: ['451 4.5.0 Error in processing, id=04711-02, mime_decode-1 FAILED',
          '451 4.5.0 Error in processing, id=04711-03, spam_scan FAILED: no answer']
        rejects: ['451 4.5.0 Error in processing']
      - id: inbound-milter-tempfail
        cause: filter-failure
        direction: inbound
        evidence: enhanced-code
        patterns: ['^451 4\.7\.1 please try again later\.?$']
        hint: A milter of ours put the message off without a word of its own; its log says why.
        source: older Sendmail, sendmail/srvrsmtp.c (MSG_TEMPFAIL); later ones have 4.3.2
        matches: ['451 4.7.1 Please try again later']
        rejects: ['451 4.7.1 Greylisted, please try again later', '450 4.7.1 Please try again later']
      - id: inbound-storage
        cause: local-resource
        direction: inbound
        words: ['Insufficient system storage', 'Insufficient disk space', 'No space left', 'Too many open files',
          'system resources', 'load is too high',
          'Too many concurrent SMTP connections; please try again later. [load]', 'rejecting connections on daemon',
          'out of memory']
        hint: Our own server has no room or no resources left.
        matches: ['452 4.3.1 Insufficient system storage']
        rejects: ['452 4.2.2 mailbox full', '452 4.5.3 Error: too many recipients']
      - id: inbound-client-limit
        cause: connection-limit
        direction: inbound
        words: ['too many connections', 'Too many concurrent', 'connection limit', 'connection rate',
          'Connection concurrency', 'all server ports are busy', 'All screening ports are busy',
          'all screening ports busy', 'all server ports busy', 'Too many open connections']
        hint: The client holds too many connections at once.
        matches: ['421 4.7.0 mx.example.org Error: too many connections from 192.0.2.7',
          '421 4.3.2 All server ports are busy']
        rejects: ['421 4.7.0 mx.example.org Error: too many errors']
      - id: inbound-rate
        cause: rate-limited
        direction: inbound
        words: ['rate limit*', 'ratelimit*', 'too much mail', 'too many messages', 'too many mails',
          'too many recipients from', 'sending rate', 'message delivery request rate', 'limit exceeded', 'exceeded',
          'too many new TLS', 'too many AUTH', 'too many errors', 'too many commands',
          'quota']
        none_of: ['mailbox', 'over quota', 'size', 'storage', 'timeout exceeded']
        hint: The client sends more than our limits allow.
        matches: ['450 4.7.1 Error: too much mail from 192.0.2.7', '421 4.7.0 mx.example.org Error: too many errors',
          '421 Service unavailable - try again later: too many commands',
          '451 4.7.1 <ann@example.org>: Sender address rejected: rate limit: 100 messages per hour']
        rejects: ['421 4.4.2 mx.example.org Error: timeout exceeded', '452 4.2.2 mailbox over quota']
      - id: inbound-relay-denied
        cause: policy
        direction: inbound
        words: ['Relay access denied', 'Relaying denied', 'relay not permitted', 'Access denied',
          'Client host rejected', 'not owned by', 'Must issue a STARTTLS', 'authentication required']
        none_of: ['blocked using', 'listed']
        hint: Our rules do not let this client through.
        matches: ['454 4.7.1 <a@example.net>: Relay access denied',
          '450 4.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied']
        rejects: ['450 4.7.1 Service unavailable; Client host rejected, listed at bl.example.org']
      - id: inbound-timeout
        cause: connection-lost
        direction: inbound
        words: ['timeout exceeded', 'lost connection', 'Error: timeout', 'hangup', 'timed out waiting']
        hint: The client went silent or hung up. Many of these from one network point at its line or a spammer.
        matches: ['421 4.4.2 mx.example.org Error: timeout exceeded']
        rejects: ['421 4.7.0 mx.example.org Error: too many connections from 192.0.2.7']
      """#)
}
