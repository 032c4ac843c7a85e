import Glibc

/// The MTA's side of the milter protocol (version 6, as sendmail's libmilter/docs and Postfix's milter8.c have it), as
/// much as a test needs: packets of a 4-byte length, a command byte and data.
package final class MilterClient {
  package struct Failure: Error {
    package let text: String
  }

  private let descriptor: Int32
  /// The steps that the filter asked for.
  package private(set) var steps: UInt32 = 0
  /// The macros that it asked for, by stage.
  package private(set) var macros: [UInt32: String] = [:]

  private static let noReply: [Character: UInt32] = [
    "C": 0x1000, "H": 0x2000, "M": 0x4000, "R": 0x8000, "T": 0x10000, "L": 0x80, "N": 0x40000, "B": 0x80000,
  ]
  private static let left: [Character: UInt32] = [
    "C": 0x1, "H": 0x2, "M": 0x4, "R": 0x8, "B": 0x10, "L": 0x20, "N": 0x40, "T": 0x200,
  ]

  /// Connects to a UNIX socket and negotiates.
  /// - Parameter patience: seconds to wait for an answer.
  package init(path: String, steps offered: UInt32 = 0x1FFFFF, patience seconds: Int = 10) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var patience = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { room in
      for (index, byte) in path.utf8.enumerated() { room[index] = byte }
    }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else { throw Failure(text: "connect: \(errno)") }
    try send("O", Self.number(6) + Self.number(0x1FF) + Self.number(offered))
    let (command, data) = try receive()
    guard command == "O", data.count >= 12 else { throw Failure(text: "negotiation: \(command)") }
    steps = Self.number(data[8..<12])
    var rest = data[12...]
    while rest.count > 4 {
      let stage = Self.number(rest.prefix(4))
      let text = rest.dropFirst(4).prefix { $0 != 0 }
      macros[stage] = String(decoding: text, as: UTF8.self)
      rest = rest.dropFirst(4 + text.count + 1)
    }
  }

  deinit { close(descriptor) }

  // MARK: Conversation

  package func open(host: String = "client.example", daemon: String = "mail.example") throws {
    try define("C", ["{daemon_name}": daemon])
    try command("C", Array(host.utf8) + [0, 0x34, 0x30, 0x39] + Array("192.0.2.7".utf8) + [0])
    try command("H", Array("helo.example".utf8) + [0])
  }

  package func mail(_ path: String, user: String? = nil) throws {
    if let user { try define("M", ["{auth_authen}": user]) }
    try command("M", Array(path.utf8) + [0] + Array("SIZE=100".utf8) + [0])
  }

  @discardableResult
  package func recipient(
    _ path: String, queueID: String? = nil, refusal: (code: String, text: String)? = nil
  ) throws -> Character? {
    var values = ["{rcpt_mailer}": "local", "{rcpt_host}": "mail.example", "{rcpt_addr}": path]
    if let refusal {
      values = ["{rcpt_mailer}": "error", "{rcpt_host}": refusal.code, "{rcpt_addr}": refusal.text]
    }
    if let queueID { values["i"] = queueID }
    try define("R", values)
    return try command("R", Array(path.utf8) + [0])
  }

  @discardableResult
  package func data(_ queueID: String) throws -> Character? {
    try define("T", ["i": queueID])
    return try command("T")
  }

  package func header(_ name: String, _ value: [UInt8]) throws { try command("L", Array(name.utf8) + [0] + value + [0]) }
  package func header(_ name: String, _ value: String) throws { try header(name, Array(value.utf8)) }

  @discardableResult
  package func endOfHeader(_ queueID: String) throws -> Character? {
    try define("N", ["i": queueID])
    return try command("N")
  }

  package func body(_ bytes: [UInt8]) throws -> Character? { try command("B", bytes) }

  package func endOfMessage(_ queueID: String) throws -> Character? {
    try define("E", ["i": queueID])
    return try command("E")
  }

  package func abort() throws { try send("A") }
  package func quit() throws { try send("Q") }
  package func quitForAnother() throws { try send("K") }

  // MARK: Packets

  /// Sends a command, unless the filter left it out, and reads the answer, unless it gives none.
  @discardableResult
  package func command(_ command: Character, _ data: [UInt8] = []) throws -> Character? {
    if steps & (Self.left[command] ?? 0) != 0 { return nil }
    try send(command, data)
    if steps & (Self.noReply[command] ?? 0) != 0 { return nil }
    return try receive().command
  }

  package func define(_ stage: Character, _ values: [String: String]) throws {
    var data: [UInt8] = [stage.asciiValue ?? 0]
    for (name, value) in values { data += Array(name.utf8) + [0] + Array(value.utf8) + [0] }
    try send("D", data)
  }

  package func send(_ command: Character, _ data: [UInt8] = []) throws {
    try sendRaw(Self.number(UInt32(data.count + 1)) + [command.asciiValue ?? 0] + data)
  }

  package func sendRaw(_ packet: [UInt8]) throws {
    var sent = 0
    while sent < packet.count {
      let count = packet[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure(text: "send: \(errno)") }
      sent += count
    }
  }

  private func receive() throws -> (command: Character, data: [UInt8]) {
    let length = Int(Self.number(try read(4)[...]))
    guard (1...65536).contains(length) else { throw Failure(text: "length \(length)") }
    let packet = try read(length)
    return (Character(UnicodeScalar(packet[0])), Array(packet.dropFirst()))
  }

  private func read(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var have = 0
    while have < count {
      let got = bytes[have...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
      guard got > 0 else { throw Failure(text: got == 0 ? "end of connection" : "recv: \(errno)") }
      have += got
    }
    return bytes
  }

  private static func number(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
