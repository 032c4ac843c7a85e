// Follows the systemd journal as it grows.
//
// Promises every mail entry once, in the journal's order, from where the last run stopped; says so when the journal
// no longer holds that place. Costs nothing while nothing is logged: a thread waits for libsystemd's inotify(7)
// descriptor. journald itself gives notice of new entries up to 250 ms late. Leaves to its handler what a line means
// and when a position is committed.

import Bytes
import Glibc
import SMTPTypes
import Synchronization
import SystemJournal

/// Takes what a `JournaldFollower` reads. Called on the follower's thread alone; the follower waits while a call lasts.
protocol JournaldHandler: AnyObject, Sendable {
  /// Reading begins at `place`: one to commit, so that a run that is killed before its first commit is known to have
  /// begun there.
  func opened(_ place: JournaldPlace)
  /// An entry as a log line, borrowed for the call.
  func entry(_ line: ByteView, at cursor: JournaldCursor)
  /// All entries that there are have been delivered.
  func caughtUp()
  /// Entries were lost.
  func gap(_ note: String)
  /// The journal can't be read for now; told once a reason.
  func unavailable(_ reason: String)
  /// False while what was delivered waits for the disk: a follower that is being stopped then leaves the rest to the
  /// next run.
  var hasRoom: Bool { get }
}

extension JournaldHandler {
  var hasRoom: Bool { true }
}

/// A thread that follows the systemd journal and hands its mail entries to a handler as log lines.
final class JournaldFollower: Sendable {
  struct Options: Sendable {
    /// Where to begin.
    enum Start: Sendable, Equatable {
      /// Where the last run stopped.
      case at(JournaldPlace)
      case beginning
      /// With what comes.
      case end
    }

    /// A directory with journal files; nil is the machine's own journal.
    var directory: String?
    /// Further `FIELD=value` matches.
    var matches: [String] = []
    var start = Start.beginning
  }

  /// Seconds that a follower which is being stopped goes on reading what stands in the journal by then.
  static let lastReading = 1.0
  /// Seconds after which a journal that could not be opened is tried again.
  static let retryInterval: Int32 = 10

  let options: Options
  private let handler: any JournaldHandler
  private let wakeup: Wakeup
  private let stopping = Atomic<Bool>(false)
  private let thread = Mutex<pthread_t?>(nil)

  init(options: Options, handler: any JournaldHandler) throws(SystemError) {
    self.options = options
    self.handler = handler
    wakeup = try Wakeup()
  }

  /// Starts the thread; a second call does nothing.
  func start() throws(SystemError) {
    let failure = thread.withLock { thread -> Int32 in
      guard thread == nil else { return 0 }
      var started = pthread_t()
      let code = pthread_create(&started, nil, runJournaldFollower, Unmanaged.passRetained(self).toOpaque())
      if code == 0 { thread = started } else { Unmanaged.passUnretained(self).release() }
      return code
    }
    if failure != 0 { throw SystemError(call: "pthread_create", code: failure) }
  }

  /// Ends the thread once it has read what stands in the journal, or after `lastReading`, and waits until it has ended.
  /// Not to be called by the handler.
  func stop() {
    stopping.store(true, ordering: .releasing)
    wakeup.signal()
    let ended = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    if let ended { pthread_join(ended, nil) }
  }

  private var isStopping: Bool { stopping.load(ordering: .acquiring) }

  // MARK: The thread

  fileprivate func run() {
    var start = options.start
    var lastReason = ""
    while !isStopping {
      do throws(JournaldError) {
        let reader = try JournaldReader(directory: options.directory, matches: options.matches)
        // Before the first entry is read, so that nothing can come between.
        _ = try reader.polling()
        try place(reader, &start)
        try follow(reader, &start)
      } catch {
        let reason = "\(error)"
        if reason != lastReason { handler.unavailable(reason) }
        lastReason = reason
        wait(nil, seconds: Self.retryInterval)
      }
    }
  }

  private func place(_ reader: JournaldReader, _ start: inout Options.Start) throws(JournaldError) {
    defer { if case .at(let place) = start { handler.opened(place) } }
    switch start {
    case .at(.after(let cursor)):
      guard try reader.seek(cursor: cursor) == .gone else { return }
      var gap = "the systemd journal no longer holds the entry at which the last run stopped"
      if try reader.next() {
        gap += "; entries between \(text(cursor.realtime)) and \(text(try reader.realtime())) may be missing"
        try reader.seek(time: cursor.realtime)
      }
      handler.gap(gap + " (was it vacuumed? SystemMaxUse= in journald.conf)")
      start = .at(.since(cursor.realtime))
    case .at(.since(let time)): try reader.seek(time: time)
    case .beginning:
      try reader.seekBeginning()
      start = .at(.since(Timestamp(seconds: 0)))
    case .end:
      if try reader.seekLast() { start = .at(.after(try reader.cursor())) } else {
        let now = WallClock.timestamp
        try reader.seek(time: now)
        start = .at(.since(now))
      }
    }
  }

  private func follow(_ reader: JournaldReader, _ start: inout Options.Start) throws(JournaldError) {
    while !isStopping {
      try readEntries(reader, &start) { isStopping }
      if isStopping { break }
      handler.caughtUp()
      let polling = try reader.polling()
      wait((polling.number, polling.events), milliseconds: polling.timeout)
      try reader.process()
    }
    try reader.process()
    let deadline = MonotonicClock.now + Int64(Self.lastReading * 1e9)
    try readEntries(reader, &start) { MonotonicClock.now >= deadline || !handler.hasRoom }
  }

  private func readEntries(
    _ reader: JournaldReader, _ start: inout Options.Start, until isOver: () -> Bool
  ) throws(JournaldError) {
    while !isOver(), try reader.next() {
      let cursor = try reader.cursor()
      _ = try reader.withLine { handler.entry($0, at: cursor) }
      start = .at(.after(cursor))
    }
  }

  private func wait(_ polled: (number: Int32, events: Int16)?, seconds: Int32) {
    wait(polled, milliseconds: seconds * 1000)
  }

  private func wait(_ polled: (number: Int32, events: Int16)?, milliseconds: Int32) {
    var descriptors = [pollfd(fd: wakeup.number, events: Int16(POLLIN), revents: 0)]
    if let polled { descriptors.append(pollfd(fd: polled.number, events: polled.events, revents: 0)) }
    _ = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
  }

  private func text(_ time: Timestamp) -> String {
    var buffer = ByteBuffer()
    time.appendRFC3339(to: &buffer)
    return String(buffer.view)
  }
}

// At file scope, because a closure formed on the main actor must not run on another thread.
private func runJournaldFollower(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<JournaldFollower>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
