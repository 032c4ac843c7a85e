// A report for programs. Keys are stable: they may be added, never renamed or given another meaning. An absent figure
// (a rate without a denominator, a median without recoveries) is left out. Shares and rates are 0 to 1, durations
// seconds, times RFC 3339 UTC.
//
//   format, version          "softbounce-report", 1
//   headline                 what is wrong, in one sentence
//   period                   since, until (as asked for, in whole minutes), first, last (what was counted)
//   inputs, conditions, hosts, events
//   left_out                 which of outbound, internal and inbound the conditions leave out: they are absent then
//   outbound                 attempts, deliveries, bounces, deferrals, deferral_rate, first_attempts,
//                            first_attempts_deferred, first_attempt_deferral_rate, suspensions, expirations,
//                            messages_hit, recipients_hit (each with _exact: false for an estimate),
//                            deferrals_not_logged, deferrals_not_logged_by_cause, deletions
//     .cohort                recipients = recovered + expired + bounced + deleted + open; median_,
//                            p90_ and p99_seconds_to_recover of those recovered, each the least time that so many do
//                            not exceed; where there are very many seconds_are_approximate is true, and
//                            seconds_relative_error says by how much at most (as with all such percentiles);
//                            put_off_earlier, not_followed beside
//     .recoveries_in_period  count and the same percentiles, whenever they were put off
//     .expirations_by_last_cause  cause, recipients, main_provider, main_provider_count, median_, p90_ and
//                            p99_seconds_tried
//     .tables                by name (`sender_domain`, `tag.NAME` …) an array of rows: key, deferrals, attempts and
//                            rate where they are known, …, main_cause, main_cause_count; by cause and provider also
//                            how the cohort ended: recovery_rate (recovered so far, open ones counted) and times
//   comparison               since, until (of the other period), seconds_before and seconds_now where clocks were changed
//                            in one of the periods, so that they are not equally long; total, and by cause and
//                            provider: before, now (first attempts put off, and held_back_before and _now: recipients
//                            held back without one), first_attempts_, rate_before and _now (of both), times,
//                            probability, test (fisher; equal-counts, which knows no volume), verdict;
//                            comparable: false, data_from and verdicts "unknown" where the data begin after `since`
//   hours                    start (on the hour by the zone's clocks; of UTC if quick), attempts, deferrals, rate,
//                            suspensions, rejections
//   internal                 our own mailboxes and programs: figures as in outbound, tables
//   inbound                  rejections, rejections_only_counted (in tallies, without an event), tables
//   delivery_status          delay_notices, remote_bounces, unmatched
//   queues                   host, time, deferred (messages), recipients, active, held, oldest, ages (messages up to so
//                            many seconds old, then the rest), by_provider, by_domain (recipients), oldest_by_provider,
//                            oldest_by_domain: the last look of each host within the period
//   alert_count, alerts, gap_count, gaps   the latest hundred: time, host, source, state, key, text, count
//   advice                   cause, scope, actor, hint, documentation
//   unclassified             replies, templates_not_shown, judged_by_code (deferrals whose rule went by the reply code or
//                            the stage alone), templates: template, count, example, direction, provider
//   log                      lines, unknown_lines, trouble (kind, lines)
//   quick                    true with --quick: what is not looked at is left out (how recipients ended, texts), and
//                            period.first and last are whole hours
//   remarks                  why a figure is missing or not complete

import Journal
import SMTPTypes

/// Renders a report as one JSON object.
public struct JSONRenderer: Sendable {
  public init() {}

  public func render(_ report: Report) -> String {
    var json = JSONWriter()
    json.object { json in members(report, &json) }
    return json.text
  }

  func members(_ report: Report, _ json: inout JSONWriter) {
    json.member("format", "softbounce-report")
    json.member("version", 1)
    json.member("headline", Headline.text(report))
    json.object("period") { json in
      json.member("since", report.period.since?.description)
      json.member("until", report.period.until?.description)
      json.member("first", report.period.first?.description)
      json.member("last", report.period.last?.description)
    }
    json.members("inputs", report.inputs)
    json.members("conditions", report.conditions)
    if !report.lacksDetails { json.members("hosts", report.hosts) }
    if report.isQuick { json.member("quick", true) }
    json.member("events", report.events)
    if let compared = report.comparison { comparison(compared, &json) }
    if !report.reach.leftOut.isEmpty { json.members("left_out", report.reach.leftOut) }
    if report.reach.outbound { outbound(report, &json) }
    json.array("hours") { json in
      for value in report.hours { hour(value, report, &json) }
    }
    if report.reach.internal {
      json.object("internal") { json in
        traffic(report.internal, report.reach, &json)
        tables(report.internalTables, &json)
      }
    }
    if report.reach.inbound, !report.hidesTallied {
      json.object("inbound") { json in
        json.member("rejections", report.inbound.total)
        json.member("rejections_only_counted", report.inbound.tallied)
        tables(report.inboundTables, &json, isInbound: true)
      }
    }
    json.object("delivery_status") { json in
      json.member("delay_notices", report.delayNotices)
      json.member("remote_bounces", report.remoteBounces)
      if !report.isQuick { json.member("unmatched", report.unmatchedNotices) }
    }
    if !report.queues.isEmpty {
      json.array("queues") { json in
        for queue in report.queues { self.queue(queue, &json) }
      }
    }
    json.member("alert_count", report.alertCount)
    if !report.isQuick {
      json.array("alerts") { json in
        for notice in report.alerts { self.notice(notice, &json) }
      }
    }
    json.member("gap_count", report.gapCount)
    if !report.isQuick {
      json.array("gaps") { json in
        for notice in report.gaps { self.notice(notice, &json) }
      }
    }
    json.array("advice") { json in
      for advice in Advisory.lines(report) {
        json.object { json in
          json.member("cause", advice.cause.description)
          json.member("scope", advice.scope?.description)
          json.member("actor", advice.actor)
          json.member("hint", advice.hint)
          json.member("documentation", advice.documentation)
        }
      }
    }
    json.object("unclassified") { json in
      json.member("replies", report.unknownReplyCount)
      if report.isQuick { return }
      json.member("templates_not_shown", report.hiddenUnknownReplies)
      json.member("judged_by_code", report.deferralsJudgedByCode)
      json.array("templates") { json in
        for reply in report.unknownReplies {
          json.object { json in
            json.member("template", reply.template)
            json.member("count", reply.count)
            json.member("example", reply.example)
            json.member("direction", reply.direction.description)
            json.member("provider", reply.provider)
          }
        }
      }
    }
    if !report.lacksDetails { log(report, &json) }
    json.members("remarks", report.remarks)
  }

  private func log(_ report: Report, _ json: inout JSONWriter) {
    json.object("log") { json in
      json.member("lines", report.lines)
      json.member("unknown_lines", report.unknownLines)
      if !report.trouble.isEmpty {
        json.array("trouble") { json in
          for trouble in report.trouble {
            json.object { json in
              json.member("kind", trouble.kind)
              json.member("lines", trouble.lines)
            }
          }
        }
      }
    }
  }

  private func queue(_ queue: Report.Queue, _ json: inout JSONWriter) {
    json.object { json in
      json.member("host", queue.host)
      json.member("time", queue.gauge.time.description)
      json.member("deferred", queue.gauge.deferred)
      json.member("recipients", queue.gauge.recipients)
      json.member("active", queue.gauge.active)
      json.member("held", queue.gauge.held)
      json.member("oldest", queue.gauge.oldest?.description)
      json.array("ages") { json in
        for (index, count) in queue.gauge.ages.enumerated() {
          json.object { json in
            if index < QueueGauge.ageBounds.count { json.member("up_to", Int(QueueGauge.ageBounds[index])) }
            json.member("messages", count)
          }
        }
      }
      json.object("by_provider") { json in
        for share in queue.gauge.byProvider { json.member(named: share.key, share.recipients) }
      }
      json.object("by_domain") { json in
        for share in queue.gauge.byDomain { json.member(named: share.key, share.recipients) }
      }
      json.object("oldest_by_provider") { json in
        for share in queue.gauge.byProvider { json.member(named: share.key, share.oldest?.description) }
      }
      json.object("oldest_by_domain") { json in
        for share in queue.gauge.byDomain { json.member(named: share.key, share.oldest?.description) }
      }
    }
  }

  private func outbound(_ report: Report, _ json: inout JSONWriter) {
    json.object("outbound") { json in
      traffic(report.outbound, report.reach, &json)
      if !report.isQuick, report.reach.deferrals { hits(report, &json) }
      json.member("deferrals_not_logged", report.unloggedDeferrals)
      if !report.unloggedCauses.isEmpty {
        json.object("deferrals_not_logged_by_cause") { json in
          for share in report.unloggedCauses { json.member(named: share.cause.description, share.count) }
        }
      }
      json.member("deletions", report.deletions)
      if !report.isQuick { lives(report, &json) }
      json.array("expirations_by_last_cause") { json in
        for expiry in report.expiries { self.expiry(expiry, &json) }
      }
      tables(report.tables, &json)
    }
  }

  private func hits(_ report: Report, _ json: inout JSONWriter) {
    json.member("messages_hit", report.messagesHit.count)
    json.member("messages_hit_exact", report.messagesHit.isExact)
    json.member("recipients_hit", report.recipientsHit.count)
    json.member("recipients_hit_exact", report.recipientsHit.isExact)
  }

  /// How recipients ended.
  private func lives(_ report: Report, _ json: inout JSONWriter) {
    json.object("cohort") { json in
      let cohort = report.cohort
      json.member("recipients", cohort.recipients)
      json.member("recovered", cohort.recovered)
      json.member("expired", cohort.expired)
      json.member("bounced", cohort.bounced)
      json.member("deleted", cohort.deleted)
      json.member("open", cohort.open)
      percentiles(cohort.times, &json)
      json.member("put_off_earlier", cohort.earlier)
      json.member("not_followed", cohort.unfollowed)
    }
    json.object("recoveries_in_period") { json in
      json.member("count", report.recoveries.count)
      percentiles(report.recoveries.times, &json)
    }
  }

  private func traffic(_ traffic: Report.Traffic, _ reach: Reach, _ json: inout JSONWriter) {
    json.member("attempts", traffic.attempts)
    json.member("deliveries", traffic.deliveries)
    json.member("bounces", traffic.bounces)
    if reach.deferrals {
      json.member("deferrals", traffic.deferrals)
      json.member("deferral_rate", traffic.deferralRate)
      json.member("first_attempts", traffic.firstAttempts)
      json.member("first_attempts_deferred", traffic.firstDeferrals)
      json.member("first_attempt_deferral_rate", traffic.firstDeferralRate)
      json.member("suspensions", traffic.suspensions)
    }
    json.member("expirations", traffic.expirations)
  }

  private func tables(_ tables: [Report.Table], _ json: inout JSONWriter, isInbound: Bool = false) {
    json.object("tables") { json in
      for table in tables {
        json.array(named: table.name.hasPrefix("tag.") ? table.name : table.name.snakeCased) { json in
          for value in table.rows {
            isInbound ? rejections(value, &json) : row(value, hasOutcomes: table.hasOutcomes, &json)
          }
        }
      }
    }
  }

  private func percentiles(_ times: Report.Percentiles?, _ json: inout JSONWriter) {
    json.member("median_seconds_to_recover", times?.median)
    json.member("p90_seconds_to_recover", times?.p90)
    json.member("p99_seconds_to_recover", times?.p99)
    estimate(times, &json)
  }

  private func expiry(_ expiry: Report.Expiry, _ json: inout JSONWriter) {
    json.object { json in
      json.member("cause", expiry.cause.description)
      json.member("recipients", expiry.recipients)
      json.member("main_provider", expiry.mainProvider)
      json.member("main_provider_count", expiry.mainProvider == nil ? nil : expiry.mainProviderCount)
      json.member("median_seconds_tried", expiry.times?.median)
      json.member("p90_seconds_tried", expiry.times?.p90)
      json.member("p99_seconds_tried", expiry.times?.p99)
      estimate(expiry.times, &json)
    }
  }

  private func estimate(_ times: Report.Percentiles?, _ json: inout JSONWriter) {
    guard let error = times?.error else { return }
    json.member("seconds_are_approximate", true)
    json.member("seconds_relative_error", error)
  }

  private func rejections(_ row: Report.Row, _ json: inout JSONWriter) {
    json.object { json in
      json.member("key", row.key)
      json.member("rejections", row.deferrals)
      json.member("main_cause", row.mainCause?.description)
      json.member("main_cause_count", row.mainCause == nil ? nil : row.mainCauseCount)
    }
  }

  private func row(_ row: Report.Row, hasOutcomes: Bool, _ json: inout JSONWriter) {
    json.object { json in
      json.member("key", row.key)
      json.member("deferrals", row.deferrals)
      json.member("attempts", row.attempts)
      json.member("rate", row.rate)
      json.member("first_attempts", row.firstAttempts)
      json.member("first_attempts_deferred", row.firstDeferrals)
      json.member("suspensions", row.suspensions)
      json.member("bounces", row.bounces)
      json.member("expirations", row.expirations)
      if hasOutcomes {
        json.member("cohort_recipients", row.recipients)
        json.member("cohort_recovered", row.recovered)
        json.member("cohort_expired", row.expired)
        json.member("cohort_bounced", row.bounced)
        json.member("cohort_deleted", row.deleted)
        json.member("cohort_open", row.open)
        json.member("recovery_rate", row.recoveryRate)
        percentiles(row.times, &json)
      }
      json.member("main_cause", row.mainCause?.description)
      json.member("main_cause_count", row.mainCause == nil ? nil : row.mainCauseCount)
    }
  }

  private func hour(_ hour: Report.Hour, _ report: Report, _ json: inout JSONWriter) {
    let reach = report.reach
    json.object { json in
      json.member("start", hour.start.description)
      json.member("attempts", hour.attempts)
      if reach.outbound, reach.deferrals {
        json.member("deferrals", hour.deferrals)
        json.member("rate", hour.rate)
        if !report.hidesTallied { json.member("suspensions", hour.suspensions) }
      }
      if reach.inbound, !report.hidesTallied { json.member("rejections", hour.rejections) }
    }
  }

  private func notice(_ notice: Notice, _ json: inout JSONWriter) {
    json.object { json in
      json.member("time", notice.time.description)
      json.member("host", notice.host)
      json.member("source", notice.source)
      json.member("state", notice.state)
      json.member("key", notice.key)
      json.member("text", notice.text)
      json.member("count", notice.count)
    }
  }
}

extension String {
  var snakeCased: String { String(map { $0 == "-" ? "_" : $0 }) }
}
