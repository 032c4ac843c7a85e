import Glibc
import Journal
import Logging
import ServiceLifecycle

/// Looks every few seconds whether a source has fallen silent, and says so in the journal.
struct SilenceService: Service {
  let pipeline: EventPipeline
  let log: LogChoice
  /// nil where no milter is served.
  let milter: MilterSource?
  /// Where it is served, for people.
  let socket: String
  let options: SilenceOptions
  /// What the log told the runs before this one.
  let history: SilenceHistory
  let logger: Logger

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var rule = SilenceRule(
        options: options, hasMilter: milter != nil && log != .none, history: log == .none ? [] : history.stretches,
        now: Self.now)
      let pause = options.after > 0 ? min(max(Double(options.after) / 20, 0.2), 10) : 10
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(pause))
        for news in rule.look(pipeline.traffic, calls: milter?.calls ?? 0, now: Self.now) { tell(news) }
      }
    }
  }

  private static var now: Double { Double(MonotonicClock.now) / 1e9 }

  private func tell(_ news: SilenceNews) {
    let note: String
    let source: Source
    switch news {
    case .logFellSilent(let seconds):
      source = .log
      note =
        "\(log.description) has been silent for \(Quantity.describe(duration: seconds)) though it had a steady stream"
        + " of lines: \(check)"
    case .logSpeaksAgain(let seconds):
      source = .log
      note = "\(log.description) speaks again after \(Quantity.describe(duration: seconds)) of silence"
    case .logIsForeign(let lines):
      source = .log
      note =
        "\(log.description): none of its first \(lines) lines is Postfix's or Sendmail's: is log.source the file that"
        + " the mail server's lines go to (postfix/smtp[pid]: … or sm-mta[pid]: … behind time and host)?"
    case .milterIsNotCalled(let messages):
      source = .milter
      note =
        "Postfix took in \(messages) messages and told the milter on \(socket) of none: does smtpd_milters in main.cf"
        + " name it (postconf smtpd_milters), does an -o smtpd_milters= in master.cf leave it out, does Postfix reach"
        + " it (softbounced's own log, Postfix's \"connect to Milter service\" warnings)?"
    case .milterIsCalledAgain:
      source = .milter
      note = "Postfix calls the milter on \(socket) again"
    }
    switch news {
    case .logFellSilent, .logIsForeign, .milterIsNotCalled: logger.warning("\(note)")
    case .logSpeaksAgain, .milterIsCalledAgain: logger.notice("\(note)")
    }
    pipeline.gap(note, source: source)
  }

  private var check: String {
    switch log {
    case .file:
      "does the MTA run, does the syslog daemon run and write there (logger -p mail.info test), was it told to reopen"
        + " its file after a rotation?"
    case .journald:
      "does the MTA run, does systemd-journald (journalctl SYSLOG_FACILITY=2 -n 3), may we read its files (group"
        + " systemd-journal)?"
    case .none: ""
    }
  }
}
