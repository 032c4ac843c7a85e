import Glibc

/// libmilter's own thread that waits for signals.
public enum SignalThread {
  /// True while it waits. Of all threads it alone blocks every signal but those three (signal(7); a thread in sigwait(3)
  /// does not block what it waits for, and proc(5) shows that as `SigBlk`). False where /proc can't be read.
  public static var isWaiting: Bool {
    guard let tasks = opendir("/proc/self/task") else { return false }
    defer { closedir(tasks) }
    while let entry = readdir(tasks) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let blocked = blockedSignals(of: name) else { continue }
      if blocked & bit(SIGUSR1) != 0, blocked & bit(SIGHUP) == 0, blocked & bit(SIGTERM) == 0 { return true }
    }
    return false
  }

  private static func bit(_ signal: Int32) -> UInt64 { 1 << UInt64(signal - 1) }

  private static func blockedSignals(of task: String) -> UInt64? {
    let descriptor = open("/proc/self/task/\(task)/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("SigBlk:") }) else { return nil }
    return UInt64(line.dropFirst(7).filter { $0 != "\t" && $0 != " " }, radix: 16)
  }
}
