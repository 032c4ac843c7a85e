extension Golden {
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
