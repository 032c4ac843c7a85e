import Classification

/// What a postmaster can do about a cause, in one sentence, and who has to act.
enum Advice {
  static func actor(_ scope: Scope?) -> String {
    switch scope {
    case .sender: "us, as a sender"
    case .local: "us, on this server"
    case .content: "us, in what the message holds"
    case .recipient: "the recipient"
    case .domain: "the receiving site"
    case .path: "mostly nobody; the path between"
    case nil: "unknown"
    }
  }

  static func hint(_ cause: Cause) -> String {
    switch cause {
    case .greylisted:
      "Greylisting passes on a later try from the same address: send from one address, keep retries within an hour."
    case .rateLimited:
      "The provider throttles us: fewer connections and a slower rate to it (a transport of its own), spread big mailings."
    case .connectionLimit:
      "Too many connections at once: lower the concurrency limit of the transport to that site."
    case .recipientRate:
      "That mailbox gets mail faster than its provider takes: nothing to do unless it is our loop or alert storm."
    case .mailboxFull:
      "The mailbox is full: only its owner can help; stop mailing those that stay full for weeks."
    case .mailboxUnavailable:
      "The mailbox is not available for now: wait; if it lasts, check the address with its owner."
    case .recipientUnverified:
      "The site could not verify the recipient: its own back end fails; wait."
    case .senderUnverified:
      "The site could not verify our sender address: check that it accepts mail and that its MX answers."
    case .reputation:
      "Our address or domain has a bad name there: look at complaints and spam traps, slow down, then ask the provider."
    case .blocklisted:
      "Our address is on a block list: find which one in the reply, stop the cause, then ask for removal."
    case .authentication:
      "SPF, DKIM or DMARC fails: check the DNS records and the signer for that sender domain."
    case .reverseDNS:
      "Reverse DNS of the sending address is missing or does not match: set the PTR record and the host name."
    case .content:
      "The content is held against us: look at the messages by campaign and at the links in them."
    case .policy:
      "The site's policy turns us away: read its reply, then ask its postmaster."
    case .systemBusy:
      "The receiving servers are busy: wait; retries are enough."
    case .systemStorage:
      "The receiving servers lack storage: wait; tell their postmaster if it lasts."
    case .connectFailure:
      "Their servers can't be reached: check from another network whether it is them or our way out."
    case .connectionLost:
      "Connections break: if it is one site, wait; if it is all, look at firewalls and MTU on our way out."
    case .dnsFailure:
      "Names do not resolve: if many domains fail, look at our resolver; else at the domain's name servers."
    case .tlsFailure:
      "TLS fails: compare our TLS policy (DANE, verify) with the site's certificate."
    case .tooManyRecipients:
      "Too many recipients in one go: the rest follows on the next try; a lower recipient limit saves the refusals."
    case .messageTooLarge:
      "The message is too large for the site: the sender has to make it smaller."
    case .protocol:
      "The SMTP dialogue went wrong: look at the reply, and at proxies and firewalls that inspect SMTP."
    case .routing:
      "The route is wrong: check transport maps, MX records and relayhost; look for loops."
    case .localConfiguration:
      "Our configuration is wrong: the reply names the table, transport or login that fails."
    case .localResource:
      "Our server lacks a resource: look at disk space, memory and process limits."
    case .filterFailure:
      "A milter or content filter of ours does not answer: look at its service and its log."
    case .unclassified:
      "No rule knows these replies yet: softbounce rules suggest drafts rules for them."
    }
  }
}
