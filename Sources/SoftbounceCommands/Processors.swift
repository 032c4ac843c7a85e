import Glibc

enum Processors {
  /// Processors that are there, at least 1 and at most `limit`.
  static func usable(atMost limit: Int) -> Int { min(max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), limit) }
}
