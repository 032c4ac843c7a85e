import CLinux
import Glibc

/// What the service manager is told: sd_notify(3)'s protocol, a datagram to the socket that NOTIFY_SOCKET names.
/// Does nothing where there is none.
enum ServiceManager {
  static func ready(_ status: String) { notify("READY=1\nSTATUS=\(status)") }
  static func stopping() { notify("STOPPING=1") }

  /// systemd wants to know when a reload began (Type=notify-reload); the time is CLOCK_MONOTONIC's.
  static func reloading() { notify("RELOADING=1\nMONOTONIC_USEC=\(MonotonicClock.now / 1000)") }

  /// Seconds between two signs of life that are asked for, half of WATCHDOG_USEC; nil if none is.
  static var watchdogInterval: Double? {
    guard let text = getenv("WATCHDOG_USEC"), let microseconds = Double(String(cString: text)), microseconds > 0 else {
      return nil
    }
    if let pid = getenv("WATCHDOG_PID"), String(cString: pid) != String(getpid()) { return nil }
    return microseconds / 2_000_000
  }

  static func alive() { notify("WATCHDOG=1") }

  private static func notify(_ state: String) {
    guard let name = getenv("NOTIFY_SOCKET") else { return }
    var path = Array(String(cString: name).utf8)
    var address = sockaddr_un()
    guard path.count > 1, path.count < MemoryLayout.size(ofValue: address.sun_path),
      path[0] == UInt8(ascii: "/") || path[0] == UInt8(ascii: "@")
    else { return }
    // An at sign stands for the abstract namespace (unix(7)).
    if path[0] == UInt8(ascii: "@") { path[0] = 0 }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = MemoryLayout<sa_family_t>.size + path.count
    var state = state
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        state.withUTF8 { bytes in
          sendto(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL), pointer, socklen_t(length))
        }
      }
    }
  }
}
