import Glibc
import Intake
import Logging
import SMTPTypes
import Testing

@testable import Sidecar

@Suite struct IdentitySpoolTests {
  let directory: Directory
  let now = Timestamp(seconds: 1_800_000_000)

  init() throws { directory = try Directory() }

  func spool() throws -> IdentitySpool {
    try IdentitySpool(
      directory: directory.file("a/spool"), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  func identity(_ number: Int, age: Double = 60) -> MessageIdentity {
    MessageIdentity(
      time: now.advanced(by: -age), queueID: "4ABC\(number)",
      sender: number % 2 == 0 ? "" : "ü\"\\\n\(number)@example.org",
      messageID: number % 3 == 0 ? nil : "id\(number)@example.org", user: number % 4 == 0 ? "user" : nil,
      clientHost: number % 5 == 0 ? nil : "client.example.org", clientAddress: number % 5 == 0 ? nil : "192.0.2.1",
      tags: (0..<number % 3).map { MessageIdentity.Tag(name: "tag\($0)", value: "a b\($0)") })
  }

  func load() throws -> [MessageIdentity] {
    var all: [MessageIdentity] = []
    try spool().load(now: now) { all.append($0) }
    return all
  }

  @Test func keepsIdentitiesThroughARestart() throws {
    let written = (1...30).map { identity($0) }
    do {
      let spool = try spool()
      for identity in written { spool.append(identity) }
    }
    #expect(try load() == written)
  }

  @Test func halfALineCostsNothingButItself() throws {
    do {
      let spool = try spool()
      spool.append(identity(1))
      spool.append(identity(2))
    }
    let path = directory.file("a/spool/identities.jsonl")
    let size = try #require(FileStatus(path: path)).size
    truncate(path, size - 10)
    do {
      let spool = try spool()
      spool.load(now: now) { _ in }
      spool.append(identity(3))
    }
    #expect(try load() == [identity(1), identity(3)])
  }

  @Test func forgetsWhatIsOld() throws {
    try spool().append(identity(1, age: 8 * 86_400))
    #expect(try load().isEmpty)
  }

  @Test func isWrittenAnewWithWhatIsKnown() throws {
    let spool = try spool()
    for number in 1...20 { spool.append(identity(number)) }
    spool.rewrite([identity(5), identity(7)])
    spool.append(identity(21))
    #expect(try load() == [identity(5), identity(7), identity(21)])
  }
}
