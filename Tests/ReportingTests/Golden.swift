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

  static let json = #"""
    {
      "format": "softbounce-report",
      "version": 1,
      "headline": "google puts off 12.0% of what we try there (3 of 25), all rate-limited; 1 recipient was given up.",
      "period": {
        "first": "2026-11-22T09:00:00Z",
        "last": "2026-11-22T14:00:00Z"
      },
      "inputs": [
        "/var/lib/softbounce/journal"
      ],
      "conditions": [],
      "hosts": [
        "mx1"
      ],
      "events": 10,
      "outbound": {
        "attempts": 52,
        "deliveries": 48,
        "bounces": 0,
        "deferrals": 4,
        "deferral_rate": 0.076923,
        "first_attempts": 50,
        "first_attempts_deferred": 3,
        "first_attempt_deferral_rate": 0.06,
        "suspensions": 4,
        "expirations": 1,
        "messages_hit": 4,
        "messages_hit_exact": true,
        "recipients_hit": 4,
        "recipients_hit_exact": true,
        "deferrals_not_logged": 0,
        "deletions": 0,
        "cohort": {
          "recipients": 4,
          "recovered": 2,
          "expired": 1,
          "bounced": 0,
          "deleted": 0,
          "open": 1,
          "median_seconds_to_recover": 7260,
          "p90_seconds_to_recover": 11400,
          "p99_seconds_to_recover": 11400,
          "put_off_earlier": 0,
          "not_followed": 0
        },
        "recoveries_in_period": {
          "count": 2,
          "median_seconds_to_recover": 7260,
          "p90_seconds_to_recover": 11400,
          "p99_seconds_to_recover": 11400
        },
        "expirations_by_last_cause": [
          {
            "cause": "reputation",
            "recipients": 1,
            "main_provider": "yahoo",
            "main_provider_count": 1,
            "median_seconds_tried": 13791,
            "p90_seconds_tried": 13791,
            "p99_seconds_tried": 13791
          }
        ],
        "tables": {
          "cause": [
            {
              "key": "rate-limited",
              "deferrals": 3,
              "rate": 0.057692,
              "first_attempts_deferred": 2,
              "suspensions": 0,
              "bounces": 0,
              "expirations": 0,
              "cohort_recipients": 2,
              "cohort_recovered": 1,
              "cohort_expired": 0,
              "cohort_bounced": 0,
              "cohort_deleted": 0,
              "cohort_open": 1,
              "recovery_rate": 0.5,
              "median_seconds_to_recover": 11400,
              "p90_seconds_to_recover": 11400,
              "p99_seconds_to_recover": 11400,
              "main_cause": "rate-limited",
              "main_cause_count": 3
            },
            {
              "key": "reputation",
              "deferrals": 1,
              "rate": 0.019231,
              "first_attempts_deferred": 1,
              "suspensions": 0,
              "bounces": 0,
              "expirations": 1,
              "cohort_recipients": 1,
              "cohort_recovered": 0,
              "cohort_expired": 1,
              "cohort_bounced": 0,
              "cohort_deleted": 0,
              "cohort_open": 0,
              "recovery_rate": 0,
              "main_cause": "reputation",
              "main_cause_count": 1
            },
            {
              "key": "connect-failure",
              "deferrals": 0,
              "rate": 0,
              "first_attempts_deferred": 0,
              "suspensions": 1,
              "bounces": 0,
              "expirations": 0,
              "cohort_recipients": 1,
              "cohort_recovered": 1,
              "cohort_expired": 0,
              "cohort_bounced": 0,
              "cohort_deleted": 0,
              "cohort_open": 0,
              "recovery_rate": 1,
              "median_seconds_to_recover": 7260,
              "p90_seconds_to_recover": 7260,
              "p99_seconds_to_recover": 7260
            }
          ],
          "provider": [
            {
              "key": "google",
              "deferrals": 3,
              "attempts": 25,
              "rate": 0.12,
              "first_attempts": 23,
              "first_attempts_deferred": 2,
              "suspensions": 0,
              "bounces": 0,
              "expirations": 0,
              "cohort_recipients": 2,
              "cohort_recovered": 1,
              "cohort_expired": 0,
              "cohort_bounced": 0,
              "cohort_deleted": 0,
              "cohort_open": 1,
              "recovery_rate": 0.5,
              "median_seconds_to_recover": 11400,
              "p90_seconds_to_recover": 11400,
              "p99_seconds_to_recover": 11400,
              "main_cause": "rate-limited",
              "main_cause_count": 3
            },
            {
              "key": "yahoo",
              "deferrals": 1,
              "attempts": 27,
              "rate": 0.037037,
              "first_attempts": 27,
              "first_attempts_deferred": 1,
              "suspensions": 1,
              "bounces": 0,
              "expirations": 1,
              "cohort_recipients": 2,
              "cohort_recovered": 1,
              "cohort_expired": 1,
              "cohort_bounced": 0,
              "cohort_deleted": 0,
              "cohort_open": 0,
              "recovery_rate": 0.5,
              "median_seconds_to_recover": 7260,
              "p90_seconds_to_recover": 7260,
              "p99_seconds_to_recover": 7260,
              "main_cause": "reputation",
              "main_cause_count": 1
            }
          ]
        }
      },
      "hours": [
        {
          "start": "2026-11-22T09:00:00Z",
          "attempts": 40,
          "deferrals": 2,
          "rate": 0.05,
          "suspensions": 0,
          "rejections": 0
        },
        {
          "start": "2026-11-22T10:00:00Z",
          "attempts": 10,
          "deferrals": 2,
          "rate": 0.2,
          "suspensions": 4,
          "rejections": 8
        },
        {
          "start": "2026-11-22T12:00:00Z",
          "attempts": 2,
          "deferrals": 0,
          "rate": 0,
          "suspensions": 0,
          "rejections": 0
        }
      ],
      "internal": {
        "attempts": 6,
        "deliveries": 5,
        "bounces": 0,
        "deferrals": 1,
        "deferral_rate": 0.166667,
        "first_attempts": 1,
        "first_attempts_deferred": 1,
        "first_attempt_deferral_rate": 1,
        "suspensions": 0,
        "expirations": 0,
        "tables": {
          "cause": [
            {
              "key": "mailbox-full",
              "deferrals": 1,
              "rate": 0.166667,
              "first_attempts_deferred": 1,
              "suspensions": 0,
              "bounces": 0,
              "expirations": 0,
              "main_cause": "mailbox-full",
              "main_cause_count": 1
            }
          ],
          "service": [
            {
              "key": "lmtp",
              "deferrals": 1,
              "first_attempts_deferred": 1,
              "suspensions": 0,
              "bounces": 0,
              "expirations": 0,
              "main_cause": "mailbox-full",
              "main_cause_count": 1
            }
          ]
        }
      },
      "inbound": {
        "rejections": 8,
        "rejections_only_counted": 7,
        "tables": {
          "cause": [
            {
              "key": "reverse-dns",
              "rejections": 7
            },
            {
              "key": "greylisted",
              "rejections": 1,
              "main_cause": "greylisted",
              "main_cause_count": 1
            }
          ],
          "client": [
            {
              "key": "203.0.113.9",
              "rejections": 1,
              "main_cause": "greylisted",
              "main_cause_count": 1
            }
          ]
        }
      },
      "delivery_status": {
        "delay_notices": 0,
        "remote_bounces": 0,
        "unmatched": 0
      },
      "alert_count": 1,
      "alerts": [
        {
          "time": "2026-11-22T13:30:00Z",
          "host": "mx1",
          "text": "google: 20.0% of 50 attempts deferred in 15 min"
        }
      ],
      "gap_count": 1,
      "gaps": [
        {
          "time": "2026-11-22T13:00:00Z",
          "host": "mx1",
          "source": "log",
          "text": "journald suppressed messages",
          "count": 12
        }
      ],
      "advice": [
        {
          "cause": "rate-limited",
          "scope": "sender",
          "actor": "us, as a sender",
          "hint": "The provider throttles us: fewer connections and a slower rate to it (a transport of its own), spread big mailings."
        },
        {
          "cause": "reputation",
          "scope": "sender",
          "actor": "us, as a sender",
          "hint": "Our address or domain has a bad name there: look at complaints and spam traps, slow down, then ask the provider."
        }
      ],
      "unclassified": {
        "replies": 0,
        "templates_not_shown": 0,
        "templates": []
      },
      "log": {
        "lines": 200,
        "unknown_lines": 1
      },
      "remarks": []
    }

    """#

}
