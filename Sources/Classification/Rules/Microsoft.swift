extension BuiltInRules {
  static let microsoft = BuiltInRules(
    name: "microsoft.yaml",
    text: #"""
      # Microsoft: Outlook.com (Hotmail) and Exchange Online.
      # Sources: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting,
      # https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online,
      # https://learn.microsoft.com/purview/how-smtp-dane-works, https://smtp.codes/421, https://smtp.codes/450,
      # https://www.suped.com (answers on 4.7.650 and RP codes), https://bentonow.com/smtp-errors/microsoft
      - id: microsoft-server-busy
        cause: rate-limited
        evidence: provider
        direction: outbound
        enhanced: [4.7.500, 4.7.501, 4.7.502, 4.7.503, 4.7.550, 4.7.551]
        hint: "Not a busy server: Exchange Online slows down mail from our address. Send evenly, warm the address up, check what left it."
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        retry_helps: true
        matches: ['451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77719) [VI1EUR05FT012.eop-eur05.prod.protection.outlook.com]']
        rejects: ['451 4.3.2 Server busy']
      - id: microsoft-connections
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['RP-003', 'exceeded the connection limit', 'concurrent connections per resource forest',
          'maximum number of concurrent server connections', 'maximum number of concurrent connections']
        hint: Fewer connections at once towards Microsoft. For Hotmail the number allowed follows the address's reputation.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['421 RP-003 (BAY004-MC1F1) The mail server IP connecting to Outlook.com has exceeded the connection limit allowed.',
          '421 4.3.2 The maximum number of concurrent connections per resource forest has exceeded a limit, closing transmission channel. PRX8']
      - id: microsoft-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['temporarily rate limited due to IP reputation', 'S775', 'S3114', 'rate limited due to IP reputation']
        hint: Outlook.com slows this address down for its reputation. Check SNDS, complaints (JMRP) and forwarded spam; then ask sender support.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://aka.ms/postmaster (S775)',
          '451 4.7.651 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S3114)']
      - id: microsoft-reputation-code
        cause: reputation
        evidence: provider
        direction: outbound
        enhanced: [4.7.650, 4.7.651, 4.7.652, 4.7.653]
        hint: Outlook.com slows this address down for its reputation. Check SNDS and complaints.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['451 4.7.652 The mail server [192.0.2.7] is limited']
      - id: microsoft-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['RP-001', 'RP-002', 'exceeded the rate limit allowed', 'PR(dt1)', 'PR(ct1)']
        hint: Slow down towards Hotmail and Outlook.com; the limit follows the address's reputation.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['421 RP-001 (SNT004-MC2F40) Unfortunately, some messages from 192.0.2.7 were not sent. The mail server IP connecting to Outlook.com has exceeded the rate limit allowed.',
          '421 PR(dt1) The mail server IP connecting to Windows Live Hotmail server has exceeded the rate limit allowed on this connection.']
      - id: microsoft-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['S3150', 'S3140', 'banned sending IP', 'part of their network is on our block list', 'FBLW15',
          'delist.messaging.microsoft.com', 'sender.office.com']
        hint: Microsoft's own list. Use https://sender.office.com for Exchange Online, sender support for Outlook.com.
        documentation: https://sender.office.com
        matches: ['550 5.7.1 Unfortunately, messages from [192.0.2.7] were not sent. Please contact your Internet service provider since part of their network is on our block list (S3150).',
          '550 5.7.606 Access denied, banned sending IP [192.0.2.7]. To request removal from this list please visit https://sender.office.com/']
      - id: microsoft-organization-queue
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['Organization queue quota exceeded', 'database throttling limit exceeded', 'throttling limit exceeded',
          'mailbox database thread limit', 'mailbox server is too busy', 'MapiExceptionMaxThreadsPerMdbExceeded']
        hint: The recipient's organisation can't take mail as fast as it comes, from anybody.
        matches: ['450 4.7.3 Organization queue quota exceeded. [DB5EUR01FT012.eop-EUR01.prod.protection.outlook.com]',
          '432 4.3.2 STOREDRV.Deliver; dynamic mailbox database throttling limit exceeded']
      - id: microsoft-recipient-rate
        cause: recipient-rate
        evidence: provider
        direction: outbound
        words: ['recipient thread limit exceeded', "recipient's concurrency limit", 'mailbox has received more than',
          'RESOLVER.RST.RecipSizeLimit; rate', 'concurrency limit for mailbox', 'exceeded the receiving limit',
          'message rate limit for the recipient']
        hint: This mailbox gets more at once than its server lets in. It passes by itself.
        matches: ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded']
      - id: microsoft-no-such-recipient
        cause: mailbox-unavailable
        evidence: provider
        direction: outbound
        words: ['Recipient address rejected: Access denied']
        enhanced: [4.4.1]
        hint: Exchange Online knows no such recipient in that tenant (directory based edge blocking).
        matches: ['550 5.4.1 Recipient address rejected: Access denied. [AM7EUR06FT036.eop-eur06.prod.protection.outlook.com]']
      - id: microsoft-tls
        cause: tls-failure
        evidence: provider
        enhanced: [4.7.320, 4.7.321, 4.7.322, 4.7.323, 4.7.324, 4.7.325, 4.4.8]
        hint: DANE, MTA-STS or the certificate of the destination failed; 4.7.321 to 325 say what (no STARTTLS, expired, TLSA, DNSSEC, name).
        documentation: https://learn.microsoft.com/purview/how-smtp-dane-works
        matches: ["450 4.7.323 tlsa-invalid: The domain failed DANE validation",
          "450 4.7.320 Certificate validation failed"]
      - id: microsoft-ipv6-authentication
        cause: authentication
        evidence: provider
        direction: outbound
        words: ['message sent over IPv6', 'messages sent over IPv6', 'must pass either SPF or DKIM']
        hint: Over IPv6 Microsoft takes mail only with SPF or DKIM.
        matches: ['450 4.7.26 Service does not accept messages sent over IPv6 [2001:db8::25] unless they pass either SPF or DKIM validation (message not signed)']
      - id: microsoft-wrong-region
        cause: routing
        evidence: provider
        direction: outbound
        enhanced: [4.4.61, 4.4.62]
        hint: The tenant has moved. A cached or hard-coded MX or transport entry is out of date.
        matches: ['451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35. For more information please go to https://go.microsoft.com/fwlink/?linkid=865268']
      - id: microsoft-outbound-dns
        cause: dns-failure
        evidence: provider
        enhanced: [4.4.310, 4.4.311, 4.4.312]
        hint: Exchange Online could not resolve the destination's MX records.
        matches: ["450 4.4.312 DNS query failed"]
      - id: microsoft-outbound-connect
        cause: connect-failure
        evidence: provider
        enhanced: [4.4.315, 4.4.316, 4.4.317]
        hint: Exchange Online could not reach the destination.
        matches: ["450 4.4.316 Connection refused [Message=Socket error code 10061]"]
      - id: microsoft-outbound-lost
        cause: connection-lost
        evidence: provider
        enhanced: [4.4.318, 4.4.319]
        matches: ["450 4.4.318 Connection was closed abruptly (SuspiciousRemoteServerError)"]
      - id: microsoft-temporary
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['Temporary server error. Please try again later', 'Temporary server error', 'Service not active',
          'ATTR1', 'ATTR2', 'ATTR5', 'ATTR17', 'PRX2', 'PRX4', 'PRX5', 'PRX6']
        hint: Trouble on Microsoft's side, or a domain that is not yet set up there.
        matches: ['451 4.4.4 Temporary server error. Please try again later ATTR5 [AM5EUR02FT004.eop-EUR02.prod.protection.outlook.com]',
          '451 4.7.0 Temporary server error. Please try again later. PRX4', '421 4.3.2 Service not active']
      """#)
}
