import Glibc
import Testing

@testable import SoftbounceCommands

@Suite struct OpenFileLimitTests {
  @Test func theSoftLimitIsRaisedAndNeverLowered() {
    var before = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before)
    defer { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before) }
    // Far more than the tests beside this one have open.
    for start: rlim_t in [4096, before.rlim_max] where start <= before.rlim_max {
      var lowered = rlimit(rlim_cur: start, rlim_max: before.rlim_max)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &lowered)
      OpenFileLimit.raise()
      var after = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &after)
      #expect(after.rlim_cur == max(start, min(before.rlim_max, OpenFileLimit.wanted)))
      #expect(after.rlim_max == before.rlim_max)
    }
  }
}
