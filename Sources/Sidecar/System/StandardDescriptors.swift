import Glibc

/// What a process may rely on before it opens anything.
public enum StandardDescriptors {
  /// Opens `/dev/null` where standard input, output or error is closed, so that no file or socket of ours takes its
  /// number and gets log messages written into it; and ignores SIGPIPE, so that nothing ends with the reader of
  /// standard error. Call it first.
  public static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    while true {
      let number = open("/dev/null", O_RDWR)
      if number > 2 { close(number) }
      if number < 0 || number > 2 { return }
    }
  }
}
