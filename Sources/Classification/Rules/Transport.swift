extension BuiltInRules {
  static let transport = BuiltInRules(
    name: "transport.yaml",
    text: #"""
      # No server answered: what our own MTA says about names, connections and TLS.
      # Texts: Postfix 3.11 src/smtp (smtp_connect.c, smtp_addr.c, smtp_proto.c, smtp_session.c, smtp_tls_policy.c),
      # src/global (mail_error, sys_exits); Sendmail 8.17 sendmail/deliver.c, err.c, daemon.c; Exim 4.97
      # src/transports/smtp.c.
      - id: tls-not-offered
        cause: tls-failure
        origin: [transport, local]
        words: ['TLS is required, but was not offered', 'TLS is required, but unavailable', 'TLS not offered',
          'a TLS session is required, but the server did not offer TLS support', 'TLS required but not supported',
          'STARTTLS is required, but was not offered', 'mandatory TLS is not offered', 'did not advertise STARTTLS']
        hint: Our policy demands TLS and this host offers none. Relax the policy for this destination or ask its operator.
        matches: ['TLS is required, but was not offered by host mx.example.net[192.0.2.25]']
        rejects: ['lost connection with mx.example.net[192.0.2.25] while sending end of data']
      - id: tls-engine
        cause: local-configuration
        origin: [transport, local]
        words: ['our TLS engine is unavailable', 'TLS engine is unavailable', 'tlsproxy service role',
          'client TLS configuration problem', 'client TLS problem', 'tlsmgr service']
        hint: TLS does not work on our own server; look for the cause in its log (certificates, tlsmgr, tlsproxy).
        matches: ['TLS is required, but our TLS engine is unavailable']
        rejects: ['TLS is required, but was not offered by host mx.example.net[192.0.2.25]']
      - id: tls-certificate
        cause: tls-failure
        origin: [transport, local]
        words: ['Server certificate not verified', 'Server certificate not trusted', 'certificate verification failed',
          'certificate verify failed', 'Server certificate fingerprint not verified',
          'Unable to verify the certificate', 'certificate has expired', 'no trusted TLSA', 'No TLSA records found',
          'unusable TLSA', 'not authenticated by DANE', 'non DNSSEC destination', 'non-DNSSEC destination',
          'STS policy', 'MTA-STS']
        hint: The server's certificate does not meet our policy (verify, secure, DANE, MTA-STS). Its operator has to mend it, or we relax the policy for this destination.
        matches: ['Server certificate not verified', 'non DNSSEC destination']
        rejects: ['Cannot start TLS: handshake failure', 'TLSA lookup error for mx.example.net:25']
      - id: tls-handshake
        cause: tls-failure
        words: ['Cannot start TLS', 'refused to start TLS', 'TLS handshake failed', 'handshake failure',
          'SSL_connect error', 'failed to start TLS', 'TLS negotiation failed', 'TLS not available due to',
          'TLS currently unavailable', 'TLS is not available', 'TLS not available', 'TLS is temporarily not available',
          'STARTTLS failed', 'failure in TLS', 'TLS session setup', 'a TLS error', 'TLS connect failed',
          'TLS initialization failed']
        hint: TLS did not come about between the two servers. Compare protocol versions and ciphers; try without TLS if policy allows.
        matches: ['Cannot start TLS: handshake failure', '454 4.7.0 TLS not available due to local problem',
          '403 TLS handshake failed.', '454 4.3.0 TLS not available due to temporary reason']
        rejects: ['TLS is required, but was not offered by host mx.example.net[192.0.2.25]']
      - id: tls-refused
        cause: tls-failure
        evidence: text
        direction: outbound
        stages: [starttls]
        codes: ['403', '45*', '5**']
        hint: The server offers STARTTLS and then does not do it. If it stays so, tell its operator, or try without TLS if policy allows.
        matches: ['454 4.3.0 Try again later', '451 4.3.0 Temporary problem']
        rejects: ['421 4.7.0 Too many connections']
      - id: null-mx
        cause: dns-failure
        nonexistent: domain
        origin: [transport, local, suspended]
        words: ['nullMX', 'null MX', 'does not accept mail (nullMX)', 'MX or SRV record indicated no SMTP service']
        none_of: ['Sender address rejected', 'sender']
        retry_helps: false
        hint: The domain says in its DNS that it takes no mail (null MX, RFC 7505). Check its spelling; else remove the address.
        documentation: https://www.rfc-editor.org/rfc/rfc7505
        matches: ['Domain example.net does not accept mail (nullMX)', 'all relevant MX: an MX or SRV record indicated no SMTP service']
        rejects: ['Host or domain name not found. Name service error for name=mx.example.net type=A: Host not found, try again']
      - id: dns-no-answer
        cause: dns-failure
        origin: [transport, local, suspended]
        words: ['Name service error', 'TLSA lookup error', 'TLSA lookup failed', 'Host or domain name not found',
          'host name lookup failure', 'Name server:', 'Host not found', 'Domain not found', 'unable to look up host',
          'Temporary failure in name resolution', 'Name or service not known', 'no data record of requested type',
          'Malformed or unexpected name server reply', 'DNS lookup failed', 'CNAME lookup failed', 'MX lookup failed',
          'lookup of host', 'host lookup did not complete', 'DNS server failure', 'no DNS entry', 'Host unknown',
          'No address associated with', 'No A or MX', 'lowest numbered MX record points to', 'SERVFAIL',
          'domain lookup failed', 'unable to resolve', 'no MX record',
          'all relevant MX records point to non-existent hosts', 'CNAME lookup failure', 'MX lookup failure', 'DNSSEC',
          'host lookup failed', 'Unable to lookup DNS']
        none_of: ['points to local host', 'Sender address rejected', 'non DNSSEC', 'non-DNSSEC']
        hint: The name server gave no usable answer for this domain. If many domains fail alike, it is our resolver or our uplink.
        matches: ['Host or domain name not found. Name service error for name=mx.example.net type=A: Host not found, try again',
          'TLSA lookup error for mx.example.net:25', 'TLSA lookup failed',
          'Name server: mx.example.net.: host name lookup failure',
          'unable to look up host mx.example.net: Name or service not known']
        rejects: ['450 4.1.8 <a@example.net>: Sender address rejected: Domain not found', 'non DNSSEC destination']
      - id: loops-back
        cause: routing
        origin: [transport, local, suspended]
        words: ['loops back to myself', 'loops back to me', 'points back to', 'MX list for', 'points to local host',
          'host address is the local host',
          'mail loop*', 'too many hops', 'routing loop*', 'unable to find primary relay']
        hint: This server is a mail exchanger of that domain but does not take its mail. Add the domain to the local ones or correct MX and transport.
        matches: ['mail for example.net loops back to myself', 'config error: mail loops back to me (MX problem?)',
          'lowest numbered MX record points to local host', 'remote host address is the local host']
        rejects: ['Host or domain name not found. Name service error for name=loop.example type=MX: Host not found']
      - id: internal-connect
        cause: connect-failure
        scope: local
        hop: internal
        direction: outbound
        origin: [transport, local, suspended]
        words: ['Connection refused', 'Connection timed out', 'No such file or directory', 'Permission denied',
          'No route to host', 'Network is unreachable', 'Connection reset', 'timed out',
          'Resource temporarily unavailable']
        hint: A server of our own (content filter, mailbox server, or the daemon that Sendmail hands its own queue to) does not take connections. Is it running, and may the mail server reach its socket?
        matches: ['connect to 127.0.0.1[127.0.0.1]:10024: Connection refused',
          'connect to mx[private/dovecot-lmtp]: No such file or directory', 'Connection refused by [127.0.0.1]']
        rejects: ['lost connection with 127.0.0.1[127.0.0.1] while sending end of data']
      - id: internal-lost
        cause: connection-lost
        scope: local
        hop: internal
        direction: outbound
        origin: [transport, local, suspended]
        words: ['lost connection with', 'conversation with']
        hint: Our own content filter or mailbox server broke the session off; its log says why.
        matches: ['lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may be sent more than once']
        rejects: ['connect to 127.0.0.1[127.0.0.1]:10024: Connection refused']
      - id: lost-at-greeting
        cause: connection-lost
        origin: [transport, suspended]
        words: ['read timeout', 'server dropped connection without sending*', 'dropped connection without']
        hint: The server took the connection and then said nothing or hung up; it is overloaded, or a firewall or its own rules turn us away.
        matches: ['connect to mx.example.net[192.0.2.25]: server dropped connection without sending the initial SMTP greeting',
          'connect to mx.example.net[192.0.2.25]: read timeout']
        rejects: ['lost connection with mx.example.net[192.0.2.25] while receiving the initial server greeting']
      - id: session-io-error
        cause: connection-lost
        direction: outbound
        origin: [transport]
        words: ['I/O error']
        hint: The session broke off while Sendmail wrote to it or read from it. A firewall, path MTU, or an overloaded server.
        matches: ['I/O error']
        rejects: ['Input/output error', 'Operating system error']
      - id: lost-in-session
        cause: connection-lost
        origin: [transport, local, suspended]
        words: ['lost connection', 'conversation with', 'timed out while', 'timeout while', 'Connection reset',
          'Broken pipe', 'Connection closed', 'closed connection', 'closed the connection', 'Remote host closed',
          'connection was closed', 'connection was dropped', 'server dropped connection', 'read error', 'SMTP timeout',
          'reply: read error', 'dropped connection', 'Connection lost', 'connection aborted',
          'connection to the server was lost', 'Connection died', 'unexpected EOF', 'premature end of', 'timeout after',
          'connection dropped', 'Software caused connection abort', 'time-out while', 'while waiting for']
        none_of: ['connect to', 'initiate SMTP conversation']
        hint: The session broke off. A firewall or a proxy that meddles with SMTP, path MTU, or an overloaded server; look whether it is always at the same command.
        matches: ['lost connection with mx.example.net[192.0.2.25] while receiving the initial server greeting',
          'conversation with mx.example.net[192.0.2.25] timed out while sending RCPT TO',
          'Connection reset by mx.example.net.']
        rejects: ['connect to mx.example.net[192.0.2.25]:25: Connection reset by peer']
      - id: session-timed-out-with
        cause: connection-lost
        origin: transport
        direction: outbound
        enhanced: [4.4.2]
        words: ['Connection timed out with']
        none_of: ['connect to']
        hint: The session was open and the server fell silent in it. A firewall, path MTU, or an overloaded server.
        source: Sendmail 8.17 sendmail/usersmtp.c (smtp_reply); a connection that does not come about has 4.4.1 or 4.0.0
        matches: ['4.4.2 Connection timed out with mx.example.net.']
        rejects: ['4.4.1 Connection timed out with mx.example.net.', 'Connection timed out with mx.example.net.']
      - id: missing-socket
        cause: connect-failure
        scope: local
        direction: outbound
        origin: [transport, local]
        words: ['No such file or directory', 'Permission denied']
        all_of: ['connect']
        hint: A socket of our own that Postfix should talk to is missing or closed to it.
        matches: ['connect to private/policy: No such file or directory']
        rejects: ['create maildir file /home/anna/Maildir/tmp/1: No such file or directory']
      - id: connect-failed
        cause: connect-failure
        origin: [transport, local, suspended]
        words: ['initiate SMTP conversation', 'Connection refused', 'Connection timed out', 'Operation timed out',
          'No route to host', 'Network is unreachable', 'Network unreachable', 'Network is down', 'Host is down',
          'Host is unreachable', 'unable to connect', 'could not connect', "couldn't connect", 'connect to',
          'connection attempt failed', 'failed to connect', 'cannot connect', 'connection failed',
          'Protocol not available', 'Address family not supported',
          'retry time not reached', 'hosts have been failing', 'have been failing for a long time',
          'No answer from host', 'did not respond', 'host unreachable', 'not responding', 'Connect failed',
          'Connection time-out', 'connect timeout', 'able to establish an SMTP connection', 'connection timeout',
          "can't connect", 'could not be contacted', "Destination address required"]
        hint: The server can't be reached. If others can reach it, look at our firewall, our routing and whether its provider blocks our address.
        matches: ['connect to mx.example.net[192.0.2.25]:25: Connection refused', 'Connection timed out',
          'Connection refused by mx.example.net.', 'connect to mx.example.net[2001:db8::25]:25: Network is unreachable',
          'connect to mx.example.net[192.0.2.25]:25: Connection reset by peer']
        rejects: ['lost connection with mx.example.net[192.0.2.25] while sending RCPT TO']
      """#)
}
