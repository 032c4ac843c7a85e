import Glibc
import Synchronization

@testable import Journal

/// A process that is killed at its n-th call: from then on nothing it does has an effect.
final class DyingDisk: Sendable {
  private let left: Atomic<Int>

  /// - Parameter after: calls that still happen.
  init(after: Int) { left = Atomic(after) }

  var isDead: Bool { left.load(ordering: .relaxed) < 0 }

  private func die() -> Int? {
    left.wrappingSubtract(1, ordering: .relaxed).newValue < 0 ? -Int(EIO) : nil
  }

  var calls: FileSystemCalls {
    var calls = FileSystemCalls()
    let real = FileSystemCalls()
    calls.open = { self.die() ?? real.open($0, $1, $2) }
    calls.mkdir = { self.die() ?? real.mkdir($0, $1) }
    calls.unlink = { self.die() ?? real.unlink($0) }
    calls.rename = { self.die() ?? real.rename($0, $1) }
    calls.fsync = { self.die() ?? real.fsync($0) }
    calls.fdatasync = { self.die() ?? real.fdatasync($0) }
    calls.ftruncate = { self.die() ?? real.ftruncate($0, $1) }
    calls.pread = { self.die() ?? real.pread($0, $1, $2, $3) }
    calls.pwrite = { self.die() ?? real.pwrite($0, $1, $2, $3) }
    return calls
  }
}
