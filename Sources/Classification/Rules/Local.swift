extension BuiltInRules {
  static let local = BuiltInRules(
    name: "local.yaml",
    text: #"""
      # Our own software, outbound: delivery agents, queue, configuration.
      # Texts: Postfix 3.11 src/local (mailbox.c, maildir.c, command.c, unknown.c), src/pipe, src/virtual, src/smtp,
      # src/global/pipe_command.c, src/trivial-rewrite; Sendmail 8.17 sendmail/deliver.c.
      - id: relay-login
        cause: local-configuration
        direction: outbound
        words: ['SASL authentication failed', 'SASL login failed', 'cannot SASL authenticate', 'Authentication failed',
          'authentication unsuccessful', 'Authentication credentials invalid', 'authentication rejected',
          'invalid login', 'bad username or password', 'Username and Password not accepted', 'no mechanism available',
          'no worthy mechs', 'authentication required', 'requires authentication', 'authentication is required',
          'must authenticate', 'not authenticated', 'Please log in via your web browser',
          'Temporary authentication failure', 'incorrect authentication data', 'authentication mechanism', 'SMTP AUTH',
          'please authenticate', 'login denied', 'Too many login attempts', 'password expired',
          'SmtpClientAuthentication is disabled', 'basic authentication is disabled', 'must log in', 'log in first',
          'login first', 'must login', 'login temporarily', 'please log in', 'Invalid credentials for relay']
        none_of: ['SPF', 'DKIM', 'DMARC', 'sender id', 'email authentication', 'unauthenticated',
          'message authentication', 'domain authentication', 'sender authentication', 'reverse']
        hint: The relay did not take our login. Check its entry in smtp_sasl_password_maps, the mechanism and the account.
        matches: ['SASL authentication failed; server smtp.example.net[192.0.2.25] said: 535 5.7.8 Error: authentication failed',
          '530 5.7.0 Authentication Required',
          'SASL authentication failed; cannot authenticate to server smtp.example.net[192.0.2.25]: no mechanism available',
          '454 4.7.0 Temporary authentication failure']
        rejects: ['550 5.7.26 This mail has been blocked because the sender is unauthenticated. SPF did not pass']
      - id: relay-login-refused
        cause: local-configuration
        evidence: text
        direction: outbound
        stages: [auth]
        codes: ['43*', '45*', '5**']
        hint: The relay did not take our login, in words of its own. Check its entry in smtp_sasl_password_maps, the mechanism and the account.
        matches: ['535 authorization failed (#5.7.0)', '454 4.3.0 Try again later']
        rejects: ['421 4.7.0 Too many connections']
      - id: local-quota
        cause: mailbox-full
        origin: local
        words: ['Disk quota exceeded', 'File too large', 'quota exceeded', 'over quota', 'mailbox is full',
          'exceeded storage']
        none_of: ['daily', 'hourly', 'message quota', 'throttl*', 'rate*']
        hint: One of our own mailboxes is full (quota, or mailbox_size_limit).
        matches: ['maildir delivery failed: error writing message: Disk quota exceeded',
          'cannot update mailbox /var/mail/anna for user anna. error writing message: File too large']
        rejects: ['error writing message: No space left on device', '450 daily mail quota exceeded']
      - id: local-disk
        cause: local-resource
        origin: [local, own-reply, transport]
        words: ['No space left on device', 'Insufficient disk space', 'Too many open files', 'Cannot allocate memory',
          'out of memory', 'queue file write error', 'Insufficient system storage', 'Read-only file system',
          'Input/output error', 'fork failed', 'bounce failed', 'trace failed', 'bounce or trace service failure',
          'Resource temporarily unavailable', 'low on space', 'load average']
        hint: Our own server runs short of disk, memory, files or processes.
        matches: ['error writing message: No space left on device', 'bounce failed',
          '452 4.3.1 Insufficient system storage']
        rejects: ['maildir delivery failed: error writing message: Disk quota exceeded']
      - id: local-unknown-user
        cause: mailbox-unavailable
        origin: local
        words: ['unknown user:', 'User unknown in']
        hint: No such mailbox, alias or table entry here. Add it, or leave the address to the server that has it; soft_bounce keeps such mail in the queue.
        matches: ['unknown user: "anna"', 'unknown user: "anna@example.org"', 'User unknown in virtual alias table']
        rejects: ['user lookup error for anna@example.org', 'mail transport unavailable']
      - id: relayhost-configuration
        cause: local-configuration
        origin: transport
        enhanced: [4.3.5]
        words: ['Name service error', 'Host or domain name not found', 'Host not found', 'unable to look up host',
          'does not accept mail', 'no SMTP service', 'loops back to myself']
        hint: The host that relayhost or smtp_fallback_relay names can't be used, so that no mail leaves at all. Check its spelling, its brackets and its DNS.
        documentation: https://www.postfix.org/postconf.5.html#relayhost
        matches: ['4.3.5 Host or domain name not found. Name service error for name=smtp.relay.example type=A: Host not found']
        rejects: ['Host or domain name not found. Name service error for name=mx.example.net type=A: Host not found']
      - id: transport-unavailable
        cause: local-configuration
        origin: [local, suspended]
        words: ['mail transport unavailable', 'unknown mail transport error', 'transport is unavailable',
          'all network protocols are disabled']
        hint: A delivery agent of ours can't be reached, or can't go out at all. Compare master.cf with transport_maps and default_transport, and look at inet_protocols and the warnings of qmgr and master.
        matches: ['mail transport unavailable', 'unknown mail transport error', 'transport is unavailable',
          'all network protocols are disabled']
        rejects: ['this transport is available', 'address resolver failure']
      - id: tls-policy-table
        cause: local-configuration
        scope: local
        origin: [local, transport, suspended]
        words: ['temporary lookup error']
        patterns: ['^temporary lookup error$']
        hint: smtp(8) can't read its TLS policy table (smtp_tls_policy_maps). Look for the warning just before this line.
        source: Postfix 3.11 src/smtp/smtp_tls_policy.c
        matches: ['Temporary lookup error']
        rejects: ['451 4.3.0 Temporary lookup error', 'TLSA lookup error for mx.example.net:25']
      - id: own-service
        cause: local-resource
        origin: [local, transport, suspended]
        words: ['connect to TLS manager', 'connect: private/*', 'connect: public/*']
        hint: A service of our own Postfix does not answer (tlsmgr, scache and the like). Look for warnings of master and of the service itself.
        matches: ['unable to connect to TLS manager', 'unable to connect: private/scache']
        rejects: ['unable to connect to mx.example.net', 'connect to private/policy: No such file or directory']
      - id: own-network
        cause: local-configuration
        direction: outbound
        origin: [transport, suspended]
        words: ['Cannot assign requested address', 'Operation not permitted']
        hint: Our own machine let no connection out (smtp_bind_address, no address of that family, no free port, a firewall of ours).
        matches: ['connect to mx.example.net[192.0.2.25]:25: Cannot assign requested address',
          'connect to mx.example.net[192.0.2.25]:25: Operation not permitted']
        rejects: ['connect to mx.example.net[192.0.2.25]:25: Connection refused']
      - id: local-transport
        cause: local-configuration
        origin: local
        words: ['table lookup problem', 'table lookup failure',
          'alias database unavailable', 'alias database owner', 'Auth USER lookup failed', 'Auth PASS lookup failed',
          'lookup error', 'address resolver failure', 'Local configuration error',
          'Server configuration error', 'Server configuration problem', 'not owned by recipient', 'Permission denied',
          'No such file or directory', 'user lookup error', 'mailbox lookup', 'cannot open',
          'exec format', 'cannot access', 'bad owner', 'is not a regular file', 'Invalid argument', 'config error',
          'mail system configuration error', 'Temporary lookup failure', 'alias lookup', 'unsafe', 'unable to open',
          'database unavailable', 'must be run as', 'collect: Cannot write', 'is not executable', 'command not found',
          'local data error', 'Operation not permitted',
          'create maildir file', 'unable to create lock file', 'Couldn''t chdir', 'Unable to treat as directory']
        none_of: ['points back to']
        hint: Our own server is not set up right; the lines around this one in its log name the table, file or service.
        matches: ['table lookup failure', 'alias database unavailable', 'cannot find alias database owner',
          'Server configuration error',
          'lda(anna): Error: user anna: Auth USER lookup failed lda: Fatal: Internal error occurred. Refer to server log for more information.',
          'maildir delivery failed: create maildir file /home/anna/Maildir/tmp/1.P2.mx: Permission denied']
        rejects: ['Command died with signal 9: "/usr/bin/filter"',
          'lowest numbered MX record points back to this host, table lookup problem']
      - id: local-command
        cause: local-resource
        origin: local
        words: ['Command died with', 'Command time limit exceeded', 'temporary failure. Command output',
          'temporary failure', 'EX_TEMPFAIL', 'Operating system error',
          'EX_OSERR', 'mailer temporary failure', 'unable to lock', 'timeout for',
          'Mailer timeout', 'Internal error occurred. Refer to server log', 'is locked', 'destination temporarily unavailable', 'system overloaded', 'process limit',
          'local delivery failed', 'command failed', 'mailer error', 'procmail', 'bin/procmail', 'bin/maidrop',
          'bin/maildrop', 'pipe to |*', 'Can''t create output', 'prog mailer']
        none_of: ['account*', 'SMTP conversation']
        hint: A delivery command of ours failed; its output and log say why.
        matches: ['temporary failure. Command output: procmail: out of luck',
          'lda(anna): Fatal: Internal error occurred. Refer to server log for more information.',
          'Command died with signal 9: "/usr/bin/filter"', 'Command time limit exceeded: "/usr/bin/filter"']
        rejects: ['mail transport unavailable', 'account is locked']
      - id: local-deferred
        cause: policy
        scope: local
        origin: [local, suspended]
        words: ['deferred transport', 'defer_transports', 'deferred by', 'mail is on hold', 'held by']
        hint: Our own configuration holds this mail back (defer_transports, a transport map entry of defer or retry).
        matches: ['deferred transport']
        rejects: ['deferred']
      - id: size-over-limit
        cause: message-too-large
        origin: [local, transport]
        all_of: ['message size', 'exceeds size limit']
        hint: The message is larger than the receiving server takes.
        matches: ['message size 52428800 exceeds size limit 35651584 of server mx.example.net[192.0.2.25]']
        rejects: ['message size is unknown', 'mailbox exceeds size limit']
      - id: smtputf8-not-offered
        cause: protocol
        origin: [local, transport]
        words: ['SMTPUTF8 is required', 'REQUIRETLS']
        hint: The message needs an extension that the next server does not have.
        matches: ['SMTPUTF8 is required, but was not offered by host mx.example.net[192.0.2.25]']
        rejects: ['TLS is required, but was not offered by host mx.example.net[192.0.2.25]']
      """#)
}
