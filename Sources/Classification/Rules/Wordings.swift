extension BuiltInRules {
  static let wordings = BuiltInRules(
    name: "wordings.yaml",
    text: #"""
      # What no list of phrases covers: two things said anywhere in one reply, whatever words come between. They stand
      # after the phrases that speak of us and before those that speak of the message, the recipient and the system.
      # The verbs and nouns are those of RFC 5321, RFC 3463 and of the servers named in the other files.
      - id: wording-sessions
        cause: connection-limit
        direction: outbound
        words: [session, sessions, connection, connections]
        patterns: ['too many|limit|maximum|more than|at once|at a time|simultaneous|concurrent|parallel|already .*open']
        none_of: [timeout, timed out, refused, lost, reset, dropped, database, expired, upstream, backend, secure, rate,
          per minute, per hour, commands, tls, errors, idle,
          time limit, lifetime]
        hint: Fewer connections at once, and fewer messages over each, towards this provider.
        matches: ['421 4.7.0 You already have 20 sessions open', '421 No more than 10 connections at once please']
        rejects: ['421 4.4.2 connection timed out, more than 300 seconds without a command']
      - id: wording-greylisted
        cause: greylisted
        words: [first contact, first attempt, first delivery attempt, first time we see, triplet, triple,
          'sender/recipient pair', 'sender/recipient', never seen before, not seen before, seen for the first time,
          anti-spam measure, antispam measure, spam protection measure, spam prevention]
        patterns: ['retry|again|come back|back in|later|delay|wait|resend']
        none_of: [permanent*, blocked, listed, blacklist*, reputation]
        hint: Greylisting in other words; the next attempt normally passes.
        matches: ['451 4.7.1 First contact, please come back in a few minutes',
          '451 Your message is being delayed as an anti-spam measure, please retry']
        rejects: ['451 anti-spam measure: 192.0.2.7 is blocked, do not retry', '451 4.7.1 Please try again later']
      - id: wording-rate
        cause: rate-limited
        direction: outbound
        words: [your ip, your server, your host, your domain, your network, your address, your account, from you,
          sender, client, sending, submission, outgoing, your traffic]
        patterns: ['too (?:many|much|fast)|exceed|over (?:its|the|your) |more (?:mail|messages|e-?mails?) than|faster than',
          'used up|exhaust|high a rate|quota|budget|per (?:second|minute|hour|day)\b']
        none_of: [mailbox*, full, size, storage, recipients, hops, connection*, session*, commands, invalid, unknown,
          reputation, space, 'recipient''s', time limit, timeout, dns*, dmarc, spf, dkim, spam, complaints,
          user is over, over quota, 'recipient over', recipient mailbox]
        hint: Too much mail from us for what this provider allows us now. Lower rate and concurrency for it.
        matches: ['450 4.7.1 Your server has sent us more mail than we are willing to take right now',
          '451 4.7.1 Client is over its message budget']
        rejects: ['452 4.2.2 sender: the mailbox of the recipient exceeds its quota',
          '421 4.4.2 Your server exceeded the timeout']
      - id: wording-reputation
        cause: reputation
        direction: outbound
        words: [spam, abuse, abusive, spam trap*, spamtrap*, traps, sending history, history, complain*, suspicious]
        patterns: ['(?:from|your|this) (?:ip|network|server|host|address|range|subnet|domain|mail ?server|isp)\b|new ip\b',
          'no (?:sending )?history']
        none_of: [message looks, looks like spam, this message, your message, message contains, as spam, virus*,
          attachment*, link*, content*, report abuse, contact abuse]
        hint: The provider distrusts our address or domain. Look at complaints, spam traps, compromised accounts.
        matches: ['421 We are seeing spam from your network; deferred',
          '450 4.7.1 New IP address with no sending history']
        rejects: ['451 4.7.1 Message looks like spam, your IP is fine']
      - id: wording-alignment
        cause: authentication
        words: [not aligned, alignment, unaligned, must be authenticated, not signed]
        patterns: ['from|domain|header|messages?|mail']
        none_of: [log in, login, password, smtp auth]
        hint: SPF, DKIM or DMARC of our domain did not pass, or the From header is of another domain than they.
        matches: ['550 Email rejected: not aligned with the From domain']
        rejects: ['530 5.7.0 Users must be authenticated: log in before you send mail']
      - id: wording-host-name
        cause: reverse-dns
        direction: outbound
        words: [hostname, host name, dns name, dns entry, dns record, no name, dns records]
        patterns: ['(?:your|client|sending|connecting|remote)(?: ip)? (?:ip|address|host|server|machine)',
          '(?:hosts?|servers?|clients?) without|for your (?:ip|address)']
        none_of: [sender address, domain of, recipient*, mx record*, spf, dkim, sender domain, 'sender''s domain']
        hint: Our sending address needs a PTR record whose name resolves back to it, and our HELO name must exist.
        matches: ['421 4.7.1 Could not find hostname for your address',
          '421 We don''t accept mail from hosts without DNS name']
        rejects: ['450 4.1.8 No DNS record for the domain of your sender address']
      - id: wording-sender
        cause: sender-unverified
        direction: outbound
        words: [sender, 'sender''s', return path, return-path, mail from, envelope from, from address, callback,
          callout to, call back, from domain]
        patterns: ['verif|resolv|not exist|n.t exist|no (?:mx|a) |look(?:ed)? ?up|lookup|deliverable|invalid|malformed',
          'not found|callback|call ?back|callout|unresolv|fully[- ]qualified']
        none_of: [recipient*, rate*, reputation, policy, not allowed, blocked, listed, blacklist*, spf, dkim, dmarc,
          password, login, 'client host', virus, spam, greylist*, quota, too many, limit*, signature, helo, ehlo, user]
        hint: The server could not verify our envelope sender. Does its domain resolve, and do we answer for that address?
        matches: ['451 callback to sender failed', '450 Return path domain does not exist']
        rejects: ['450 the recipient does not exist, says its server to the sender']
      - id: wording-not-from-you
        cause: policy
        direction: outbound
        words: [accept mail from you, accept email from you, accept messages from you, take mail from you,
          mail from you is not, not accept any mail from, not accept connections from you,
          accept mail from this network, accept mail from this host, accept mail from this server,
          accept mail from this ip, accept mail from this address]
        hint: The server takes no mail from us, and does not say why.
        matches: ['450 4.7.1 We do not accept mail from you']
        rejects: ['421 4.3.2 We do not accept mail at this time']
      """#)
}
