import Testing

@testable import LogFiles

@Suite struct RotatedNameTests {
  @Test(
    arguments: [
      ("/var/log/mail.log", "/var/log/mail.log", nil), ("mail.log.1", "mail.log", .number(1)),
      ("/l/mail.log.12.gz", "/l/mail.log", .number(12)), ("mail.log-20261123", "mail.log", .date("20261123")),
      ("mail.log-20261123.xz", "mail.log", .date("20261123")),
      ("maillog-20261123-1795429800.zst", "maillog", .date("202611231795429800")),
      ("mail.log.20261123-181825.gz", "mail.log", .date("20261123181825")), ("mail.log.gz", "mail.log", nil),
      ("mail.log.bak", "mail.log.bak", nil), ("mail.log.old.gz", "mail.log.old", nil), ("a/.1", "a/.1", nil),
      ("20261123", "20261123", nil), ("/log.1/mail", "/log.1/mail", nil), ("", "", nil), (".gz", "", nil),
      ("mail.log.3.bz2", "mail.log", .number(3)),
    ] as [(String, String, RotationSuffix?)])
  func taken(name: String, log: String, suffix: RotationSuffix?) {
    let parts = RotatedName(name)
    #expect(parts.log == log)
    #expect(parts.suffix == suffix)
  }

  @Test(
    arguments: [
      ("mail.log", "mail.log.1", true), ("mail.log.1", "mail.log", false), ("mail.log.2.gz", "mail.log.10.gz", true),
      ("mail.log-20261101.gz", "mail.log-20261108", false), ("mail.log.1", "mail.log.1.gz", nil),
      ("mail.log.1", "mail.log-20261108", nil), ("a.log.1", "b.log.2", nil),
    ] as [(String, String, Bool?)])
  func order(one: String, other: String, expected: Bool?) {
    #expect(RotatedName(one).isNewer(than: RotatedName(other)) == expected)
  }
}
