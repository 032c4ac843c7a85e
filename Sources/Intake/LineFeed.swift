// Lines on their way from the thread that reads and judges them to the one that joins them, in their order.
//
// Promises: every line is handed over once, in the order in which it came; memory is bounded by a few blocks,
// whichever side is the slower. Leaves to others: the threads.

import Bytes
import Glibc
import Synchronization

/// A ring of blocks between one thread that fills and one that takes.
final class LineFeed {
  // Used by two threads: a block belongs to the filling one from `free` to `full` and to the taking one from there to
  // `free`; the semaphores order what they do. `filling` and `isFilling` are the filling thread's, `taking` the other's.
  private let blocks: [AssessedBlock]
  private let free: UnsafeMutablePointer<sem_t>
  private let full: UnsafeMutablePointer<sem_t>
  private var filling = 0
  private var isFilling = false
  private var taking = 0
  private let isStopped = Atomic(false)

  init(blocks count: Int = 3) {
    blocks = (0..<count).map { _ in AssessedBlock() }
    free = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    full = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(free, 0, UInt32(count))
    sem_init(full, 0, 0)
  }

  deinit {
    sem_destroy(free)
    sem_destroy(full)
    free.deallocate()
    full.deallocate()
  }

  // MARK: The thread that fills

  /// Hands a line on; false once nobody wants more.
  func add(_ line: ByteView, offset: Int, _ assessor: inout LineAssessor) -> Bool {
    begin()
    if !blocks[filling].hasRoom(for: line.count) {
      end()
      begin()
    }
    blocks[filling].add(line, offset: offset, &assessor)
    return !isStopped.load(ordering: .relaxed)
  }

  /// After the last line.
  func finish() {
    begin()
    blocks[filling].isLast = true
    end()
  }

  @inline(__always)
  private func begin() {
    guard !isFilling else { return }
    LineFeed.wait(free)
    blocks[filling].removeAll()
    isFilling = true
  }

  private func end() {
    isFilling = false
    filling = (filling + 1) % blocks.count
    sem_post(full)
  }

  // MARK: The thread that takes

  /// Calls `body` with each block until the last. Once it returned false it is not called again.
  func takeAll(_ body: (AssessedBlock) -> Bool) {
    var isWanted = true
    var isLast = false
    while !isLast {
      LineFeed.wait(full)
      if isWanted, !body(blocks[taking]) {
        isWanted = false
        isStopped.store(true, ordering: .relaxed)
      }
      isLast = blocks[taking].isLast
      taking = (taking + 1) % blocks.count
      sem_post(free)
    }
  }

  private static func wait(_ semaphore: UnsafeMutablePointer<sem_t>) {
    while sem_wait(semaphore) != 0, errno == EINTR {}
  }
}
