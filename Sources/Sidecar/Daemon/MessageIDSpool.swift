// Which Message-IDs went through this server in the last week, as hashes, so that a delivery report that comes days
// later can be told from a forged one.
//
// One file a day beside the journal, eight bytes a message, appended with write(2): that survives the end of the
// process. Bounded by days and by messages a day. Only hashes are kept: nobody reads from them who wrote to whom.

import Bytes
import Glibc
import Logging
import SMTPTypes
import Synchronization

/// A week of hashed Message-IDs.
final class MessageIDSpool: Sendable {
  private struct State: ~Copyable {
    /// Days since 1970 to hashes.
    var days: [Int: Set<UInt64>] = [:]
    var day = 0
    var descriptor: Int32 = -1
    var hasFailed = false

    deinit { if descriptor >= 0 { close(descriptor) } }
  }

  static let days = 7
  /// Messages of one day that are kept: eight million bytes of file.
  static let limit = 1_000_000

  private let directory: String
  private let prefix: String
  private let state = Mutex(State())
  private let logger: Logger

  /// Loads what is not older than a week from the files `prefix` in `directory`, which is made if need be, and
  /// removes what is.
  init(
    directory: String, prefix: String = "message-ids-", now: Timestamp, logger: Logger
  ) throws(SystemError) {
    try makeDirectories(directory)
    self.directory = directory
    self.prefix = prefix
    self.logger = logger
    let today = MessageIDSpool.day(of: now)
    state.withLock { state in
      for day in storedDays() {
        if day < today - MessageIDSpool.days {
          unlink(path(of: day))
        } else {
          state.days[day] = load(day)
        }
      }
    }
  }

  /// Remembers `messageID`, which passed at `time`.
  func add(_ messageID: String, at time: Timestamp) {
    messageID.withByteView { add($0, at: time) }
  }

  /// Remembers `messageID`, which a log's line of `time` tells of, unless that is no time of the memory's week: a log
  /// that is read from its beginning may be older, and one stamped for days to come would end the memory.
  func add(_ messageID: ByteView, loggedAt time: Timestamp, now: Timestamp) {
    let today = MessageIDSpool.day(of: now)
    guard (today - MessageIDSpool.days...today + 1).contains(MessageIDSpool.day(of: time)) else { return }
    add(messageID, at: time)
  }

  private func add(_ messageID: ByteView, at time: Timestamp) {
    let hash = messageID.hash64
    let day = MessageIDSpool.day(of: time)
    state.withLock { state in
      // What the milter showed, the log shows once more.
      guard state.days[day]?.contains(hash) != true else { return }
      if day != state.day || state.descriptor < 0 { turn(&state, to: day) }
      guard state.days[day, default: []].count < MessageIDSpool.limit,
        state.days[day, default: []].insert(hash).inserted
      else { return }
      var bytes = hash.littleEndian
      let failed = write(state.descriptor, &bytes, 8) != 8
      if failed, !state.hasFailed {
        logger.error("\(path(of: day)): \(SystemError(call: "write")); reports of mail sent now may not match later")
      }
      state.hasFailed = failed
    }
  }

  /// True if `messageID` passed within the week.
  func contains(_ messageID: String) -> Bool {
    let hash = messageID.withByteView { $0.hash64 }
    return state.withLock { state in state.days.values.contains { $0.contains(hash) } }
  }

  // MARK: Days

  private static func day(of time: Timestamp) -> Int { Int(time.seconds / 86_400) }

  private func path(of day: Int) -> String { "\(directory)/\(prefix)\(day)" }

  private func turn(_ state: inout State, to day: Int) {
    if state.descriptor >= 0 { close(state.descriptor) }
    state.descriptor = open(path(of: day), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o640)
    state.day = day
    // Half an entry, after a crash, would shift all that follow.
    let size = lseek(state.descriptor, 0, SEEK_END)
    if size > 0, size % 8 != 0 { ftruncate(state.descriptor, size - size % 8) }
    for old in state.days.keys where old < day - MessageIDSpool.days {
      state.days[old] = nil
      unlink(path(of: old))
    }
  }

  private func storedDays() -> [Int] {
    guard let listing = opendir(directory) else { return [] }
    defer { closedir(listing) }
    var days: [Int] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasPrefix(prefix), let day = Int(name.dropFirst(prefix.count)) {
        days.append(day)
      }
    }
    return days
  }

  private func load(_ day: Int) -> Set<UInt64> {
    guard let file = try? Descriptor(reading: path(of: day)) else { return [] }
    var hashes: Set<UInt64> = []
    withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { chunk in
      // Blocks of a file are whole multiples of eight; half an entry at the end, after a crash, is left out.
      while true {
        let count = read(file.number, chunk.baseAddress, chunk.count)
        guard count >= 8, hashes.count < MessageIDSpool.limit else { return }
        for index in 0..<(count / 8) {
          hashes.insert(UInt64(littleEndian: chunk.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)))
        }
      }
    }
    return hashes
  }
}
