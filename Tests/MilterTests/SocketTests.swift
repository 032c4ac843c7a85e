import Glibc
import Testing

@testable import Milter

@Suite("MilterSocket")
struct MilterSocketTests {
  @Test(
    "texts that name a socket",
    arguments: [
      ("inet:8899@127.0.0.1", MilterSocket.inet(host: "127.0.0.1", port: 8899)),
      ("inet:8899", .inet(host: "127.0.0.1", port: 8899)),
      ("inet:0@localhost", .inet(host: "localhost", port: 0)),
      ("inet6:8899@::1", .inet6(host: "::1", port: 8899)),
      ("inet6:8899@[::1]", .inet6(host: "::1", port: 8899)),
      ("inet6:1", .inet6(host: "::1", port: 1)),
      ("unix:/run/softbounce/milter", .unix(path: "/run/softbounce/milter")),
      ("local:/run/x", .unix(path: "/run/x")),
      ("fd:3", .descriptor(3)),
    ])
  func good(text: String, socket: MilterSocket) throws {
    #expect(try MilterSocket(text) == socket)
    #expect(try MilterSocket(socket.description) == socket)
  }

  @Test(
    "texts that do not",
    arguments: [
      "", "8899", "inet:", "inet:x@127.0.0.1", "inet:70000", "inet:25@", "tcp:25", "unix:", "unix:relative",
      "unix:/directory/", "fd:", "fd:2", "fd:x", "unix:/" + String(repeating: "x", count: 99),
    ])
  func bad(text: String) {
    let error = #expect(throws: MilterError.self) { try MilterSocket(text) }
    #expect(error?.kind == .malformed)
    #expect(error?.description.contains(text) == true)
  }
}

@Suite("ListeningSocket")
struct ListeningSocketTests {
  private func open(_ path: String, mode: UInt32 = 0o660, group: String? = nil) throws(MilterError) -> ListeningSocket {
    try ListeningSocket.open(.unix(path: path), mode: mode, group: group, backlog: 5)
  }

  private func kind(_ body: () throws -> Void) -> MilterError.Kind? {
    do { try body() } catch { return (error as? MilterError)?.kind }
    return nil
  }

  private func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  @Test("a UNIX socket has the mode and group asked for, and leaves nothing behind")
  func mode() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/s"
    let listener = try open(path, mode: 0o620, group: String(getegid()))
    #expect(status(path).map { $0.st_mode & 0o777 } == 0o620)
    #expect(status(path)?.st_gid == getegid())
    #expect(status("\(path).\(getpid())") == nil)
    listener.removeName()
    #expect(status(path) == nil)
    close(listener.descriptor)
  }

  @Test("a stale socket is replaced, one that is listened on is not")
  func stale() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/s"
    close(boundUnixSocket(path, listens: true))
    let listener = try open(path)
    #expect(kind { _ = try open(path) } == .inUse)
    close(listener.descriptor)
  }

  @Test("an old process's end does not take the new one's socket away")
  func vanishing() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/s"
    let old = try open(path)
    close(old.descriptor)
    let new = try open(path)
    old.removeName()
    #expect(status(path) != nil)
    new.removeName()
    #expect(status(path) == nil)
    close(new.descriptor)
  }

  @Test("what is not a socket is left alone")
  func notASocket() {
    let directory = TemporaryDirectory()
    let path = directory.path + "/s"
    close(creat(path, 0o600))
    #expect(kind { _ = try open(path) } == .unsafePath)
    #expect(status(path) != nil)
  }

  @Test("directories that are missing or open to all are refused")
  func directories() {
    let directory = TemporaryDirectory()
    #expect(kind { _ = try open(directory.path + "/none/s") } == .unsafePath)
    chmod(directory.path, 0o777)
    #expect(kind { _ = try open(directory.path + "/s") } == .unsafePath)
    chmod(directory.path, 0o1777)
    #expect(kind { close(try open(directory.path + "/s").descriptor) } == nil)
  }

  @Test("an unknown group is an error, and leaves no socket")
  func group() {
    let directory = TemporaryDirectory()
    #expect(kind { _ = try open(directory.path + "/s", group: "no-such-group") } == .malformed)
    #expect(status(directory.path + "/s") == nil)
  }

  @Test("TCP: the system's choice of a port is told; a taken one is an error", arguments: ["inet:0", "inet6:0"])
  func tcp(text: String) throws {
    let listener: ListeningSocket
    do {
      listener = try ListeningSocket.open(MilterSocket(text), mode: 0, group: nil, backlog: 5)
    } catch {
      // A host without IPv6 says so; nothing to test there.
      #expect(text == "inet6:0")
      return
    }
    defer { close(listener.descriptor) }
    #expect(listener.address.description != text)
    let taken = listener.address
    #expect(kind { _ = try ListeningSocket.open(taken, mode: 0, group: nil, backlog: 5) } == .inUse)
  }

  @Test("a passed descriptor has to be a listening socket")
  func descriptors() throws {
    let directory = TemporaryDirectory()
    let file = creat(directory.path + "/file", 0o600)
    let bound = boundUnixSocket(directory.path + "/bound", listens: false)
    let listening = boundUnixSocket(directory.path + "/listening", listens: true)
    defer { for descriptor in [file, bound, listening] { close(descriptor) } }
    for descriptor in [file, bound, 1_000_000] {
      #expect(
        kind { _ = try ListeningSocket.open(.descriptor(descriptor), mode: 0, group: nil, backlog: 5) } == .malformed)
    }
    let adopted = try ListeningSocket.open(.descriptor(listening), mode: 0, group: nil, backlog: 5)
    #expect(adopted.descriptor == listening)
    adopted.removeName()
    #expect(status(directory.path + "/listening") != nil)
  }
}
