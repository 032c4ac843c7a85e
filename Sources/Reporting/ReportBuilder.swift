// From counts to a report.

import Bytes
import Classification
import Journal
import SMTPTypes

/// What a report should show.
public struct ReportOptions: Sendable {
  /// Rows of a table.
  public var top: Int
  /// Only these tables, in this order; nil: the usual ones.
  public var by: [Cut]?
  /// Rows too whose attempts are known and none of which was put off.
  public var showsQuiet = false

  /// A table that can be asked for.
  public enum Cut: Sendable, Equatable {
    case field(EventField)
    /// The values of the tags of that name; nil: one table for each name.
    case tag(String?)

    /// Reads `provider`, `sender_domain`, `tag`, `tag.NAME`.
    public init?(parsing text: String) {
      if text == "tag" || text == "tags" {
        self = .tag(nil)
      } else if text.hasPrefix("tag."), text.utf8.count > 4 {
        self = .tag(String(text.dropFirst(4)))
      } else if let field = EventField(key: text), field.isCut {
        self = .field(field)
      } else {
        return nil
      }
    }

    public static var names: [String] {
      EventField.allCases.filter(\.isCut).map(\.description) + ["tag", "tag.NAME"]
    }
  }

  public init(top: Int = 10, by: [Cut]? = nil, showsQuiet: Bool = false) {
    self.top = max(top, 1)
    self.by = by
    self.showsQuiet = showsQuiet
  }
}

extension Aggregation {
  /// What has been counted so far, as a report. Ends the source that was read last.
  public func report(_ options: ReportOptions = ReportOptions()) -> Report {
    endSource()
    var report = Report()
    report.isQuick = isQuick
    report.period.since = filter.since
    report.period.until = filter.until
    let outbound = total.outbound
    let `internal` = total.internal
    let inbound = total.inbound
    let counters = total.counters
    report.lacksDetails = counters.lacksDetails
    report.period.first = total.span.first
    report.period.last = total.span.last
    if isQuick { widen(&report.period) }
    report.conditions = filter.conditions.map(\.description)
    report.hosts = hostNames()
    report.reach = filter.reach
    report.outbound = traffic(outbound, knowsAttempts: filter.knowsAttempts)
    report.internal = traffic(`internal`, knowsAttempts: filter.looksAtHostsOnly && !counters.lacksDetails)
    report.messagesHit = estimate(total.messages)
    report.recipientsHit = estimate(total.recipients)
    times = lives.recoveries.percentiles()
    report.cohort = cohortValue()
    report.recoveries.count = lives.recoveries.ofPeriod
    report.recoveries.times = times.period
    report.expiries = expiryValues()
    if knowsTallied {
      report.inbound.total = inbound.deferrals + inbound.tallied
      report.inbound.tallied = inbound.tallied
    }
    report.hours = hourValues()
    report.events = counters.events
    if !counters.lacksDetails {
      report.lines = counters.lines
      report.unknownLines = counters.unknownLines
      report.trouble = counters.trouble.map { Report.Trouble(kind: $0.key, lines: $0.value) }
        .sorted { $0.lines != $1.lines ? $0.lines > $1.lines : $0.kind < $1.kind }
    }
    report.delayNotices = counters.delayNotices
    report.remoteBounces = counters.remoteBounces
    if !isQuick { report.unmatchedNotices = counters.unmatchedNotices }
    for index in 0..<hosts.count where !hosts[index].isQueueUnknown && !counters.lacksDetails {
      guard let queue = hosts[index].queue else { continue }
      report.queues.append(Report.Queue(host: String(hosts.key(at: index)), gauge: queue))
    }
    // Who reads what decides which host is met first.
    report.queues.sort { $0.host < $1.host }
    report.unloggedDeferrals = counters.unlogged
    report.unloggedCauses = counters.unloggedCauses.byCause.map { Report.CauseCount(cause: $0.cause, count: $0.count) }
    report.deletions = counters.deletions
    report.unknownReplyCount = total.unknown.total
    report.alertCount = notices.alertCount
    report.gapCount = notices.gapCount
    if !isQuick {
      report.unknownReplies = total.unknown.top(options.top)
      report.hiddenUnknownReplies = total.unknown.templateCount - report.unknownReplies.count
      report.alerts = Notices.latest(notices.alerts)
      report.gaps = Notices.latest(notices.gaps)
    }
    let leading = ReportOptions(top: 8)
    report.causes = tables([.field(.cause)], outbound, leading, total: report.outbound.attempts).first?.rows ?? []
    report.leadingProvider =
      tables([.field(.provider)], outbound, leading, total: nil).first?.rows.first { !$0.key.hasPrefix("~") }
    report.rules = tables([.field(.rule)], outbound, ReportOptions(top: 50), total: nil).first?.rows ?? []
    report.isOneCut = options.by != nil
    let cuts = options.by ?? Aggregation.usualCuts.filter { !isQuick || $0 != .tag(nil) }
    report.tables = tables(cuts, outbound, options, total: report.outbound.attempts)
    report.internalTables = tables(
      options.by ?? [.field(.cause), .field(.service)], `internal`, options, total: report.internal.attempts)
    if knowsTallied {
      report.inboundTables = tables(
        options.by ?? [.field(.cause), .field(.client)], inbound, options, total: nil)
    }
    report.remarks = remarks(report)
    return report
  }

  /// The tables of a report without `--by`.
  static let usualCuts: [ReportOptions.Cut] = [
    .field(.cause), .field(.provider), .field(.domain), .field(.senderDomain), .tag(nil), .field(.reply),
    .field(.user), .field(.client), .field(.service), .field(.host),
  ]

  private func hostNames() -> [String] {
    var names: [String] = []
    if total.counters.lacksDetails { return names }
    for index in 0..<hosts.count where hosts[index].isSeen && !hosts.key(at: index).isEmpty {
      names.append(String(hosts.key(at: index)))
    }
    return names.sorted()
  }

  /// False if sealed segments do not tell what tallies say without a cut, and it is asked for.
  private var knowsTallied: Bool { !total.counters.lacksDetails || !filter.looksAtHostsOnly }

  /// Moves the first and last moment outwards to whole hours, which is what sealed segments tell them by.
  private func widen(_ period: inout Report.Period) {
    if let first = period.first {
      let start = grid.start(ofCell: grid.cell(of: first))
      period.first = period.since.map { max($0, start) } ?? start
    }
    if let last = period.last {
      let end = grid.start(ofCell: grid.cell(of: last) + 1)
      period.last = period.until.map { min($0, end) } ?? end
    }
  }

  private func estimate(_ counter: DistinctCounter) -> Report.Estimate {
    var estimate = Report.Estimate()
    estimate.count = counter.count
    estimate.isExact = counter.isExact
    return estimate
  }

  private func traffic(_ book: Book, knowsAttempts: Bool) -> Report.Traffic {
    var traffic = Report.Traffic()
    // A tally may know of deferrals whose event was lost; an event may be newer than its tally's minute.
    let byTallies = filter.hasConditions ? 0 : book.attempts.deferrals
    traffic.deferrals = max(book.deferrals, byTallies)
    traffic.firstDeferrals = firstDeferrals(book)
    traffic.bounces = max(book.bounces, filter.hasConditions ? 0 : book.attempts.bounces)
    traffic.suspensions = knowsTallied || book !== total.outbound ? book.suspensions : nil
    traffic.expirations = book.expirations
    if knowsAttempts {
      traffic.attempts = max(book.attempts.attempts, traffic.deferrals)
      traffic.deliveries = book.attempts.deliveries
      traffic.firstAttempts = traffic.firstDeferrals.map { max(book.attempts.firstAttempts, $0) }
    }
    return traffic
  }

  private func firstDeferrals(_ book: Book) -> Int? {
    guard total.counters.lacksDetails else {
      return max(book.firstDeferrals, filter.hasConditions ? 0 : book.attempts.firstDeferred)
    }
    // Tallies have them in total.
    return filter.hasConditions || book !== total.outbound ? nil : book.attempts.firstDeferred
  }

  private func cohortValue() -> Report.Cohort {
    var value = Report.Cohort()
    let ends = lives.cohort.outcomes
    value.recipients = ends.opened
    value.recovered = ends.recovered
    value.expired = ends.expired
    value.bounced = ends.bounced
    value.deleted = ends.deleted
    value.open = ends.open
    value.times = times.cohort
    value.earlier = lives.cohort.earlier
    value.unfollowed = lives.lives.refused
    return value
  }

  private func expiryValues() -> [Report.Expiry] {
    var values: [Report.Expiry] = []
    for (cause, row) in zip(Cause.allCases, expiries.rows) where row.count > 0 {
      var value = Report.Expiry(
        cause: cause, recipients: row.count, times: isQuick ? nil : row.times.percentiles)
      if let table = total.outbound.table(.provider) {
        let named = row.providers.map { (name: table.names.key($0.key), count: $0.value) }
        let main = named.min { ($1.count, $0.name) < ($0.count, $1.name) }
        value.mainProvider = main?.name
        value.mainProviderCount = main?.count ?? 0
      }
      values.append(value)
    }
    return values.sorted { ($1.recipients, $0.cause.rawValue) < ($0.recipients, $1.cause.rawValue) }
  }

  private func hourValues() -> [Report.Hour] {
    var hours: [(start: Timestamp, counts: HourCounts)] = []
    for (cell, counts) in total.hours.sorted() {
      let start = grid.hourStart(ofCell: cell)
      if let last = hours.indices.last, hours[last].start == start {
        hours[last].counts += counts
      } else {
        hours.append((start, counts))
      }
    }
    return hours.map(hourValue)
  }

  private func hourValue(_ start: Timestamp, _ counts: HourCounts) -> Report.Hour {
    var value = Report.Hour(start: start)
    value.deferrals = max(counts.deferrals, filter.hasConditions ? 0 : counts.attempts.deferrals)
    if filter.knowsAttempts { value.attempts = max(counts.attempts.attempts, value.deferrals) }
    if knowsTallied {
      value.suspensions = counts.suspensions
      value.rejections = counts.rejections
    }
    return value
  }

  // MARK: - Tables

  private func tables(
    _ cuts: [ReportOptions.Cut], _ book: Book, _ options: ReportOptions, total: Int?
  ) -> [Report.Table] {
    var tables: [Report.Table] = []
    for cut in cuts {
      switch cut {
      case .field(let field):
        guard let source = book.table(field) else { continue }
        // One host needs no table to tell hosts apart.
        if field == .host, options.by == nil, hosts.count < 2 { continue }
        tables.append(
          table(
            field.description, source, options.top, rates: rates(of: field, book), total: total,
            showsQuiet: options.showsQuiet,
            outcomes: book === self.total.outbound && [.cause, .provider, .domain].contains(field)))
      case .tag(let name):
        tables += tagTables(name, book, options.top)
      }
    }
    return tables.filter { !$0.rows.isEmpty || options.showsQuiet }
  }

  /// Where the denominators of a table's rates come from.
  private enum Rates { case none, own, whole }

  private func rates(of field: EventField, _ book: Book) -> Rates {
    guard book === self.total.outbound else { return book === self.total.internal && field == .cause ? .whole : .none }
    guard filter.knowsAttempts else { return .none }
    if field.describesFailure { return .whole }
    switch filter.denominator {
    case .all: return field.tallyCut != nil || field == .host ? .own : .none
    case .cut(.field(let chosen)): return field == chosen || field == .host ? .own : .none
    case .cut(.tag), .unknown: return .none
    }
  }

  private func table(
    _ name: String, _ source: CutTable, _ top: Int, rates: Rates, total: Int?, showsQuiet: Bool = false,
    outcomes: Bool, prefix: String? = nil
  ) -> Report.Table {
    var order: [(index: Int, key: String, row: CutRow)] = []
    for index in 0..<min(source.names.count, source.capacity) {
      let row = source[index]
      guard row.deferrals + row.suspensions + row.expirations > 0 || showsQuiet && row.attempts.attempts > 0 else {
        continue
      }
      let key = source.names.key(index)
      if let prefix, !key.utf8.starts(with: prefix.utf8) { continue }
      order.append((index, key, row))
    }
    order.sort { left, right in
      let one = (left.row.deferrals, left.row.expirations, left.row.suspensions)
      let two = (right.row.deferrals, right.row.expirations, right.row.suspensions)
      if one != two { return one > two }
      return left.key < right.key
    }
    var table = Report.Table(name: name, rows: [])
    let field = outcomes ? EventField(name: name) : nil
    for (index, key, row) in order.prefix(top) {
      var value = rowValue(
        String(decoding: key.utf8.dropFirst(prefix?.utf8.count ?? 0), as: UTF8.self), row, rates: rates, total: total)
      if let field, let ends = lives.outcomes(field, row: index, key: key) {
        value.recipients = ends.opened
        value.recovered = ends.recovered
        value.expired = ends.expired
        value.bounced = ends.bounced
        value.deleted = ends.deleted
        value.open = ends.open
      }
      if field == .cause, let cause = Cause(name: key) {
        value.times = times.ofCause(cause)
      }
      if field == .provider { value.times = times.ofProvider(index) }
      if index == CutNames.other {
        value.attempts = nil
        value.rate = nil
      }
      table.rows.append(value)
    }
    for (_, _, row) in order.dropFirst(top) {
      table.hiddenRows += 1
      table.hiddenDeferrals += row.deferrals
    }
    table.tellsAttempts = rates == .own && !self.total.counters.cutsOverflowed && source.names.lateCount == 0
    table.hasRates = rates != .none && table.rows.contains { $0.rate != nil }
    table.hasOutcomes = outcomes && table.rows.contains { $0.recipients > 0 }
    return table
  }

  private func rowValue(_ key: String, _ row: CutRow, rates: Rates, total: Int?) -> Report.Row {
    var value = Report.Row(key: key)
    value.deferrals = row.deferrals
    value.firstDeferrals = self.total.counters.lacksDetails ? nil : row.firstDeferrals
    value.suspensions = row.suspensions
    value.bounces = row.bounces
    value.expirations = row.expirations
    if let main = row.causes.main {
      value.mainCause = main.cause
      value.mainCauseCount = main.count
    }
    switch rates {
    case .none: break
    case .whole:
      value.rate = Report.rate(row.deferrals, total)
    case .own:
      // More deferrals than a tally has for the key: its cut was full in some minute, so the rate is unknown.
      if row.attempts.attempts >= row.deferrals, row.attempts.attempts > 0 {
        value.attempts = row.attempts.attempts
        value.firstAttempts = value.firstDeferrals == nil ? nil : row.attempts.firstAttempts
        value.rate = Report.rate(row.deferrals, row.attempts.attempts)
      }
    }
    return value
  }

  /// One table for each tag name (at most ten), or for the one asked for.
  private func tagTables(_ asked: String?, _ book: Book, _ top: Int) -> [Report.Table] {
    var names: [String: Int] = [:]
    for index in 0..<min(book.tags.names.count, book.tags.capacity) {
      let key = book.tags.names.key(index)
      guard let equals = key.firstIndex(of: "=") else { continue }
      names[String(key[..<equals]), default: 0] += book.tags[index].deferrals
    }
    let chosen =
      asked.map { [$0] }
      ?? names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10).map(\.key)
    return chosen.map { name in
      let own: Rates =
        switch filter.denominator {
        case .all where filter.knowsAttempts: book === self.total.outbound ? .own : .none
        case .cut(.tag(let tag)) where tag == name && filter.knowsAttempts:
          book === self.total.outbound ? .own : .none
        default: .none
        }
      return table("tag." + name, book.tags, top, rates: own, total: nil, outcomes: false, prefix: name + "=")
    }
  }

  // MARK: - Remarks

  /// The greatest relative error of any time that is shown; nil where all are exact.
  private func worstError(_ report: Report) -> Double? {
    let rows = report.tables.flatMap { $0.rows.map(\.times) } + report.expiries.map(\.times)
    return ([report.cohort.times, report.recoveries.times] + rows).compactMap { $0?.error }.max()
  }

  private func remarks(_ report: Report) -> [String] {
    let outbound = total.outbound
    var remarks: [String] = []
    if isQuick {
      remarks.append(
        "Counts only (--quick): how recipients ended, replies, senders, users and clients were not looked at.")
    }
    if report.lacksDetails {
      remarks.append(
        "Segments that an earlier version sealed do not tell first attempts, nor what tallies count beside attempts "
          + "(held back, turned away, own mailboxes, hosts, queues, lines of the log): left out; without --quick they "
          + "are counted.")
    }
    if isQuick, (0..<hosts.count).contains(where: { hosts[$0].isQueueUnknown }) {
      remarks.append("What the queue held at the period's end is not in the summaries of sealed segments.")
    }
    if let sentence = report.reach.sentence { remarks.append(sentence) }
    if report.reach.outbound, report.reach.deferrals, filter.denominator != .unknown, !filter.knowsAttempts {
      remarks.append("Rates are unknown: attempts are counted from the log, which the conditions leave out.")
    }
    if filter.denominator == .unknown, report.reach.outbound {
      remarks.append(
        "Rates are unknown: tallies count attempts one cut at a time, and these conditions combine cuts or name "
          + "a field that tallies do not count by.")
    }
    if filter.hasConditions, !filter.looksAtHostsOnly {
      remarks.append("Suspensions, rejections and own mailboxes are counted from single events only.")
    }
    if total.counters.cutsOverflowed {
      remarks.append("More keys in a minute than a tally keeps apart: rates of rare keys are missing or too high.")
    }
    let late = [outbound, total.`internal`, total.inbound].reduce(0) { $0 + $1.lateKeys }
    if late > 0 {
      remarks.append(
        "More than \(CutNames.limit) keys in a table: \(late) that came later have rows, but their first events count "
          + "among the others.")
    }
    let byTallies = outbound.attempts.deferrals
    if !filter.hasConditions, byTallies > outbound.deferrals {
      remarks.append(
        "\(byTallies - outbound.deferrals) deferrals are counted without their events; the tables lack them.")
    }
    if let error = worstError(report) {
      let percent = (error * 1000).rounded(.up) / 1000
      remarks.append(
        "Times marked ~ are estimates, because there are so many of them: off by \(Units.percent(percent)) at most.")
    }
    if report.cohort.unfollowed > 0 {
      remarks.append("\(report.cohort.unfollowed) recipients could not be followed: too many were open at once.")
    }
    return remarks
  }
}
