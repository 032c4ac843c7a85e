extension BuiltInRules {
  static let verification = BuiltInRules(
    name: "verification.yaml",
    text: #"""
      # Address verification: a server tells its client what its probe was told elsewhere, by a server that spoke to the
      # prober. None of those words are about the client: which address could not be verified is all that counts, so that
      # these rules stand before all that go by words. The address has no colon of its own: rules see it hidden.
      # Texts: Postfix 3.11 src/smtpd/smtpd_check.c (check_address_verify), src/verify.
      - id: inbound-sender-probe
        cause: sender-unverified
        direction: inbound
        evidence: provider
        words: ['Sender address rejected: unverified address', 'Sender address rejected: undeliverable address']
        patterns: ['^[^:]*: sender address rejected: un(?:verified|deliverable) address: host \S+ (?:said|refused to talk to me):']
        hint: The server of the sender's domain did not tell our probe that the address exists; its answer stands behind.
        documentation: https://www.postfix.org/ADDRESS_VERIFICATION_README.html
        matches: ['450 4.1.7 <a@example.net>: Sender address rejected: unverified address: host mx.example.net[192.0.2.9] said: 450 4.2.0 <a@example.net>: Recipient address rejected: Greylisted (in reply to RCPT TO command)',
          '450 4.1.7 <a@example.net>: Sender address rejected: unverified address: host mx.example.net[192.0.2.9] refused to talk to me: 421 4.7.0 too many connections']
        rejects: ['450 4.1.7 <a@example.net>: Sender address rejected: unverified address: Address verification in progress',
          '450 4.1.1 <a@example.org>: Recipient address rejected: unverified address: host mx.example.org[192.0.2.9] said: 450 4.1.7 <b@example.net>: Sender address rejected: unverified address: Address verification in progress']
      - id: sender-probe
        cause: sender-unverified
        evidence: provider
        words: ['Sender address rejected: unverified address', 'Sender address rejected: undeliverable address']
        patterns: ['^[^:]*: sender address rejected: un(?:verified|deliverable) address: host \S+ (?:said|refused to talk to me):']
        hint: The server asked the one of our sender's domain whether the address exists, and did not hear that it does; the answer stands behind. Our own greylisting and limits have to let such probes (a null sender's) pass.
        documentation: https://www.postfix.org/ADDRESS_VERIFICATION_README.html
        matches: ['450 4.1.7 <a@example.com>: Sender address rejected: unverified address: host mx.example.com[192.0.2.9] said: 450 4.2.0 <a@example.com>: Recipient address rejected: Greylisted (in reply to RCPT TO command)',
          '450 4.1.7 <a@example.com>: Sender address rejected: unverified address: host mx.example.com[192.0.2.9] refused to talk to me: 421 4.7.0 too many connections']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: unverified address: host mx.example.org[192.0.2.9] said: 450 4.1.7 <b@example.net>: Sender address rejected: unverified address: Address verification in progress']
      - id: inbound-recipient-probe
        cause: recipient-unverified
        direction: inbound
        evidence: provider
        words: ['Recipient address rejected: unverified address']
        patterns: ['^[^:]*: recipient address rejected: unverified address: host \S+ (?:said|refused to talk to me):']
        hint: The next server did not tell our probe that the recipient exists; its answer stands behind and is about us, not about the client.
        documentation: https://www.postfix.org/ADDRESS_VERIFICATION_README.html
        matches: ['450 4.1.1 <a@example.org>: Recipient address rejected: unverified address: host mx.example.org[192.0.2.9] said: 450 4.2.0 <a@example.org>: Recipient address rejected: Greylisted (in reply to RCPT TO command)',
          '450 4.7.1 <a@example.org>: Recipient address rejected: unverified address: host mx.example.org[192.0.2.9] said: 450 4.7.1 Client host rejected: cannot find your reverse hostname (in reply to RCPT TO command)']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: User unknown in virtual mailbox table',
          '450 4.1.7 <a@example.net>: Sender address rejected: unverified address: Address verification in progress']
      - id: recipient-probe
        cause: recipient-unverified
        evidence: provider
        words: ['Recipient address rejected: unverified address']
        patterns: ['^[^:]*: recipient address rejected: unverified address: host \S+ (?:said|refused to talk to me): 4\d\d']
        none_of: ['full', 'quota*', 'storage', 'user unknown', 'unknown user', 'no such user', 'mailbox*', 'does not exist']
        hint: The server asked the one behind it whether the recipient exists, and was put off itself; what that one said stands behind and is not about us.
        documentation: https://www.postfix.org/ADDRESS_VERIFICATION_README.html
        matches: ['450 4.1.1 <a@example.org>: Recipient address rejected: unverified address: host mx.example.org[192.0.2.9] said: 450 4.7.1 Client host rejected: cannot find your reverse hostname (in reply to RCPT TO command)']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: unverified address: host mx.example.org[192.0.2.9] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)']
      """#)
}
