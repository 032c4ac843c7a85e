import CLinux
import Glibc

/// Ends a thread's poll(2) from another thread: an eventfd(2).
final class Wakeup: Sendable {
  /// Readable once `signal` was called; to be polled.
  let number: Int32

  init() throws(SystemError) {
    number = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard number >= 0 else { throw SystemError(call: "eventfd") }
  }

  deinit { close(number) }

  func signal() {
    var one: UInt64 = 1
    // Can only fail when the counter is full, and then the poller is awake already.
    _ = write(number, &one, 8)
  }

  /// Makes it unreadable again until the next `signal`.
  func reset() {
    var count: UInt64 = 0
    _ = read(number, &count, 8)
  }
}
