extension BuiltInRules {
  static let genericSender = BuiltInRules(
    name: "generic-sender.yaml",
    text: #"""
      # Wordings that many servers share and that speak of us: lists, reputation, authentication, DNS, rates.
      # They stand before those that speak of recipients, so that a full reply is never laid at the recipient's door.
      - id: list-refuses-query
        cause: dns-failure
        evidence: provider
        direction: outbound
        words: ['Error: open resolver', 'spamhaus.org/returnc*', 'Error: excessive number of queries']
        hint: "Not our address is listed: the block list refuses the receiver's name server (a public one, or too many queries), and the receiver takes the refusal for a listing. Its operator has to ask through a resolver of its own."
        documentation: https://www.spamhaus.org/resource-hub/dnsbl/using-our-public-mirrors-check-your-return-codes-now/
        retry_helps: false
        matches: ['450 4.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; Error: open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.53/']
        rejects: ['450 4.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7']
      - id: greylisted
        cause: greylisted
        words: ['greylist*', 'graylist*', 'grey-list*', 'gray-list*', 'grey list*', 'gray list*', 'postgrey',
          'greylst*', 'liste grise', 'liste-grise', 'first time sender', 'sender first seen', 'unknown triplet', 'new sender, please retry',
          'sqlgrey', 'temporarily greylisted', 'delayed as anti-spam', 'deferring as anti-spam', 'retry later to prove',
          'please retry immediately', 'try again immediately', 'we do not know you yet',
          'not yet authorized to deliver mail from']
        none_of: ['not greylist*']
        hint: Greylisting; the next attempt normally passes. If it never does, we may be sending from changing addresses.
        matches: ['450 4.2.0 <a@example.org>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.org.html',
          '451 4.7.1 Greylisting in action, please come back in 00:05:00',
          '451 Temporarily greylisted - please try again later.']
        rejects: ['451 Please try again later', '450 4.7.1 Try again later']
      - id: listed-link
        cause: content
        words: ['listed', 'blacklist*', 'black-list*', 'blocklist*', 'block list*', 'blocklisted', 'surbl*', 'uribl*', 'dbl',
          'spamhaus*']
        patterns: ['(?:contain\w*|includ\w+) (?:\w+ ){0,3}(?:url|uri|link|hyperlink)s?\b',
          '\b(?:url|uri|link|hyperlink)s? (?:\S+ )?(?:in|within) (?:the |your |this )?(?:message|body|content|e-?mail|mail|text)',
          '\b(?:url|uri|link|hyperlink)s? (?:\S+ )?(?:(?:is|are|was|were)(?: \w+){0,2} )?(?:listed|black-?listed|block-?listed|blocked)\b',
          '(?:listed|blacklisted|blocked) (?:url|uri|link|hyperlink)s?\b',
          '\b(?:domain|host|address)\S* (?:\S+ )?(?:in|within) (?:the |your )?(?:message|body|content|text)']
        none_of: ['client host', 'your ip', 'your host', 'your server', 'your domain', 'your mail server',
          'sender address', 'helo command', 'sender domain', 'sender host', 'sending ip',
          'connecting ip', 'listed in uri', 'ip address', 'see the link', 'follow the link',
          'at the link', 'your link']
        hint: A link in this message leads to a listed domain; our address is not meant. Look at its links, and at what wrote it.
        matches: ['554 5.7.1 Message contains a URL listed in the Spamhaus DBL',
          '550 5.7.1 Blocked: a link in the body is blacklisted', '450 4.7.1 Deferred: URL listed in SURBL']
        rejects: ['554 5.7.1 mx.example.com is blacklisted, the URL is https://list.example.net/',
          '554 5.7.1 blacklisted, write to us with the link and the text',
          '554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using dbl.spamhaus.org',
          '554 5.7.1 192.0.2.7 is listed, see the link in your mail', '554 5.7.1 sender domain listed in URIBL']
      - id: blocklisted
        cause: blocklisted
        words: ['spamhaus*', 'spamhaus.org', 'spamhaus.net', 'spamcop*', 'spamcop.net', 'sorbs', 'sorbs.net', 'dnsbl*',
          'rbl', 'rbls', 'dnsrbl', 'barracudacentral*', 'barracudacentral.org', 'abuseat*', 'abuseat.org',
          'uceprotect*', 'uceprotect.net', 'surbl*', 'surbl.org', 'uribl*', 'uribl.com', 'invaluement*',
          'invaluement.com', 'mailspike.net', 'mailspike.org', 'backscatterer.org', 'spamrats.com', 'surriel.com',
          'njabl.org', 'spfbl.net', 'senderscore.org', 'senderscore.com', 'senderscore.net', 'csi.cloudmark.com',
          'dnsbl.manitu.net', 'hostkarma.junkemailfilter.com', 'blacklist*', 'black list*', 'block list*',
          'blocklist*', 'block-list*', 'blackhole list*', 'black-list*', 'denylist*', 'deny list', 'psbl*', 'nixspam*',
          'mailspike*', 'senderscore*', 'backscatterer*', 'spamrats*', 'blocked using', 'njabl*', 'hostkarma*',
          'truncate.gbudb*', 'open relay', 'poor-reputation list', 'spam block list', 'realtime blackhole',
          'ip is listed', 'is listed in', 'listed at', 'listed by', 'ip listed on', 'real time black',
          'spamsources.fabel*', 'spfbl*', 'liste noire', 'lista negra', 'manitu*', 'bl.mailspike.net', 'cloudmark*',
          'dul', 'dynamic/zombied*', 'dynamic ip', 'dynamic ips', 'dynamic address', 'dynamic addresses',
          'dialup', 'ip address is listed']
        none_of: ['not listed', 'open relay not allowed', 'not an open relay', 'sender domain listed in uri',
          'server black list of user', 'user black list']
        hint: Our address or domain is on a block list that the reply names. Find out why we got on it, stop that, then ask for removal.
        matches: ['450 4.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7',
          '421 4.7.0 Your IP is on our blacklist',
          '554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.spamcop.net']
        rejects: ['450 4.7.1 Client host rejected: cannot find your hostname']
      - id: blocklisted-by-name
        cause: blocklisted
        words: [listed, found, rejected, blocked, refused, denied, using, listing]
        patterns: ['\b(?:in|on|by|at|using|via) (?:https?://)?(?:[\w-]+\.)*(?:[\w-]*dnsbl[\w-]*|[ru]?bl)\.']
        hint: Our address or domain is on a block list that the reply names. Find out why we got on it, stop that, then ask for removal.
        matches: ['554 5.7.1 Rejected: 192.0.2.4 found in dnsbl.example.org', '450 192.0.2.4 was found in bl.example.net']
        rejects: ['554 dnsbl.example.org ESMTP not accepting messages', '554 5.7.1 rejected by mx.example.org']
      - id: reverse-dns
        cause: reverse-dns
        words: ['reverse dns', 'rdns', 'reverse hostname', 'cannot find your hostname', 'ptr', 'ptr record', 'no ptr',
          'reverse lookup', 'reverse-dns', 'in-addr.arpa', 'reverse name', 'inverse dns', 'forward-confirmed', 'fcrdns',
          'does not match reverse', 'hostname lookup failed', 'Helo command rejected', 'reverse mapping',
          'hostname could not be resolved', 'no hostname found', 'ehlo/helo', 'helo/ehlo', 'invalid helo', 'bad helo',
          'helo name', 'helo hostname', 'your hostname', 'reverse resolution', 'dns pointer', 'invalid hostname',
          'no valid host name', 'could not resolve your', 'unresolvable hostname', 'domain name of the client',
          'name resolution of your ip', 'no pointer record', 'ip name lookup failed', 'client host name',
          'does not resolve to a hostname', 'without reverse', 'missing reverse', 'generic hostname', 'dns ptr',
          'client host rejected: unknown', 'ip reverse', 'cannot resolve your address', 'not resolvable from ip',
          'host name does not match', 'forged hostname', 'forged host name', 'forward dns', 'relay host name', 'pointer (ptr)']
        hint: Our sending address needs a PTR record whose name resolves back to it, and our HELO name must exist.
        matches: ['450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]',
          '450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]',
          '421 4.7.0 Reverse DNS for 192.0.2.7 failed',
          '450 4.7.1 <mail.example.com>: Helo command rejected: Host not found']
        rejects: ['451 4.1.8 Domain of sender address a@example.com does not resolve', '450 4.4.3 DNS lookup failed']
      - id: limited-for-authentication
        cause: authentication
        words: ['spf', 'dkim', 'dmarc', 'unauthenticated', 'not authenticated']
        all_of: ['rate limited because']
        hint: The rate is limited because SPF, DKIM or DMARC of our domain did not pass. Mend that first; the limit goes with it.
        matches: ['421 4.7.1 Mail rate limited because of a failed DMARC check']
        rejects: ['451 4.7.23 SPF check temporarily failed for example.com',
          '421 4.7.0 rate limited because of complaints']
      - id: message-form
        cause: content
        words: ['RFC 5322 compliant', 'RFC 2822 compliant', 'not RFC compliant', 'duplicate headers',
          'messages with multiple addresses']
        none_of: ['HELO', 'EHLO', 'domain']
        hint: This message breaks the rules for messages (headers missing, twice or malformed). Look at what wrote it.
        matches: ['550 5.7.1 This message is not RFC 5322 compliant because it has duplicate headers.']
        rejects: ['501 5.5.4 EHLO name is not RFC compliant', '450 duplicate message']
      - id: sender-not-owned
        cause: policy
        words: ['not owned by user', 'not owned by auth user', 'sender address rejected: not logged in',
          'does not have permissions to send as this sender', 'not allowed to send as']
        hint: The login we relay with may not send as this sender. Use an address that belongs to it, or have the relay allow it.
        matches: ['450 4.7.1 <a@example.com>: Sender address rejected: not owned by user b@example.com']
        rejects: ['450 4.1.8 <a@example.com>: Sender address rejected: Domain not found']
      - id: authentication
        cause: authentication
        words: ['spf', 'dkim', 'dmarc', 'domainkeys', 'sender policy framework', 'sender id', 'arc validation',
          'email authentication', 'unauthenticated email', 'unauthenticated mail', 'sender authentication',
          'message is not signed', 'not properly authenticated', 'authorized to use in mailfrom*',
          'domain owner discourages', 'not properly authorized', 'unauthenticated']
        none_of: ['rate*', 'spf-discuss', 'authentication required', 'unauthenticated connections', 'user unknown']
        hint: SPF, DKIM or DMARC of our domain did not pass or could not be looked up. Check the records, the signature and, for forwarded mail, SRS or ARC.
        matches: ['451 4.7.23 SPF check temporarily failed for example.com',
          '450 4.7.1 DKIM signature could not be verified, try again later',
          '451 4.7.1 DMARC policy could not be evaluated']
        rejects: ['421 4.7.1 Mail rate limited because of a failed DMARC check', '530 5.7.0 Authentication required']
      - id: sender-rejected
        cause: sender-unverified
        words: ['Sender address rejected: Domain not found', 'Sender address rejected: unverified',
          'Sender address rejected: undeliverable', 'Sender address rejected: Malformed DNS',
          'Domain of sender address', 'sender verify', 'sender verification', 'verify sender', 'sender unverified',
          'could not verify sender', 'cannot verify sender', 'unable to verify sender', 'sender domain',
          'domain of sender', 'sender callout', 'callback setup', 'could not complete sender', "sender's domain",
          'unresolvable sender', 'sending domain', 'sender address verification', 'unable to resolve sender',
          'mail from domain', 'return address', 'unresolvable address', 'from address rejected', 'envelope sender',
          'verification failed for', 'sender address rejected', 'address of the sender', 'null sender',
          'does not accept mail from null', 'sender does not exist', 'verify mailfrom', 'bogus mail from', 'batv',
          'unroutable sender', 'from: domain is invalid', 'blank from', 'spoofed message', 'sender rejected',
          'sender email address rejected', 'e2110', 'email address is not verified', 'domain is not verified',
          'invalid sender domain', 'validating sender', 'validate sender', 'sender validation']
        none_of: ['reputation', 'recipient verify', 'Access denied', 'rate*', 'limit*', 'too many', 'to many',
          'exceeded', 'blocked', 'policy']
        hint: The server could not verify our envelope sender. Does its domain resolve, and do we answer for that address?
        matches: ['450 4.1.8 <a@example.com>: Sender address rejected: Domain not found',
          '451 4.1.8 Domain of sender address a@example.com does not resolve',
          '451 Could not complete sender verify callout',
          '450 4.1.7 <a@example.com>: Sender address rejected: unverified address: Address verification in progress']
        rejects: ['451 4.1.1 Could not complete recipient verify callout', '450 sender domain has a poor reputation']
      - id: recipient-rate
        cause: recipient-rate
        words: ['user is receiving mail', 'recipient is receiving mail', 'mailbox is receiving',
          'receiving mail at a rate', 'receiving mail too quickly', 'too many messages for this recipient',
          'too many messages to this recipient', 'recipient rate limit', 'recipient has exceeded', 'recipient exceeded',
          'recipient has reached', 'incoming limit', 'user received too many', 'receives too many', 'too many emails to this user', 'too many mails to this user', 'too many messages to this user',
         
          'recipient message rate', 'receiving limit', 'recipient quota per', 'has received too many', 'inbound limit',
          'mail receiving limit', 'forwarding limit']
        none_of: ['quota exceeded', 'over quota', 'exceeded quota', 'exceeded their quota', 'storage']
        hint: The mailbox gets more mail than its provider allows in a time; it may not be ours alone. Waiting helps.
        matches: ['450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time.']
        rejects: ['450 4.7.1 You are sending mail too quickly',
          '452 4.2.2 The user you are trying to contact is over quota']
      - id: recipient-rate-wording
        cause: recipient-rate
        words: ['mailbox', 'recipient', 'recipient''s', 'user', 'user''s', 'account', 'inbox']
        patterns: ['(?:receiv\w+|incoming|inbound|getting|gets) (?:\w+ ){0,3}(?:too (?:many|much|fast|quick)|faster than|more (?:mail|messages|e-?mails?) than|limit|rate|at a rate)',
          '(?:too (?:many|much)|rate|limit|limits) (?:\w+ ){0,4}(?:receiv|incoming|inbound)',
          'received too (?:many|much)']
        none_of: ['sender*', 'full', 'storage', 'space', 'size', 'disabled', 'unknown', 'spam', 'your', 'server']
        hint: The mailbox gets more mail than its provider allows in a time; it may not be ours alone. Waiting helps.
        matches: ['450 4.2.1 Recipient over its daily incoming message limit',
          '450 4.2.1 The account is receiving messages faster than allowed']
        rejects: ['450 4.2.1 The sender has sent the recipient too many messages', '452 4.2.2 user over quota']
      - id: too-many-recipients-at-once
        cause: too-many-recipients
        words: ['too many recipients this session', 'too many recipients for this session',
          'too many recipients in this session', 'too many recipients in one session',
          'too many recipients per session', 'too many recipients per connection', 'too many recipients per message',
          'too many recipients per mail', 'too many recipients per transaction',
          'too many recipients for this message', 'recipients per session', 'recipients per connection',
          'recipients per message', 'recipients per transaction']
        none_of: ['per hour', 'per minute', 'per day', 'rate limit*']
        hint: The message goes on in smaller groups by itself; lower the recipients a delivery for this provider if it slows mail down.
        matches: ['452 4.5.3 Too many recipients this session', '452 Too many recipients per session']
        rejects: ['450 Too many recipients per hour', '421 too many messages per session']
      - id: connection-limit
        cause: connection-limit
        words: ['too many connections', 'connection slots', 'too many concurrent', 'too many simultaneous',
          'concurrent connection*', 'simultaneous connection*', 'connection limit*', 'too many sessions',
          'maximum connections', 'max connections', 'connections exceeded', 'too many open connections',
          'too many smtp connections', 'too many smtp sessions', 'number of connections', 'connection count',
          'parallel connections', 'concurrent smtp connections', 'connection quota', 'too many transactions',
          'too many messages in this connection', 'too many messages on this connection', 'messages per connection',
          'too many messages this session', 'too many mails in one session', 'concurrency limit',
          'maximum number of connections', 'too many messages for this session', 'for this session',
          'too many smtp conn*', 'trop de connexions', 'too many connection*', 'connections from your',
          'too many parallel', 'too many mails per session', 'per session', 'per connection', 'maximum concurrent',
          'too many threads', 'simultaneous smtp', 'connection threshold', 'too much connections',
          'connections for this ip', 'connections from this ip', 'session limit', 'open sessions',
          'too many smtp sessions for this host']
        none_of: ['recipients per', 'too many recipients', 'rate limit*', 'connection rate', 'per minute', 'per hour',
          'reputation', 'sender rate']
        hint: Fewer connections at once, and fewer messages over each, towards this provider.
        matches: ['421 4.7.0 mx.example.net Error: too many connections from 192.0.2.7',
          '421 Too many concurrent SMTP connections; please try again later.']
        rejects: ['450 4.7.1 too many recipients per connection', '421 connection rate exceeded, 30 per minute']
      - id: mailbox-full-by-code
        cause: mailbox-full
        words: ['quota', 'storage', 'full', 'space', 'mailbox', 'inbox']
        enhanced: [4.2.2]
        none_of: ['sending quota', 'for sender', 'messages per', 'too many messages']
        hint: Only the recipient can make room.
        matches: ['422 4.2.2 Quota limit exceeded', '452 4.2.2 Mailbox has exceeded the limit']
        rejects: ['450 4.7.1 Sender quota exceeded, too many messages']
      - id: mailbox-over-limit
        cause: mailbox-full
        words: ['mailbox has exceeded', 'mailbox exceeded', 'mailbox exceeds', 'disk space limit',
          'mailbox size exceeded', 'mailbox limit exceeded', 'mailbox space limit', 'messages on the server']
        none_of: ['messages per', 'rate*', 'per hour', 'per day', 'per minute']
        hint: Only the recipient can make room.
        matches: ['451 The mailbox has exceeded its disk space limit']
        rejects: ['450 mailbox has exceeded its 100 messages per hour']
      - id: too-many-bad-commands
        cause: protocol
        words: ['too many bad command*', 'too many invalid command*', 'too many unrecognized command*',
          'too many unknown command*', 'too many syntax errors', 'too many protocol errors',
          'too many non-smtp commands', 'too many errors in commands']
        hint: The server gave up on the session after commands that it did not like; look at the session.
        matches: ['421 4.7.0 Too many bad commands', '421 Too many invalid commands']
        rejects: ['421 4.7.0 Too many errors', '421 4.7.0 Too many invalid recipients']
      - id: too-many-recipients-by-code
        cause: too-many-recipients
        enhanced: [4.5.3]
        words: ['recipients limit', 'recipient limit', 'envelope limit', 'rcpt limit', 'recipients exceeded',
          'limit of recipients']
        none_of: ['per hour', 'per minute', 'per day', 'hourly', 'daily', 'rate*', 'quota', 'sent', 'sending']
        hint: The message goes on in smaller groups by itself; lower the recipients a delivery for this provider if it slows mail down.
        source: RFC 3463, section 3.6 (X.5.3)
        matches: ['452 4.5.3 Recipients limit exceeded', '452 4.5.3 Envelope limit exceeded [AbC12]']
        rejects: ['452 4.5.3 Hourly recipients limit exceeded', '452 4.5.3 Limit exceeded', '450 4.7.1 Recipients limit exceeded']
      - id: rate-limited
        cause: rate-limited
        words: ['rate limit*', 'rate-limit*', 'ratelimit*', 'rate control*', 'throttl*', 'too many messages',
          'too many mails', 'too many emails', 'too many mail', 'too much mail', 'too much email', 'sending rate',
          'rate exceeded', 'exceeded the rate', 'exceeding rate', 'limit exceeded', 'exceeded limit', 'sending limit',
          'exceeded the maximum number', 'messages per', 'mails per', 'emails per', 'message rate', 'mail rate',
          'unusual rate', 'unusual volume', 'high volume', 'volume limit', 'connection rate', 'too frequent*',
          'frequency limit*', 'frequency', 'too fast', 'slow down', 'sending too', 'sent too', 'sent to many',
          'connecting too', 'hourly limit', 'daily limit', 'hourly quota', 'daily quota', 'sending quota', 'rate of',
          'traffic volume', 'too many requests', 'over rate', 'rate limiting', 'limit reached', 'exceeded its',
          'exceeded your', 'too many recipients per', 'too many recipients from', 'submission rate', 'slower',
          'exceeded the configured limit', 'per hour', 'per minute', 'per day', 'trop de mails', 'too quickly',
          'rate too high', 'too many new', 'message limit', 'volume of', 'too many bounces', 'too many unknown',
          'too many invalid', 'too many errors', 'number of messages', 'connection frequency', 'maximum rate',
          'rate is', 'message throughput', 'reduce the rate', 'burst', 'quota for sending', 'sender rate', 'excessive*',
          'too often', 'in a short time', 'sender quota', 'too many rcpt', 'exceeded max', 'daily mail quota',
          'daily message quota', 'message quota', 'too many recent messages', 'messaging limits', 'send fewer',
          'too much load from you', 'too many auth*', 'too much traffic', 'too many deliveries', 'connection limited',
          'quota for sender', 'rate_limit*', 'rate-limiting', 'too many recipients received from',
          'you have reached the limit of messages', 'you have reached the limit of mails',
          'you have reached the limit of emails', 'you have reached the limit of e-mails']
        none_of: ['amounts of data', 'mailbox quota', 'line limit', 'mail data', 'thread limit', 'user quota',
          'over quota', 'disk quota', 'mailbox size', 'storage', 'mailbox full', 'mailbox is full', 'message size',
          'size limit', 'resources temporarily', 'not throttl*', 'timeout exceeded', 'exceeded storage',
          'exceeded its quota', 'exceeded your quota', 'processing time', 'too many recipients.', 'too many hops',
          'reputation', 'recipient over', 'commands from a client', 'time limit', 'limiting is temporarily',
          'limiting is unavailable']
        hint: Too much mail from us for what this provider allows us now. Lower rate and concurrency for it; the limit rises with good reputation.
        matches: ['421 4.7.0 Rate limit exceeded, try again later', '450 4.7.1 Error: too much mail from 192.0.2.7',
          '451 Message temporarily deferred due to unusual volume',
          '421 Messages from 192.0.2.7 temporarily deferred, throttled',
          '450 4.7.1 Sorry, you have reached the limit of messages',
          '450 4.7.1 <mx.example.com[192.0.2.7]>: Client host rejected: Too many recipients received from this sender']
        rejects: ['452 4.2.2 user is over quota', '421 timeout exceeded', '452 4.5.3 Too many recipients']
      - id: reputation
        cause: reputation
        words: ['reputation*', 'poor sender', 'user complaints', 'complaints', 'suspicious', 'spam source',
          'sends spam', 'sending spam', 'sent spam', 'spammer*', 'spamming', 'abusive', 'abuse from', 'unsolicited',
          'bad history', 'blocked by policy', 'temporarily blocked', 'temporary block', 'has been blocked',
          'is blocked', 'ip blocked', 'are blocked', 'temporarily banned', 'banned', 'blocked for', 'blocked due',
          'blocked because', 'temporarily rejected due', 'sender score', 'ip warm*', 'suspected spam source',
          'not trusted', 'untrusted', 'unknown source', 'dynamically assigned', 'residential', 'sender is blocked',
          'host blocked', 'domain blocked', 'have been blocked', 'penalty box', 'bad sender', 'sender blocked',
          'has been temporarily blocked', 'bad ip profile', 'unwanted messages',
          'not currently accepting mail from your', 'sender ip address rejected', 'open proxy', 'requires confirmation',
          'access to submit messages', 'to submit messages to this e-mail system', 'intrusion prevention',
          'your ip subnet', 'your subnet', 'ip has been temporarily deferred', 'because of previous errors',
          'has not passed validation', 'likely unsolicited', 'not accept mail from your', 'suspensao de envio',
          'envio suspenso']
        none_of: ['certificate*', 'because its content', 'due to content', 'due to its content', 'due to the content',
          'mailbox has been blocked', 'to many mails', 'by the recipient', 'by the user', 'by user', 'attachment*', 'virus', 'malware',
          'user is blocked', 'recipient is blocked', 'account is blocked', 'mailbox is blocked',
          'account has been blocked', 'phish*', 'message has been blocked because it contains', 'recipient blocked',
          'suspicious link*', 'suspicious attach*', 'suspicious content']
        hint: The provider distrusts our address or domain. Look at complaints, spam traps, compromised accounts; its postmaster page shows more.
        matches: ['421 4.7.0 Temporarily deferred due to poor IP reputation',
          '450 4.7.1 Your IP has been temporarily blocked due to user complaints']
        rejects: ['450 mailbox is blocked', '554 message has been blocked because it contains a virus']
      """#)
}
