extension BuiltInRules {
  static let northAmerica = BuiltInRules(
    name: "north-america.yaml",
    text: #"""
      # Apple, Comcast, Charter (Spectrum), Cox, AT&T, GoDaddy.
      # Sources: https://smtp.codes/icloud, https://support.apple.com/102322 (HT204137),
      # http://postmaster.comcast.net/mail-error-codes.xml, https://es.xfinity.com/support/articles/email-errors,
      # https://www.suped.com (answers on AUP# codes, Comcast throttling, AUP#CXCNCT),
      # http://postmaster.cox.net/confluence/display/postmaster/Error+Codes, https://forums.cox.com,
      # https://smtp.codes/421, https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685
      - id: apple-recipient-rate
        cause: recipient-rate
        provider: apple
        signature: ['support.apple.com']
        words: ['deferred due to excessive volume']
        hint: This mailbox gets more mail than Apple lets in for one account. It passes by itself.
        documentation: https://support.apple.com/102322
        matches: ['421 4.7.1 Messages to a@icloud.com deferred due to excessive volume. Try again later - https://support.apple.com/en-us/HT204137']
        rejects: ['554 5.7.1 [HM08] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137']
      - id: apple-policy
        cause: policy
        provider: apple
        signature: ['support.apple.com']
        words: ['due to local policy', '[CS01]', '[HM07]', '[HM08]']
        none_of: ['DMARC', 'Spamhaus', 'blocked using', 'PTR']
        hint: Apple's filter objects to the message or its sender and says no more; write to Apple's postmaster with log lines.
        documentation: https://support.apple.com/102322
        matches: ['554 5.7.1 [HM08] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137']
        rejects: ['421 4.7.1 Messages to a@icloud.com deferred due to excessive volume. Try again later - https://support.apple.com/en-us/HT204137']
      - id: comcast-throttled
        cause: rate-limited
        provider: comcast
        signature: ['RL00000*', 'comcast.net']
        words: ['throttled', 'RL000001', 'RL000002', 'RL000003', '#RL000001', '#RL000002', '#RL000003',
          'exceeded the limit', 'too many recent messages']
        hint: Comcast limits by address and by its reputation. Slow down; the limit rises as complaints fall.
        documentation: https://postmaster.comcast.net/smtp-error-codes.php
        matches: ['421 4.1.0 192.0.2.7 Throttled - try again later. Please see http://postmaster.comcast.net/smtp-error-codes.php#RL000001']
        rejects: ['554 5.7.1 comcast 192.0.2.7 found on one or more DNSBLs, see http://postmaster.comcast.net/smtp-error-codes.php#BL000001']
      - id: comcast-blocked
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['BL000000', '#BL000000', 'BL000001', '#BL000001', 'BL000010', '#BL000010', 'BL000011', '#BL000011',
          'BL000100', '#BL000100', 'BL000101', '#BL000101', 'BL000110', '#BL000110', 'BL000111', '#BL000111',
          'BL001000', '#BL001000', 'ES000001', '#ES000001', 'ES000010', '#ES000010', 'PH000001', '#PH000001']
        hint: Comcast blocks the address; the code says by which lists (its own, Spamhaus, Cloudmark, SenderScore) or that it looks like a home line.
        documentation: https://postmaster.comcast.net/smtp-error-codes.php
        matches: ['554 5.7.1 comcast 192.0.2.7 found on one or more DNSBLs, see http://postmaster.comcast.net/smtp-error-codes.php#BL000001']
        rejects: ['421 4.1.0 192.0.2.7 Throttled - try again later. Please see http://postmaster.comcast.net/smtp-error-codes.php#RL000001']
      - id: charter-connections
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['AUP#In-1340', 'AUP#I-1340', 'AUP#1340', 'AUP#CXCNCT', 'AUP#CNCT']
        hint: Fewer connections at once (Cox says ten an address; Charter's number follows reputation).
        documentation: https://www.spectrum.net/support/internet/understanding-email-error-codes
        matches: ['421 cmsmtp 192.0.2.7 blocked. Refer to Error Codes section for more information. AUP#CXCNCT',
          '421 4.7.0 mx.charter.net cmsmtp 192.0.2.7 blocked AUP#In-1340']
        rejects: ['421 4.7.0 mx.charter.net cmsmtp 2001:db8::25 blocked. AUP#In-1260']
      - id: cox-connection-rate
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['CXTHRT']
        all_of: ['number of connections']
        hint: Cox counts the connections of an address in a minute. Make fewer, and send more messages over each.
        documentation: http://postmaster.cox.net/confluence/display/postmaster/Error+Codes
        matches: ['421 cxr cox 192.0.2.7 has exceeded the maximum number of connections per minute CXTHRT']
        rejects: ['421 cmsmtp 192.0.2.7 AUP#CXTHRT']
      - id: charter-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['AUP#1310', 'AUP#1320', 'AUP#1330', 'AUP#I-1300', 'AUP#I-1310', 'AUP#I-1320', 'AUP#I-1330',
          'AUP#In-1320', 'AUP#In-1330', 'AUP#In-1300', 'AUP#CXMXRT', 'AUP#CXTHRT', 'AUP#MXRT', 'AUP#THRT']
        hint: The filter (Cloudmark) limits the rate of mail it distrusts. Slow down and look at complaints.
        documentation: https://www.spectrum.net/support/internet/understanding-email-error-codes
        matches: ['421 4.7.1 mx0.charter.net 192.0.2.7 AUP#1330', '421 cmsmtp 192.0.2.7 AUP#CXMXRT']
        rejects: ['421 4.7.0 mx.charter.net cmsmtp 192.0.2.7 blocked AUP#In-1340']
      - id: cox-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['IPBL0001', 'IPBL0010', 'IPBL0100', 'IPBL0011', 'IPBL0101', 'IPBL0110', 'IPBL0111', 'IPBL1000',
          'IPBL1*']
        hint: Cox blocks by public lists; the digits say which (0001 Spamhaus, 0010 Return Path, 0100 Invaluement, 1000 Cloudmark).
        documentation: http://postmaster.cox.net/confluence/display/postmaster/Error+Codes
        matches: ['554 cmsmtp 192.0.2.7 blocked. Error Code: IPBL0001']
        rejects: ['421 cmsmtp 192.0.2.7 blocked. Refer to Error Codes section for more information. AUP#CXCNCT']
      - id: charter-ipv6
        cause: policy
        evidence: provider
        direction: outbound
        words: ['AUP#In-1260', 'AUP#I-1260', 'AUP#1260']
        hint: Spectrum takes no mail over IPv6. Deliver to it over IPv4 (smtp_address_preference, or a transport of its own).
        documentation: https://www.spectrum.net/support/internet/understanding-email-error-codes
        matches: ['421 4.7.0 mx.charter.net cmsmtp 2001:db8::25 blocked. AUP#In-1260']
        rejects: ['421 4.7.0 mx.charter.net cmsmtp 192.0.2.7 blocked AUP#In-1340']
      - id: charter-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['AUP#In-12*', 'AUP#I-12*', 'AUP#12*']
        hint: A block list that Spectrum uses has this address (1240 is Spamhaus). Have it removed there.
        documentation: https://www.spectrum.net/support/internet/understanding-email-error-codes
        matches: ['554 mx.charter.net cmsmtp 192.0.2.7 blocked - see http://www.spamhaus.org/query/ip/192.0.2.7 AUP#In-1240']
        rejects: ['421 4.7.0 mx.charter.net cmsmtp 192.0.2.7 blocked AUP#In-1340']
      - id: charter-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['AUP#*', 'CXBL', 'CDRBL']
        hint: The provider's own rating of this address; blocks of this kind last hours. Look for spam from our side before asking for removal.
        documentation: https://www.spectrum.net/support/internet/understanding-email-error-codes
        matches: ['421 cmsmtp 192.0.2.7 blocked. AUP#In-1370', '451 4.2.0 192.0.2.7 blocked AUP#CDRBL']
        rejects: ['554 cmsmtp 192.0.2.7 blocked. Error Code: IPBL0001']
      - id: att-block-list
        cause: blocklisted
        provider: att
        signature: ['abuse_rbl', 'abuse-att.net', 'att.net/blocks', 'ATTRBL', 'ou=rblmx']
        words: ['is_blocked', 'DNSBL:*', 'abuse_rbl', 'ATTRBL', 'Blocked for abuse', 'blocked by ldap']
        hint: AT&T's own list; its answer names the address to write to.
        documentation: http://rbl.att.net/block_enduser.html
        matches: ['553 5.3.0 flph829 DNSBL:ATTRBL 521< 192.0.2.7 >_is_blocked.__For_information_see_https://att.net/blocks']
        rejects: ['451 4.2.0 192.0.2.7 blocked AUP#CDRBL']
      - id: att-reverse-dns
        cause: reverse-dns
        provider: att
        words: ['failure in DNS look-up', 'failure in DNS lookup']
        hint: AT&T found no PTR record of our address that works.
        documentation: http://rbl.att.net/block_enduser.html
        matches: ['421-failure in DNS look-up.']
        rejects: ['450 busy--Please try again later']
      - id: godaddy-connections
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['IB007']
        hint: Fewer connections at once towards GoDaddy.
        documentation: https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685
        matches: ['421 Connection refused, too many sessions from 192.0.2.7. Please lower the number of concurrent sessions. IB007']
        rejects: ['421 Connection refused - IB115. 192.0.2.7 is blacklisted']
      - id: godaddy-reverse-dns
        cause: reverse-dns
        evidence: provider
        direction: outbound
        words: ['IB108']
        hint: GoDaddy looked for a PTR record of our address and found none that works.
        documentation: https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685
        matches: ['421 Temporarily rejected. Reverse DNS for 192.0.2.7 failed. IB108']
        rejects: ['421 Server temporarily unavailable. Try again later. IB101']
      - id: godaddy-busy
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['IB101']
        hint: GoDaddy's server is out of order for now. Waiting helps.
        documentation: https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685
        matches: ['421 Server temporarily unavailable. Try again later. IB101']
        rejects: ['421 Temporarily rejected. Reverse DNS for 192.0.2.7 failed. IB108']
      - id: godaddy-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['IB103', 'IB104', 'IB105', 'IB106', 'IB110', 'IB111', 'IB112', 'IB113', 'IB115', 'IB116', 'IB212',
          'RBL Reject']
        hint: GoDaddy, or another who filters alike (Telstra), has this address on its list; the page that it names takes requests.
        documentation: https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685
        matches: ['554 RBL Reject. IB105 http://unblock.secureserver.net/?ip=192.0.2.7',
          '421 Connection refused - IB115. 192.0.2.7 is blacklisted']
        rejects: ['421 Connection refused, too many sessions from 192.0.2.7. Please lower the number of concurrent sessions. IB007']
      - id: optimum-resources
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['Resources restricted']
        hint: Synchronoss' filter (Optimum, some other cable providers) slows this address down. Look for spam from our side; its postmaster takes requests.
        matches: ['421 4.7.1 Resources restricted']
        rejects: ['452 4.6.0 Insufficient system resources (I/O)']
      - id: verizon-block
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ["blocked by Verizon Online's anti-spam system", 'verizon.net/whitelist']
        hint: Verizon's own list; the page that it names takes requests.
        matches: ["571 Email from 192.0.2.7 is currently blocked by Verizon Online's anti-spam system. The email sender or Email Service Provider may visit http://www.verizon.net/whitelist and request removal of the block."]
        rejects: ['451 4.2.0 192.0.2.7 blocked AUP#CDRBL']
      - id: facebook-recipient
        cause: mailbox-unavailable
        evidence: provider
        direction: outbound
        words: ['RCP-T4', 'RCP-P*', 'Recipient account is unavailable']
        hint: The account at Facebook takes no mail now. If it stays so, remove the address.
        documentation: http://postmaster.facebook.com/response_codes
        matches: ['421 4.7.1 RCP-T4 http://postmaster.facebook.com/response_codes?ip=192.0.2.7#unavailable Recipient account is unavailable']
        rejects: ['421 4.1.0 192.0.2.7 Throttled - try again later. Please see http://postmaster.comcast.net/smtp-error-codes.php#RL000001']
      - id: amazon-sending
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['Throttling failure', 'Maximum sending rate exceeded', 'Daily message quota exceeded']
        hint: Our Amazon SES account sends faster, or more a day, than it is allowed. Slow the transport down, or ask Amazon for a higher quota.
        documentation: https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html
        matches: ['454 Throttling failure: Maximum sending rate exceeded.',
          '454 Throttling failure: Daily message quota exceeded.']
        rejects: ['454 4.7.0 Cannot accept TLS as maximum TLS rate exceeded for server']
      - id: sendgrid-limit
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['exceeded your messaging limits', 'Maximum credits exceeded']
        hint: The account at our relay (SendGrid and others say it so) has used up what it may send.
        matches: ["451 You've exceeded your messaging limits", '421 you have exceeded your messaging limits (#4.3.0)']
        rejects: ['454 Throttling failure: Maximum sending rate exceeded.']
      """#)
}
