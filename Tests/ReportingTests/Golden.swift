/// What the fixtures look like when they are rendered.
enum Golden {
  static let day = #"""
    softbounce report  mx1
    Period  2026-11-22 09:00 to 2026-11-22 14:00 UTC (5 h)
    From    /var/lib/softbounce/journal

    google puts off 12.0% of what we try there (3 of 25), all rate-limited; 1
    recipient was given up.
    Alert  2026-11-22 13:30  google: 20.0% of 50 attempts deferred in 15 min
    Gap    2026-11-22 13:00  journald suppressed messages (12 missing)

    To other servers
      attempts                 52
      deferred                  4  7.7% of attempts
      first attempts deferred   3  6.0% of 50 first attempts
      delivered                48
      given up (expired)        1  recipients
      held back untried         4  by the queue manager; no attempts
      messages put off          4
      recipients put off        4  different addresses

    First put off in this period: 4 recipients
      recovered   2  50.0%  median 2 h 1 min, p90 3 h 10 min; 1 still open
      expired     1  25.0%
      still open  1  25.0%

      First cause      put off  recovered   p50   p90   p99  expired  open
      rate-limited           2      50.0%  3h10  3h10  3h10              1
      connect-failure        1     100.0%  2h01  2h01  2h01
      reputation             1       0.0%     –     –     –        1

      Provider  put off  recovered   p50   p90   p99  expired  open
      google          2      50.0%  3h10  3h10  3h10              1
      yahoo           2      50.0%  2h01  2h01  2h01        1

      Given up, last cause  recipients   share  tried for  mostly at
      reputation                     1  100.0%       3h50  yahoo

    Hours, UTC
      attempts █▂ ▁  most 40
      deferred ██    most 2
      rate     ▂█    most 20.0%
               09:00

    Cause            deferred  rate  share  held back  expired  still open
    rate-limited            3  5.8%  75.0%                               1
    reputation              1  1.9%  25.0%                   1
    connect-failure         0  0.0%   0.0%          1

    Provider  deferred  attempts   rate  expired  still open  mostly
    google           3        25  12.0%                    1  rate-limited
    yahoo            1        27   3.7%        1              reputation

    Domain     deferred  attempts    rate  expired  still open  mostly
    gmail.com         3        21   14.3%                    1  rate-limited
    yahoo.com         1         1  100.0%        1              reputation

    Sender domain     deferred  attempts    rate  held back  expired  mostly
    news.example.org         3        41    7.3%                      rate-limited
    example.org              1         1  100.0%          1        1  reputation

    Tag campaign  deferred  attempts  rate  mostly
    autumn               2        30  6.7%  rate-limited

    deferred   share  Top replies
           3   75.0%  (rate-limited) 421 4.7.28 Our system has detected an unusual
                      rate of mail from <ip>
           1   25.0%  (reputation) 421 4.7.0 [TSS04] Messages from <ip> temporarily
                      deferred

    User  deferred  share  mostly
    news         2  50.0%  rate-limited

    Client                          deferred  share  mostly
    web1.example.org[198.51.100.7]         1  25.0%  rate-limited

    Service  deferred  attempts  rate  held back  mostly
    smtp            4        42  9.5%             rate-limited 75.0%
    error           0         –     –          1

    To our own mailboxes and programs: 1 deferred of 6 (16.7%)

      Cause         deferred   rate   share
      mailbox-full         1  16.7%  100.0%

      Service  deferred   share  mostly
      lmtp            1  100.0%  mailbox-full

    Turned away by our own server with a 4xx: 8 (7 only counted)

      Cause        rejected  share
      reverse-dns         7  87.5%
      greylisted          1  12.5%

      Client       rejected  share  mostly
      203.0.113.9         1  12.5%  greylisted

    1 of 200 log lines had a shape that no parser knows.

    What to do
      rate-limited (to act: us, as a sender): The provider throttles us: fewer
        connections and a slower rate to it (a transport of its own), spread big
        mailings.
      reputation (to act: us, as a sender): Our address or domain has a bad name
        there: look at complaints and spam traps, slow down, then ask the provider.

    """#

  static let narrow = #"""
    softbounce report  mx1
    Period  2026-11-22 04:00 to 2026-11-22 09:00 UTC-05:00 (5 h)
    From    /var/lib/softbounce/journal

    google puts off 12.0% of what we try there (3 of 25), all
    rate-limited; 1 recipient was given up.
    Alert  2026-11-22 08:30  google: 20.0% of 50 attempts
           deferred in 15 min
    Gap    2026-11-22 08:00  journald suppressed messages (12
           missing)

    To other servers
      attempts                 52
      deferred                  4  7.7% of attempts
      first attempts deferred   3  6.0% of 50 first attempts
      delivered                48
      given up (expired)        1  recipients
      held back untried         4  by the queue manager; no
          attempts
      messages put off          4
      recipients put off        4  different addresses

    First put off in this period: 4 recipients
      recovered   2  50.0%  median 2 h 1 min, p90 3 h 10 min; 1
          still open
      expired     1  25.0%
      still open  1  25.0%

      First cause     put off  recovered   p50   p90   p99  open
      rate-limited          2      50.0%  3h10  3h10  3h10     1
      connect-failu…        1     100.0%  2h01  2h01  2h01
      reputation            1       0.0%     –     –     –

      Provider  put off  recovered   p50   p90   p99  open
      google          2      50.0%  3h10  3h10  3h10     1
      yahoo           2      50.0%  2h01  2h01  2h01

      Given up, last cause  recipients   share  mostly at
      reputation                     1  100.0%  yahoo

    Hours, UTC-05:00
      attempts #: .  most 40
      deferred ##    most 2
      rate     :#    most 20.0%
               04:00

    Cause            deferred  rate  share  expired  still open
    rate-limited            3  5.8%  75.0%                    1
    reputation              1  1.9%  25.0%        1
    connect-failure         0  0.0%   0.0%

    Provider  deferred  attempts   rate  mostly
    google           3        25  12.0%  rate-limited
    yahoo            1        27   3.7%  reputation

    Domain     deferred  attempts    rate  mostly
    gmail.com         3        21   14.3%  rate-limited
    yahoo.com         1         1  100.0%  reputation

    Sender domain     deferred  attempts    rate  mostly
    news.example.org         3        41    7.3%  rate-limited
    example.org              1         1  100.0%  reputation

    Tag campaign  deferred  attempts  rate  mostly
    autumn               2        30  6.7%  rate-limited

    deferred   share  Top replies
           3   75.0%  (rate-limited) 421 4.7.28 Our system has
                      detected an unusual rate of mail from <ip>
           1   25.0%  (reputation) 421 4.7.0 [TSS04] Messages
                      from <ip> temporarily deferred

    User  deferred  share  mostly
    news         2  50.0%  rate-limited

    Client                         deferred  share  mostly
    web1.example.org[198.51.100.…         1  25.0%  rate-limited

    Service  deferred  attempts  rate  mostly
    smtp            4        42  9.5%  rate-limited 75.0%
    error           0         –     –

    To our own mailboxes and programs: 1 deferred of 6 (16.7%)

      Cause         deferred   rate   share
      mailbox-full         1  16.7%  100.0%

      Service  deferred   share  mostly
      lmtp            1  100.0%  mailbox-full

    Turned away by our own server with a 4xx: 8 (7 only counted)

      Cause        rejected  share
      reverse-dns         7  87.5%
      greylisted          1  12.5%

      Client       rejected  share  mostly
      203.0.113.9         1  12.5%  greylisted

    1 of 200 log lines had a shape that no parser knows.

    What to do
      rate-limited (to act: us, as a sender): The provider
        throttles us: fewer connections and a slower rate to it
        (a transport of its own), spread big mailings.
      reputation (to act: us, as a sender): Our address or
        domain has a bad name there: look at complaints and spam
        traps, slow down, then ask the provider.

    """#

  static let byCause = #"""
    softbounce report  mx1
    Period  2026-11-22 09:00 to 2026-11-22 14:00 UTC (5 h)
    From    /var/lib/softbounce/journal

    google puts off 12.0% of what we try there (3 of 25), all rate-limited; 1
    recipient was given up.
    Alert  2026-11-22 13:30  google: 20.0% of 50 attempts deferred in 15 min
    Gap    2026-11-22 13:00  journald suppressed messages (12 missing)

    Cause         deferred  rate  share  still open
    rate-limited         3  5.8%  75.0%           1
    and 2 more with 1

    First cause   put off  recovered   p50   p90   p99  open
    rate-limited        2      50.0%  3h10  3h10  3h10     1
    and others with 2

    Given up, last cause  recipients   share  tried for  mostly at
    reputation                     1  100.0%       3h50  yahoo

    To our own mailboxes and programs

      Cause         deferred   rate   share
      mailbox-full         1  16.7%  100.0%

    Turned away by our own server with a 4xx

      Cause        rejected  share
      reverse-dns         7  87.5%
      and 1 more with 1

    """#
}
