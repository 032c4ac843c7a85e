import Bytes
import SMTPTypes
import Testing

@testable import Reporting

@Suite struct ListJSONTests {
  private static let events = """
    {"time":"2026-11-01T10:00:00Z","type":"bounce","direction":"outbound","hop":"external","queue_id":"1","recipient":"gone@x.org","domain":"x.org","cause":"mailbox-unavailable","scope":"recipient","reply":{"code":550,"enhanced":"5.1.1","text":"no"}}
    {"time":"2026-11-02T10:00:00Z","type":"transient-failure","direction":"outbound","hop":"external","queue_id":"2","recipient":"j\u{F6}rg@x.org","domain":"x.org","cause":"mailbox-full","scope":"recipient","origin":"remote","source":"log"}
    {"time":"2026-11-02T10:00:00Z","type":"tally","host":"mx1","total":{"attempts":100,"deliveries":99},"by":{"domain":{"x.org":{"attempts":100,"deliveries":99}}}}

    """

  /// Every list's line but the header's gives one line.
  private func lines(_ list: [UInt8], _ events: String = ListJSONTests.events) throws -> [String] {
    let ledger = RecipientLedger()
    try Fixture.feed(events, to: ledger)
    let dialect = try list.withUnsafeBufferPointer { try ListDialect(ByteView($0)) }
    var annotator = ListAnnotator(
      ledger: ledger, dialect: dialect, format: .json, now: Timestamp(seconds: 1_795_429_800))
    var scanner = CSVScanner(delimiter: dialect.delimiter, lineEnd: dialect.lineEnd, firstLine: dialect.firstLine)
    var lines: [String] = []
    func take(_ record: borrowing CSVRecord) {
      annotator.annotate(record) { line, segment in
        #expect(segment != nil)
        lines.append(String(line))
      }
    }
    _ = list.withUnsafeBufferPointer { scanner.append(ByteView($0).from(dialect.preambleLength), take) }
    scanner.finish(take)
    #expect(lines.allSatisfy { $0.hasSuffix("}\n") && !$0.dropLast().contains("\n") })
    return lines.map { String($0.dropLast()) }
  }

  @Test func whatIsKnownStandsBesideTheRow() throws {
    let list =
      "\u{FEFF}name;E-Mail;\"no;te\"\r\n\"A \"\"x\"\"\";<GONE@X.org>;\"two\r\nlines\"\r\nB; new@x.org ;\r\nC;none\r\n\r\nD;j\u{F6}rg@x.org;\\"
    #expect(
      try lines(Array(list.utf8)) == [
        #"{"line":2,"address":"gone@x.org","state":"suppress","cause":"mailbox-unavailable","last_seen":"2026-11-01T10:00:00Z","reception":0.00,"row":{"name":"A \"x\"","E-Mail":"<GONE@X.org>","no;te":"two\r\nlines"}}"#,
        #"{"line":4,"address":"new@x.org","state":"healthy","reception":0.99,"row":{"name":"B","E-Mail":" new@x.org ","no;te":""}}"#,
        #"{"line":5,"state":"invalid","row":{"name":"C","E-Mail":"none"}}"#,
        #"{"line":6,"state":"invalid","row":{}}"#,
        #"{"line":7,"address":"jörg@x.org","state":"mailbox-full","cause":"mailbox-full","last_seen":"2026-11-02T10:00:00Z","reception":0.99,"row":{"name":"D","E-Mail":"jörg@x.org","no;te":"\\"}}"#,
      ])
  }

  /// No two fields of a row have one key, and none is without.
  @Test(
    arguments: [
      ("email,a,a,a", "1,2,3,4", #""a":"2","a_2":"3","a_3":"4""#),
      ("email,a_2,a,a", "1,2,3,4", #""a_2":"2","a":"3","a_3":"4""#),
      ("email,,2,", "1,2,3,4", #""2":"2","2_2":"3","4":"4""#),
      ("email, a ,\"b\"\"c\"", "1,2,3,4,5", #""a":"2","b\"c":"3","4":"4","5":"5""#),
      ("email,5", "1,2,3,4,5", #""5":"2","3":"3","4":"4","5_2":"5""#),
    ])
  func keys(_ header: String, _ row: String, _ expected: String) throws {
    let list = header + "\n" + row.replacing("1", with: "new@x.org", maxReplacements: 1) + "\n"
    #expect(
      try lines(Array(list.utf8)) == [
        #"{"line":2,"address":"new@x.org","state":"healthy","reception":0.99,"row":{"email":"new@x.org","# + expected
          + "}}"
      ])
  }

  @Test func aListOfAddressesAlone() throws {
    #expect(
      try lines(Array("B <new@x.org>\n\"new@x.org, Gone@x.org\"".utf8)) == [
        #"{"line":1,"address":"new@x.org","state":"healthy","reception":0.99,"row":{"1":"B <new@x.org>"}}"#,
        #"{"line":2,"address":"gone@x.org","state":"suppress","cause":"mailbox-unavailable","last_seen":"2026-11-01T10:00:00Z","reception":0.00,"row":{"1":"new@x.org, Gone@x.org"}}"#,
      ])
  }

  /// A journal without anything tells no share; Latin-1, control bytes and what would reorder a terminal's line come as
  /// JSON.
  @Test func whateverAFieldHolds() throws {
    let list: [UInt8] = Array("email,a\nnew@x.org,caf".utf8) + [0xE9, 0x1B, 0x00] + Array("\u{202E}\n".utf8)
    let plain = list.filter { $0 != 0x00 }
    #expect(
      try lines(plain, "") == [
        // Not UTF-8 as a whole: all of it is Latin-1.
        #"{"line":2,"address":"new@x.org","state":"healthy","row":{"email":"new@x.org","a":"café\u001bâ\u0080®"}}"#
      ])
    let valid = Array("email,a\nnew@x.org,\u{202E}b\u{7F}\n".utf8)
    #expect(
      try lines(valid, "") == [
        #"{"line":2,"address":"new@x.org","state":"healthy","row":{"email":"new@x.org","a":"\u202eb\u007f"}}"#
      ])
  }
}
