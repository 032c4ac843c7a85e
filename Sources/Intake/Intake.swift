// Joins what the windows saw into events.
//
// The log is the primary window: each line is taken in file order, lives are kept by (host, queue id, arrival), and
// each temporary failure becomes one event; clean deliveries become counts. The milter adds who the message is, and
// sees rejections that a lost log line would hide. Intake keeps no clock and does no input or output: time comes from
// the lines and from `advance(to:)`, events go to a sink. The same object serves the sidecar and old logs in batch.

public import Bytes
public import Classification
public import Journal
public import MailLog
public import SMTPTypes

/// The joiner. Not thread-safe: one caller at a time.
public final class Intake {
  public struct Options: Sendable {
    /// The reporting host's name; nil takes what each line says (several hosts in one file).
    public var hostName: String?
    /// Where lines say which host they are from: this machine's name, which stands for all that are written for it
    /// (another domain or none, localhost).
    public var ownName: String?
    /// Whose addresses are known. Its names don't matter where `hostName` says that every line is of one host.
    public var ownMachine = OwnMachine()
    /// `journal.scope: all`: every delivery becomes an event.
    public var storesAllDeliveries = false
    /// A milter is attached: rejections wait up to two seconds for what it knows of them.
    public var hasMilter = false
    /// A log is followed: what the milter saw rejected waits for the log's line.
    public var followsLog = true
    /// Events say where in its file their line starts.
    public var tellsOffsets = true
    /// Write `message` events.
    public var introducesMessages = false
    /// What a recipient is known by within a message where addresses are stored under pseudonyms; nil: its address.
    public var recipientKey: RecipientKey?
    /// Called with each Message-ID that the log shows, and the time of its line.
    public var noteMessageID: (@Sendable (ByteView, Timestamp) -> Void)?
    /// Failures that only count (a suspension's repetitions, what comes behind an expiry, rejections beyond their limit)
    /// are events too, with a note: each line is told, as nobody keeps it.
    public var tellsEveryFailure = false
    /// Rejection events a minute for each (cause, stage); further ones are counted.
    public var rejectionLimit = 60
    /// Recipients of delivery reports that are kept a minute; a `gap` tells of further ones.
    public var reportLimit = 600

    public init() {}
  }

  let options: Options
  let ownAddresses: OwnAddresses
  let sink: any EventSink
  /// Attempts are counted for tallies.
  let countsAttempts: Bool
  /// What every line reads and changes, behind a pointer: Swift looks up at run time whether accesses to a class's
  /// variables overlap, which took a tenth of the time. Here none can: one caller at a time, and a sink never calls
  /// back.
  let memory: UnsafeMutablePointer<IntakeMemory>
  /// The line that is being taken, where only one is read at a time.
  private let line: UnsafeMutablePointer<AssessedLine>
  /// In cache lines of its own: it may be at work on another thread.
  let assessor: UnsafeMutablePointer<LineAssessor>
  var listing = QueueListing()
  /// Messages that smtpd took in from other machines, by the log.
  public internal(set) var acceptedMessages = 0
  /// State is taken in, nothing is given out.
  var isWarmingUp = false {
    didSet { assessor.pointee.isJudging = !isWarmingUp }
  }
  /// Lines that have no syslog header that can be read.
  public internal(set) var unreadableLines = 0
  /// Lines that are neither Postfix's nor Sendmail's.
  public internal(set) var foreignLines = 0
  /// Lines without a header that were read nevertheless.
  public internal(set) var bareLines = 0

  public init(
    options: Options, classifier: Classifier, providers: ProviderMap, parser: LogParser, sink: any EventSink
  ) {
    self.options = options
    var machine = options.ownMachine
    if let name = options.hostName {
      if !name.withByteView({ machine.isCalled($0) }) { machine.addresses = [] }
      machine.names = []
    }
    ownAddresses = OwnAddresses(machine)
    self.sink = sink
    countsAttempts = sink.takesTallies
    memory = UnsafeMutablePointer<IntakeMemory>.allocate(capacity: 1)
    memory.initialize(to: IntakeMemory(rules: RuleNames(classifier)))
    line = UnsafeMutablePointer<AssessedLine>.allocate(capacity: 1)
    line.initialize(to: AssessedLine())
    assessor = LineAssessor.allocate(
      LineAssessor(parser: parser, classifier: classifier, providers: providers, ownAddresses: ownAddresses))
  }

  deinit {
    memory.deinitialize(count: 1)
    memory.deallocate()
    line.deallocate()
    LineAssessor.deallocate(assessor)
  }

  /// Takes the log line `bytes` (without its newline), which starts at `offset` in its file.
  public func line(_ bytes: ByteView, offset: Int) {
    if options.tellsOffsets { memory.pointee.offset = offset }
    defer { memory.pointee.offset = nil }
    if !memory.pointee.others.isEmpty { memory.pointee.others.removeAll(keepingCapacity: true) }
    let reading = assessor.pointee.assess(bytes, into: &line.pointee, others: &memory.pointee.others)
    take(UnsafePointer(line), reading, others: memory.pointee.others)
  }

  /// Takes a line that was assessed, at `offset`.
  @inline(__always)
  func take(_ line: UnsafePointer<AssessedLine>, _ reading: LineAssessor.Reading, others: [Assessment]) {
    memory.pointee.isBare = reading == .bare
    switch reading {
    case .headed: take(line, others: others)
    case .bare:
      bareLines += 1
      take(line, others: others)
    case .unreadable: unreadableLines += 1
    }
  }

  @inline(__always)
  private func take(_ line: UnsafePointer<AssessedLine>, others: [Assessment]) {
    let weight = line.pointee.weight
    if weight == .foreign {
      foreignLines += 1
      return
    }
    let time = line.pointee.parsed.header.time
    let host = host(named: line.pointee.parsed.header.host, time: time)
    count(of: host, time, latest: time, lines: 1)
    take(line, weight, of: host, others)
  }

  /// Counts `lines` lines of one minute, the first of which is of `time`.
  @inline(__always)
  func count(of host: Int, _ time: Timestamp, latest: Timestamp, lines: Int) {
    let state = hosts[host]
    turnMinute(state, time)
    if latest > state.lastTime { state.lastTime = latest }
    if !isWarmingUp {
      state.tally.lines += lines
      state.tallyIsEmpty = false
    }
  }

  @inline(__always)
  func take(_ line: UnsafePointer<AssessedLine>, _ weight: AssessedLine.Weight, of host: Int, _ others: [Assessment]) {
    switch weight {
    case .foreign, .quiet: break
    case .full: take(line, of: host, others)
    case .repeated: takeRepeated(line, of: host, others)
    }
  }

  private func take(_ line: UnsafePointer<AssessedLine>, of host: Int, _ others: [Assessment]) {
    let header = line.pointee.parsed.header
    switch line.pointee.parsed.kind {
    case .delivery:
      let outcome = memory.pointee.outcome
      outcome.record = line.pointee.parsed.delivery
      outcome.header = header
      outcome.host = host
      outcome.hop = line.pointee.hop
      outcome.assessment = line.pointee.first
      take(outcome, others: others[line.pointee.others])
    case .message:
      switch line.pointee.parsed.message {
      case .queueActive(let record): take(record, header, host)
      case .messageID(let record): take(record, header, host)
      case .removed(let record): take(record, header, host)
      case .client(let record): take(record, header, host)
      }
    case .other: takeOther(line, header, host)
    }
  }

  private func takeOther(_ line: UnsafePointer<AssessedLine>, _ header: LogHeader, _ host: Int) {
    switch line.pointee.parsed.other {
    case .expired(let record): take(record, header, host)
    case .pickup(let record): take(record, header, host)
    case .envelope(let record): take(record, header, host)
    case .rejection(let record): take(record, header, host, line.pointee.first.verdict)
    case .trouble(let record) where record.kind == .notification:
      take(failedNotification: record, header, host, line.pointee.first.verdict)
    case .trouble(let record): take(record, header, host)
    // These are no others.
    case .delivery, .queueActive, .messageID, .removed, .client: break
    case .repetition, .notification, .uninteresting, .foreign: break
    case .unknown: if !isWarmingUp { hosts[host].tally.unknownLines += 1 }
    }
  }

  /// Lets lines without a header, up to the first that has one, be read as of `time`: a file of bare messages, as
  /// `journalctl -o cat` gives it. Nothing of the kind is believed in a file whose lines have headers.
  public func readBareLines(asOf time: Timestamp?) { assessor.pointee.bareTime = time }

  // MARK: Time

  /// Tells that the log has been read up to `now` (wall clock): what waited for a line is released, and a minute
  /// that ended is tallied.
  public func advance(to now: Timestamp) {
    releaseRejections(logReached: now)
    releaseEnds(logReached: now)
    for state in hosts where !state.tallyIsEmpty && now.since(state.tally.minute) >= 65 {
      giveTally(state, next: now)
    }
  }

  /// Gives out rejections that wait and all tallies so far: at a commit point. Ends of messages wait on, because a
  /// warm-up finds them again.
  public func flush() {
    releaseAllRejections()
    releaseEnds()
    for state in hosts where !state.tallyIsEmpty { giveTally(state, next: state.lastTime) }
  }

  /// Gives out all that waits: before a stop, at the end of a file.
  public func finish() {
    releaseAllEnds()
    flush()
  }

  private func turnMinute(_ state: HostState, _ time: Timestamp) {
    if state.firstTime == nil { state.firstTime = time }
    if time > state.lastTime { state.lastTime = time }
    // Late lines count in the present minute; a clock that was set back, or a line with a wild date, begins anew.
    let age = time.microseconds - state.tally.minute.microseconds
    guard age >= 60_000_000 || age < -3_600_000_000 else { return }
    if age < 0 { state.lastTime = time }
    if !state.tallyIsEmpty { giveTally(state, next: time) } else { state.tally.minute = HostState.minute(of: time) }
  }

  private func giveTally(_ state: HostState, next: Timestamp) {
    // Whatever the tally covers must be out before it: a checkpoint follows it.
    releaseAllRejections()
    releaseEnds()
    if !isWarmingUp { sink.receive(state.tally, host: state.name) }
    beginTally(of: state, HostState.minute(of: next))
  }

  func beginTally(of state: HostState, _ minute: Timestamp) {
    memory.pointee.tallyCount += 1
    state.beginTally(minute, number: memory.pointee.tallyCount)
  }

  // MARK: Hosts

  private func canonicalName(_ name: ByteView) -> String {
    guard let own = options.ownName else { return String(name) }
    if name.equalsIgnoringCase(ByteView("localhost")) { return own }
    let isOwn = own.withByteView { own in
      let label = name.prefix(name.firstIndex(of: 0x2E) ?? name.count)
      return label.equalsIgnoringCase(own.prefix(own.firstIndex(of: 0x2E) ?? own.count))
    }
    return isOwn ? own : String(name)
  }

  func host(named name: ByteView, time: Timestamp) -> Int {
    if let fixed = options.hostName {
      if hosts.isEmpty { hosts.append(HostState(name: fixed, time: time)) }
      return 0
    }
    // A line mostly comes from the same host as the one before it.
    let recent = memory.pointee.recentHost
    if recent < hosts.count, hosts[recent].nameView == name { return recent }
    if let known = hostIndex.index(of: name) {
      memory.pointee.recentHost = hostIndex[known]
      return hostIndex[known]
    }
    let canonical = canonicalName(name)
    var index = hosts.firstIndex { $0.name == canonical } ?? hosts.count
    if index == hosts.count {
      if hosts.count < hostIndex.limit || hosts.isEmpty { hosts.append(HostState(name: canonical, time: time)) }
      index = hosts.count - 1
    }
    _ = hostIndex.insert(name, default: index)
    memory.pointee.recentHost = index
    return index
  }
}
