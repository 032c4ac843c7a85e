// How many files may be open at once.

import Glibc

/// Logs that are read as one are all open at the same time, so that their lines come in the order of time; a shell's
/// usual limit is 1024.
public enum OpenFileLimit {
  /// What is enough for years of daily logs, and takes no noticeable memory of the kernel's.
  static let wanted: rlim_t = 65536

  /// Raises this process's soft limit (setrlimit(2), `RLIMIT_NOFILE`) to `wanted`, or as far as the hard one allows;
  /// never lowers it. What can't be raised stays, and is told where a file can't be opened.
  public static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    let target = min(limit.rlim_max, wanted)
    guard limit.rlim_cur < target else { return }
    limit.rlim_cur = target
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
