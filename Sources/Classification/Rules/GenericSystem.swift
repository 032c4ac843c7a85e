extension BuiltInRules {
  static let genericSystem = BuiltInRules(
    name: "generic-system.yaml",
    text: #"""
      # Wordings that many servers share and that speak of limits, of the receiving system and of the session with it.
      # Those that speak of trouble in general leave a permanent reply alone whose enhanced code is of something else.
      - id: too-many-recipients
        cause: too-many-recipients
        words: ['too many recipients', 'too many rcpts', 'too many rcpt', 'recipient limit', 'recipients limit',
          'maximum recipients', 'multiple recipients', 'one recipient at a time', 'recipients per',
          'too many addresses', 'number of recipients', 'max recipients', 'recipients exceed*',
          'maximum number of recipients', 'only one recipient', 'single recipient', 'too many destination',
          'resend to the remaining', 'rcpt to limit', 'domain policy size per transaction', 'in a separate transaction',
          'destination domains per transaction', 'recipient count', 'rcpt count', 'recipients allowed',
          'recipients at a time', 'too much recipient', 'too much recipients', 'too much rcpt']
        hint: The message goes on in smaller groups by itself; lower the recipients a delivery for this provider if it slows mail down.
        matches: ['452 4.5.3 Error: too many recipients', '452 4.5.3 Your message has too many recipients.',
          '451 Requested mail action not taken: too much recipient']
        rejects: ['451 Requested mail action not taken: too much load', '450 4.7.1 Too many messages for one recipient', '452 recipient over quota']
      - id: message-too-large
        cause: message-too-large
        words: ['message too large', 'message too big', 'message is too large', 'message is too big', 'message size',
          'size limit', 'too large', 'maximum size', 'exceeds size', 'exceeds maximum', 'size exceeds', 'exceeded size',
          'exceeds limit', 'max message size', 'file too big', 'message length', 'too big', 'data size exceeded',
          'too much mail data', 'line limit exceeded', 'header size exceeds']
        none_of: ['mailbox size', 'storage', 'load']
        hint: The message is larger than the recipient or the server takes.
        matches: ['452 4.3.4 Message size exceeds fixed limit']
        rejects: ['452 4.2.2 mailbox size exceeds storage', '450 too many messages']
      - id: system-memory
        cause: system-busy
        direction: outbound
        words: ['out of memory', 'insufficient memory', 'cannot allocate memory', 'not enough memory']
        none_of: ['disk*', 'storage', 'space']
        hint: The receiving server has run out of memory. Waiting is all that can be done.
        matches: ['451 qq out of memory (#4.3.0)', '450 out of memory.', '421 4.3.0 Cannot allocate memory']
        rejects: ['451 qq write error or disk full (#4.3.0)', '452 4.3.1 Insufficient system storage']
      - id: system-storage
        cause: system-storage
        words: ['insufficient system storage', 'insufficient system resources', 'space shortage',
          'insufficient disk space', 'not enough space', 'no space left', 'out of disk space', 'disk full',
          'disk is full', 'insufficient resources', 'out of memory', 'low disk', 'insufficient space',
          'insufficient system', 'not enough disk', 'file system full', 'not enough system', 'not enough storage',
          'spool full', 'low on space', 'out of space', 'insufficient memory', 'cannot allocate memory',
          'too many open files', 'queue is full', 'no free space', 'disk space', 'mail system is full',
          'mail system full', 'system is full', 'storage is full', 'out of disk', 'storage on server',
          'storage on the server', 'partition full', 'spool is full']
        hint: The receiving server has run out of disk or memory; its operator has to act.
        matches: ['452 4.3.1 Insufficient system storage', '452 4.3.1 Insufficient system resources',
          '452 Insufficient disk space; try again later', '451 4.3.0 Out of disk space in spam quarantine']
        rejects: ['452 4.2.2 mailbox full', '452 4.5.3 Too many recipients']
      - id: remote-tls
        cause: tls-failure
        words: ['must issue a STARTTLS', 'STARTTLS is required', 'encryption required', 'encryption needed',
          'TLS required', 'requires TLS', 'TLS is required', 'without TLS', 'secure connection', 'TLS version',
          'TLS 1.2', 'requires encryption', 'session encryption', 'use of TLS', 'starttls', 'tls', 'certificate chain', 'certificate is not trusted',
          'untrusted certificate', 'certificate not trusted', 'certificate verification', 'certificate validation',
          'certificate verify']
        none_of: ['protocol violation']
        hint: TLS is wanted and did not come about. Compare our TLS settings with what the server asks for.
        matches: ['451 5.7.3 STARTTLS is required to send mail',
          '450 The certificate chain was issued by an authority that is not trusted',
          '530 5.7.0 Must issue a STARTTLS command first']
        rejects: ['451 protocol violation: data before STARTTLS was done', '421 the time limit is 1.2 seconds']
      - id: relaying
        cause: policy
        words: ['relay access denied', 'relaying denied', 'relay denied', 'not permitted to relay',
          'relay not permitted', 'unable to relay', 'we do not relay', 'relaying not', 'relay operation', 'not a relay',
          'relaying is', 'cannot relay', 'relay not allowed', 'relaying temporarily', 'relaying mail to',
          'allowed rcpthosts', 'don''t handle mail for', 'not relaying']
        hint: This server does not take mail for that domain. Is the MX record of the domain right, or our transport map?
        matches: ['454 4.7.1 <a@example.org>: Relay access denied', '451 4.7.1 Unable to relay']
        rejects: ['451 4.7.1 Delivery delayed by a relay', '450 4.7.1 Access denied']
      - id: remote-dns
        cause: dns-failure
        words: ['dns error', 'dns not available', 'dns unavailable', 'dns failure', 'dns lookup', 'dns temporary',
          'dns query', 'temporary dns', 'name server', 'nameserver', 'dns server', 'name service', 'host not found',
          'domain not found', 'dns timeout', 'dns problem', 'unable to resolve', 'could not resolve',
          'unable to lookup dns', 'cannot send to name server', 'unrouteable domain', 'unrouteable mail domain',
          'no such domain', 'unknown domain', 'unroutable address', 'host unknown', 'name or service not known',
          'domain is not reachable', 'unknown host', 'dns records for', 'mx lookup', 'dns resolution', 'dns temp*',
          'no mx', 'lookup of', 'could not be resolved', 'domain lookup', 'mail exchanger', 'dns resolving',
          'resolving error', 'resolver', 'look up mx', 'look up the mx', 'name resolution', 'dns look-up',
          'host lookup did not complete',
          'dns resolver', 'lookup timeout', 'name server timeout']
        none_of: ['resolver.rst*']
        hint: The receiving server could not look something up. If it is our domain's records, check that all our name servers answer.
        matches: ['451 4.4.3 Temporary DNS failure', '450 4.4.4 DNS lookup failed']
        rejects: ['450 4.1.1 resolver.rst.notauthorized', '421 4.4.2 timeout']
      - id: remote-session
        cause: connection-lost
        origin: [remote, own-reply]
        words: ['command timeout', 'timeout exceeded', 'timeout waiting for', 'timeout - closing', 'session timeout',
          'idle timeout', 'idle for too long', 'unexpected close', 'connection dropped', 'talk faster',
          'connection expired', 'timed out waiting for', 'timeout on', 'read timeout', 'connection timed out',
          'data timeout', 'timed out, closing', 'dropped due to timeout', 'no activity', 'inactivity', 'input timeout',
          'lost input', 'connection timeout', 'session timed out', 'idle too long', 'was idle', 'no command received',
          'data from client', 'bad connection', 'io timeout', 'i/o timeout', 'session expired', 'too slow',
          'session time limit', 'session lifetime', 'time limit reached', 'session duration', 'allowable connection time']
        none_of: ['connect to', 'connecting to', 'target host', 'upstream', 'mailbox*', 'account*', 'user']
        hint: The server gave up waiting for us in mid-session. Our own server or filter was slow, or the line was (path MTU, a firewall).
        matches: ['421 4.4.2 mx.example.net Error: timeout exceeded', '451 4.7.0 Timeout waiting for client input',
          '421 mx.example.net: SMTP command timeout - closing connection']
        rejects: ['451 4.7.1 <a@example.org>: mailbox suspended due to inactivity']
      - id: session-timed-out
        cause: connection-lost
        origin: [remote, own-reply]
        enhanced: [4.4.2]
        words: ['timeout', 'timed out', 'time out', 'time-out']
        none_of: ['connect to', 'connecting to', 'target host', 'upstream', 'mailbox*', 'account*', 'user', 'dns', 'lookup']
        hint: The server gave up waiting for us in mid-session. Our own server or filter was slow, or the line was (path MTU, a firewall).
        matches: ['451 timeout (#4.4.2)', '421 4.4.2 timed out']
        rejects: ['451 4.4.2 timeout while connecting to upstream', '421 4.3.2 timeout']
      - id: remote-connect
        cause: connect-failure
        origin: [remote, own-reply]
        words: ['timeout connecting', 'unable to connect', 'could not connect', 'couldn''t connect', 'can''t connect',
          'cannot connect', 'connect to', 'socket error', 'no route to host', 'network is unreachable',
          'connect failed', 'connection to backend', 'no adequate servers', 'host down', 'host is down', 'next hop',
          'failed to connect', 'failed to establish connection', 'failed to establish a connection',
          'host not responding', 'relay host not', 'next hop not', 'backend unreachable',
          'is unreachable']
        none_of: ['allowed to connect', 'database', 'blocked', 'authorized to connect', 'permitted to connect',
          'policy']
        hint: The server took our session but can't reach the one behind it that has the mailbox. Its operator has to act.
        matches: ['451 4.4.1 Timeout connecting to mail.example.net', '441 4.4.1 Socket error',
          '421 4.2.1 Unable to connect', '421 4.4.1 Failed to establish connection',
          '550 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.1 Failed to establish connection>']
        rejects: ['550 4.4.7 Message expired: unable to deliver in 840 minutes.<452 4.2.2 mailbox full>',
          '554 5.7.1 You are not allowed to connect.', '451 could not connect to the database']
      - id: remote-filter
        cause: system-busy
        direction: outbound
        yields_to: [5.1.*, 5.2.1, 5.2.2, 5.2.3, 5.2.4, 5.3.4, 5.4.6, 5.5.3, 5.6.*, 5.7.*]
        words: ['virus scanner', 'virus_scan', 'virus scanners', 'spam scanner', 'spam check', 'antivirus',
          'anti-virus', 'content scanner', 'content filter', 'content scan*', 'policy service', 'policy server',
          'milter', 'scanner', 'scan failed', 'scanning', 'amavis*', 'clamav*', 'clamd', 'rspamd', 'spamassassin',
          'spamd', 'unable to scan', 'filter service', 'anti-spam', 'antispam', 'filtering']
        none_of: ['antispam policy', 'anti-spam policy', 'due to policy', 'spamassassin score']
        hint: The receiving server's own filter did not work. Waiting is all that can be done.
        matches: ['451 4.3.0 Virus scanner temporarily unavailable', '451 4.7.1 Policy service unavailable',
          '451 4.3.0 content filter not responding', '450 4.3.0 content filter of receiver timed out']
        rejects: ['550 rejected by our antispam policy', '554 5.7.1 Rejected by the content scanner',
          '451 spamassassin score too high']
      - id: remote-configuration
        cause: system-busy
        direction: outbound
        yields_to: [5.1.*, 5.2.1, 5.2.2, 5.2.3, 5.2.4, 5.3.4, 5.4.6, 5.5.3, 5.6.*, 5.7.*]
        words: ['server configuration error', 'server configuration problem', 'local configuration error',
          'configuration error', 'temporary lookup failure', 'lookup failure', 'internal error',
          'internal server error', 'internal failure', 'local error', 'local problem', 'error in processing',
          'processing error', 'queue file write error', 'database error', 'backend*', 'back-end', 'database',
          'server error', 'system error', 'temporary error', 'temporary failure', 'temporary problem',
          'temporary system problem', 'temporary server', 'temporary local problem', 'temporary internal',
          'technical difficulties', 'technical problem*', 'unexpected error', 'unexpected failure', 'error writing',
          'write error', 'i/o error', 'could not be processed', 'cannot process', 'unable to process', 'proxy failure',
          'not able to process', 'tempfail*', 'temp fail*', 'system problem', 'system failure', 'unspecified error',
          'delivery error', 'fatal error', 'script error', 'connection to the database', 'unable to accept message',
          'storage error', 'message could not be', 'unknown error', 'unable to queue', 'could not queue',
          'qq temporary problem', 'qq', 'unable to deliver', 'failure to', 'server is misconfigured',
          'transaction failed', 'could not load drd', 'can''t create output', 'can''t create user output file',
          'mailbox database', 'internal software error', 'attempting to execute', 'authorization service',
          'spool fail*', 'spool faile', 'sql error', 'spool error', 'ldap*', 'queue error', 'relay failed',
          'relaying failed']
        none_of: ['invalid host:']
        hint: The receiving system has trouble of its own. Waiting is all that can be done.
        matches: ['451 4.3.5 Server configuration error', '451 4.3.5 LDAP server down', '451 4.3.0 <a@example.org>: Temporary lookup failure',
          '451 qq temporary problem (#4.3.0)', '451 qq trouble in home directory (#4.3.0)',
          '451 Temporary local problem - please try later',
          '451 Requested action aborted: local error in processing', '451 4.3.0 Error: queue file write error']
        rejects: ['451 4.7.1 Temporarily rejected', '450 no error', '550 5.1.1 Unable to deliver to this address']
      - id: system-busy
        cause: system-busy
        direction: outbound
        yields_to: [5.1.*, 5.2.1, 5.2.2, 5.2.3, 5.2.4, 5.3.4, 5.4.6, 5.5.3, 5.6.*, 5.7.*]
        words: ['busy', 'filter end message failed', 'overload*', 'load average', 'load too high', 'load is too high',
          'high load', 'heavy load', 'under load', 'service unavailable', 'service not available',
          'service currently unavailable', 'service temporarily unavailable', 'service is unavailable',
          'service is temporarily', 'temporarily unavailable', 'temporarily not available', 'not available',
          'system not accepting', 'not accepting network messages', 'not accepting connections', 'not accept mail',
          'temporary domain failure', 'system unavailable', 'server unavailable', 'maintenance', 'shutting down',
          'server too busy', 'system is currently', 'server is currently', 'out of service', 'going down',
          'system resources', 'resources temporarily', 'closing transmission channel', 'closing connection',
          'cannot accept', 'unable to accept', 'can not accept', 'unavailable', 'try another server', 'not ready',
          'no server', 'processes', 'down for', 'service shutting', 'service closing', 'timeout', 'timed out',
          'time out', 'traffic', 'congestion', 'congested', 'queue too', 'system load', 'currently unable',
          'not operational', 'not responding', 'out of order', 'upgrade', 'migration', 'migrating', 'session closed']
        hint: The receiving system is busy or down. Waiting is all that can be done.
        matches: ['421 4.3.2 Service not available, closing transmission channel',
          '451 4.3.2 System not accepting network messages', '421 Server too busy, try again later',
          '450 4.3.2 Service currently unavailable']
        rejects: ['450 4.2.0 Mailbox full', '421 too many connections', '554 5.7.1 Service unavailable for this network',
          '550 5.1.1 This address is not available']
      - id: protocol
        cause: protocol
        words: ['syntax error', 'bad sequence', 'command not recognized', 'command unrecognized',
          'command not implemented', 'unrecognized command', 'improper command', 'pipelining', 'out of sequence',
          'invalid command', 'protocol error', 'protocol violation', 'bad command', 'unexpected command', 'need mail',
          'need rcpt', 'parameters not', 'improper use of smtp', 'synchronization error', 'argument error',
          'amounts of data']
        hint: The server did not like what our server said; look at the session.
        matches: ['503 5.5.1 Error: bad sequence of commands', '451 4.5.0 SMTP protocol error']
        rejects: ['450 4.1.1 user unknown', '421 command accepted']
      """#)
}
