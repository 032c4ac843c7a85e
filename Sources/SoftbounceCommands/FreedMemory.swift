// What becomes of memory that is freed.

import CLinux

/// glibc gives a large block pages of its own, but after each that is freed takes only larger ones for large, up to
/// 32 MiB: the tables of a report then grow through its heap and leave holes behind them that nothing fills.
public enum FreedMemory {
  /// Has every block of 128 KiB or more go back to the system when it is freed (mallopt(3), `M_MMAP_THRESHOLD`).
  public static func giveBack() { mallopt(M_MMAP_THRESHOLD, 128 << 10) }

  /// Gives back what is free at the moment (malloc_trim(3)): after loading rules, which takes several times what is kept
  /// of them, on two threads, each with a heap of its own.
  static func trim() { malloc_trim(0) }
}
