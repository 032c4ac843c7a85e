extension BuiltInRules {
  static let inboundTrouble = BuiltInRules(
    name: "inbound-trouble.yaml",
    text: #"""
      # Trouble of our own server as it tells a client, where nothing more telling is said: no receiving system but
      # ours is meant, so none of it is of the domain's scope.
      # Texts: Postfix 3.11 src/milter/milter8.c, src/smtpd/smtpd_proxy.c; Sendmail 8.17 sendmail/milter.c (which tells
      # a client "451 4.3.2 Please try again later" where a milter answers SMFIR_TEMPFAIL), sendmail/srvrsmtp.c.
      - id: inbound-shortage
        cause: local-resource
        direction: inbound
        words: ['busy', 'overload*', 'load average', 'load too high', 'high load', 'heavy load', 'under load',
          'maintenance', 'shutting down', 'going down', 'closing transmission channel', 'service shutting',
          'too many processes', 'system resources', 'resources temporarily', 'cannot fork', 'fork failed']
        hint: Our own server is short of something or is going down; its log says more.
        matches: ['421 4.3.2 mx.example.org shutting down', '451 4.3.2 Server too busy, try again later']
        rejects: ['450 4.2.0 Mailbox full', '451 4.3.2 Please try again later']
      - id: inbound-filter-trouble
        cause: filter-failure
        direction: inbound
        words: ['unavailable', 'not available', 'temporary error', 'temporary failure', 'temporary problem',
          'temporary local', 'internal error', 'internal server error', 'internal failure', 'local error',
          'local problem', 'error in processing', 'processing error', 'database error', 'system error',
          'unexpected error', 'i/o error', 'cannot process', 'unable to process', 'could not be processed',
          'temp fail*', 'timeout', 'timed out', 'script error', 'sql error', 'ldap*', 'backend*', 'filter failed',
          'filter error', 'filtering']
        none_of: ['mailbox', 'user', 'spf', 'dkim', 'dmarc', 'dns', 'lookup', 'rejected']
        hint: A milter, policy service or content filter of ours did not answer or failed; the lines around this one say which.
        matches: ['451 4.3.0 Temporary local problem', '451 4.7.1 internal error', '4.3.0 service timed out']
        rejects: ['450 4.2.0 mailbox unavailable', '451 4.4.3 dns lookup failure: internal error']
      - id: inbound-code-storage
        cause: local-resource
        direction: inbound
        enhanced: [4.3.1]
        hint: Our own server has no room or no resources left.
        matches: ['452 4.3.1 nothing else is said']
        rejects: ['451 4.3.0 nothing else is said']
      - id: inbound-code-filter
        cause: filter-failure
        direction: inbound
        enhanced: [4.3.*]
        hint: Our MTA has words of its own for its own trouble; one that says no more is of a milter, policy service or content filter.
        matches: ['451 4.3.2 Please try again later', '451 4.3.0 Please try again later', '421 4.3.0 nothing else is said']
        rejects: ['451 4.7.1 Please try again later']
      """#)
}
