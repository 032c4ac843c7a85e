extension BuiltInRules {
  static let bareWords = BuiltInRules(
    name: "bare-words.yaml",
    text: #"""
      # Single words, for texts that nothing else knows and that bring no enhanced code. They come after the enhanced
      # codes, and those that speak of us come before those that speak of a recipient: a doubtful text is never laid at
      # the recipient's door. Words as RFC 5321, RFC 3463 and the servers named in the other files use them.
      - id: word-recipient-choice
        cause: policy
        evidence: reply-code
        direction: outbound
        words: ['specific email addresses', 'user rules', 'preferences', 'notauthorized', 'rst.notauthorized',
          'imposed mailbox access', 'organizational settings', 'allowed to send', 'permitted to this',
          'refuses to accept your', 'by the recipient']
        hint: The recipient, or the list, takes mail from chosen senders only.
        matches: ['because the recipient is only accepting mail from specific email addresses',
          'notauthorized']
        rejects: ['not a valid user here', '550 the preferred mail server is down']
      - id: word-sender
        cause: policy
        evidence: reply-code
        direction: outbound
        words: ['sender*', 'senders', 'your ip', 'your host*', 'your server', 'your isp', 'your address',
          'your network', 'your domain', 'mail from', 'from address', 'purported', 'sending', 'third-party dsn*',
          'unsigned dsn', 'backscatter*', 'mass mailer', 'non-member', 'subscribed to this', 'your mail*',
          'fully qualified email address', 'fully-qualified email address', 'fully qualified e-mail address',
          'invalid domain', 'callback']
        none_of: ['greylist*']
        hint: The server objects to us, and its text is all there is to go by.
        matches: ['error: no third-party dsns', 'please use the smtp server of your isp']
        rejects: ['no such local user']
      - id: word-quota
        cause: mailbox-full
        evidence: reply-code
        words: ['quota', 'overquota', 'space', 'storage', 'full']
        none_of: ['system*', 'sender*', 'daily', 'hourly', 'rate*', 'messages per', 'queue*', 'name space', 'namespace',
          'your', 'sending', 'disk full', 'policy', 'white space', 'in full']
        hint: Only the recipient can make room.
        matches: ['space has been used up', 'standard user full']
        rejects: ['mail system full']
      - id: word-system-storage
        cause: system-storage
        evidence: reply-code
        words: ['mail system full', 'system full', 'system quota', 'storage', 'disk full']
        hint: The receiving server has run out of room; its operator has to act.
        matches: ['exceeded system quota']
        rejects: ['quota exceeded for this mailbox']
      - id: word-size
        cause: message-too-large
        evidence: reply-code
        words: ['size', 'too long', 'taille', 'too large', 'too big', 'too heavy']
        none_of: ['idle', 'mailbox*']
        hint: The message is larger than the recipient or the server takes.
        matches: ['taille limite du message atteinte']
        rejects: ['taille minimale inconnue de la boite, mailbox', 'no room']
      - id: word-loop
        cause: routing
        evidence: reply-code
        words: ['loop*', 'looping', 'hop count', 'hops']
        hint: The message goes in a circle. Check MX records, relayhost, transport tables and forwarding.
        matches: ['mail forwarding loop for', 'message looping']
        rejects: ['mail forwarding failed']
      - id: word-relay
        cause: policy
        evidence: reply-code
        words: ['relay*', 'relais*', 'a gateway', 'gateway user', 'local host', 'local domain', 'rcpthosts']
        none_of: ['fail*']
        hint: This server does not take mail for that domain. Is the MX record of the domain right, or our transport map?
        matches: ['no relaying', 'relais interdit']
        rejects: ['no delaying', '421 gateway timeout']
      - id: word-spam
        cause: content
        evidence: reply-code
        words: ['spam*', 'filter*', 'mime', 'base64', 'encoding', 'subject', 'header*', 'contents', 'content*',
          'compressed', 'executable*', 'virus*', 'mail rejete', 'mail rejected', 'message rejected', 'drbl', 'bulk',
          'advertis*', 'image*', 'low priority', 'given low']
        hint: The server objects to this message, not to us. Look at its links, attachments and headers.
        matches: ['blank subject line', 'text that uses unnecessary base64 encoding']
        rejects: ['line is blank', '550 unsubjected']
      - id: word-login
        cause: local-configuration
        evidence: reply-code
        direction: outbound
        words: ['authenticat*', 'authentification', 'login', 'password', 'credentials', 'account not subscribed']
        hint: The server wants a login that works. Check user name, password and mechanism for this relay.
        matches: ['authentication failure', 'account not subscribed to ses']
        rejects: ['451 logins file, an author unknown', 'account not active']
      - id: word-domain
        cause: dns-failure
        evidence: reply-code
        words: ['dns', 'mx', 'domain must exist', 'domain mentioned', 'domain may not exist', 'cname', 'resolvable',
          'resolve*', 'no route for', 'domain unknown', 'unknown domain', 'domain not']
        none_of: ['user*', 'mailbox*']
        hint: A name could not be looked up. Check the spelling of the recipient's domain and its DNS.
        matches: ['domain must exist', 'could not contact dns servers']
        rejects: ['users of this domain must exist', 'domain is full']
      - id: word-mailbox
        cause: mailbox-unavailable
        evidence: reply-code
        words: ['mailbox*', 'recipient*', 'user', 'users', 'account*', 'addressee*', 'no one at', 'nobody',
          'destinatario', 'destinataire', 'utente', 'usuario', 'utilisateur', 'benutzer', 'empfaenger', 'casella',
          'email address*', 'e-mail address*', 'local address', 'destination address*', 'valid address',
          'bounced address', 'vdelivermail', 'is inactive', 'inactive on', 'deactivated', 'is not accepting any',
          'currently being accepted', 'inactivity', 'destination server rejected']
        none_of: ['sender*', 'policy', 'spam*', 'your ip', 'reputation', 'rate*', 'too many', 'busy', 'blocked',
          'later', 'try again', 'temporar*', 'agent', 'unavailable for', 'server error', 'fully qualified*',
          'fully-qualified*', 'exceed*', 'count', 'more mail', 'limit*']
        hint: The mailbox can't take mail now, or is not known. If it stays so for weeks, remove the address.
        matches: ['not a valid user here', 'there is no one at this address', 'user or domain is disabled']
        rejects: ['your ip is blocked for this user']
      - id: word-command
        cause: local-resource
        evidence: reply-code
        origin: local
        words: ['exit', 'command output*', 'command*', 'x-unix*', 'mailer*', 'subsystem', 'pipe']
        hint: A delivery command of ours failed; its output and log say why.
        matches: ['command output:', 'mail delivery subsystem error']
        rejects: ['network error', 'outputs']
      - id: word-too-often
        cause: rate-limited
        evidence: reply-code
        direction: outbound
        words: ['so often', 'too often', 'too fast', 'slowly', 'limit', 'limits']
        hint: Too much from us in a short time. Slow down towards this provider.
        matches: ['please do not connect so often']
        rejects: ['421 please do not connect', 'unlimited']
      - id: word-network
        cause: connect-failure
        evidence: reply-code
        words: ['network error', 'unreachable', 'no route', 'could not contact', 'not contact']
        hint: A server on the way can't be reached.
        matches: ['network error']
        rejects: ['network of spammers', 'contact us']
      - id: word-refused
        cause: policy
        evidence: reply-code
        words: ['reject*', 'refus*', 'denied', 'deny*', 'prohibited', 'disallow*', 'go away', 'not accept*',
          'unaccept*', 'invalid ip', 'forbidden', 'permission*', 'not welcome', 'get lost', 'access', 'interdit',
          'unwanted', 'restrict*', 'protected']
        none_of: ['temporar*', 'later']
        hint: A policy of the receiving server; its text is all there is to go by.
        matches: ['go away', 'you are not welcome here']
        rejects: ['you are welcome here', '451 temporarily rejected, come later']
      - id: word-protocol
        cause: protocol
        evidence: reply-code
        words: ['fully qualified*', 'fully-qualified*', 'syntax', 'no message collected', 'sequence', 'argument*']
        hint: The server did not like what our server said; look at the session.
        matches: ['fully qualified address required']
        rejects: ['451 qualified for later', 'syntactic sugar']
      - id: word-trouble
        cause: system-busy
        direction: outbound
        evidence: reply-code
        words: ['error*', 'interrupted', 'problem*', 'fail*', 'failure', 'trouble', 'cannot', 'can''t', 'unable',
          'misconfigured', 'aborted', 'could not', 'not possible', 'undeliver*', 'unexpected']
        hint: The receiving system has trouble of its own, of which its text says little. Waiting is all that can be done.
        matches: ['it encountered an error while being processed', 'interrupted system call: error']
        rejects: ['421 come again', 'erroneous']
      """#)
}
