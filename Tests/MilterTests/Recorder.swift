import Bytes
import Glibc
import SMTPTypes
import Synchronization

@testable import Milter

/// Keeps what an observer was told.
final class Recorder: MilterObserver {
  struct Seen {
    var messages: [ObservedMessage] = []
    var rejections: [RejectedRecipient] = []
    var reports: [ObservedReport] = []
    var count: Int { messages.count + rejections.count + reports.count }
  }

  private let state = Mutex(Seen())

  var seen: Seen { state.withLock { $0 } }

  func message(_ message: ObservedMessage) { state.withLock { $0.messages.append(message) } }
  func rejectedRecipient(_ rejection: RejectedRecipient) { state.withLock { $0.rejections.append(rejection) } }
  func deliveryStatus(_ report: ObservedReport) { state.withLock { $0.reports.append(report) } }

  func message(_ queueID: String) -> ObservedMessage? { seen.messages.first { $0.queueID == queueID } }
  func report(_ queueID: String) -> ObservedReport? { seen.reports.first { $0.message.queueID == queueID } }
}

/// A directory of its own under /tmp, removed with what is in it at the end.
struct TemporaryDirectory: ~Copyable {
  let path: String

  init() {
    var template = Array("/tmp/milter-tests-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nonexistent"
    }
  }

  deinit {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { unlink("\(path)/\(name)") }
      }
      closedir(directory)
    }
    rmdir(path)
  }
}

/// Runs `body` on a thread of its own, for calls that block.
func spawn(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let box = Unmanaged.passRetained(Box(body))
  let made = pthread_create(
    &thread, nil,
    { argument in
      argument.map { Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
  if made != 0 { box.release() }
  return thread
}

/// A socket that is bound and, unless `listens` is false, listens.
func boundUnixSocket(_ path: String, listens: Bool) -> Int32 {
  let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { room in
    for (index, byte) in path.utf8.enumerated() { room[index] = byte }
  }
  let length = socklen_t(MemoryLayout<sockaddr_un>.size)
  _ = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
  }
  if listens { listen(descriptor, 5) }
  return descriptor
}
