extension BuiltInRules {
  static let germany = BuiltInRules(
    name: "germany.yaml",
    text: #"""
      # GMX, WEB.DE, mail.com, IONOS (all United Internet) and T-Online.
      # Sources: https://postmaster.gmx.net/en/error-messages, https://postmaster.web.de, https://smtp.codes/unitedinternet/,
      # https://new-faq.comservice-ffo.de/smtp-fehlermeldungen-e-mail-fehler/, https://postmaster.t-online.de/index.en.html,
      # https://timmehosting.de/leitfaden-wenn-t-online-e-mails-blockiert-ursachen-und-loesungen,
      # https://www.spamresource.com/2020/06/whoops-t-onlinede-not-accepting-mail.html
      - id: united-internet-rate
        cause: rate-limited
        provider: [gmx, web.de, ionos, strato]
        signature: ['Nemesis ESMTP', 'postmaster.gmx*', 'postmaster.web.de', 'postmaster.1and1*', 'postmaster.mail.com']
        words: ['Rate limit reached', 'rate limit*', 'c=rl*']
        hint: Too much in a short time for what GMX and WEB.DE know of this address. Wait some hours, then send more slowly.
        documentation: https://postmaster.gmx.net/en/error-messages
        matches: ['421-gmx.net (mxgmx016) Nemesis ESMTP Service not available 421-Service unavailable 421-Rate limit reached. Please try again later 421 For explanation visit https://postmaster.gmx.net/en/case?c=rl0101']
        rejects: ['421 gmx.net (mxgmx113) Nemesis ESMTP Service not available']
      - id: united-internet-content
        cause: content
        evidence: provider
        direction: outbound
        words: ['Reject due to policy restrictions (header based)']
        hint: The headers of this message break the rules (From, Date, Message-ID twice or malformed). Look at them.
        documentation: https://postmaster.gmx.net/en/error-messages
        matches: ['550 Reject due to policy restrictions (header based)']
        rejects: ['450 Reject due to policy violations. For explanation visit https://postmaster.web.de/error-messages?ip=192.0.2.7']
      - id: united-internet-policy
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['Reject due to policy restrictions', 'Reject due to policy violations', 'Reject due to policy reasons']
        hint: Many unknown recipients, a changing HELO name or a bad delivery rate. The page named in the reply says which.
        documentation: https://postmaster.gmx.net/en/error-messages
        matches: ['421-web.de (mxweb011) Nemesis ESMTP Service not available 421-Service unavailable 421-Reject due to policy restrictions. 421 For explanation visit https://postmaster.web.de/en/case?c=hi',
          '450 Reject due to policy violations. For explanation visit https://postmaster.web.de/error-messages?ip=192.0.2.7']
        rejects: ['421 gmx.net (mxgmx113) Nemesis ESMTP Service not available']
      - id: united-internet-sender-refused
        cause: policy
        evidence: provider
        direction: outbound
        words: ['Sender address is not allowed']
        hint: GMX and WEB.DE do not take this sender's address; what they say of the mailbox is only the standard's wording for that code.
        documentation: https://postmaster.gmx.net/en/error-messages
        matches: ['550-Requested action not taken: mailbox unavailable 550 Sender address is not allowed.']
        rejects: ['550 Requested action not taken: mailbox unavailable']
      - id: united-internet-sender
        cause: sender-unverified
        provider: [gmx, web.de, ionos, strato]
        signature: ['Invalid DNS MX or A/AAAA resource record']
        words: ['Invalid DNS MX', 'A/AAAA resource record']
        hint: The sender's domain has no MX or address record that works.
        documentation: https://postmaster.gmx.net/en/error-messages
        matches: ['550 <a@example.com>: Invalid DNS MX or A/AAAA resource record']
        rejects: ['550 5.4.310 DNS domain example.invalid does not exist [Message=InfoDomainNonexistent]']
      - id: united-internet-busy
        cause: system-busy
        provider: [gmx, web.de, ionos]
        signature: ['Nemesis ESMTP']
        words: ['Service not available']
        none_of: ['Reject due to', 'listed', 'PTR', 'bad DNS']
        hint: GMX, WEB.DE or IONOS is out of order for now. Waiting helps.
        documentation: https://postmaster.gmx.net/en/error-messages
        matches: ['421 gmx.net (mxgmx113) Nemesis ESMTP Service not available']
        rejects: ['550 5.7.4 XGEMAIL_0006 the TLS version is not available']
      - id: t-online-reputation
        cause: reputation
        provider: t-online
        signature: ['Ask your postmaster for help or to contact']
        words: ['None/bad reputation', 'A problem occurred', '(NOWL)', 'bad reputation']
        hint: T-Online takes mail only from servers that it knows. Its operator page says what it wants to see (name, web page with an imprint, PTR), then write to it for a reset.
        documentation: https://postmaster.t-online.de/index.en.html
        retry_helps: false
        matches: ['554 IP=192.0.2.7 - None/bad reputation. Ask your postmaster for help or to contact postmaster@rx.t-online.de for reset. (NOWL)',
          '554 IP=192.0.2.7 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)']
        rejects: ['554 IP=192.0.2.7 - Dialup/transient IP not allowed. Use a mailgateway/smarthost.']
      - id: t-online-dial-up
        cause: blocklisted
        provider: t-online
        signature: ['rx.t-online.de']
        words: ['Dialup/transient IP', 'Dialup', 'transient IP']
        hint: The address looks like a home line. Send through a relay with a fixed address and a name of its own.
        documentation: https://postmaster.t-online.de/index.en.html
        matches: ['554 IP=192.0.2.7 - Dialup/transient IP not allowed. Use a mailgateway/smarthost.']
        rejects: ['554 IP=192.0.2.7 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)']
      """#)
}
