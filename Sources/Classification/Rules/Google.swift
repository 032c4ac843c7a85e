extension BuiltInRules {
  static let google = BuiltInRules(
    name: "google.yaml",
    text: #"""
      # Google: Gmail and Workspace. Every reply of theirs ends in "gsmtp" or "gcdp".
      # Source: https://support.google.com/a/answer/3726730 (Gmail SMTP errors and codes), seen also at
      # https://pastebin.com/6G7q8H39 and https://www.entertop.net/knowledge/smtp-error-reference/
      - id: google-recipient-rate
        cause: recipient-rate
        provider: google
        signature: [gsmtp, support.google.com]
        words: ['is receiving mail too quickly', 'is receiving mail at a rate', 'is receiving email too quickly',
          'is receiving email at a rate', 'p=ReceivingRate']
        hint: This mailbox gets more mail than Google lets in for one account; others may be sending too. It passes by itself.
        documentation: https://support.google.com/mail/?p=ReceivingRate
        retry_helps: true
        matches: ['450-4.2.1 The user you are trying to contact is receiving email at a rate that prevents additional messages from being delivered. Please resend your message at a later time.']
        rejects: ['421-4.7.32 Your email has been rate limited because the From: header in this message is not aligned with either SPF or DKIM. - gsmtp']
      - id: google-relay-limit
        cause: rate-limited
        provider: google
        signature: [gsmtp]
        words: ['SMTP relay limit exceeded', 'Peak SMTP relay limit', 'sending quota exceeded',
          'Daily user sending limit exceeded', 'Email quota exceeded']
        hint: Our own Workspace relay account has used up its sending limit.
        documentation: https://support.google.com/a/answer/166852
        matches: ['450 4.2.1 Peak SMTP relay limit exceeded for this customer. This is a temporary error.']
        rejects: ['422 4.2.2 Quota limit exceeded']
      - id: google-mailbox-full
        cause: mailbox-full
        provider: google
        signature: [gsmtp, support.google.com]
        words: ['over quota', 'out of storage space', 'p=OverQuotaTemp', 'p=OverQuotaPerm']
        hint: The account, or its Workspace storage, is full. Only the recipient can make room.
        documentation: https://support.google.com/mail/?p=OverQuotaTemp
        matches: ["452 4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to manage files in their storage. - gsmtp"]
        rejects: ['421-4.7.29 This message was not sent over a TLS connection. - gsmtp']
      - id: google-unsolicited-rate
        cause: rate-limited
        provider: google
        signature: [gsmtp, support.google.com]
        words: ['unusual rate of', 'UnsolicitedRateLimitError', 'UnsolicitedIPError',
          'p=UnsolicitedRateLimitError', 'p=UnsolicitedIPError', 'unusual amount of',
          'p=IPRateLimit']
        hint: Google sees more unsolicited mail from this address or domain than it trusts. Slow down, look at Postmaster Tools, keep complaints under 0.1%.
        documentation: https://support.google.com/mail/?p=UnsolicitedRateLimitError
        matches: ['421-4.7.0 [192.0.2.7 15] Our system has detected an unusual rate of 421-4.7.0 unsolicited mail originating from your IP address. To protect our 421-4.7.0 users from spam, mail sent from your IP address has been temporarily 421-4.7.0 rate limited. - gsmtp',
          '421-4.7.28 Gmail has detected an unusual rate of mail originating from your SPF domain [example.com]. - gsmtp']
        rejects: ['421-4.7.26 Your email has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp']
      - id: google-content
        cause: content
        provider: google
        signature: [gsmtp, support.google.com]
        words: ['nature of the content', 'its content presents a potential', 'not RFC 5322 compliant',
          'illegal attachment', 'header value', 'messages with multiple addresses', 'p=rfcMessageNonCompliant',
          'p=BlockedMessage', 'p=InvalidFrom*']
        hint: Google objects to links, attachments or headers of this message.
        documentation: https://support.google.com/mail/answer/6590
        matches: ['421-4.7.0 This message is suspicious due to the nature of the content or the links within. - gsmtp']
        rejects: ['421-4.7.0 This message is suspicious due to the very low reputation of the sending IP address. - gsmtp']
      - id: google-session-expired
        cause: connection-lost
        provider: google
        signature: [gsmtp, support.google.com]
        words: ['Connection expired, try reconnecting', 'Timeout - closing connection']
        hint: The session stood idle for too long; usually our own server was slow, or the line was.
        documentation: https://support.google.com/a/answer/3726730
        matches: ['451 4.4.2 Timeout - closing connection. - gsmtp']
        rejects: ['421 4.7.0 Try again later, closing connection. (MAIL) - gsmtp']
      - id: google-reputation
        cause: reputation
        provider: google
        signature: [gsmtp, support.google.com]
        words: ['very low reputation', 'low reputation of the sending', 'UnsolicitedMessageError',
          'p=UnsolicitedMessageError', 'likely unsolicited', 'likely suspicious due to']
        hint: The sending domain or address has a bad name at Google; see Postmaster Tools.
        documentation: https://support.google.com/mail/answer/188131
        matches: ['421-4.7.0 This message is suspicious due to the very low reputation of the sending IP address. - gsmtp']
        rejects: ['421-4.7.0 This message is suspicious due to the nature of the content or the links within. - gsmtp']
      - id: google-ptr
        cause: reverse-dns
        provider: google
        signature: [gsmtp, support.google.com]
        enhanced: [4.7.23, 4.7.25]
        hint: The sending address needs a PTR record, and that name must resolve back to it.
        documentation: https://support.google.com/mail/answer/81126#ip
        matches: ['421-4.7.23 The sending IP address for this message does not have a PTR record. - gsmtp']
        rejects: ['451-4.7.24 The SPF record of the sending domain has one or more suspicious entries. - gsmtp']
      - id: google-no-tls
        cause: tls-failure
        provider: google
        signature: [gsmtp, support.google.com]
        enhanced: [4.7.29]
        hint: Google wants bulk mail over TLS; this came without.
        documentation: https://support.google.com/mail/answer/81126#tls
        matches: ['421-4.7.29 This message was not sent over a TLS connection. - gsmtp']
        rejects: ['421 4.7.0 Try again later, closing connection. (MAIL) - gsmtp']
      - id: google-authentication
        cause: authentication
        provider: google
        signature: [gsmtp, support.google.com]
        enhanced: [4.7.24, 4.7.26, 4.7.27, 4.7.30, 4.7.31, 4.7.32, 4.7.40]
        hint: SPF, DKIM, DMARC or the alignment of the From header does not meet Google's rules for senders. The last digits say which.
        documentation: https://support.google.com/mail/answer/81126#authentication
        matches: ['421-4.7.26 Your email has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp',
          '421-4.7.32 Your email has been rate limited because the From: header in this message is not aligned with either SPF or DKIM. - gsmtp',
          '451-4.7.24 The SPF record of the sending domain has one or more suspicious entries. - gsmtp']
        rejects: ['421-4.7.28 Gmail has detected an unusual rate of mail originating from your SPF domain [example.com]. - gsmtp']
      - id: google-limited-for-authentication
        cause: authentication
        evidence: provider
        direction: outbound
        words: ['rate limited because it is unauthenticated', 'rate limited because SPF', 'rate limited because DKIM',
          'rate limited because the From: header', 'rate limited because there is no DMARC alignment',
          'SPF record of the sending domain has one or more suspicious entries',
          'does not have authentication information or fails to pass authentication checks']
        hint: SPF, DKIM, DMARC or the alignment of the From header does not meet Google's rules for senders. Mend that first; the limit goes with it.
        documentation: https://support.google.com/mail/answer/81126#authentication
        matches: ['421 4.7.30 Your email has been rate limited because DKIM authentication did not pass for this message.',
          '421-4.7.0 This message does not have authentication information or fails to 421-4.7.0 pass authentication checks. To best protect our users from spam, the 421-4.7.0 message has been blocked. - gsmtp',
          '4.7.32 This mail has been rate limited because there is no DMARC alignment']
        rejects: ['there is no one at this address', '421-4.7.0 our users from spam, the message has been blocked. - gsmtp']
      - id: google-rate
        cause: rate-limited
        provider: google
        signature: [gsmtp, support.google.com]
        enhanced: [4.7.28]
        hint: Slow down towards Google; the limit is by address, SPF domain, DKIM domain or URL as the text says.
        documentation: https://support.google.com/mail/?p=UnsolicitedRateLimitError
        matches: ['421-4.7.28 mail limit for this URL domain. - gsmtp']
        rejects: ['421 4.7.0 TLS required for RCPT domain, closing connection. - gsmtp']
      - id: google-tls-required
        cause: tls-failure
        provider: google
        signature: [gsmtp, support.google.com]
        words: ['TLS required for RCPT domain']
        hint: The recipient's Workspace demands TLS, which this session had not.
        documentation: https://support.google.com/a/answer/3726730
        matches: ['421 4.7.0 TLS required for RCPT domain, closing connection. - gsmtp']
        rejects: ['421 4.7.0 IP not in whitelist for RCPT domain, closing connection. - gsmtp']
      - id: google-whitelist
        cause: policy
        provider: google
        signature: [gsmtp, gcdp]
        words: ['not in whitelist for RCPT domain', gcdp, 'IP not in allowlist']
        hint: The recipient's Workspace administrator lets in chosen addresses or content only.
        documentation: https://support.google.com/a/answer/3726730
        matches: ['421 4.7.0 IP not in whitelist for RCPT domain, closing connection. - gsmtp']
        rejects: ['421 4.7.0 TLS required for RCPT domain, closing connection. - gsmtp']
      - id: google-try-later
        cause: rate-limited
        provider: google
        signature: [gsmtp]
        words: ['Try again later, closing connection']
        hint: Google closed the session at its start; usually too many sessions from this address at once.
        documentation: https://support.google.com/a/answer/3726730
        matches: ['421 4.7.0 Try again later, closing connection. (MAIL) - gsmtp']
        rejects: ['451 4.4.2 Timeout - closing connection. - gsmtp']
      - id: google-onward-connect
        cause: connect-failure
        evidence: provider
        direction: outbound
        words: ['did not accept our requests to connect', 'the recipient server did not respond']
        hint: Gmail took the message for somebody and can't reach the server that has the mailbox. Its operator has to act.
        documentation: https://support.google.com/mail/answer/7720
        matches: ['The recipient server did not accept our requests to connect. Learn more at https://support.google.com/mail/answer/7720 [mx.example.net. 192.0.2.25: timed out]']
        rejects: ['451 4.4.2 Timeout - closing connection. - gsmtp']
      - id: google-one-domain
        cause: too-many-recipients
        provider: google
        signature: [gsmtp]
        words: ['Multiple destination domains per transaction', 'Domain policy size per transaction',
          'try this recipient in a separate transaction']
        hint: Google takes the recipients of one domain at a time; our server sends the rest by itself.
        documentation: https://support.google.com/a/answer/3726730
        matches: ['451-4.3.0 Multiple destination domains per transaction is unsupported. Please try again. - gsmtp']
        rejects: ['421-4.7.28 mail limit for this URL domain. - gsmtp']
      - id: google-system
        cause: system-busy
        provider: google
        signature: [gsmtp]
        words: ['Temporary System Problem', 'Server busy', 'Mail server temporarily rejected', 'Internal error',
          'Mail system congestion']
        hint: Trouble on Google's side. Waiting helps; https://www.google.com/appsstatus shows larger outages.
        documentation: https://support.google.com/a/answer/3726730
        matches: ['421 4.3.0 Temporary System Problem. Try again later. - gsmtp',
          '421 4.4.5 Server busy, try again later. - gsmtp',
          '451 4.3.0 Mail server temporarily rejected message. - gsmtp']
        rejects: ['451 4.3.0 Temporary problem']
      """#)
}
