import Bytes
import Glibc
import Synchronization

@testable import Journal

/// A file system that fails when told to, and then behaves as badly as a real one may: a failed fdatasync loses what
/// was written since the last good one, a full disk takes half of a write.
final class FaultyDisk: Sendable {
  enum Call: String, CaseIterable, Sendable {
    case open, write, read, fdatasync, fsync, ftruncate, rename, unlink, flock, mkdir
  }

  struct Plan: Sendable {
    var call: Call
    var errno: Int32
    /// Calls that go well before the first failure, and failures in a row.
    var after = 0
    var times = 1
  }

  private struct State {
    var plans: [Plan] = []
    var isShort = false
    var failures = 0
    var made: [Call: Int] = [:]
    /// By descriptor: bytes written, and those of them that a good fdatasync covers.
    var written: [Int32: Int] = [:]
    var synced: [Int32: Int] = [:]
  }
  private let state = Mutex(State())

  init(_ plans: [Plan] = [], shortWrites: Bool = false) {
    state.withLock {
      $0.plans = plans
      $0.isShort = shortWrites
    }
  }

  /// How often `call` was made.
  func made(_ call: Call) -> Int { state.withLock { $0.made[call] ?? 0 } }

  var failures: Int { state.withLock { $0.failures } }

  func plan(_ plans: [Plan]) { state.withLock { $0.plans = plans } }

  func heal() { state.withLock { $0.plans = [] } }

  /// A negative errno if `call` is due to fail.
  private func due(_ call: Call) -> Int? {
    state.withLock { state in
      state.made[call, default: 0] += 1
      for index in state.plans.indices where state.plans[index].call == call && state.plans[index].times > 0 {
        if state.plans[index].after > 0 {
          state.plans[index].after -= 1
          return nil
        }
        state.plans[index].times -= 1
        state.failures += 1
        return -Int(state.plans[index].errno)
      }
      return nil
    }
  }

  var calls: FileSystemCalls {
    var calls = FileSystemCalls()
    let real = FileSystemCalls()
    calls.open = { path, flags, mode in
      if let failure = self.due(.open) { return failure }
      let result = real.open(path, flags, mode)
      if result >= 0 { self.begin(Int32(result)) }
      return result
    }
    calls.mkdir = { self.due(.mkdir) ?? real.mkdir($0, $1) }
    calls.flock = { self.due(.flock) ?? real.flock($0, $1) }
    calls.unlink = { self.due(.unlink) ?? real.unlink($0) }
    calls.rename = { self.due(.rename) ?? real.rename($0, $1) }
    calls.fsync = { self.due(.fsync) ?? real.fsync($0) }
    calls.ftruncate = { self.due(.ftruncate) ?? real.ftruncate($0, $1) }
    calls.pread = { self.due(.read) ?? real.pread($0, $1, $2, $3) }
    calls.pwrite = { descriptor, bytes, count, offset in
      if let failure = self.due(.write) {
        // A full disk takes what fits; an interrupted call nothing.
        if failure == -Int(ENOSPC), count > 1 {
          let part = real.pwrite(descriptor, bytes, count / 2, offset)
          if part > 0 { self.note(descriptor, offset + part) }
        }
        return failure
      }
      let isShort = self.state.withLock { $0.isShort }
      let result = real.pwrite(descriptor, bytes, isShort ? max(1, count / 3) : count, offset)
      if result > 0 { self.note(descriptor, offset + result) }
      return result
    }
    calls.fdatasync = { descriptor in
      if let failure = self.due(.fdatasync) {
        if failure != -Int(EINTR) { self.lose(descriptor) }
        return failure
      }
      let result = real.fdatasync(descriptor)
      self.state.withLock { $0.synced[descriptor] = $0.written[descriptor] }
      return result
    }
    return calls
  }

  /// The number of a descriptor that was closed comes again for another file, of which all that is there is durable.
  private func begin(_ descriptor: Int32) {
    var status = stat()
    let size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    state.withLock {
      $0.written[descriptor] = size
      $0.synced[descriptor] = size
    }
  }

  private func note(_ descriptor: Int32, _ end: Int) {
    state.withLock { $0.written[descriptor] = end }
  }

  /// What the kernel does with pages that it could not write: drops them.
  private func lose(_ descriptor: Int32) {
    let (from, to) = state.withLock { ($0.synced[descriptor] ?? 0, $0.written[descriptor] ?? 0) }
    guard to > from else { return }
    let zeros = [UInt8](repeating: 0, count: to - from)
    _ = Glibc.pwrite(descriptor, zeros, zeros.count, off_t(from))
  }
}
