// Opens what the MTA connects to.
//
// The socket is made here and handed to libmilter as `fd:N` (Debian's libmilter takes that, as it does systemd's
// sockets), not opened by it: libmilter removes a UNIX socket by its path when it stops, even if by then another
// process listens there, and opens it with the process's umask. Here a UNIX socket is prepared under a name of its own
// and renamed into place, and removed only while the path still leads to it.

import Glibc

/// A listening stream socket.
struct ListeningSocket: Sendable {
  let descriptor: Int32
  /// The socket as it came to be: with the port that the system chose.
  let address: MilterSocket
  /// Device and inode of a UNIX socket that was made here.
  private let file: (device: UInt, inode: UInt)?

  /// - Throws: `MilterError`; then nothing was left open or made.
  static func open(
    _ socket: MilterSocket, mode: UInt32, group: String?, backlog: Int32
  ) throws(MilterError) -> ListeningSocket {
    switch socket {
    case .descriptor(let number): try adopt(number)
    case .unix(let path): try openUnix(path, mode: mode, group: group, backlog: backlog)
    case .inet(let host, let port): try openTCP(socket, AF_INET, host, port, backlog)
    case .inet6(let host, let port): try openTCP(socket, AF_INET6, host, port, backlog)
    }
  }

  /// Removes a UNIX socket's name if it still leads to this socket.
  func removeName() {
    guard case .unix(let path) = address, let file else { return }
    var status = stat()
    guard lstat(path, &status) == 0, status.st_dev == file.device, status.st_ino == file.inode else { return }
    unlink(path)
  }

  /// Connects to this socket once and hangs up, which wakes a thread that waits to accept. Best effort.
  func wake() {
    if case .unix(let path) = address, let file {
      var status = stat()
      guard lstat(path, &status) == 0, status.st_dev == file.device, status.st_ino == file.inode else { return }
    }
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    guard case .some = socketName(&storage, &length) else { return }
    let probe = socket(Int32(storage.ss_family), streamType | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard probe >= 0 else { return }
    withUnsafePointer(to: &storage) {
      _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(probe, $0, length) }
    }
    close(probe)
  }

  /// Where to connect to: the bound name, or a UNIX socket's final one.
  private func socketName(_ storage: inout sockaddr_storage, _ length: inout socklen_t) -> Bool? {
    if case .unix(let path) = address {
      let (name, size) = unixAddress(path)
      withUnsafeMutableBytes(of: &storage) { bytes in withUnsafeBytes(of: name) { bytes.copyMemory(from: $0) } }
      length = size
      return true
    }
    let result = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return result == 0 ? true : nil
  }

  // MARK: systemd's

  private static func adopt(_ number: Int32) throws(MilterError) -> ListeningSocket {
    let subject = "milter socket fd:\(number)"
    let passed = getenv("LISTEN_FDS").flatMap { Int32(String(cString: $0)) }
    if let owner = getenv("LISTEN_PID").flatMap({ Int32(String(cString: $0)) }), passed != nil, owner != getpid() {
      throw MilterError(
        .malformed, subject: subject, reason: "LISTEN_PID names process \(owner), not this one",
        remedy: "Start this program directly from the systemd unit, without a shell between")
    }
    if let passed, number >= 3 + passed {
      throw MilterError(
        .malformed, subject: subject, reason: "systemd passed \(passed) socket(s), from fd:3 on",
        remedy: "Name one of them, or add a socket unit")
    }
    var listens: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0, listens != 0 else {
      throw MilterError(
        .malformed, subject: subject,
        reason: passed == nil ? "no socket was passed (LISTEN_FDS is not set)" : "it is not a listening socket",
        remedy: "Enable the socket unit, or name inet:PORT@HOST or unix:/PATH")
    }
    var family: Int32 = 0
    guard getsockopt(number, SOL_SOCKET, SO_DOMAIN, &family, &length) == 0 else {
      throw .system("getsockopt", subject)
    }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    return ListeningSocket(
      descriptor: number, address: .descriptor(number), file: nil)
  }

  // MARK: TCP

  private static func openTCP(
    _ requested: MilterSocket, _ family: Int32, _ host: String, _ port: UInt16, _ backlog: Int32
  ) throws(MilterError) -> ListeningSocket {
    let subject = "milter socket \(requested)"
    var hints = addrinfo()
    hints.ai_family = family
    hints.ai_socktype = streamType
    hints.ai_flags = AI_PASSIVE
    var list: UnsafeMutablePointer<addrinfo>?
    let outcome = getaddrinfo(host, String(port), &hints, &list)
    guard outcome == 0, let first = list else {
      throw MilterError(
        .malformed, subject: subject, reason: "host: \(String(cString: gai_strerror(outcome)))",
        remedy: "Write a numeric address, such as 127.0.0.1")
    }
    defer { freeaddrinfo(list) }
    let descriptor = socket(family, streamType | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .system("socket", subject) }
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
    // Accepted sockets inherit this: replies are small and waited for.
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, size)
    guard bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0,
      listen(descriptor, backlog) == 0
    else {
      let error = MilterError.system("bind", subject)
      close(descriptor)
      throw error
    }
    let bound = boundPort(descriptor) ?? port
    let address: MilterSocket = family == AF_INET6 ? .inet6(host: host, port: bound) : .inet(host: host, port: bound)
    return ListeningSocket(descriptor: descriptor, address: address, file: nil)
  }

  private static func boundPort(_ descriptor: Int32) -> UInt16? {
    var storage = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let outcome = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    // The port stands at the same place for both families.
    return outcome == 0 ? UInt16(bigEndian: storage.sin6_port) : nil
  }

  // MARK: UNIX

  private static func openUnix(
    _ path: String, mode: UInt32, group: String?, backlog: Int32
  ) throws(MilterError) -> ListeningSocket {
    let subject = "milter socket unix:\(path)"
    try checkDirectory(of: path, subject)
    try checkVacant(path, subject)
    let owner: gid_t? = try group.map { name throws(MilterError) in try groupID(name) }

    let descriptor = socket(AF_UNIX, streamType | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .system("socket", subject) }
    let temporary = "\(path).\(getpid())"
    unlink(temporary)
    // No one connects to the temporary name before it has its owner and mode and listens.
    _ = fchmod(descriptor, 0o600)
    var (name, length) = unixAddress(temporary)
    let bound = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    guard bound == 0 else {
      let error = MilterError.system("bind", subject)
      close(descriptor)
      throw error
    }
    var status = stat()
    guard owner.map({ chown(temporary, uid_t.max, $0) == 0 }) ?? true, chmod(temporary, mode & 0o777) == 0,
      listen(descriptor, backlog) == 0, lstat(temporary, &status) == 0, rename(temporary, path) == 0
    else {
      let error = MilterError.system("preparing it", subject)
      unlink(temporary)
      close(descriptor)
      throw error
    }
    return ListeningSocket(
      descriptor: descriptor, address: .unix(path: path), file: (status.st_dev, status.st_ino))
  }

  /// A directory where others may rename things could lead the MTA to someone else's socket.
  private static func checkDirectory(of path: String, _ subject: String) throws(MilterError) {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let directory = slash == path.startIndex ? "/" : String(path[..<slash])
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw MilterError(
        .unsafePath, subject: subject, reason: "there is no directory \(directory)",
        remedy: "Make it, or let systemd's RuntimeDirectory= do so")
    }
    guard status.st_mode & S_IWOTH == 0 || status.st_mode & S_ISVTX != 0 else {
      throw MilterError(
        .unsafePath, subject: subject, reason: "anyone may replace files in \(directory)",
        remedy: "Take the write permission of others away: chmod o-w \(directory)")
    }
  }

  /// A name that no one uses: nothing there, or a socket that no one listens on.
  private static func checkVacant(_ path: String, _ subject: String) throws(MilterError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw .system("lstat", subject)
    }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw MilterError(
        .unsafePath, subject: subject, reason: "something that is not a socket is there",
        remedy: "Move it away or choose another path")
    }
    let probe = socket(AF_UNIX, streamType | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard probe >= 0 else { throw .system("socket", subject) }
    defer { close(probe) }
    var (name, length) = unixAddress(path)
    let answer = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(probe, $0, length) }
    }
    // Refused: left behind by a process that is gone. A full queue (EAGAIN) or a success has a listener.
    if answer != 0, errno == ECONNREFUSED || errno == ENOENT { return }
    if answer != 0, errno != EAGAIN { throw .system("connect", subject) }
    throw MilterError(
      .inUse, subject: subject, reason: "another process listens there", remedy: "Stop it or choose another path")
  }

  private static func groupID(_ name: String) throws(MilterError) -> gid_t {
    if let number = gid_t(name) { return number }
    var entry = group()
    var found: UnsafeMutablePointer<group>?
    var buffer = [CChar](repeating: 0, count: 64 * 1024)
    guard getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
      throw MilterError(
        .malformed, subject: "milter socket's group \"\(name)\"", reason: "there is no such group",
        remedy: "Name a group of /etc/group")
    }
    return entry.gr_gid
  }
}

private let streamType = Int32(SOCK_STREAM.rawValue)

/// A UNIX socket's address; `path` is at most 107 bytes.
private func unixAddress(_ path: String) -> (address: sockaddr_un, length: socklen_t) {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { room in
    for (index, byte) in path.utf8.prefix(room.count - 1).enumerated() { room[index] = byte }
  }
  return (address, socklen_t(MemoryLayout<sockaddr_un>.size))
}

extension MilterError {
  /// The failure of `call`, with the errno of this moment.
  static func system(_ call: String, _ subject: String) -> MilterError {
    let number = errno
    let remedy =
      switch number {
      case EADDRINUSE: "Stop the process that listens there or choose another port"
      case EACCES, EPERM: "Check the owner and permissions, and the user that this runs as"
      case EADDRNOTAVAIL: "Choose an address of this host"
      default: "Check the socket's setting"
      }
    let kind: Kind = number == EADDRINUSE ? .inUse : .system(number)
    return MilterError(
      kind, subject: subject, reason: "\(call): \(String(cString: strerror(number)))", remedy: remedy)
  }
}
