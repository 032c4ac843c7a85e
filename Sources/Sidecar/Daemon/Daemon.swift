// The sidecar put together: windows, joiner, journal, alerts; started in an order in which nothing is lost, and
// stopped in the reverse one.

import Alerting
import Bytes
import Classification
import Glibc
import Intake
import Journal
public import Logging
import Machine
import MailLog
import Milter
import Privacy
import SMTPTypes
import ServiceLifecycle

/// The sidecar. One a process.
public final class Daemon: Sendable {
  public let configuration: Configuration
  private let logger: Logger
  private let pipeline: EventPipeline
  private let group: ServiceGroup
  private let log: LogChoice

  /// Seconds that a stop may take before the journal is closed without waiting for the rest.
  static let stopLimit = 8.0

  /// Opens everything that can fail, so that a problem is told at the start.
  /// - Throws: an error whose description says what to change.
  public init(configuration: Configuration, logger: Logger) throws {
    // Before anything takes time: a HUP that comes now must not end the process, nor a TERM cut a write.
    try SignalInbox.open()
    self.configuration = configuration
    self.logger = logger
    let host = configuration.host ?? Machine.name
    let now = WallClock.timestamp

    try makeDirectories(splitPath(configuration.journal.directory).directory)
    var journal = JournalWriter.Options()
    journal.segmentBytes = configuration.journal.segmentSize
    journal.segmentAge = Int64(configuration.journal.segmentAge)
    journal.host = host
    let writer = try JournalWriter(directory: configuration.journal.directory, options: journal)
    if writer.recovery.bytesCut > 0 {
      logger.notice("the last run ended in the middle of a write; cut \(writer.recovery.bytesCut) bytes")
    }

    let last = Daemon.lastCheckpoint(writer)
    if let last, last.host != host {
      logger.warning(
        "this host was \(last.host) and is \(host) now: reports keep them apart, and what is open under the old name stays open there"
      )
    }
    let (log, reason) = LogChoice.choose(configuration.log, last: last, now: now)
    self.log = log
    logger.info("following \(log.description)\(reason.map { ": \($0)" } ?? "")")
    let sink = JournalSink(
      writer: writer, host: host, evaluator: AlertEvaluator(rules: configuration.alerts.rules))
    sink.logPath = log.name
    let pseudonyms = try Daemon.pseudonyms(configuration, logger)
    sink.redactor = pseudonyms.map { EventRedactor($0) }
    var options = Intake.Options()
    options.hostName = host
    options.ownMachine = OwnMachine(addresses: Machine.addresses.union(configuration.ownAddresses))
    options.storesAllDeliveries = configuration.journal.scope == .all
    options.hasMilter = configuration.milter.isEnabled
    options.followsLog = log != .none
    options.introducesMessages = true
    options.recipientKey = pseudonyms.map { RecipientKey($0) }
    var messageIDs: MessageIDSpool?
    if configuration.milter.isEnabled {
      let opened = try MessageIDSpool(directory: configuration.effectiveSpoolDirectory, now: now, logger: logger)
      messageIDs = opened
      // A milter for smtpd alone does not see what sendmail(1) submits.
      options.noteMessageID = { opened.add($0, loggedAt: $1, now: WallClock.timestamp) }
    }
    let intake = Intake(
      options: options, classifier: Daemon.classifier(configuration, logger), providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: now)), sink: sink)

    var spool: IdentitySpool?
    var reports: MessageIDSpool?
    if configuration.milter.isEnabled {
      let opened = try IdentitySpool(directory: configuration.effectiveSpoolDirectory, logger: logger)
      opened.load(now: now) { intake.observe($0) }
      spool = opened
      reports = try MessageIDSpool(
        directory: configuration.effectiveSpoolDirectory, prefix: "report-ids-", now: now, logger: logger)
    }
    var history = SilenceHistory(length: configuration.silence.after, now: now)
    let resume = Daemon.takeUp(configuration, writer, log, intake, sink, &history, now, logger)

    let pipeline = EventPipeline(intake: intake, sink: sink, logger: logger)
    self.pipeline = pipeline
    let dispatcher = AlertDispatcher(
      notifiers: try Daemon.notifiers(configuration.alerts), pipeline: pipeline, logger: logger)
    // Ended in the reverse order: first what brings something in, last what keeps it.
    var services: [any Service] = [JournalService(pipeline: pipeline), dispatcher]
    services.append(
      KeeperService(keeper: Daemon.keeper(configuration.journal), logger: logger))
    services.append(
      ErasureService(
        directory: configuration.journal.directory, spoolDirectory: configuration.effectiveSpoolDirectory,
        pipeline: pipeline, spool: spool,
        key: try? PseudonymKey(path: configuration.effectivePseudonymKey), logger: logger))
    services.append(ClockService(pipeline: pipeline, dispatcher: dispatcher, spool: spool, logger: logger))
    var milter: MilterSource?
    if configuration.milter.isEnabled {
      let source = MilterSource(
        pipeline: pipeline, spool: spool, messageIDs: messageIDs, reports: reports, pseudonyms: pseudonyms)
      milter = source
      let server = MilterServer(configuration: Daemon.milter(configuration.milter), observer: source)
      try server.open()
      logger.info("milter listens on \(server.address?.description ?? configuration.milter.socket.description)")
      services.append(MilterService(server: server, logger: logger))
    }
    let former = resume == nil ? last : nil
    if let former { pipeline.tellChange(from: former, to: log) }
    switch log {
    case .file(let path):
      let source = LogSource(pipeline: pipeline, since: former?.time, logger: logger)
      var following = LogFollower.Options(path: path, start: configuration.log.start)
      if case .file(let position) = resume { following.resume = position }
      following.resume?.path = path
      following.imported = ImportedLogs.ends(writer.recovery.positions.imports)
      services.append(LogService(follower: try LogFollower(options: following, handler: source), source: source))
    case .journald(let directory):
      let source = JournaldSource(pipeline: pipeline, logger: logger)
      var following = JournaldFollower.Options(directory: directory, matches: configuration.log.journaldMatches)
      if case .journald(let place) = resume {
        following.start = .at(place)
      } else if let former {
        following.start = .at(.since(former.time))
      } else {
        following.start = configuration.log.start == .beginning ? .beginning : .end
      }
      services.append(
        JournaldService(follower: try JournaldFollower(options: following, handler: source), source: source))
    case .none: break
    }
    if configuration.queue.isEnabled {
      if access(configuration.queue.command.first ?? "", X_OK) == 0 {
        let watch = try QueueWatch(options: configuration.queue, pipeline: pipeline, logger: logger)
        services.append(QueueService(watch: watch))
      } else {
        logger.info("the queue is not watched: there is no \(configuration.queue.command.first ?? "") to run")
      }
    }
    services.append(
      SilenceService(
        pipeline: pipeline, log: log, milter: milter, socket: configuration.milter.socket.description,
        options: configuration.silence, history: history, logger: logger))
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map {
          // Whichever ends, the others end in order.
          ServiceGroupConfiguration.ServiceConfiguration(
            service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
        }, logger: quiet))
  }

  /// Runs until TERM or INT; reloads the rules on HUP. Returns the process's exit code. On the main thread.
  public func run() -> Int32 {
    let failed = FailureFlag()
    if configuration.milter.isEnabled { SignalInbox.ignoreReloads() }
    Task.detached { [group, logger] in
      do {
        try await group.run()
      } catch {
        logger.critical("\(error)")
        failed.set()
      }
      SignalInbox.end()
    }
    if configuration.milter.isEnabled {
      awaitSignalThread()
      SignalInbox.takeReloads()
      reloadIfChanged()
    }
    ServiceManager.ready("following \(log.description), journal in \(configuration.journal.directory)")
    while true {
      switch SignalInbox.next() {
      case .reload: reload()
      case .stop: stop()
      case .ended:
        // A service that failed ends the others without the journal's order.
        pipeline.close()
        logger.info("stopped")
        return failed.isSet ? EX_SOFTWARE : EX_OK
      }
    }
  }

  /// Waits until libmilter's thread for signals waits for them, two seconds at most; usually some milliseconds.
  private func awaitSignalThread() {
    for _ in 0..<1000 {
      if SignalThread.isWaiting { return }
      usleep(2000)
    }
  }

  /// Takes up rules that were changed since the start, when nobody could ask for that.
  private func reloadIfChanged() {
    let classifier = Classifier(directory: configuration.rulesDirectory)
    if classifier.ruleset != pipeline.ruleset { reload() }
  }

  private func reload() {
    ServiceManager.reloading()
    let classifier = Daemon.classifier(configuration, logger)
    pipeline.use(classifier)
    logger.notice("rules reloaded", metadata: ["ruleset": "\(classifier.ruleset)"])
    ServiceManager.ready("rules reloaded")
  }

  private func stop() {
    logger.info("stopping")
    ServiceManager.stopping()
    Task.detached { [group] in await group.triggerGracefulShutdown() }
    let pipeline = pipeline
    let logger = logger
    detachThread {
      usleep(UInt32(Daemon.stopLimit * 1_000_000))
      logger.warning("something does not end; closing the journal without it")
      pipeline.close()
      _exit(EX_SOFTWARE)
    }
  }

  // MARK: Parts

  /// The position that was committed last, in whatever log, or in the one at `path`. Under whatever host's name: a
  /// journal has one writer, and a file's lines are known by how it begins.
  private static func lastCheckpoint(_ writer: JournalWriter, path: String? = nil) -> Checkpoint? {
    writer.recovery.positions.all.map(\.checkpoint).filter { $0.source == .log && ($0.path == path ?? $0.path) }
      .max { $0.time < $1.time }
  }

  /// Restores what an earlier run knew. Returns where to go on in the log.
  private static func takeUp(
    _ configuration: Configuration, _ writer: JournalWriter, _ log: LogChoice, _ intake: Intake,
    _ sink: JournalSink, _ history: inout SilenceHistory, _ now: Timestamp, _ logger: Logger
  ) -> SourcePosition? {
    let checkpoint = lastCheckpoint(writer, path: log.name)
    var position = checkpoint.flatMap { SourcePosition($0) }
    if checkpoint == nil, case .file(let path) = log {
      // Followed for the first time, but imported before: the rest is what is new.
      position = ImportedLogs.position(in: path, writer.recovery.positions.imports)
    }
    if let position {
      intake.beginWarmUp()
      let lines = WarmUp.read(before: position, log: log, options: configuration.log, into: intake)
      intake.endWarmUp()
      logger.info("read \(lines) lines of the log again to know what is on its way")
    }
    JournalReplay.run(
      directory: configuration.journal.directory, now: now, upTo: checkpoint, intake: intake, sink: sink,
      history: &history, logger: logger)
    return position
  }

  /// What recipients are stored under; nil if they are stored as they are.
  private static func pseudonyms(_ configuration: Configuration, _ logger: Logger) throws -> Pseudonyms? {
    guard configuration.journal.recipients != .plain else { return nil }
    let path = configuration.effectivePseudonymKey
    try makeDirectories(splitPath(path).directory)
    let (key, isNew) = try PseudonymKey.obtain(path: path)
    if isNew { logger.notice("made a new key for pseudonyms: \(path); keep a copy of it") }
    return Pseudonyms(key: key, mode: configuration.journal.recipients)
  }

  private static func keeper(_ journal: Configuration.JournalOptions) -> JournalKeeper {
    var options = JournalKeeper.Options()
    options.maximumAge = journal.keepFor.map { Int64($0) }
    options.maximumBytes = journal.maximumSize
    return JournalKeeper(directory: journal.directory, options: options)
  }

  private static func classifier(_ configuration: Configuration, _ logger: Logger) -> Classifier {
    var status = stat()
    guard stat(configuration.rulesDirectory, &status) == 0 else { return Classifier.builtIn() }
    let classifier = Classifier(directory: configuration.rulesDirectory)
    // Refused, with file, line and column, and the rest in force.
    for error in classifier.errors { logger.error("\(error); the rule is left out") }
    return classifier
  }

  private static func milter(_ options: Configuration.MilterOptions) -> MilterConfiguration {
    var configuration = MilterConfiguration(socket: options.socket)
    configuration.socketMode = options.socketMode
    configuration.socketGroup = options.socketGroup
    configuration.tags = options.tags
    return configuration
  }

  private static func notifiers(_ alerts: Configuration.Alerts) throws -> [any AlertNotifier] {
    var notifiers: [any AlertNotifier] = []
    for notifier in alerts.notifiers {
      switch notifier {
      case .command(let arguments):
        if let made = CommandNotifier(command: arguments, timeout: alerts.timeout) { notifiers.append(made) }
      case .mail(let notice):
        for recipient in notice.to {
          if let made = MailNotifier(
            recipient: recipient, sender: notice.from, program: notice.program, timeout: alerts.timeout)
          {
            notifiers.append(made)
          }
        }
      }
    }
    return notifiers
  }
}
