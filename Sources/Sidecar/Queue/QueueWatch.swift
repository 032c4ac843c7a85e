// Asks Postfix what its queue holds, at the start and at intervals.

import Alerting
import Bytes
import Glibc
import Journal
import Logging
import MailQueue
import SMTPTypes
import ServiceLifecycle
import Synchronization

/// Runs `postqueue -j` and hands its lines to the pipeline. Its run blocks a thread of its own.
final class QueueWatch: Sendable {
  /// Seconds between the first listing and the second, which confirms it.
  static let confirmation = 15
  /// Seconds that a listing may take.
  static let timeout = 60
  /// Bytes of the longest line that is read: 50,000 recipients with their reasons are below it.
  static let lineLimit = 32 << 20

  let options: Configuration.QueueOptions
  private let pipeline: EventPipeline
  private let logger: Logger
  private let wakeup: Wakeup
  private let stopping = Atomic<Bool>(false)

  init(options: Configuration.QueueOptions, pipeline: EventPipeline, logger: Logger) throws(SystemError) {
    self.options = options
    self.pipeline = pipeline
    self.logger = logger
    wakeup = try Wakeup()
  }

  func stop() {
    stopping.store(true, ordering: .releasing)
    wakeup.signal()
  }

  private var isStopping: Bool { stopping.load(ordering: .acquiring) }

  /// Lists until `stop`.
  func run() {
    var lastProblem: String?
    // The log is asked first.
    wait(seconds: 2)
    var listings = 0
    while !isStopping {
      // What the log has still to tell is not known yet.
      if pipeline.isCaughtUp {
        let problem = list()
        if isStopping { return }
        tell(problem, unless: lastProblem)
        lastProblem = problem
        listings += 1
      }
      wait(seconds: listings == 0 ? 1 : listings == 1 ? Self.confirmation : options.interval)
    }
  }

  private func tell(_ problem: String?, unless known: String?) {
    guard problem != known else { return }
    if let problem {
      logger.warning(
        "the queue can't be listed, trying again: \(options.command.joined(separator: " ")) \(problem)",
        metadata: ["remedy": "\(Self.remedy(for: problem))"])
    } else if known != nil {
      logger.notice("the queue can be listed again")
    }
  }

  /// What an administrator can do about `problem`, told by the words of postqueue(1) and of ours.
  static func remedy(for problem: String) -> String {
    if problem.contains("mail system is down") {
      return "Postfix does not run; once it does, its queue is listed again"
    }
    if problem.contains("ermission denied") || problem.contains("not permitted") {
      return "postqueue is setgid postdrop; under NoNewPrivileges= give us the group postdrop"
    }
    if problem.contains("could not be run") {
      return "name postqueue as queue.command in the configuration, or set queue: {enabled: false} where there is no Postfix"
    }
    if problem.contains("did not end") { return "a long queue on a slow disk takes long; a larger queue.interval spares it" }
    return "run the command as our user and look at what it says"
  }

  private func wait(seconds: Int) {
    var ready = pollfd(fd: wakeup.number, events: Int16(POLLIN), revents: 0)
    _ = poll(&ready, 1, Int32(clamping: seconds * 1000))
  }

  // MARK: One listing

  /// What went wrong; nil for a listing that is complete.
  func list() -> String? {
    var reader = QueueListReader()
    var rest = ByteBuffer(capacity: 64 * 1024)
    var isTooLong = false
    var damaged = 0
    pipeline.beginListing(at: WallClock.timestamp)
    func take(_ line: ByteView) {
      guard !line.isEmpty else { return }
      do throws(QueueListError) {
        pipeline.listed(try reader.read(line))
      } catch {
        damaged += 1
      }
    }
    var problem = ChildProcess.output(of: options.command, timeout: Self.timeout, isStopping: { self.isStopping }) {
      chunk in
      var start = 0
      while let newline = chunk.firstIndex(of: 0x0A, from: start) {
        if isTooLong {
          isTooLong = false
        } else if rest.isEmpty {
          take(chunk[start..<newline])
        } else {
          rest.append(chunk[start..<newline])
          take(rest.view)
        }
        rest.removeAll()
        start = newline + 1
      }
      guard !isTooLong else { return }
      if rest.count + chunk.count - start > Self.lineLimit {
        isTooLong = true
        damaged += 1
        rest.removeAll()
      } else {
        rest.append(chunk.from(start))
      }
    }
    take(rest.view)
    if problem == nil, damaged > 0 { problem = "gave \(damaged) lines that can't be read" }
    pipeline.endListing(isComplete: problem == nil)
    return problem
  }
}

/// Watches the queue.
struct QueueService: Service {
  let watch: QueueWatch

  func run() async throws {
    await withGracefulShutdownHandler {
      await onThread { watch.run() }
    } onGracefulShutdown: {
      watch.stop()
    }
  }
}

extension Configuration {
  public struct QueueOptions: Sendable, Equatable {
    public var isEnabled = true
    /// Seconds between two listings.
    public var interval = 300
    /// The program, by its whole path, and its arguments; it prints what `postqueue -j` prints.
    public var command = QueueOptions.defaultCommand

    public static let defaultCommand = ["/usr/sbin/postqueue", "-j"]
  }
}
