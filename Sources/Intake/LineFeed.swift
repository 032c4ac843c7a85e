// Lines on their way from the thread that reads and judges them to the one that joins them, in their order.
//
// Promises: every line is handed over once, in the order in which it came; memory is bounded by a few blocks,
// whichever side is the slower. Leaves to others: the threads.

import Bytes
import Glibc
import Synchronization

/// A ring of blocks between one thread that fills and one that takes. They are handed over several at a time, because
/// waking a thread up takes as long as reading some dozen lines, but in many handfuls, because either thread stands still
/// for a moment now and then, and the other is to go on meanwhile. More blocks would leave a core's cache before they are
/// used again, which costs more than waiting.
final class LineFeed {
  // Used by two threads: a block belongs to the filling one from `free` to `full` and to the taking one from there to
  // `free`; the semaphores, which count batches, order what they do.
  private let blocks: [UnsafeMutablePointer<AssessedBlock>]
  /// Blocks that are handed over together.
  private static let batch = 2
  private let free: UnsafeMutablePointer<sem_t>
  private let full: UnsafeMutablePointer<sem_t>
  private let isStopped = Atomic(false)

  init(batches count: Int = 6) {
    blocks = (0..<count * LineFeed.batch).map { _ in
      let block = UnsafeMutablePointer<AssessedBlock>.allocate(capacity: 1)
      block.initialize(to: AssessedBlock())
      return block
    }
    free = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    full = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(free, 0, UInt32(count))
    sem_init(full, 0, 0)
  }

  deinit {
    for block in blocks {
      block.deinitialize(count: 1)
      block.deallocate()
    }
    sem_destroy(free)
    sem_destroy(full)
    free.deallocate()
    full.deallocate()
  }

  /// Hands on the lines that `source` gives, on the thread that fills, until nobody wants more.
  func fill(from source: Intake.LineSource, _ assessor: UnsafeMutablePointer<LineAssessor>) {
    var filling = 0
    var block = take(filling)
    let scratch = UnsafeMutablePointer<AssessedLine>.allocate(capacity: 1)
    scratch.initialize(to: AssessedLine())
    defer { scratch.deallocate() }
    source { lines, offset in
      lines.forEachLine { line, start in
        while !block.pointee.add(line, offset: offset + start, &assessor.pointee, scratch) {
          if isStopped.load(ordering: .relaxed) { return false }
          block.pointee.close()
          filling = (filling + 1) % blocks.count
          if filling % LineFeed.batch == 0 { sem_post(full) }
          block = take(filling)
        }
        return true
      }
    }
    block.pointee.isLast = true
    block.pointee.close()
    sem_post(full)
  }

  /// Waits for the block at `index` to be free, and empties it.
  private func take(_ index: Int) -> UnsafeMutablePointer<AssessedBlock> {
    if index % LineFeed.batch == 0 { LineFeed.wait(free) }
    blocks[index].pointee.removeAll()
    return blocks[index]
  }

  /// Calls `body` with each block, on the thread that takes, until the last. Once it returned false it is not called
  /// again.
  func takeAll(_ body: (borrowing AssessedBlock) -> Bool) {
    var taking = 0
    var isWanted = true
    var isLast = false
    while !isLast {
      if taking % LineFeed.batch == 0 { LineFeed.wait(full) }
      if isWanted, !body(blocks[taking].pointee) {
        isWanted = false
        isStopped.store(true, ordering: .relaxed)
      }
      isLast = blocks[taking].pointee.isLast
      taking = (taking + 1) % blocks.count
      if taking % LineFeed.batch == 0 { sem_post(free) }
    }
  }

  private static func wait(_ semaphore: UnsafeMutablePointer<sem_t>) {
    while sem_wait(semaphore) != 0, errno == EINTR {}
  }
}
