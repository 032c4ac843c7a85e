extension BuiltInRules {
  static let enhancedCodes = BuiltInRules(
    name: "enhanced-codes.yaml",
    text: #"""
      # What an enhanced status code says when no text did: RFC 3463, RFC 5248 and the IANA registry
      # "Simple Mail Transfer Protocol (SMTP) Enhanced Status Codes". The class digit is not looked at.
      # x.0.0 says nothing and is left to the reply code.
      - id: recipient-refused
        cause: policy
        evidence: enhanced-code
        words: ['Recipient address rejected']
        enhanced: [4.2.0, 4.7.*]
        hint: A restriction of the receiving server refuses this recipient for now; it may be meant for the sender.
        matches: ['450 4.2.0 <a@example.org>: Recipient address rejected: nothing else is said']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: nothing else is said']
      - id: code-sender-other
        cause: sender-unverified
        stages: mail
        enhanced: [4.1.0, 4.1.1]
        hint: The server does not like our envelope sender. Check that its domain resolves and takes mail.
        matches: ['451 4.1.0 nothing else is said']
        rejects: ['450 4.1.2 nothing else is said']
      - id: code-address-at-rcpt
        cause: mailbox-unavailable
        stages: rcpt
        enhanced: [4.1.0]
        hint: The server has no use for this address now. Check that it is right; if it stays so, remove it.
        matches: ['450 4.1.0 nothing else is said']
        rejects: ['450 4.1.1 nothing else is said']
      - id: code-address-unsaid
        cause: policy
        enhanced: [4.1.0]
        hint: The server says only that an address is at fault, not whose; look at its text.
        matches: ['451 4.1.0 nothing else is said']
        rejects: ['450 4.1.1 nothing else is said']
      - id: code-address
        cause: mailbox-unavailable
        enhanced: [4.1.1, 4.1.3, 4.1.4, 4.1.6]
        hint: The server has no use for this address now. Check that it is right; if it stays so, remove it.
        matches: ['450 4.1.1 nothing else is said']
        rejects: ['450 4.1.8 nothing else is said']
      - id: code-recipient-domain
        cause: dns-failure
        enhanced: [4.1.2, 4.1.10]
        hint: The recipient's domain can't be found or takes no mail. Check its spelling and its DNS.
        matches: ['450 4.1.2 nothing else is said']
        rejects: ['450 4.1.1 nothing else is said']
      - id: code-sender-address
        cause: sender-unverified
        enhanced: [4.1.7, 4.1.8]
        hint: The server can't verify our envelope sender. Check that its domain resolves and takes mail.
        matches: ['451 4.1.8 nothing else is said']
        rejects: ['450 4.1.6 nothing else is said']
      - id: code-mailbox-full
        cause: mailbox-full
        enhanced: [4.2.2]
        hint: Only the recipient can make room.
        matches: ['452 4.2.2 nothing else is said']
        rejects: ['450 4.2.3 nothing else is said']
      - id: code-mailbox-length
        cause: message-too-large
        enhanced: [4.2.3, 4.3.4, 4.7.16]
        hint: The message is larger than the recipient or the server takes.
        matches: ['452 4.3.4 nothing else is said']
        rejects: ['450 4.2.2 nothing else is said']
      - id: code-mailbox
        cause: mailbox-unavailable
        enhanced: [4.2.*]
        hint: The mailbox can't be written to now. If it stays so for weeks, remove the address.
        matches: ['450 4.2.1 nothing else is said']
        rejects: ['450 4.3.1 nothing else is said']
      - id: code-system-storage
        cause: system-storage
        direction: outbound
        enhanced: [4.3.1]
        hint: The receiving server has run out of space; its operator has to act.
        matches: ['452 4.3.1 nothing else is said']
        rejects: ['450 4.3.3 nothing else is said']
      - id: code-own-system
        cause: local-configuration
        origin: local
        enhanced: [4.3.5]
        hint: Our own mail system is not set up right; its log says more.
        matches: ['4.3.5 nothing else is said']
        rejects: ['450 4.3.4 nothing else is said']
      - id: code-system-features
        cause: protocol
        enhanced: [4.3.3, 4.5.0, 4.5.1, 4.5.2, 4.5.4, 4.5.5, 4.5.6, 4.1.9]
        hint: The server did not like what our server said; look at the session.
        matches: ['451 4.5.2 nothing else is said']
        rejects: ['450 4.3.1 nothing else is said']
      - id: code-system
        cause: system-busy
        direction: outbound
        enhanced: [4.3.*]
        hint: The receiving system has trouble of its own. Waiting is all that can be done.
        matches: ['451 4.3.0 nothing else is said', '421 4.3.2 nothing else is said']
        rejects: ['450 4.2.0 nothing else is said']
      - id: code-no-answer
        cause: connect-failure
        enhanced: [4.4.1]
        hint: The server does not answer. If others can reach it, look at our firewall and routing.
        matches: ['4.4.1 nothing else is said']
        rejects: ['450 4.4.2 nothing else is said']
      - id: code-bad-connection
        cause: connection-lost
        enhanced: [4.4.2]
        hint: The session broke off. Look whether it is always at the same command.
        matches: ['421 4.4.2 nothing else is said']
        rejects: ['450 4.4.1 nothing else is said']
      - id: code-directory
        cause: dns-failure
        origin: [transport, local]
        enhanced: [4.4.3, 4.4.4]
        hint: A name server gave no usable answer. If many domains fail alike, it is our resolver.
        matches: ['4.4.3 nothing else is said']
        rejects: ['450 4.4.2 nothing else is said']
      - id: code-loop
        cause: routing
        enhanced: [4.4.6]
        hint: The message goes in a circle. Check MX records, relayhost and transport tables.
        matches: ['450 4.4.6 nothing else is said']
        rejects: ['450 4.4.7 nothing else is said']
      - id: code-congestion
        cause: system-busy
        origin: [remote, own-reply]
        enhanced: [4.4.*]
        hint: The receiving side has trouble with its own network or servers behind it.
        matches: ['451 4.4.5 nothing else is said', '451 4.4.0 nothing else is said']
        rejects: ['450 4.3.1 nothing else is said']
      - id: code-network
        cause: connect-failure
        enhanced: [4.4.*]
        origin: [transport, local]
        hint: The destination can not be reached now.
        matches: ['4.4.0 nothing else is said']
        rejects: ['450 4.3.1 nothing else is said']
      - id: code-too-many-recipients
        cause: too-many-recipients
        enhanced: [4.5.3]
        hint: The message goes on in smaller groups by itself.
        matches: ['452 4.5.3 nothing else is said']
        rejects: ['450 4.5.2 nothing else is said']
      - id: code-smtputf8
        cause: protocol
        enhanced: [4.6.7, 4.6.8, 4.6.9, 4.6.10]
        hint: The address or a header holds letters beyond ASCII, and the server, or one behind it, does not do SMTPUTF8 (RFC 6531). An address in ASCII reaches it, if there is one.
        documentation: https://www.rfc-editor.org/rfc/rfc6531#section-3.5
        matches: ['550 5.6.7 nothing else is said', '450 4.6.9 nothing else is said']
        rejects: ['450 4.6.6 nothing else is said']
      - id: code-media
        cause: content
        enhanced: [4.6.*]
        hint: The server can't take the message in this form (conversion, encoding, 8-bit headers).
        matches: ['450 4.6.0 nothing else is said']
        rejects: ['450 4.5.0 nothing else is said']
      - id: code-tls
        cause: tls-failure
        enhanced: [4.7.4, 4.7.5, 4.7.6, 4.7.10, 4.7.30]
        hint: TLS is wanted and did not come about. Compare our TLS settings with what the server offers.
        matches: ['454 4.7.5 nothing else is said']
        rejects: ['450 4.7.11 nothing else is said']
      - id: code-credentials
        cause: local-configuration
        direction: outbound
        enhanced: [4.7.8, 4.7.9, 4.7.11, 4.7.12]
        hint: The server wants a login that works. Check user name, password and mechanism for this relay.
        matches: ['454 4.7.8 nothing else is said']
        rejects: ['450 4.7.10 nothing else is said']
      - id: code-owner-changed
        cause: mailbox-unavailable
        enhanced: [4.7.13, 4.7.17, 4.7.18, 4.7.19]
        hint: The mailbox is disabled or belongs to somebody else now.
        matches: ['450 4.7.17 nothing else is said']
        rejects: ['450 4.7.12 nothing else is said']
      - id: code-authentication
        cause: authentication
        enhanced: [4.7.7, 4.7.20, 4.7.21, 4.7.22, 4.7.23, 4.7.24, 4.7.26, 4.7.29]
        hint: SPF, DKIM or DMARC of our domain did not pass. Check the records and the signature of this message.
        matches: ['450 4.7.24 nothing else is said']
        rejects: ['450 4.7.19 nothing else is said']
      - id: code-reverse-dns
        cause: reverse-dns
        enhanced: [4.7.25]
        hint: Our address needs a PTR record whose name resolves back to it.
        matches: ['450 4.7.25 nothing else is said']
        rejects: ['450 4.7.24 nothing else is said']
      - id: code-sender-null-mx
        cause: sender-unverified
        enhanced: [4.7.27]
        hint: Our sender's domain says that it takes no mail (null MX).
        matches: ['450 4.7.27 nothing else is said']
        rejects: ['450 4.7.26 nothing else is said']
      - id: code-flood
        cause: rate-limited
        enhanced: [4.7.28]
        hint: Too much mail from us in a short time. Slow down towards this provider.
        matches: ['450 4.7.28 nothing else is said']
        rejects: ['450 4.7.27 nothing else is said']
      - id: code-policy
        cause: policy
        enhanced: [4.7.*]
        hint: A policy of the receiving server; its text is all there is to go by.
        matches: ['451 4.7.1 nothing else is said', '451 4.7.0 nothing else is said']
        rejects: ['451 4.6.1 nothing else is said']
      """#)
}
