// HUP, TERM and INT, taken by the main thread.
//
// libmilter starts a thread that waits for the same three with sigwait(3), and ends the milter on any of them. Linux
// gives a signal to the main thread first, if that does not block it, so the main thread never does, not even in the
// handler, which may interrupt itself: all it does is set a flag and write to an eventfd. One hole is left: sigwait(3)
// also takes what is pending for the process at the moment in which it begins to wait. So HUP is ignored, which only an
// unblocked signal can be, from before libmilter's thread starts until it waits; whoever ignores it reloads afterwards.
// TERM and INT end the process by either way.

import CLinux
import Glibc
import Synchronization

/// What the process was asked to do.
enum SignalInbox {
  enum Request { case stop, reload, ended }

  private static let descriptor = Atomic<Int32>(-1)
  private static let stop = Atomic<Bool>(false)
  private static let reload = Atomic<Bool>(false)
  private static let ended = Atomic<Bool>(false)

  /// Installs the handlers. Once, on the main thread, before other threads are started.
  static func open() throws(SystemError) {
    let number = eventfd(0, Int32(EFD_CLOEXEC))
    guard number >= 0 else { throw SystemError(call: "eventfd") }
    descriptor.store(number, ordering: .releasing)
    for signal in [SIGTERM, SIGINT, SIGHUP] {
      guard handle(signal) else { throw SystemError(call: "sigaction") }
    }
    Glibc.signal(SIGPIPE, SIG_IGN)
    // Whoever started us may have had them blocked, and a mask is inherited.
    var taken = sigset_t()
    sigemptyset(&taken)
    for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&taken, signal) }
    pthread_sigmask(SIG_UNBLOCK, &taken, nil)
  }

  private static func handle(_ signal: Int32) -> Bool {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handleSignal
    sigemptyset(&action.sa_mask)
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESTART) | UInt32(SA_NODEFER))
    return sigaction(signal, &action, nil) == 0
  }

  /// Ignores HUP until `takeReloads`.
  static func ignoreReloads() { Glibc.signal(SIGHUP, SIG_IGN) }

  static func takeReloads() { _ = handle(SIGHUP) }

  /// Waits on the main thread for the next request.
  static func next() -> Request {
    while true {
      if ended.load(ordering: .acquiring) { return .ended }
      if stop.exchange(false, ordering: .acquiringAndReleasing) { return .stop }
      if reload.exchange(false, ordering: .acquiringAndReleasing) { return .reload }
      var count: UInt64 = 0
      _ = read(descriptor.load(ordering: .acquiring), &count, 8)
    }
  }

  /// Wakes the main thread because there is nothing more to wait for.
  static func end() {
    ended.store(true, ordering: .releasing)
    wake()
  }

  /// Async-signal-safe: an atomic and write(2).
  fileprivate static func take(_ signal: Int32) {
    if signal == SIGHUP { reload.store(true, ordering: .releasing) } else { stop.store(true, ordering: .releasing) }
    wake()
  }

  private static func wake() {
    var one: UInt64 = 1
    let saved = errno
    _ = write(descriptor.load(ordering: .acquiring), &one, 8)
    errno = saved
  }
}

private func handleSignal(_ signal: Int32) { SignalInbox.take(signal) }
