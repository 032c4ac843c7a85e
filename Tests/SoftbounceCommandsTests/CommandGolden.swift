/// What the fixtures look like on the command line. The advice, which rules give, is left out.
enum CommandGolden {
  static let morning = #"""
    softbounce report  mx1
    Period  2026-11-23 09:00 to 2026-11-23 09:00 UTC
    From    DIR/mail.log

    66.7% of attempts were put off (2 of 3), most often mailbox-full.

    To other servers
      attempts                 3
      deferred                 2  66.7% of attempts
      first attempts deferred  2  66.7% of 3 first attempts
      delivered                1
      messages put off         1
      recipients put off       2  different addresses

    First put off in this period: 2 recipients
      recovered   0    0.0%
      still open  2  100.0%

      First cause   put off  recovered  p50  p90  p99  open
      mailbox-full        1       0.0%    –    –    –     1
      rate-limited        1       0.0%    –    –    –     1

      Provider     put off  recovered  p50  p90  p99  open
      example.com        1       0.0%    –    –    –     1
      google             1       0.0%    –    –    –     1

    Cause         deferred   rate  share  still open
    mailbox-full         1  33.3%  50.0%           1
    rate-limited         1  33.3%  50.0%           1

    Provider     deferred  attempts    rate  still open  mostly
    example.com         1         1  100.0%           1  mailbox-full
    google              1         2   50.0%           1  rate-limited

    Domain       deferred  attempts    rate  still open  mostly
    example.com         1         1  100.0%           1  mailbox-full
    gmail.com           1         2   50.0%           1  rate-limited

    Sender domain     deferred  attempts    rate  mostly
    news.example.org         2         2  100.0%  rate-limited 50.0%

    deferred   share  Top replies
           1   50.0%  (rate-limited) 421 4.7.28 Our system has detected an unusual
                      rate of unsolicited mail originating from your IP address. To
                      protect our users from spam, mail sent from your IP …
           1   50.0%  (mailbox-full) 452 4.2.2 <address>: mailbox is full

    User  deferred  attempts    rate  mostly
    news         2         2  100.0%  rate-limited 50.0%

    Client                          deferred   share  mostly
    web1.example.org[198.51.100.7]         2  100.0%  rate-limited 50.0%

    Service  deferred  attempts   rate  mostly
    smtp            2         3  66.7%  rate-limited 50.0%

    Turned away by our own server with a 4xx: 1

      Cause       rejected   share
      greylisted         1  100.0%

      Client       rejected   share  mostly
      203.0.113.9         1  100.0%  greylisted

    """#

  static let byRecipient = #"""
    softbounce report  mx1
    Period  2026-11-23 09:10 to 2026-11-23 10:29 UTC (79 min)
    From    DIR/mail.log
    Where   cause=mailbox-full

    example.com puts off 100.0% of what we try there (1 of 1), all mailbox-full.

    Recipient        deferred   share  mostly
    eve@example.com         1  100.0%  mailbox-full

    Note: Suspensions, rejections and own mailboxes are counted from single events
          only.

    """#
}
