// libmilter's life in this process: open, run, stop.
//
// Signals: libmilter starts a thread that waits for HUP, TERM and INT with sigwait(3), and would end the milter on any
// of them. All threads that libmilter starts have every signal blocked but for that wait, so a program keeps its own
// handling by leaving HUP, TERM and INT unblocked on its main thread, also within their handlers (SA_NODEFER), which
// may write to a pipe or eventfd: Linux gives a signal sent to the process to the main thread first if that thread takes
// it (signal(7); complete_signal in the kernel). What is pending at the moment in which sigwait begins is taken by it:
// `SignalThread.isWaiting` tells when that is over. A program that blocks them everywhere and reads a signalfd, or whose
// handler blocks them (Dispatch's signal sources do), shares them with libmilter. Should libmilter take one all the
// same, `run()` returns `.signalled`. SIGPIPE is ignored from then on.

import CMilter
import Glibc
import Synchronization

/// A milter that observes: every message goes its way, whatever happens here. One a process, once: libmilter keeps its
/// state in global variables and can't start again after it has stopped.
public final class MilterServer: Sendable {
  /// Why `run()` returned.
  public enum Ending: Sendable, Equatable {
    /// `stop()` was called.
    case stopped
    /// libmilter took a HUP, TERM or INT that was meant for the program.
    case signalled
  }

  private enum Phase: Equatable {
    case new, open, running, stopping, ended
  }

  private struct State {
    var phase = Phase.new
    var listener: ListeningSocket?
    var watch: Watch?
  }

  private let configuration: MilterConfiguration
  private let observer: any MilterObserver
  private let state = Mutex(State())
  private static let isUsed = Atomic<Bool>(false)

  public init(configuration: MilterConfiguration, observer: any MilterObserver) {
    self.configuration = configuration
    self.observer = observer
  }

  /// Where this listens, with the port that the system chose; nil before `open()`.
  public var address: MilterSocket? { state.withLock { $0.listener?.address } }

  /// Opens the socket, so that the MTA can connect; its sessions wait until `run()`. Raises the limit of open files to
  /// what is allowed, because libmilter spins when it runs out of them.
  /// - Throws: `MilterError`. Kinds other than `library` leave the process able to try again.
  public func open() throws(MilterError) {
    try configuration.checkTags()
    guard state.withLock({ $0.phase == .new }), !Self.isUsed.exchange(true, ordering: .acquiringAndReleasing) else {
      throw MilterError(
        .alreadyUsed, subject: "milter socket \(configuration.socket)",
        reason: "this process has had its one milter server (libmilter runs once)",
        remedy: "Use one server, or start another process")
    }
    Self.raiseFileLimit()
    let listener: ListeningSocket
    do {
      listener = try ListeningSocket.open(
        configuration.socket, mode: configuration.socketMode, group: configuration.socketGroup,
        backlog: configuration.backlog)
    } catch {
      Self.isUsed.store(false, ordering: .releasing)
      throw error
    }
    let watch = Watch(configuration, observer: observer)
    currentWatch.withLock { $0 = watch }
    do {
      try register(listener)
    } catch {
      listener.removeName()
      close(listener.descriptor)
      throw error
    }
    state.withLock {
      $0.listener = listener
      $0.watch = watch
      if $0.phase == .new { $0.phase = .open }
    }
  }

  /// Serves until `stop()`, on the calling thread; opens the socket first if `open()` was not called.
  ///
  /// Use a thread of its own, not the main one. The thread's signals are blocked meanwhile. When this returns, no
  /// observer call is under way (one that took longer than 5 s excepted). Sessions that were open get no more calls, and
  /// the MTA no answer until the process ends and closes them, so end it soon.
  /// - Throws: `MilterError`.
  @discardableResult
  public func run() throws(MilterError) -> Ending {
    if state.withLock({ $0.phase == .new }) { try open() }
    let (phase, watch) = state.withLock { state -> (Phase, Watch?) in
      defer { if state.phase == .open { state.phase = .running } }
      return (state.phase, state.watch)
    }
    // Stopped before it ran.
    if phase == .ended { return .stopped }
    guard phase == .open, let watch else {
      throw MilterError(
        .alreadyUsed, subject: "milter socket \(configuration.socket)", reason: "this server runs already",
        remedy: "Run it once")
    }
    var before = sigset_t()
    var blocked = Self.signalsOfOthers()
    pthread_sigmask(SIG_SETMASK, &blocked, &before)
    let outcome = smfi_main()
    pthread_sigmask(SIG_SETMASK, &before, nil)
    watch.gate.close()
    wait(atMost: 5) { watch.gate.isQuiet }
    // The name goes before `stop()` returns: the process may end right then.
    state.withLock { $0.listener }?.removeName()
    let wasAsked = state.withLock { state in
      defer { state.phase = .ended }
      return state.phase == .stopping
    }
    guard outcome == MI_SUCCESS || wasAsked else {
      throw MilterError(
        .library, subject: "milter socket \(configuration.socket)", reason: "libmilter gave up",
        remedy: "See its message in the system's log")
    }
    return wasAsked ? .stopped : .signalled
  }

  /// Ends `run()` and waits for that, 10 seconds at most; usually some milliseconds. Any thread but libmilter's own,
  /// any number of times; not in a signal handler.
  /// - Returns: true if nothing runs any more.
  @discardableResult
  public func stop() -> Bool {
    let listener = state.withLock { state -> ListeningSocket? in
      switch state.phase {
      case .running:
        state.phase = .stopping
        return state.listener
      case .new, .open:
        state.phase = .ended
        state.listener?.removeName()
        if let descriptor = state.listener?.descriptor { close(descriptor) }
        return nil
      case .stopping, .ended:
        return nil
      }
    }
    guard state.withLock({ $0.phase != .ended }) else { return true }
    if let listener {
      // smfi_stop waits for a lock that the accepting thread holds for up to 5 s while no one connects: so it has a
      // thread of its own, and this one connects.
      var thread = pthread_t()
      if pthread_create(&thread, nil, stopThread, nil) == 0 { pthread_detach(thread) } else { smfi_stop() }
      wait(atMost: 10) {
        listener.wake()
        return self.state.withLock { $0.phase == .ended }
      }
    } else {
      wait(atMost: 10) { self.state.withLock { $0.phase == .ended } }
    }
    return state.withLock { $0.phase == .ended }
  }

  // MARK: - libmilter

  private func register(_ listener: ListeningSocket) throws(MilterError) {
    var description = smfiDesc()
    description.xxfi_version = Int32(SMFI_VERSION)
    description.xxfi_flags = UInt(SMFIF_SETSYMLIST)
    description.xxfi_connect = milterConnect
    description.xxfi_helo = milterHelo
    description.xxfi_envfrom = milterMail
    description.xxfi_envrcpt = milterRecipient
    description.xxfi_data = milterData
    description.xxfi_header = milterHeader
    description.xxfi_eoh = milterEndOfHeader
    description.xxfi_body = milterBody
    description.xxfi_eom = milterEndOfMessage
    description.xxfi_abort = milterAbort
    description.xxfi_close = milterClose
    description.xxfi_negotiate = milterNegotiate
    // libmilter copies the name and the socket.
    var name = Array("softbounce".utf8CString)
    let registered = name.withUnsafeMutableBufferPointer { buffer -> Int32 in
      description.xxfi_name = buffer.baseAddress
      return smfi_register(description)
    }
    var socket = Array("fd:\(listener.descriptor)".utf8CString)
    let connected = socket.withUnsafeMutableBufferPointer { smfi_setconn($0.baseAddress) }
    smfi_setbacklog(max(configuration.backlog, 1))
    smfi_settimeout(max(configuration.timeout, 10))
    guard registered == MI_SUCCESS, connected == MI_SUCCESS, smfi_opensocket(0) == MI_SUCCESS else {
      throw MilterError(
        .library, subject: "milter socket \(configuration.socket)",
        reason: "libmilter did not take the open socket (fd:\(listener.descriptor))",
        remedy: "Use a libmilter that supports socket activation, such as Debian's")
    }
  }

  /// All signals but those that a thread's own fault raises.
  private static func signalsOfOthers() -> sigset_t {
    var signals = sigset_t()
    sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS] { sigdelset(&signals, fault) }
    return signals
  }

  private static func raiseFileLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    guard limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}

/// Asks every 5 ms whether it is done.
private func wait(atMost seconds: Int, until isDone: () -> Bool) {
  for _ in 0..<(seconds * 200) {
    if isDone() { return }
    usleep(5000)
  }
}

/// Asks libmilter to stop; blocks for up to 5 s.
private func stopThread(_: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  smfi_stop()
  return nil
}
