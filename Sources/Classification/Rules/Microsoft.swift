extension BuiltInRules {
  static let microsoft = BuiltInRules(
    name: "microsoft.yaml",
    text: #"""
      # Microsoft: Outlook.com (Hotmail) and Exchange Online.
      # Sources: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting,
      # https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online,
      # https://learn.microsoft.com/purview/how-smtp-dane-works, https://smtp.codes/421, https://smtp.codes/450,
      # https://www.suped.com (answers on 4.7.650 and RP codes), https://bentonow.com/smtp-errors/microsoft
      - id: microsoft-banned
        cause: reputation
        evidence: provider
        direction: outbound
        codes: ['5**']
        words: ['spam abuse detected', 'traffic not accepted from this IP', 'tenant has exceeded threshold',
          'bad outbound sender']
        enhanced: [4.7.*, 4.1.8]
        hint: Exchange Online takes nothing more from our address, tenant or account, after spam or for want of a good name. Find what was sent, then ask for removal.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        retry_helps: false
        matches: ['550 5.7.501 Access denied, spam abuse detected',
          '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.',
          '550 5.7.705 Access denied, tenant has exceeded threshold']
        rejects: ['451 4.7.500 Server busy. Please try again later from [192.0.2.7].', '550 5.4.1 Recipient address rejected: Access denied']
      - id: microsoft-authentication
        cause: authentication
        evidence: provider
        direction: outbound
        words: ['required authentication level', 'does not pass DMARC verification']
        hint: Outlook.com and Exchange Online want SPF, DKIM and DMARC of our domain to pass and the From header to agree with them.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['550 5.7.515 Access denied, sending domain example.com does not meet the required authentication level.']
        rejects: ['550 5.7.501 Access denied, spam abuse detected']
      - id: microsoft-server-busy
        cause: rate-limited
        evidence: provider
        direction: outbound
        enhanced: [4.7.500, 4.7.501, 4.7.502, 4.7.503, 4.7.550, 4.7.551]
        yields_to: [5.7.*]
        hint: "Not a busy server: Exchange Online slows down mail from our address. Send evenly, warm the address up, check what left it."
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        retry_helps: true
        matches: ['451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77719) [VI1EUR05FT012.eop-eur05.prod.protection.outlook.com]']
        rejects: ['451 4.3.2 Server busy', '550 5.7.502 Access denied, banned sender']
      - id: microsoft-sender-to-recipient-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['receive limit from specific sender']
        hint: We send one mailbox more messages an hour than Exchange Online takes from one sender. Bundle notifications.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ["450 4.2.121 Recipient's per hour message receive limit from specific sender exceeded"]
        rejects: ["450 4.2.122 Recipient's per hour message receive limit exceeded"]
      - id: microsoft-restricted
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['Access denied, please try again later']
        hint: "Microsoft saw unusual traffic from our address or tenant and holds it for a while (4.7.500 to 699, 850 to 899). Look for compromised accounts, then send evenly."
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-451-4-7-500-699-asxxx-in-exchange-online
        retry_helps: true
        matches: ['451 4.7.850 Access denied, please try again later (AS78100)']
        rejects: ['451 4.7.1 Access denied by DCC']
      - id: microsoft-connections
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['RP-003', 'S3115']
        hint: Fewer connections at once towards Microsoft. For Hotmail the number allowed follows the address's reputation.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['421 RP-003 (BAY004-MC1F1) The mail server IP connecting to Outlook.com has exceeded the connection limit allowed.',
          '451 4.7.652 The mail server [192.0.2.7] has exceeded the maximum number of connections. (S3115)']
        rejects: ['421 PR(dt1) The mail server IP connecting to Windows Live Hotmail server has exceeded the rate limit allowed on this connection.']
      - id: microsoft-connections-wording
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['exceeded the connection limit', 'exceeded the maximum number of connections',
          'exceeded the maximum number of messages per connection']
        all_of: ['the mail server']
        hint: Fewer connections at once towards Microsoft. For Hotmail the number allowed follows the address's reputation.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['451 4.7.652 The mail server [192.0.2.7] has exceeded the maximum number of connections.',
          '451 4.7.653 The mail server [192.0.2.7] has exceeded the maximum number of messages per connection.']
        rejects: ['421 cxr cox 192.0.2.7 has exceeded the maximum number of connections per minute CXTHRT']
      - id: microsoft-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['rate limited due to IP reputation', 'S775', 'S843', 'S844', 'S3114']
        hint: Outlook.com slows this address down for its reputation. Check SNDS, complaints (JMRP) and forwarded spam; then ask sender support.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://aka.ms/postmaster (S775)',
          '451 4.7.651 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S3114)']
        rejects: ['421 PR(dt1) The mail server IP connecting to Windows Live Hotmail server has exceeded the rate limit allowed on this connection.']
      - id: microsoft-reputation-code
        cause: reputation
        evidence: provider
        direction: outbound
        enhanced: [4.7.650, 4.7.651]
        hint: Outlook.com slows this address down for its reputation. Check SNDS and complaints.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['451 4.7.650 The mail server [192.0.2.7] is limited']
        rejects: ['421 4.7.1 Mail rate limited because of a failed DMARC check',
          '451 4.7.652 The mail server [192.0.2.7] is limited']
      - id: microsoft-connection-code
        cause: connection-limit
        evidence: provider
        direction: outbound
        enhanced: [4.7.652, 4.7.653]
        hint: Fewer connections at once towards Outlook.com (4.7.652), or fewer messages in each (4.7.653).
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['451 4.7.652 The mail server [192.0.2.7] is limited']
        rejects: ['451 4.7.651 The mail server [192.0.2.7] is limited']
      - id: microsoft-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['RP-001', 'RP-002', 'exceeded the rate limit allowed', 'PR(dt1)', 'PR(ct1)']
        hint: Slow down towards Hotmail and Outlook.com; the limit follows the address's reputation.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['421 RP-001 (SNT004-MC2F40) Unfortunately, some messages from 192.0.2.7 were not sent. The mail server IP connecting to Outlook.com has exceeded the rate limit allowed.',
          '421 PR(dt1) The mail server IP connecting to Windows Live Hotmail server has exceeded the rate limit allowed on this connection.']
        rejects: ['421 RP-003 (BAY004-MC1F1) The mail server IP connecting to Outlook.com has exceeded the connection limit allowed.']
      - id: microsoft-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['S3150', 'S3140', 'AS3140', 'AS3150', 'banned sending IP', 'FBLW15',
          'part of their network is on our block list', 'delist.messaging.microsoft.com', 'sender.office.com']
        hint: Microsoft's own list. Use https://sender.office.com for Exchange Online, sender support for Outlook.com.
        documentation: https://sender.office.com
        matches: ['550 5.7.1 Unfortunately, messages from [192.0.2.7] were not sent. Please contact your Internet service provider since part of their network is on our block list (S3150).',
          '550 5.7.606 Access denied, banned sending IP [192.0.2.7]. To request removal from this list please visit https://sender.office.com/']
        rejects: ['451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35. For more information please go to https://go.microsoft.com/fwlink/?linkid=865268']
      - id: microsoft-dynamic-address
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['DY-001', 'DY-002', 'OU-001', 'OU-002']
        hint: Outlook.com does not take mail from this address itself (a dynamic or listed one). Send through a relay with a good name, or have the address delisted.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['550 DY-001 Mail rejected by Outlook.com for policy reasons. We generally do not accept email from dynamic IP addresses.']
        rejects: ['550 SC-001 Mail rejected by Outlook.com for policy reasons. Reasons for rejection may be related to content with spam-like characteristics or IP/domain reputation.']
      - id: microsoft-policy-codes
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['SC-001', 'SC-002', 'SC-003', 'SC-004']
        hint: Outlook.com distrusts this address (spam-like content, name space mining, an open proxy or complaints). SNDS shows its view of it.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['550 SC-001 Mail rejected by Outlook.com for policy reasons. Reasons for rejection may be related to content with spam-like characteristics or IP/domain reputation.']
        rejects: ['550 DY-001 Mail rejected by Outlook.com for policy reasons. We generally do not accept email from dynamic IP addresses.']
      - id: microsoft-recipient-rate
        cause: recipient-rate
        evidence: provider
        direction: outbound
        words: ['mailbox has received more than', 'concurrency limit for mailbox', 'exceeded the receiving limit',
          'message rate limit for the recipient', 'receive limit exceeded', 'messages they can receive per hour']
        hint: This mailbox gets more at once than its server lets in. It passes by itself.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ["450 4.2.122 Recipient's per hour message receive limit exceeded"]
        rejects: ["450 4.2.121 Recipient's per hour message receive limit from specific sender exceeded"]
      - id: microsoft-no-such-recipient
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['Recipient address rejected: Access denied', 'All recipient addresses rejected : Access denied']
        enhanced: [4.4.1]
        hint: Exchange Online knows no such recipient in that tenant (directory based edge blocking).
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['550 5.4.1 Recipient address rejected: Access denied. [AM7EUR06FT036.eop-eur06.prod.protection.outlook.com]',
          '550 5.4.1 All recipient addresses rejected : Access denied. AS(201806271)']
        rejects: ['Recipient address rejected: Access denied. [AMS0EPF000001AB.eurprd05.prod.outlook.com 2023-01-01T00:00:00.000Z 08DBE74C]']
      - id: microsoft-no-such-recipient-text
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['prod.outlook.com', 'prod.protection.outlook.com', '*.prod.outlook.com',
          '*.prod.protection.outlook.com']
        all_of: ['Recipient address rejected: Access denied']
        hint: Exchange Online knows no such recipient in that tenant (directory based edge blocking).
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['Recipient address rejected: Access denied. [AMS0EPF000001AB.eurprd05.prod.outlook.com 2023-01-01T00:00:00.000Z 08DBE74C]']
        rejects: ['451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77719) [VI1EUR05FT012.eop-eur05.prod.protection.outlook.com]']
      - id: microsoft-no-such-mailbox
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['Requested action not taken: mailbox unavailable']
        enhanced: [4.5.0]
        hint: Outlook.com knows no such mailbox, or no longer. Remove the address.
        documentation: https://sendersupport.olc.protection.outlook.com/pm/troubleshooting
        matches: ['550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).']
        rejects: ['550 Requested action not taken: mailbox unavailable', '451 4.7.500 Server busy']
      - id: microsoft-tls
        cause: tls-failure
        evidence: provider
        enhanced: [4.7.320, 4.7.321, 4.7.322, 4.7.323, 4.7.324, 4.7.325, 4.4.8]
        hint: DANE, MTA-STS or the certificate of the destination failed; 4.7.321 to 325 say what (no STARTTLS, expired, TLSA, DNSSEC, name).
        documentation: https://learn.microsoft.com/purview/how-smtp-dane-works
        matches: ["450 4.7.323 tlsa-invalid: The domain failed DANE validation",
          "450 4.7.320 Certificate validation failed"]
        rejects: ['MX hosts of example.net failed MTA-STS validation']
      - id: microsoft-ipv6-authentication
        cause: authentication
        evidence: provider
        direction: outbound
        words: ['message sent over IPv6', 'messages sent over IPv6', 'must pass either SPF or DKIM']
        hint: Over IPv6 Microsoft takes mail only with SPF or DKIM.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['450 4.7.26 Service does not accept messages sent over IPv6 [2001:db8::25] unless they pass either SPF or DKIM validation (message not signed)']
        rejects: ['421-4.7.29 This message was not sent over a TLS connection. - gsmtp']
      - id: microsoft-wrong-region
        cause: routing
        evidence: provider
        direction: outbound
        enhanced: [4.4.61, 4.4.62]
        hint: The tenant has moved. A cached or hard-coded MX or transport entry is out of date.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35. For more information please go to https://go.microsoft.com/fwlink/?linkid=865268']
        rejects: ['550 5.7.606 Access denied, banned sending IP [192.0.2.7]. To request removal from this list please visit https://sender.office.com/']
      - id: microsoft-destination-tls
        cause: tls-failure
        evidence: provider
        words: ['failed MTA-STS validation', 'starttls-not-supported', 'certificate-expired', 'tlsa-invalid',
          'dnssec-invalid', 'certificate-host-mismatch', 'sts-policy-fetch-error', 'sts-webpki-invalid']
        hint: DANE, MTA-STS or the certificate of the destination failed; the word says which. Its operator has to mend it.
        documentation: https://learn.microsoft.com/purview/how-smtp-dane-works
        matches: ['MX hosts of example.net failed MTA-STS validation']
        rejects: ['450 4.7.320 Certificate validation failed']
      - id: microsoft-nonexistent-domain
        cause: dns-failure
        nonexistent: domain
        evidence: provider
        words: ['InfoDomainNonexistent']
        hint: Exchange Online finds no such domain. Check its spelling.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['550 5.4.310 DNS domain example.invalid does not exist [Message=InfoDomainNonexistent]']
        rejects: ['550 5.4.310 DNS query failed [Message=InfoNoRecords]']
      - id: microsoft-no-such-domain
        cause: dns-failure
        evidence: provider
        words: ['InfoNoRecords', 'ErrorRetry; DNS']
        hint: Exchange Online finds no MX record of this domain. Check its spelling and its DNS.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ['450 4.4.310 DNS query failed [Message=InfoNoRecords]']
        rejects: ['450 Return path domain does not exist']
      - id: microsoft-outbound-dns
        cause: dns-failure
        evidence: provider
        enhanced: [4.4.310, 4.4.311, 4.4.312]
        hint: Exchange Online could not resolve the destination's MX records.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ["450 4.4.312 DNS query failed"]
        rejects: ['421 4.7.0 Reverse DNS for 192.0.2.7 failed']
      - id: microsoft-outbound-connect
        cause: connect-failure
        evidence: provider
        enhanced: [4.4.315, 4.4.316, 4.4.317]
        hint: Exchange Online could not reach the destination.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ["450 4.4.316 Connection refused [Message=Socket error code 10061]"]
        rejects: ['421 Connection refused - IB115. 192.0.2.7 is blacklisted']
      - id: microsoft-outbound-lost
        cause: connection-lost
        evidence: provider
        enhanced: [4.4.318, 4.4.319]
        hint: Exchange Online lost its session with the destination; a firewall or an overloaded server there.
        documentation: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online
        matches: ["450 4.4.318 Connection was closed abruptly (SuspiciousRemoteServerError)"]
        rejects: ['421 4.3.2 Your IP(192.0.2.7) is filtered and this connection will be closed.']
      """#)
}
