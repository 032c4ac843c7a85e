// How fast events become durable.

import Bytes
import Classification
import Glibc
import Journal
import SMTPTypes

extension Workload {
  /// A deferral of about 600 bytes.
  private static func event() -> Event {
    var event = Event(time: Timestamp(seconds: 1_772_323_200), type: .transientFailure)
    event.source = .log
    event.host = ByteView("mx1.example.org")
    event.instance = ByteView("postfix")
    event.service = ByteView("smtp")
    event.direction = .outbound
    event.hop = .external
    event.cause = .rateLimited
    event.scope = .sender
    event.origin = .remote
    event.provider = ByteView("google")
    event.domain = ByteView("gmail.com")
    event.stage = .endOfData
    event.queueID = ByteView("4lNZdQsp0qYzXZB")
    event.sender = ByteView("bounce+123456@news.example.org")
    event.recipient = ByteView("john@gmail.com")
    event.relay = Relay(host: ByteView("gmail-smtp-in.l.google.com"), address: ByteView("142.250.102.26"), port: 25)
    event.reply = Reply(
      parsing: ByteView("421-4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP"))
    return event
  }

  static func append(events: Int, directory: String) throws {
    let writer = try JournalWriter(directory: directory)
    let event = event()
    // Two windows: the disk always has work, and the writer's memory never fills.
    let window = 10_000
    var before: Commit?
    var last: Commit?
    let start = Clock.now
    for index in 1...events {
      last = writer.append { $0.add(event) }
      if index % window == 0 {
        if let before, !writer.waitUntilDurable(before, timeout: 60) { throw SystemFailure(path: directory) }
        before = last
      }
    }
    if let last, !writer.waitUntilDurable(last, timeout: 60) { throw SystemFailure(path: directory) }
    let seconds = Double(Clock.now - start) / 1e9
    writer.close()
    print("\(Int(Double(events) / seconds))")
  }

  static func latency(rate: Int, seconds: Int, directory: String) throws {
    let writer = try JournalWriter(directory: directory)
    let plan = Latency(writer, count: rate * seconds, interval: 1_000_000_000 / Int64(rate))
    let started = Unmanaged.passRetained(plan)
    var waiter = pthread_t()
    guard pthread_create(&waiter, nil, awaitDurability, started.toOpaque()) == 0 else {
      throw SystemFailure(path: directory)
    }
    let event = event()
    for index in 0..<plan.count {
      Clock.sleep(until: plan.due(index))
      plan.add(writer.append { $0.add(event) })
    }
    pthread_join(waiter, nil)
    writer.close()
    print("\(plan.percentile(50)) \(plan.percentile(99))")
  }
}

enum Clock {
  /// Nanoseconds of the monotonic clock.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  static func sleep(until deadline: Int64) {
    guard deadline - now > 50_000 else { return }
    var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil)
  }
}

/// Events at a steady rate, and when each was durable.
private final class Latency: @unchecked Sendable {
  // Sendable: commits are handed over with `lock` held; `taken` belongs to the waiting thread until it was joined.
  let count: Int
  private let writer: JournalWriter
  private let start = Clock.now
  private let interval: Int64
  private var commits: [Commit] = []
  private var taken: [Int64] = []
  private let lock: UnsafeMutablePointer<pthread_mutex_t>

  init(_ writer: JournalWriter, count: Int, interval: Int64) {
    self.writer = writer
    self.count = count
    self.interval = interval
    lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
    commits.reserveCapacity(count)
    taken.reserveCapacity(count)
  }

  func due(_ index: Int) -> Int64 { start + Int64(index) * interval }

  func add(_ commit: Commit) {
    pthread_mutex_lock(lock)
    commits.append(commit)
    pthread_mutex_unlock(lock)
  }

  /// Waits for each event in its order; events of one sync follow at once.
  func run() {
    while taken.count < count {
      pthread_mutex_lock(lock)
      let known = commits.count
      let oldest = taken.count < known ? commits[taken.count] : nil
      pthread_mutex_unlock(lock)
      guard let oldest else {
        Clock.sleep(until: Clock.now + 60_000)
        continue
      }
      _ = writer.waitUntilDurable(oldest, timeout: 60)
      taken.append(Clock.now - due(taken.count))
    }
  }

  /// Microseconds.
  func percentile(_ percent: Int) -> Int {
    let sorted = taken.sorted()
    return sorted.isEmpty ? 0 : Int(sorted[min(sorted.count * percent / 100, sorted.count - 1)] / 1000)
  }
}

private func awaitDurability(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<Latency>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
