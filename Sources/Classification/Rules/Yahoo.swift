extension BuiltInRules {
  static let yahoo = BuiltInRules(
    name: "yahoo.yaml",
    text: #"""
      # Yahoo and AOL. Sources: https://senders.yahooinc.com/smtp-error-codes/,
      # https://help.yahoo.com/kb/review-xx-smtp-sln26151.html, https://help.yahoo.com/kb/postmaster/SLN3434.html,
      # http://www.smtp-error-codes.info/bounce/yahoo/bounce_421_4.7.0_TS02.php,
      # https://community.fortinet.com (TSS05), https://smtp.codes/450, https://pastebin.com/McgTxdmc
      - id: yahoo-greylisted
        cause: greylisted
        evidence: provider
        direction: outbound
        words: ['[GL01]']
        hint: Yahoo wants to see this address again later.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['451 4.7.1 [GL01] Message from (192.0.2.7) temporarily deferred - 4.16.50. Please refer to http://postmaster.yahoo.com/errors/postmaster-21.html']
        rejects: ['421 4.7.0 [TS02] Messages from 192.0.2.7 temporarily deferred - 4.16.56.1; see http://postmaster.yahoo.com/errors/421-ts02.html']
      - id: yahoo-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['[BL21]', '[BL22]', '[BL23]', "because the ip is in Spamhaus's list", 'because the ip is in Spamhaus']
        hint: Yahoo goes by Spamhaus here. Look the address up there, stop what got it listed, then ask Spamhaus for removal.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        retry_helps: false
        matches: ["553 5.7.1 [TSS07] Connections will not be accepted from 192.0.2.7, because the ip is in Spamhaus's list; see https://postmaster.yahooinc.com/error-codes"]
        rejects: ['554 Message not allowed - [PH01] Email not accepted for policy reasons. Please visit https://postmaster.yahooinc.com/error-codes']
      - id: yahoo-content
        cause: content
        evidence: provider
        direction: outbound
        words: ['[PH01]', 'Message not allowed - Headers are not RFC compliant']
        hint: Yahoo's filter objects to this message (phishing, or broken headers), not to the address.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['554 Message not allowed - [PH01] Email not accepted for policy reasons. Please visit https://postmaster.yahooinc.com/error-codes']
        rejects: ['451 Message temporarily deferred due to unresolvable RFC.5321 from domain; see https://postmaster.yahooinc.com/error-codes']
      - id: yahoo-permanently-deferred
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['permanently deferred', 'Retrying will NOT succeed', '[TS03]', '[TSS07]', '[TSS09]', '[TSS11]',
          '[TSS12]']
        hint: Yahoo refuses this address until its operator asks. Stop, mend the cause (complaints, traps, hacked accounts), then write to Yahoo.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        retry_helps: false
        matches: ['421 4.7.1 [TS03] All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed. See https://postmaster.yahooinc.com/error-codes']
        rejects: ['451 Message temporarily deferred due to unresolvable RFC.5321 from domain; see https://postmaster.yahooinc.com/error-codes']
      - id: yahoo-complaints
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['[TSS04]', '[TSS05]', '[TSS06]', '[TSS01]', '[TSS02]', '[TSS03]', '[TS01]', '[TS02]', '[IPTS04]',
          'due to unexpected volume or user complaints', 'deferred due to user complaints', '[MC04]']
        hint: Yahoo defers this address for complaints or unusual volume. Cut volume, remove those who do not open, use the complaint feedback loop; it lifts within hours or days.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['421 4.7.0 [TSS05] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes',
          '421 4.7.0 [TS02] Messages from 192.0.2.7 temporarily deferred - 4.16.56.1; see http://postmaster.yahoo.com/errors/421-ts02.html']
        rejects: ['451 4.7.1 [GL01] Message from (192.0.2.7) temporarily deferred - 4.16.50. Please refer to http://postmaster.yahoo.com/errors/postmaster-21.html']
      - id: yahoo-no-such-user
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        codes: ['5**']
        words: ['delivery error: dd', 'Requested mail action aborted, mailbox not found']
        patterns: ['have an? \S+ account', 'mailbox not found', 'not a valid recipient', 'disabled or discontinued']
        hint: Yahoo has no such account, or no longer. Remove the address.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ["554 delivery error: dd This user doesn't have a yahoo.com account (bob@example.com) [0] - mta1.mail.example.com",
          '552 1 Requested mail action aborted, mailbox not found']
        rejects: ['554 delivery error: dd Sorry, your message to bob@example.com cannot be delivered. This account is over quota.',
          '451 delivery error: dd Requested mail action aborted, mailbox not found']
      - id: yahoo-recipient-rate
        cause: recipient-rate
        provider: yahoo
        signature: [yahoo]
        words: ['receiving mail too quickly', 'receiving mail at a rate']
        hint: This mailbox gets more mail than Yahoo lets in for one account. It passes by itself.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['450 User is receiving mail too quickly']
        rejects: ['lost connection with mx.example.net[192.0.2.25] while receiving the initial server greeting']
      - id: yahoo-resources
        cause: system-busy
        provider: yahoo
        signature: ['4.16.5*']
        words: ['Resources temporarily unavailable', 'Resources temporarily not available',
          'Resources unavailable temporarily']
        hint: Yahoo's server is short of resources for this session. Waiting helps.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['451 Resources temporarily unavailable. Please try again later [#4.16.5].']
        rejects: ['451 Message temporarily deferred - [160]']
      - id: yahoo-sender-domain
        cause: sender-unverified
        evidence: provider
        direction: outbound
        words: ['unresolvable RFC.5321 from domain', 'unresolvable from domain', 'RFC.5321 from domain']
        hint: Yahoo asks for the SOA record of our envelope sender's domain and got no answer. Do all its name servers answer, also for a subdomain?
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['451 Message temporarily deferred due to unresolvable RFC.5321 from domain; see https://postmaster.yahooinc.com/error-codes']
        rejects: ['451 Message temporarily deferred - [160]']
      - id: yahoo-deferred
        cause: reputation
        provider: yahoo
        signature: ['postmaster.yahoo*', 'help.yahoo.com']
        words: ['temporarily deferred']
        hint: Yahoo defers mail from this address; complaints or unusual volume are the usual reasons.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['421 Message from (192.0.2.7) temporarily deferred - 4.16.50. Please refer to http://help.yahoo.com/help/us/mail/defer/defer-06.html',
          '451 Message temporarily deferred - [160]']
        rejects: ['451 Resources temporarily unavailable. Please try again later [#4.16.5].']
      - id: aol-reverse-dns
        cause: reverse-dns
        evidence: provider
        direction: outbound
        words: ['(DNS:NR)', '421dnsnr']
        hint: AOL (now Yahoo) found no PTR record for our sending address.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['421 4.2.1 :  (DNS:NR)  http://postmaster.info.aol.com/errors/421dnsnr.html']
        rejects: ['421 4.7.1 : (DYN:T1) http://postmaster.info.aol.com/errors/421dynt1.html']
      - id: aol-dynamic-block
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['(DYN:T1)', '(DYN:T2)', '(DYN:T4)', '(RLY:B*', '(CON:B*', 'postmaster.info.aol.com',
          'postmaster.aol.com']
        none_of: ['(RTR:RD)', '(RTR:DU)']
        hint: AOL (now Yahoo) slows this address down for complaints or volume.
        documentation: https://senders.yahooinc.com/smtp-error-codes/
        matches: ['421 4.7.1 : (DYN:T1) http://postmaster.info.aol.com/errors/421dynt1.html']
        rejects: ['451 4.7.1 [GL01] Message from (192.0.2.7) temporarily deferred - 4.16.50. Please refer to http://postmaster.yahoo.com/errors/postmaster-21.html']
      """#)
}
