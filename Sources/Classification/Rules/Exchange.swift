extension BuiltInRules {
  static let exchange = BuiltInRules(
    name: "exchange.yaml",
    text: #"""
      # What Exchange servers say, the recipients' own and Microsoft's: store driver, proxy, limits.
      # Sources: Exchange Server 2013 to 2019, classes Microsoft.Exchange.Data.Transport.SmtpResponse and AckReason;
      # https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online,
      # https://learn.microsoft.com/exchange/mail-flow/message-rate-limits,
      # https://learn.microsoft.com/exchange/troubleshoot/email-delivery/send-receive-emails-socketerror
      - id: exchange-no-such-recipient
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['RESOLVER.ADR.RecipientNotFound', 'RESOLVER.ADR.RecipNotFound', 'RESOLVER.ADR.ExRecipNotFound',
          'not found by SMTP address lookup']
        hint: The Exchange organisation knows no such recipient. Remove the address.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient a@example.org not found by SMTP address lookup',
          '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found']
        rejects: ['550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized']
      - id: exchange-recipient-threads
        cause: recipient-rate
        evidence: provider
        direction: outbound
        words: ['recipient thread limit exceeded', "recipient's concurrency limit"]
        hint: This mailbox gets more at once than its server lets in. It passes by itself.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        retry_helps: true
        matches: ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded']
        rejects: ['432 4.3.2 STOREDRV.Deliver; mailbox server thread limit exceeded']
      - id: exchange-sender-threads
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['sender thread limit exceeded']
        hint: "Our own account at Exchange Online may submit over three connections at once. Lower the concurrency of that transport to 3."
        documentation: https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission
        matches: ['432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded']
        rejects: ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded']
      - id: exchange-source-threads
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['delivery source thread limit exceeded', 'exceeded the message limit per account',
          'Message submission rate for this client has exceeded']
        hint: The Exchange server limits what one source may send. Send more slowly, or ask its operator for a higher MessageRateLimit on the connector.
        documentation: https://learn.microsoft.com/exchange/mail-flow/message-rate-limits
        matches: ['432 4.3.2 STOREDRV.Deliver; delivery source thread limit exceeded',
          '421 4.4.2 Message submission rate for this client has exceeded the configured limit']
        rejects: ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded']
      - id: exchange-disk
        cause: system-storage
        evidence: provider
        direction: outbound
        words: ['STOREDRV; mailbox disk is full', 'STOREDRV; disk is full', 'Insufficient system resources (*']
        hint: The Exchange server holds mail back because disk or memory run low (back pressure); its operator has to act.
        documentation: https://learn.microsoft.com/exchange/mail-flow/back-pressure
        matches: ['431 4.3.1 STOREDRV; mailbox disk is full', '452 4.6.0 Insufficient system resources (I/O)',
          '452 4.3.1 Insufficient system resources (TSTE)']
        rejects: ['452 4.3.1 Insufficient system storage']
      - id: exchange-restricted-recipient
        cause: policy
        evidence: provider
        direction: outbound
        words: ['RESOLVER.RST.NotAuthorized*', 'RESOLVER.RST.AuthRequired*', 'RESOLVER.RST.SenderNot*',
          'RESOLVER.RST.RestrictedToRecipients*', 'RESOLVER.RST.Restrict*', 'Delivery restriction check failed']
        hint: "The recipient or the group takes mail from chosen senders only, or from its own organisation: no login of ours mends that. Ask its owner."
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-550-5-7-133-in-exchange-online
        matches: ['550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required',
          '550 5.7.134 RESOLVER.RST.SenderNotAuthenticatedForMailbox; authentication required',
          '550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized']
        rejects: ['550 5.1.1 RESOLVER.ADR.RecipNotFound; not found', '530 5.7.57 Client not authenticated to send mail',
          '550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient']
      - id: exchange-mailbox-location
        cause: mailbox-unavailable
        evidence: provider
        direction: outbound
        words: ['recipient mailbox location information is not available', 'recipient mailbox is remote',
          'public folder mailbox not found', 'legacyExchangeDN attribute value is missing for recipient',
          'STOREDRV.Deliver; Recipient could not be resolved', 'Recipient mailbox quarantined']
        hint: Exchange does not find where this mailbox lives; it is being moved, or its directory entry is broken.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['420 4.2.0 STOREDRV.Deliver; recipient mailbox location information is not available']
        rejects: ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded']
      - id: exchange-store
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['STOREDRV.Storage;', 'STOREDRV.Deliver;', 'STOREDRV.Submit;', 'STOREDRV;',
          'Recipient deferred because there is no Mdb', 'Organization queue quota exceeded',
          'Message delayed, too many concurrent deliveries', 'Message delivery delayed due to',
          'MapiExceptionMaxThreadsPerMdbExceeded']
        yields_to: [5.2.2, 5.2.3, 5.7.*]
        none_of: ['QuotaExceeded*', 'mailbox full', 'mailbox is full', 'invalid', 'misconfiguration', 'quarantined']
        hint: The recipient's Exchange organisation can't take mail as fast as it comes, from anybody, or its mailbox database is down.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['432 4.3.2 STOREDRV; mailbox database is offline',
          '432 4.3.2 STOREDRV.Deliver; dynamic mailbox database throttling limit exceeded.',
          '450 4.7.3 Organization queue quota exceeded. [DB5EUR01FT012.eop-EUR01.prod.protection.outlook.com]',
          '430 4.2.0 STOREDRV; mailbox logon failure']
        rejects: ['451 4.3.0 <a@example.org> Too many concurrent deliveries for user',
          '552 5.2.2 STOREDRV.Deliver; mailbox full']
      - id: exchange-proxy
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['No proxy destinations could be obtained', 'The proxy layer is discarding data', 'Message not proxied',
          'Unable to fetch attribution data', 'Destinations need to be sent for proxying',
          'EHLO Options do not match for proxy', 'unsuccessful due to temporary server error', 'PRX1', 'PRX2', 'PRX3',
          'PRX4', 'PRX5', 'PRX6', 'CPRX1', 'CPRX2', 'Temporary local error initializing data', 'ATTR1', 'ATTR2',
          'ATTR3', 'ATTR3.1', 'ATTR3.2', 'ATTR5', 'ATTR6', 'ATTR17', 'Temporary server error. Please try again later',
          'Temporary server error', 'Service not active', 'no mail-enabled subscriptions']
        hint: Trouble inside the recipient's Exchange, or a domain that is not yet (or no longer) set up at Microsoft.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['451 4.7.0 Temporary server error. Please try again later. PRX5', '451 4.7.0 No proxy destinations could be obtained',
          '451 4.4.4 Temporary server error. Please try again later ATTR5 [AM5EUR02FT004.eop-EUR02.prod.protection.outlook.com]',
          '421 4.3.2 Service not active', '450 4.7.1 Unable to fetch attribution data. ATTR11']
        rejects: ['450 4.7.1 Unable to Relay. ATTR14']
      - id: exchange-onward-connect
        cause: connect-failure
        evidence: provider
        direction: outbound
        words: ['Primary target IP address responded with', 'SocketConnectionRefused', 'Winsock error code',
          'no outbound frontend servers to proxy through']
        hint: The Exchange server took our session but can't reach the server behind it.
        documentation: https://learn.microsoft.com/exchange/troubleshoot/email-delivery/send-receive-emails-socketerror
        matches: ['451 4.4.0 Primary target IP address responded with: "421 4.4.2 Connection dropped due to SocketError." Attempted failover to alternate host, but that did not succeed.']
        rejects: ['451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped due to ConnectionReset']
      - id: exchange-onward-lost
        cause: connection-lost
        scope: domain
        evidence: provider
        direction: outbound
        words: ['Error communicating with target host']
        hint: The Exchange server took our session but lost the one to the server behind it.
        documentation: https://learn.microsoft.com/exchange/troubleshoot/email-delivery/send-receive-emails-socketerror
        matches: ['451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped due to ConnectionReset']
        rejects: ['451 4.4.0 Primary target IP address responded with: "421 4.4.2 Connection dropped due to SocketError." Attempted failover to alternate host, but that did not succeed.']
      - id: exchange-connections
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['concurrent connections per resource forest', 'maximum number of concurrent server connections',
          'maximum number of concurrent connections has exceeded']
        hint: Fewer connections at once towards this server; its connector counts them by source.
        documentation: https://learn.microsoft.com/exchange/mail-flow/message-rate-limits
        matches: ['421 4.3.2 The maximum number of concurrent connections per resource forest has exceeded a limit, closing transmission channel. PRX8',
          '421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel']
        rejects: ['421 4.3.2 Service not available, closing transmission channel']
      - id: exchange-errors
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['Too many errors on this connection, closing transmission channel']
        hint: Too many of our commands failed in one session (unknown recipients, mostly); look at what was sent just before.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['421 4.7.0 Too many errors on this connection, closing transmission channel']
        rejects: ['421 4.3.2 Service not available, closing transmission channel']
      - id: exchange-tls
        cause: tls-failure
        evidence: provider
        direction: outbound
        words: ['Cannot accept TLS as maximum TLS rate exceeded', 'temporarily disallowed this secure domain',
          'Require STARTTLS to authenticate', 'Require STARTTLS to do basic authentication',
          'Failed to establish appropriate TLS channel', 'negotiated Tls cipher strength is too weak',
          'Require XAnonymousTls']
        hint: The Exchange server wants TLS of a certain kind (domain security, a certificate that its connector knows) and did not get it.
        documentation: https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors
        matches: ['454 4.7.0 Cannot accept TLS as maximum TLS rate exceeded for server',
          '454 4.7.0 Failed to establish appropriate TLS channel: Access Denied']
        rejects: ['SASL authentication failed; cannot authenticate to server smtp.example.net[192.0.2.25]: no mechanism available']
      - id: exchange-login
        cause: local-configuration
        evidence: provider
        direction: outbound
        words: ['Temporary authorization failure', 'Require basic authentication',
          'Cannot achieve Exchange Server authentication', 'Cannot load Internal Transport Certificate']
        hint: The connector wants a login, or one between Exchange servers, that did not come about. Are we talking to the right port and connector?
        documentation: https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors
        matches: ['451 5.7.3 Cannot achieve Exchange Server authentication', '454 4.7.0 Temporary authorization failure']
        rejects: ['451 4.4.3 Temporary DNS failure']
      - id: exchange-relay
        cause: policy
        evidence: provider
        direction: outbound
        words: ['Unable to Relay. ATTR*', 'Intercepted and rejected by administrative action']
        hint: The Exchange organisation does not take this recipient's domain, or its administrator holds such mail back.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['450 4.7.1 Unable to Relay. ATTR14', '430 4.3.1 Intercepted and rejected by administrative action. TRJCT']
        rejects: ['450 4.7.1 Unable to fetch attribution data. ATTR11']
      - id: exchange-protocol
        cause: protocol
        evidence: provider
        direction: outbound
        words: ['possible version mismatch', 'Remote server response was not RFC conformant', 'No recipient succeeded']
        hint: Two servers on the way disagree about the protocol; look at the session in both logs.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['421 4.4.0 Remote server response was not RFC conformant']
        rejects: ['550 5.7.4 XGEMAIL_0006 the TLS version is not available']
      """#)
}
