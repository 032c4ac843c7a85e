// Silence is news: a source that used to speak and does not any more.

/// How much the log has told so far.
struct LogTraffic: Equatable, Sendable {
  /// Lines of whatever program.
  var lines = 0
  /// Those of them that are neither Postfix's nor Sendmail's, or can't be read.
  var foreign = 0
  /// Messages that smtpd took in from other machines.
  var accepted = 0
  /// False while older lines are still being read.
  var isCaughtUp = true
}

/// When silence counts.
public struct SilenceOptions: Sendable, Equatable {
  /// Seconds without a line after which the log counts as silent; 0 for never.
  public var after = 3600
  /// Lines a day that a log must have had for its silence to mean anything.
  public var minimum = 1000

  public init() {}
}

/// What became known.
enum SilenceNews: Equatable, Sendable {
  case logFellSilent(seconds: Int)
  case logSpeaksAgain(seconds: Int)
  /// So many lines, and none of them of a mail server: the wrong file, or a form that is not known.
  case logIsForeign(lines: Int)
  /// Postfix took in so many messages and called the milter for none.
  case milterIsNotCalled(messages: Int)
  case milterIsCalledAgain
}

/// Tells silence from quiet: a log is missed if it had lines in each of the last stretches (as long as the silence that
/// counts, three at least, 24 at most) and enough of them, in this run or in those before it. A site that is quiet at night is so every night, which its
/// stretches show. Pure: time is what it is told, seconds that only grow.
struct SilenceRule {
  static let stretches = 24
  static let fewestStretches = 3
  /// Messages that Postfix takes in without a call of the milter before that is news.
  static let uncalledMessages = 20
  /// Lines of which none is a mail server's before that is news.
  static let foreignLines = 1000

  let options: SilenceOptions
  /// False where no milter is served.
  let hasMilter: Bool

  private var lastLine: Double?
  private var lines = 0
  /// Lines in each finished stretch, oldest first.
  private var finished: [Int] = []
  private var stretchStart: Double
  private var stretchLines = 0
  private(set) var isSilent = false

  private var accepted = 0
  private var calls = 0
  private var uncalled = 0
  private(set) var isUncalled = false
  private var isForeignTold = false

  /// - Parameter history: lines in the stretches before, oldest first. A log that had them gets as long as the silence
  ///   that counts, from now on, to speak.
  init(options: SilenceOptions, hasMilter: Bool, history: [Int] = [], now: Double) {
    self.options = options
    self.hasMilter = hasMilter
    stretchStart = now
    finished = history
    lastLine = history.isEmpty ? nil : now
  }

  /// Takes in what the sources have told by `now`; to be asked every few seconds.
  mutating func look(_ traffic: LogTraffic, calls: Int, now: Double) -> [SilenceNews] {
    var news: [SilenceNews] = []
    lookAtLog(traffic, now, &news)
    if !isForeignTold, traffic.lines >= Self.foreignLines, traffic.foreign == traffic.lines {
      isForeignTold = true
      news.append(.logIsForeign(lines: traffic.lines))
    }
    lookAtMilter(traffic, calls, &news)
    return news
  }

  private mutating func lookAtLog(_ traffic: LogTraffic, _ now: Double, _ news: inout [SilenceNews]) {
    guard options.after > 0 else { return }
    let length = Double(options.after)
    let fresh = traffic.lines - lines
    lines = traffic.lines
    // A log that had not spoken yet was not silent: stretches begin with its first line.
    if lastLine == nil { stretchStart = now }
    // Stretches end before what is new is counted; what comes in a burst at a start is history.
    while now - stretchStart >= length {
      finished.append(stretchLines)
      if finished.count > Self.stretches { finished.removeFirst() }
      stretchLines = 0
      stretchStart += length
    }
    if fresh > 0 {
      if isSilent, let lastLine {
        news.append(.logSpeaksAgain(seconds: Int(now - lastLine)))
        isSilent = false
      }
      if traffic.isCaughtUp || lastLine != nil { stretchLines += fresh }
      lastLine = now
    }
    guard !isSilent, let lastLine, now - lastLine >= length, isSteady(length) else { return }
    isSilent = true
    news.append(.logFellSilent(seconds: Int(now - lastLine)))
  }

  /// True if there were lines in every stretch before the silence, and as many as asked for. The last stretches may
  /// belong to the silence.
  private func isSteady(_ length: Double) -> Bool {
    var before = finished[...]
    while let last = before.last, last == 0 { before.removeLast() }
    guard finished.count - before.count <= 2, before.count >= Self.fewestStretches, !before.contains(0) else {
      return false
    }
    let perDay = Double(before.reduce(0, +)) / (Double(before.count) * length) * 86_400
    return perDay >= Double(options.minimum)
  }

  private mutating func lookAtMilter(_ traffic: LogTraffic, _ calls: Int, _ news: inout [SilenceNews]) {
    guard hasMilter else { return }
    let fresh = traffic.accepted - accepted
    accepted = traffic.accepted
    if calls != self.calls {
      self.calls = calls
      uncalled = 0
      if isUncalled { news.append(.milterIsCalledAgain) }
      isUncalled = false
      return
    }
    // Messages of older lines came when nobody listened.
    guard traffic.isCaughtUp else { return }
    uncalled += fresh
    if !isUncalled, uncalled >= Self.uncalledMessages {
      isUncalled = true
      news.append(.milterIsNotCalled(messages: uncalled))
    }
  }
}
