import Glibc
import Reporting
import SMTPTypes
import Synchronization

@testable import SoftbounceCommands

/// A command on a thread of its own, writing to a pipe.
final class FollowingThread: Sendable {
  private let arguments: [String]
  private let input: Int32
  private let output: Int32
  private let result = Mutex<Int32?>(nil)
  private let handle = Mutex<UInt>(0)

  init(_ arguments: [String], input: Int32 = 0, output: Int32) {
    self.arguments = arguments
    self.input = input
    self.output = output
  }

  func start() {
    // The test process must not die of the closed pipe.
    signal(SIGPIPE, SIG_IGN)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(&thread, nil, runFollowing, context)
    handle.withLock { $0 = UInt(thread) }
  }

  fileprivate func run() {
    let console = Console(
      output: .descriptor(output), input: input, now: Timestamp(seconds: 1_795_429_800))
    let status = SoftbounceCommand.main(arguments: arguments, console: console)
    result.withLock { $0 = status }
    close(output)
  }

  /// The exit status once the command has ended.
  var status: Int32? { result.withLock { $0 } }

  func join() -> Int32? {
    pthread_join(pthread_t(handle.withLock { $0 }), nil)
    return status
  }
}

private func runFollowing(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<FollowingThread>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}
