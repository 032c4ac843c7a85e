import Glibc

/// A lock with two conditions that wait on the monotonic clock: work for the committer, and news for those who wait
/// for durability.
final class Monitor: Sendable {
  // Sendable: the pointers never change, and what they point at is made for sharing between threads.
  private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private nonisolated(unsafe) let conditions: UnsafeMutablePointer<pthread_cond_t>

  enum Condition: Int { case work, news }

  init() {
    mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    conditions = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 2)
    conditions.initialize(repeating: pthread_cond_t(), count: 2)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    for index in 0..<2 { pthread_cond_init(conditions + index, &attributes) }
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    for index in 0..<2 { pthread_cond_destroy(conditions + index) }
    pthread_mutex_destroy(mutex)
    conditions.deallocate()
    mutex.deallocate()
  }

  @inline(__always)
  func lock() { pthread_mutex_lock(mutex) }
  @inline(__always)
  func unlock() { pthread_mutex_unlock(mutex) }

  func wait(for condition: Condition) { pthread_cond_wait(conditions + condition.rawValue, mutex) }

  /// False once the monotonic clock has passed `deadline` (nanoseconds).
  func wait(for condition: Condition, until deadline: Int64) -> Bool {
    var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
    return pthread_cond_timedwait(conditions + condition.rawValue, mutex, &time) != ETIMEDOUT
  }

  func signal(_ condition: Condition) { pthread_cond_signal(conditions + condition.rawValue) }
  func broadcast(_ condition: Condition) { pthread_cond_broadcast(conditions + condition.rawValue) }

  /// Nanoseconds of the monotonic clock.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// `now` and `seconds` on, at most a year.
  static func deadline(after seconds: Double) -> Int64 {
    now + Int64(min(max(seconds, 0), 31_536_000) * 1_000_000_000)
  }
}
