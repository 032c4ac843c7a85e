// Who the messages in the queue are, kept beside the journal so that a restart or kill -9 does not forget it.
//
// Each identity is appended with one write(2) before the MTA gets its answer: that survives the end of the process,
// not a power loss, after which mail goes on and only names are missing. The file is a list of the journal's `message`
// events, so that any tool reads it. Bounded: it is written anew, with what is still known, when it has grown.

import Bytes
import Glibc
import Intake
import Journal
import Logging
import SMTPTypes
import Synchronization

/// An append-only file of message identities.
final class IdentitySpool: Sendable {
  private struct State: ~Copyable {
    var descriptor: Int32
    /// Lines in the file, and how many there were when it was last written anew.
    var lines: Int
    var kept: Int
    var buffer = ByteBuffer(capacity: 1024)
    var hasFailed = false

    deinit { if descriptor >= 0 { close(descriptor) } }
  }

  let path: String
  private let state: Mutex<State>
  private let logger: Logger

  /// Lines added since the last rewriting before the next one is considered.
  static let slack = 50_000
  /// Seconds after which nobody asks for an identity any more: Postfix's queue lifetime and two days.
  static let lifetime = 7.0 * 86_400

  /// Opens `identities.jsonl` in `directory`, which is made if need be.
  init(directory: String, logger: Logger) throws(SystemError) {
    try makeDirectories(directory)
    path = IdentitySpool.path(in: directory)
    self.logger = logger
    state = Mutex(State(descriptor: try IdentitySpool.open(path), lines: 0, kept: 0))
  }

  static func path(in directory: String) -> String { directory + "/identities.jsonl" }

  private static func open(_ path: String, _ flags: Int32 = 0) throws(SystemError) -> Int32 {
    let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags, 0o640)
    guard descriptor >= 0 else { throw SystemError(call: "open", path: path) }
    return descriptor
  }

  // MARK: Reading

  /// Hands over all that is kept and not too old, in the order in which it was seen. A line that was cut is passed
  /// over.
  func load(now: Timestamp, _ body: (MessageIdentity) -> Void) {
    guard let file = try? Descriptor(reading: path) else { return }
    var reader = LineReader(descriptor: file.number)
    var decoder = EventDecoder()
    var lines = 0
    while let line = reader.next() {
      lines += 1
      guard let decoded = try? decoder.decode(line.bytes), case .event(let event) = decoded, event.type == .message,
        let identity = MessageIdentity(event), now.since(identity.time) < Self.lifetime
      else { continue }
      body(identity)
    }
    state.withLock { state in
      state.lines = lines
      // A crash may have left half a line; what follows it must not be glued to it.
      _ = write(state.descriptor, "\n", 1)
    }
  }

  // MARK: Writing

  func append(_ identity: MessageIdentity) {
    state.withLock { state in
      state.buffer.removeAll()
      identity.append(to: &state.buffer)
      let written = write(state.descriptor, state.buffer.view.start, state.buffer.count)
      state.lines += 1
      let failed = written != state.buffer.count
      if failed, !state.hasFailed {
        logger.error("\(path): \(SystemError(call: "write")); identities seen now will be missing after a restart")
      }
      state.hasFailed = failed
    }
  }

  /// Takes addresses out of the file. What is appended meanwhile waits.
  func erase(_ erasures: [Erasure]) {
    state.withLock { state in
      do throws(JournalError) {
        try JournalEraser.erase(erasures, from: path)
      } catch {
        logger.error("an address could not be erased: \(error)")
        return
      }
      guard let descriptor = try? IdentitySpool.open(path) else { return }
      close(state.descriptor)
      state.descriptor = descriptor
    }
  }

  /// True when enough has been added to write it anew.
  var isDue: Bool { state.withLock { $0.lines > 2 * $0.kept + Self.slack } }

  /// Replaces the content by `identities`. What is appended meanwhile waits.
  func rewrite(_ identities: [MessageIdentity]) {
    state.withLock { state in
      let temporary = path + ".new"
      unlink(temporary)
      guard let descriptor = try? IdentitySpool.open(temporary, O_EXCL) else { return }
      var buffer = ByteBuffer(capacity: 256 * 1024)
      var isWhole = true
      for (index, identity) in identities.enumerated() {
        identity.append(to: &buffer)
        guard buffer.count > 128 * 1024 || index + 1 == identities.count else { continue }
        isWhole = isWhole && write(descriptor, buffer.view.start, buffer.count) == buffer.count
        buffer.removeAll()
      }
      guard isWhole, rename(temporary, path) == 0 else {
        close(descriptor)
        unlink(temporary)
        state.kept = state.lines
        return
      }
      close(state.descriptor)
      state.descriptor = descriptor
      state.lines = identities.count
      state.kept = identities.count
    }
  }
}

extension MessageIdentity {
  /// Appends the identity as the journal's `message` event, one line.
  fileprivate func append(to buffer: inout ByteBuffer) {
    let names = tags.flatMap { [$0.name, $0.value] }
    let texts = ByteStore(
      [queueID, sender, messageID ?? "", user ?? "", clientHost ?? "", clientAddress ?? ""] + names)
    var event = Event(time: time, type: .message)
    event.source = .milter
    event.queueID = texts[0]
    event.sender = texts[1]
    if messageID != nil { event.messageID = texts[2] }
    if user != nil { event.user = texts[3] }
    if clientAddress != nil { event.client = Event.Client(host: texts[4], address: texts[5]) }
    event.tags = tags.indices.map { Event.Tag(name: texts[6 + 2 * $0], value: texts[7 + 2 * $0]) }
    EventEncoder.append(event, to: &buffer)
    withExtendedLifetime(texts) {}
  }

  fileprivate init?(_ event: borrowing Event) {
    guard let queueID = event.queueID else { return nil }
    self.init(
      time: event.time, queueID: String(queueID), sender: String(event.sender ?? .empty),
      messageID: event.messageID.map { String($0) }, user: event.user.map { String($0) },
      clientHost: event.client.map { String($0.host) }, clientAddress: event.client.map { String($0.address) },
      tags: event.tags.map { MessageIdentity.Tag(name: String($0.name), value: String($0.value)) })
  }
}

/// Makes `directory` and what is missing above it (mode 0750).
func makeDirectories(_ directory: String) throws(SystemError) {
  if mkdir(directory, 0o750) == 0 || errno == EEXIST { return }
  let above = splitPath(directory).directory
  guard errno == ENOENT, above != directory, above != "." else {
    throw SystemError(call: "mkdir", path: directory)
  }
  try makeDirectories(above)
  guard mkdir(directory, 0o750) == 0 || errno == EEXIST else { throw SystemError(call: "mkdir", path: directory) }
}
