extension BuiltInRules {
  static let genericOther = BuiltInRules(
    name: "generic-other.yaml",
    text: #"""
      # Wordings that many servers share and that say little more than that they refuse, or wait.
      - id: mailbox-blocked
        cause: mailbox-unavailable
        words: ['mailbox is blocked', 'mailbox has been blocked', 'mailbox blocked', 'account is blocked',
          'account has been blocked', 'user is blocked', 'recipient is blocked']
        none_of: ['your', 'sender*', 'spam*', 'ip', 'client', 'outgoing', 'sending', 'by the recipient', 'by the user',
          'policy', 'abuse', 'reputation']
        hint: The server has shut this mailbox. If it stays so for weeks, remove the address.
        matches: ['450 mailbox is blocked', '550 5.2.1 This mailbox has been blocked due to inactivity']
        rejects: ['450 your account is blocked', '550 the account has been blocked for sending too much', '550 5.7.1 blocked']
      - id: policy
        cause: policy
        words: ['policy', 'access denied', 'not allowed', 'not permitted', 'not authorized', 'unauthorized',
          'client host rejected', 'permission denied', 'rejected by', 'restricted', 'denied', 'forbidden', 'blocked',
          'refused', 'prohibited', 'violation', 'administrative*', 'local policy', 'not accepted',
          'delivery restrictions', 'no access from mail server', 'verification failure']
        hint: A policy of the receiving server; its text is all there is to go by.
        matches: ['450 4.7.1 Client host rejected: Access denied', '451 4.7.1 Message refused by local policy']
        rejects: ['450 4.2.1 user unknown', '451 please try again later']
      - id: recipient-rejected-bare
        cause: mailbox-unavailable
        evidence: reply-code
        words: ['recipient address rejected', 'recipient rejected', 'recipient refused']
        none_of: ['rejected:', 'sender', 'later', 'policy']
        hint: The server has no use for this address now and does not say why. If it stays so, remove it.
        matches: ['<a@example.org> recipient address rejected']
        rejects: ['450 <a@example.org>: Recipient address rejected: Try again later']
      - id: address-rejected-at-rcpt
        cause: mailbox-unavailable
        evidence: reply-code
        direction: outbound
        stages: [rcpt]
        codes: ['550', '551', '553']
        words: ['address rejected', 'address refused']
        none_of: ['sender*', 'from']
        hint: The server has no use for this address and does not say why. If it stays so, remove it.
        matches: ['550 address rejected']
        rejects: ['450 address rejected', '550 sender address refused']
      - id: address-rejected-bare
        cause: policy
        evidence: reply-code
        words: ['address rejected', 'address refused']
        hint: The server refuses an address and says neither whose nor why.
        matches: ['450 address rejected']
        rejects: ['450 address not found']
      - id: time-expired
        cause: system-busy
        direction: outbound
        evidence: reply-code
        words: ['message expired', 'delivery time expired', 'delivery expired', 'giving up on',
          'not been collected after', 'delivery attempts will continue', 'made numerous attempts', 'still undelivered',
          'not yet been delivered', 'been delayed']
        hint: Only that time ran out is said; the attempts before it say why.
        matches: ['400 Message expired', '451 giving up on mx.example.net']
        rejects: ['451 password expired', '421 connection expired']
      - id: try-later
        cause: system-busy
        direction: outbound
        evidence: reply-code
        words: ['try again', 'try later', 'retry later', 'try again later', 'later', 'retry', 'temporarily deferred',
          'deferred', 'temporarily rejected', 'temporary', 'temporarily', 'come back', 'defer', 'postponed', 'wait',
          'requested action not taken', 'requested action aborted', 'requested mail action', 'action not taken',
          'resend']
        hint: The server gives no reason, only that it wants to be asked again.
        matches: ['451 Please try again later', '451 Message temporarily deferred']
        rejects: ['450 over']
      """#)
}
