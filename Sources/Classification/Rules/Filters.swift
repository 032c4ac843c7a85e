extension BuiltInRules {
  static let filters = BuiltInRules(
    name: "filters.yaml",
    text: #"""
      # Filters in front of other people's servers: Mimecast, Proofpoint, Barracuda, Cisco, Symantec (Broadcom), Sophos,
      # Trellix, and the greylisting texts that do not say so.
      # Sources: https://mimecastsupport.zendesk.com (Policies: Mimecast SMTP Error Codes),
      # https://dwlistore.dwli.org/knowledgebase/444, https://www.tecism.com/2018/01/, https://smtp.codes/450,
      # https://smtp.codes/421, http://www.symantec.com/connect/forums (452 Too many recipients received this hour),
      # https://knowledge.broadcom.com/external/article/159004, https://docs.iredmail.org (iRedAPD greylisting),
      # https://pastebin.com/6G7q8H39 (cPanel's greylisting)
      - id: mimecast-greylisted
        cause: greylisted
        evidence: provider
        direction: outbound
        words: ['Internal resource temporarily unavailable', 'Internal resource is temporarily unavailable',
          'Internal resources are temporarily unavailable']
        hint: Mimecast's way of greylisting an unknown triplet; retry between one minute and twelve hours.
        documentation: https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691
        retry_helps: true
        matches: ['451 Internal resource temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451 [Aj3QXapeMpqZYaeFwWhjzw.us32]']
        rejects: ['451 IP temporarily blacklisted - https://community.mimecast.com/docs/DOC-1369#451']
      - id: mimecast-blocked
        cause: policy
        provider: mimecast
        signature: ['community.mimecast.com', 'mimecastsupport*']
        words: ['Sender address blocked', 'Rejected by header based', 'Administrative prohibition',
          'Open relay not allowed']
        hint: A rule of the recipient's Mimecast administrator.
        documentation: https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691
        matches: ['421 Sender address blocked - https://community.mimecast.com/docs/DOC-1369#421']
        rejects: ['421 Unable to process connection at this time - https://community.mimecast.com/docs/DOC-1369#421']
      - id: mimecast-outbounds
        cause: policy
        evidence: provider
        words: ['Account outbounds disabled']
        hint: The Mimecast account through which we send may not send. Ask its administrator, or Mimecast's support.
        documentation: https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691
        matches: ['451 Account outbounds disabled - https://community.mimecast.com/docs/DOC-1369#451']
        rejects: ['451 Account inbounds disabled - https://community.mimecast.com/docs/DOC-1369#451']
      - id: mimecast-block-list
        cause: blocklisted
        provider: mimecast
        signature: ['community.mimecast.com', 'mimecastsupport*']
        words: ['temporarily blacklisted', 'IP Temporarily Blacklisted']
        hint: Mimecast has this address on its own list for a while. It goes by itself; if it comes back, ask the recipient's administrator to permit us.
        documentation: https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691
        matches: ['451 IP temporarily blacklisted - https://community.mimecast.com/docs/DOC-1369#451']
        rejects: ['451 Account inbounds disabled - https://community.mimecast.com/docs/DOC-1369#451']
      - id: mimecast-busy
        cause: system-busy
        provider: mimecast
        signature: ['community.mimecast.com', 'mimecastsupport*']
        words: ['Unable to process connection at this time', 'Unable to process email at this time',
          'Account service is temporarily unavailable', 'Account inbounds disabled',
          'Recipient temporarily unavailable']
        hint: Mimecast, or the recipient's account there, can't take mail now.
        documentation: https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691
        matches: ['421 Unable to process connection at this time - https://community.mimecast.com/docs/DOC-1369#421',
          '451 Account inbounds disabled - https://community.mimecast.com/docs/DOC-1369#451']
        rejects: ['451 IP temporarily blacklisted - https://community.mimecast.com/docs/DOC-1369#451']
      - id: proofpoint-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['ipcheck.proofpoint.com', 'prs.proofpoint.com', 'support.proofpoint.com/dnsbl-lookup*',
          'Proofpoint Dynamic Reputation']
        hint: Proofpoint's rating of our address; its page shows it and takes requests.
        documentation: https://ipcheck.proofpoint.com/
        matches: ['421 4.7.1 Service unavailable; client [192.0.2.7] blocked, see https://ipcheck.proofpoint.com/?ip=192.0.2.7']
        rejects: ['450 4.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7']
      - id: barracuda-no-such-user
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['cuda_nsu']
        none_of: ['policy', 'abuse', 'blocked', 'spam*', 'reputation', 'go away', 'rate*', 'too many']
        hint: "The Barracuda filter asked the server behind it, which knows no such recipient (nsu: no such user). Remove the address."
        documentation: https://campus.barracuda.com/product/emailsecuritygateway/
        matches: ['550 cuda_nsu No such recipient', '550 cuda_nsu <a@example.org>']
        rejects: ['450 cuda_nsu 4.7.1 <a@example.org>: Recipient address rejected: Policy Rejection- Abuse. Go away.']
      - id: barracuda-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['cuda_nsu', 'barracudacentral.org/reputation', 'Barracuda Reputation']
        hint: Barracuda's rating of our address, or a filter of the recipient's. Its look-up page takes requests.
        documentation: https://www.barracudacentral.org/lookups
        matches: ['450 cuda_nsu 4.7.1 <a@example.org>: Recipient address rejected: Policy Rejection- Abuse. Go away.']
        rejects: ['451 4.7.1 <a@example.org>: Recipient address rejected: Intentional policy rejection, please try again later']
      - id: barracuda-licence
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['License Expired']
        hint: The recipient's filter has no licence any more; its operator has to act.
        matches: ['422 License Expired']
        rejects: ['550 5.7.1 XGEMAIL_0007 Command rejected']
      - id: cisco-hourly
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['recipients received this hour', 'recipients received from the sender',
          'messages received from the sender', 'per hour limit']
        hint: A Cisco gateway limits recipients an hour by our reputation; the rest passes in the next hour.
        matches: ['452 Too many recipients received this hour',
          '452 #4.1.0 Too many recipients received from the sender this hour']
        rejects: ["450 4.2.122 Recipient's per hour message receive limit exceeded"]
      - id: cisco-address-rejected
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['#5.1.0 Address rejected']
        none_of: ['sender*']
        hint: A Cisco gateway does not take this recipient (its recipient table or directory has no such address). If it stays so, remove it.
        matches: ['550 #5.1.0 Address rejected.', '550 #5.1.0 Address rejected a@example.org']
        rejects: ['452 #4.1.0 Too many recipients received from the sender this hour', '550 #5.1.0 Address rejected: sender unknown']
      - id: cisco-tls-sessions
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['Too many TLS sessions']
        hint: Fewer sessions at once towards this Cisco gateway.
        matches: ['421 #4.4.5 Too many TLS sessions at this time']
        rejects: ['452 Too many recipients received this hour']
      - id: symantec-quota
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['Recipient quota exceeded']
        all_of: ['4.7.1']
        hint: A Symantec gateway limits recipients of one sender in a time.
        documentation: https://knowledge.broadcom.com/external/article/159004
        matches: ['421 4.7.1 Recipient quota exceeded']
        rejects: ['exceeded system quota']
      - id: symantec-host-limit
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['limit for processing requests from your host']
        hint: A Symantec gateway (Messaging Gateway, Brightmail) counts what our address sends in a time, and we are above it. Slow down towards this server.
        matches: ['451 The server has reached its limit for processing requests from your host.  Please try again later.']
        rejects: ['451 The server has reached its limit for processing requests. Please try again later.']
      - id: trend-micro-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['Trend Micro Email Reputation*', 'ers.trendmicro.com', 'mail-abuse.com', 'blocked by Trend Micro']
        hint: Trend Micro's list has this address. Its look-up page shows why and takes requests.
        documentation: https://servicecentral.trendmicro.com/ers/
        matches: ['450 4.7.1 Mail from 192.0.2.7 has been blocked by Trend Micro Email Reputation Service. Please see https://ers.trendmicro.com/reputations to get detailed information.']
        rejects: ['421 4.7.1 Service unavailable; client [192.0.2.7] blocked, see https://ipcheck.proofpoint.com/?ip=192.0.2.7']
      - id: cloudmark-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['csi.cloudmark.com', 'cloudmark.com/reset*']
        hint: Cloudmark Sender Intelligence has this address on its list; the page takes requests for a reset.
        documentation: https://csi.cloudmark.com/en/reset/
        matches: ['554 5.7.1 192.0.2.7 blocked, see https://csi.cloudmark.com/reset-request/?ip=192.0.2.7']
        rejects: ['421 4.7.1 Service unavailable; client [192.0.2.7] blocked, see https://ipcheck.proofpoint.com/?ip=192.0.2.7']
      - id: talos-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['senderbase.org', 'talosintelligence.com', 'SenderBase Reputation', 'IP and Domain Reputation Center']
        hint: Cisco's rating of our address; its page shows it and takes requests.
        documentation: https://talosintelligence.com/reputation_center
        matches: ['554 Your access to this mail system has been denied, see https://talosintelligence.com/reputation_center/lookup?search=192.0.2.7']
        rejects: ['451 4.7.1 Access denied by DCC']
      - id: ironport-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ["due to the sending MTA's poor reputation"]
        hint: A bad rating of this address at the sender rating that the server uses (Cisco's SenderBase, or the provider's own). Check it at https://talosintelligence.com.
        documentation: https://talosintelligence.com/reputation_center
        source: Cisco's (IronPort's) greeting for senders that its BLOCKED sender group refuses; GoDaddy says it too
        matches: ["554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means."]
        rejects: ['554 5.7.1 [HM08] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137']
      - id: postini-onward
        cause: connect-failure
        evidence: provider
        direction: outbound
        all_of: ["can't connect to", psmtp]
        hint: The filter in front can't reach the recipient's own server.
        matches: ["451 Can't connect to example.net - psmtp"]
        rejects: ["451 Can't connect to example.net"]
      - id: cloudflare-upstream
        cause: system-busy
        provider: cloudflare
        signature: ['email-routing/postmaster']
        words: ['Upstream error']
        hint: Cloudflare Email Routing forwards at once, and the mailbox behind it refused for now; its own reason is not passed on.
        documentation: https://developers.cloudflare.com/email-routing/postmaster/
        matches: ['421 4.3.0 Upstream error, please check https://developers.cloudflare.com/email-routing/postmaster for possible reasons why. yrtPbwx4hZz2']
        rejects: ['554 Message not allowed - [PH01] Email not accepted for policy reasons. Please visit https://postmaster.yahooinc.com/error-codes']
      - id: dcc-bulk
        cause: content
        evidence: provider
        direction: outbound
        words: ['Access denied by DCC', 'rejected by DCC', 'detected by DCC', 'DCC: bulk']
        hint: Many servers saw this same text (Distributed Checksum Clearinghouses). If it is wanted bulk mail, the recipient has to list us.
        documentation: https://www.dcc-servers.net/dcc/
        matches: ['451 4.7.1 Access denied by DCC']
        rejects: ['454 4.7.1 <a@example.org>: Relay access denied']
      - id: symantec-traffic
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['Connection rejected by policy [7.*', 'Requested action aborted [7.*', '[7.7]', 'Symantec Zodiac']
        hint: Symantec's traffic shaping distrusts this address; the page that the reply names explains the number.
        documentation: https://knowledge.broadcom.com/external/article?legacyId=TECH246726
        matches: ['501 Connection rejected by policy [7.7] 16407, please visit www.messagelabs.com/support',
          '450 Requested action aborted [7.2] 18002, please visit www.messagelabs.com/support for more details about this error message.']
        rejects: ['450 Requested action aborted [9] 20412-2, please visit https://knowledge.broadcom.com/external/article?legacyId=TECH246726 for more details about this error message.']
      - id: symantec-cloud
        cause: system-busy
        provider: broadcom
        signature: ['knowledge.broadcom.com', 'support.symantec.com', 'TECH246726']
        words: ['Requested action aborted', 'Service Temporarily Unavailable']
        hint: Symantec Email Security.cloud; the number in brackets is explained on the page that the reply names.
        documentation: https://knowledge.broadcom.com/external/article?legacyId=TECH246726
        matches: ['450 Requested action aborted [9] 20412-2, please visit https://knowledge.broadcom.com/external/article?legacyId=TECH246726 for more details about this error message.']
        rejects: ['450 Requested mail action not taken: mailbox unavailable']
      - id: mailchannels-blocked
        cause: reputation
        provider: mailchannels
        words: ['[S10]', 'Blocked']
        hint: MailChannels, which filters for many hosting companies, distrusts this address.
        matches: ['550 [S10] Blocked']
        rejects: ['451 Greylisted']
      - id: trellix-recipient
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['ETP100', 'ETP101', 'ETP102']
        hint: Trellix Email Security (once FireEye) knows no such domain (100) or recipient. Remove the address if it stays so.
        documentation: https://docs.trellix.com/data-and-email/docs/error-codes
        matches: ['550 ETP102 Invalid recipient']
        rejects: ['451 ETP103 Invalid recipient']
      - id: trellix-recipient-check
        cause: recipient-unverified
        evidence: provider
        direction: outbound
        words: ['ETP103']
        hint: Trellix Email Security asked the recipient's own server whether the recipient exists and got no answer in time.
        documentation: https://docs.trellix.com/data-and-email/docs/error-codes
        matches: ['451 ETP103 Invalid recipient']
        rejects: ['550 ETP102 Invalid recipient']
      - id: trellix-loop
        cause: routing
        scope: domain
        evidence: provider
        direction: outbound
        words: ['ETP104']
        hint: Trellix Email Security and the server behind it send the message in a circle; the recipient's administrator has to mend that.
        documentation: https://docs.trellix.com/data-and-email/docs/error-codes
        matches: ['550 ETP104 Routing loop detected']
        rejects: ['451 ETP106 Requested action aborted: Try again later.']
      - id: trellix-busy
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['ETP106']
        hint: Trellix Email Security has trouble of its own. Waiting helps.
        documentation: https://docs.trellix.com/data-and-email/docs/error-codes
        matches: ['451 ETP106 Requested action aborted: Try again later.']
        rejects: ['550 ETP104 Routing loop detected']
      - id: sophos-authentication
        cause: authentication
        evidence: provider
        direction: outbound
        words: ['XGEMAIL_0001', 'XGEMAIL_0002', 'XGEMAIL_0003']
        hint: Sophos Email found DKIM (0001), SPF (0002) or DMARC (0003) of our domain not to pass.
        documentation: https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html
        matches: ['550 5.7.1 XGEMAIL_0002 Command rejected']
        rejects: ['550 5.7.1 XGEMAIL_0004 Command rejected']
      - id: sophos-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['XGEMAIL_0004', 'XGEMAIL_0005']
        hint: A list that Sophos Email goes by has our address (0004) or domain (0005).
        documentation: https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html
        matches: ['550 5.7.1 XGEMAIL_0004 Command rejected']
        rejects: ['550 5.7.1 XGEMAIL_0008 Command rejected']
      - id: sophos-tls
        cause: tls-failure
        evidence: provider
        direction: outbound
        words: ['XGEMAIL_0006']
        hint: The recipient's Sophos Email asks for another TLS version than this session had.
        documentation: https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html
        matches: ['550 5.7.4 XGEMAIL_0006 the TLS version is not available']
        rejects: ['550 5.7.1 XGEMAIL_0007 Command rejected']
      - id: sophos-policy
        cause: policy
        evidence: provider
        direction: outbound
        words: ['XGEMAIL_0007', 'XGEMAIL_0008', 'XGEMAIL_0009', 'XGEMAIL_0010']
        hint: The recipient's Sophos Email blocks us by its administrator (0008) or user (0009), has no licence (0007), or does not serve this domain (0010).
        documentation: https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html
        matches: ['550 5.7.1 XGEMAIL_0008 Command rejected']
        rejects: ['550 5.7.1 XGEMAIL_0011 Command rejected']
      - id: sophos-recipient
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['XGEMAIL_0011']
        hint: Sophos Email knows no such recipient. Remove the address if it stays so.
        documentation: https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html
        matches: ['550 5.7.1 XGEMAIL_0011 Command rejected']
        rejects: ['550 5.7.1 XGEMAIL_0009 Command rejected']
      - id: sophos-size
        cause: message-too-large
        evidence: provider
        direction: outbound
        words: ['XGEMAIL_0012', 'XGEMAIL_0013']
        hint: The message is larger than the recipient's Sophos Email takes, or too large for so many recipients (0013).
        documentation: https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html
        matches: ['552 5.3.4 XGEMAIL_0012 Command rejected']
        rejects: ['451 4.7.1 XGEMAIL_0014 Command rejected']
      - id: sophos-sender-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['XGEMAIL_0014']
        hint: We send this recipient more than Sophos Email takes from one sender. Bundle the messages.
        documentation: https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html
        matches: ['451 4.7.1 XGEMAIL_0014 Command rejected']
        rejects: ['451 4.7.1 XGEMAIL_0015 Command rejected']
      - id: sophos-recipient-rate
        cause: recipient-rate
        evidence: provider
        direction: outbound
        words: ['XGEMAIL_0015']
        hint: This recipient gets more mail, from everybody, than Sophos Email lets in. It passes by itself.
        documentation: https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html
        matches: ['451 4.7.1 XGEMAIL_0015 Command rejected']
        rejects: ['451 4.7.1 XGEMAIL_0014 Command rejected']
      - id: iredapd-greylisted
        cause: greylisted
        evidence: provider
        words: ['Intentional policy rejection']
        hint: iRedMail's greylisting; the next attempt normally passes.
        matches: ['451 4.7.1 <a@example.org>: Recipient address rejected: Intentional policy rejection, please try again later']
        rejects: ['450 cuda_nsu 4.7.1 <a@example.org>: Recipient address rejected: Policy Rejection- Abuse. Go away.']
      - id: cpanel-greylisted
        cause: greylisted
        evidence: provider
        direction: outbound
        words: ['is not yet authorized to deliver mail from']
        hint: cPanel's greylisting; the next attempt normally passes.
        documentation: https://docs.cpanel.net/cpanel/email/configure-greylisting/
        matches: ['451 192.0.2.7 is not yet authorized to deliver mail from <a@example.com> to <b@example.org>. Please try later.']
        rejects: ['450 4.7.1 Delivery not authorized, this list is members-only']
      - id: nicmail-other-server
        cause: reverse-dns
        evidence: provider
        direction: outbound
        words: ['Please try another server']
        hint: RU-CENTER sends hosts with a poor name to its next MX; our PTR record should exist, match and not look like a home line's.
        documentation: https://nic.ru/help/mail-diagnostics-and-troubleshooting_14426.html
        matches: ['451 Please try another server']
        rejects: ['451 Please try another time']
      """#)
}
