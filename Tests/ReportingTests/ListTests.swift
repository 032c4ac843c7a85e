import Bytes
import SMTPTypes
import Testing

@testable import Reporting

@Suite struct ListTests {
  /// Records as (fields, line end, line), fed in pieces of `size` bytes.
  private func records(
    _ bytes: [UInt8], delimiter: UInt8 = 0x2C, pieces size: Int = .max
  ) -> (records: [[String]], whole: [UInt8], lines: [Int], error: CSVError?) {
    var scanner = CSVScanner(delimiter: delimiter)
    var found: [[String]] = []
    var whole: [UInt8] = []
    var lines: [Int] = []
    var scratch = ByteBuffer()
    func take(_ record: borrowing CSVRecord) {
      found.append((0..<record.fields.count).map { record.value($0, &scratch).map { String($0) } ?? "" })
      whole += record.bytes.buffer
      whole += record.lineEnd.buffer
      lines.append(record.line)
    }
    var at = 0
    while at < bytes.count {
      let end = min(at + min(size, bytes.count), bytes.count)
      let error = bytes[at..<end].withUnsafeBufferPointer { scanner.append(ByteView($0), take) }
      if let error { return (found, whole, lines, error) }
      at = end
    }
    scanner.finish(take)
    return (found, whole, lines, nil)
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
      ("\"a\"\"b\",\"c,d\"\n", [["a\"b", "c,d"]]), ("\"two\nlines\",x\n", [["two\nlines", "x"]]),
      ("a,\n", [["a", ""]]), (",\n", [["", ""]]), ("\n", [[""]]), ("", []), ("\"\",\"\"\r\n", [["", ""]]),
      ("a \"quoted\" word,b\n", [["a \"quoted\" word", "b"]]), ("\"a\"b,c\n", [["ab", "c"]]),
      ("\"\"\"\"\n", [["\""]]), ("\"open\n", [["open\n"]]),
    ] as [(String, [[String]])])
  func fields(_ text: String, _ expected: [[String]]) {
    for size in [1, 2, 3, Int.max] {
      let found = records(Array(text.utf8), pieces: size)
      #expect(found.records == expected, "in pieces of \(size)")
      #expect(found.whole == Array(text.utf8))
    }
  }

  @Test func linesAreCountedThroughQuotes() {
    #expect(records(Array("h\n\"a\nb\nc\",1\nlast\n".utf8)).lines == [1, 2, 5])
  }

  /// Whatever the bytes, all come back, and pieces make no difference.
  @Test func anyBytes() {
    var state: UInt64 = 99
    let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0x40, 0x00, 0xFF, 0x3B]
    for _ in 0..<400 {
      var bytes: [UInt8] = []
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<Int(state >> 59) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      let whole = records(bytes)
      #expect(whole.whole == bytes)
      for size in [1, 3, 7] {
        let pieces = records(bytes, pieces: size)
        #expect(pieces.records == whole.records)
        #expect(pieces.whole == bytes)
      }
    }
  }

  @Test func anOpenQuoteEndsSomewhere() {
    var bytes = Array("email\n\"".utf8)
    bytes += [UInt8](repeating: 0x61, count: CSVScanner.recordLimit + 10)
    #expect(records(bytes, pieces: 65_536).error == CSVError(line: 2))
  }

  @Test func anOpenQuoteIsToldAtTheEnd() {
    func openQuote(_ text: String) -> CSVError? {
      var scanner = CSVScanner(delimiter: 0x2C)
      _ = text.withByteView { scanner.append($0) { _ in } }
      return scanner.openQuote
    }
    #expect(openQuote("email\na@x.org\n\"b@x.org\nc@x.org\n") == CSVError(line: 3))
    #expect(openQuote("email\n\"b@x.org\"\nc@x.org") == nil)
    #expect(openQuote("email\n\"b@x.org\"") == nil)
    #expect(openQuote("\"") == CSVError(line: 1))
    #expect(openQuote("") == nil)
  }

  @Test(
    arguments: [
      ("email,name\na@x.org,A\n", 0x2C, true, 0), ("Name;E-Mail\nA;a@x.org\n", 0x3B, true, 1),
      ("id\tEmail Address\tcity\n1\ta@x.org\tRome\n", 0x09, true, 1), ("a@x.org,A\nb@x.org,B\n", 0x2C, false, 0),
      ("E-Mail-Adresse\na@x.org\n", 0x2C, true, 0), ("a@x.org\nb@x.org\n", 0x2C, false, 0),
      // A postal address and a column without addresses are passed over; the one that holds some is taken.
      ("Address,Mail ok,Contact\nMain St 1,yes,a@x.org\n", 0x2C, true, 2),
      ("Name,Email\rA,a@x.org\rB,b@x.org\r", 0x2C, true, 1),
      ("\u{FEFF}Courriel|Nom\na@x.org|A\n", 0x7C, true, 0), ("email\n", 0x2C, true, 0),
      ("email,second email\na@x.org,b@x.org\n", 0x2C, true, 0), ("email", 0x2C, true, 0),
    ] as [(String, UInt8, Bool, Int)])
  func dialect(_ text: String, _ delimiter: UInt8, _ hasHeader: Bool, _ column: Int) throws {
    let found = try text.withByteView { try ListDialect($0) }
    #expect(found.delimiter == delimiter)
    #expect(found.hasHeader == hasHeader)
    #expect(found.column == column)
  }

  @Test func whatIsNoListIsRefused() {
    func problem(_ bytes: [UInt8], column: String? = nil) -> ListDialect.Problem? {
      bytes.withUnsafeBufferPointer { buffer in
        do throws(ListDialect.Problem) {
          _ = try ListDialect(ByteView(buffer), column: column)
          return nil
        } catch {
          return error
        }
      }
    }
    #expect(problem([]) == .empty)
    #expect(problem([0xFF, 0xFE, 0x61, 0x00]) == .isUTF16)
    #expect(problem([0x61, 0x00, 0x62, 0x00]) == .isUTF16)
    #expect(problem(Array("name,city\nA,Rome\n".utf8)) == .noColumn)
    #expect(problem(Array("email\na@x.org\n".utf8), column: "phone") == .noSuchColumn("phone", names: ["email"]))
    #expect(problem(Array("email\na@x.org\n".utf8), column: "2") == .noSuchColumn("2", names: ["email"]))
    #expect(problem(Array("email\na@x.org\n".utf8), column: "EMAIL") == nil)
    #expect(problem(Array("email\na@x.org\n".utf8), column: "1") == nil)
  }

  // MARK: - Annotating

  private static let events = """
    {"time":"2026-11-01T10:00:00Z","type":"bounce","direction":"outbound","hop":"external","queue_id":"1","recipient":"gone@x.org","domain":"x.org","cause":"mailbox-unavailable","scope":"recipient","reply":{"code":550,"enhanced":"5.1.1","text":"no"}}
    {"time":"2026-11-02T10:00:00Z","type":"transient-failure","direction":"outbound","hop":"external","queue_id":"2","recipient":"j\u{F6}rg@x.org","domain":"x.org","cause":"mailbox-full","scope":"recipient","origin":"remote","source":"log"}
    {"time":"2026-11-02T10:00:00Z","type":"tally","host":"mx1","total":{"attempts":100,"deliveries":99},"by":{"domain":{"x.org":{"attempts":100,"deliveries":99}}}}

    """

  private func annotated(_ list: [UInt8]) throws -> (text: [UInt8], segments: [ListAnnotator.Segment?]) {
    let ledger = RecipientLedger()
    try Fixture.feed(ListTests.events, to: ledger)
    let dialect = try list.withUnsafeBufferPointer { try ListDialect(ByteView($0)) }
    var annotator = ListAnnotator(ledger: ledger, dialect: dialect, now: Timestamp(seconds: 1_795_429_800))
    var scanner = CSVScanner(delimiter: dialect.delimiter, lineEnd: dialect.lineEnd, firstLine: dialect.firstLine)
    var text: [UInt8] = []
    var segments: [ListAnnotator.Segment?] = []
    func take(_ record: borrowing CSVRecord) {
      annotator.annotate(record) { line, segment in
        text += line.buffer
        segments.append(segment)
      }
    }
    _ = list.withUnsafeBufferPointer { scanner.append(ByteView($0).from(dialect.preambleLength), take) }
    scanner.finish(take)
    return (text, segments)
  }

  /// As old Macintosh programs end lines.
  @Test func returnsAloneEndLines() throws {
    let found = try annotated(Array("name,email\rA,gone@x.org\r\"B\rC\",new@x.org".utf8))
    let text = String(decoding: found.text, as: UTF8.self)
    #expect(text.split(separator: "\r").count == 4)
    #expect(text.contains("\rA,gone@x.org,suppress,") && text.contains("\r\"B\rC\",new@x.org,healthy,"))
    #expect(text.last == "\r" && !text.contains("\n"))
  }

  @Test func everythingElseStays() throws {
    let list = "name;E-Mail;\"no;te\"\r\n\"A \"\"x\"\"\";<GONE@X.org>;\"two\r\nlines\"\r\nB; new@x.org ;\r\nC;none;\r\n\r\nD;z@y.org;"
    let found = try annotated(Array(list.utf8))
    #expect(
      String(decoding: found.text, as: UTF8.self) == """
        name;E-Mail;"no;te";softbounce_state;softbounce_cause;softbounce_last_seen;softbounce_reception\r
        "A ""x""\";<GONE@X.org>;"two\r
        lines";suppress;mailbox-unavailable;2026-11-01T10:00:00Z;0.00\r
        B; new@x.org ;;healthy;;;0.99\r
        C;none;;invalid;;;\r
        \r
        D;z@y.org;;healthy;;;0.99

        """)
    #expect(found.segments == [nil, .suppress, .healthy, .invalid, .invalid, .healthy])
  }

  /// Whoever reads by the columns' names finds each value under its own.
  @Test func shortAndLongRecordsKeepTheColumns() throws {
    let list = "email,name,city\ngone@x.org\nnew@x.org,B\nnew@x.org,C,Rome,\"x,y\",z\n"
    #expect(
      String(decoding: try annotated(Array(list.utf8)).text, as: UTF8.self) == """
        email,name,city,softbounce_state,softbounce_cause,softbounce_last_seen,softbounce_reception
        gone@x.org,,,suppress,mailbox-unavailable,2026-11-01T10:00:00Z,0.00
        new@x.org,B,,healthy,,,0.99
        new@x.org,C,Rome,healthy,,,0.99,"x,y",z

        """)
    let plain = "gone@x.org,A\nnew@x.org\n"
    #expect(
      String(decoding: try annotated(Array(plain.utf8)).text, as: UTF8.self) == """
        gone@x.org,A,suppress,mailbox-unavailable,2026-11-01T10:00:00Z,0.00
        new@x.org,,healthy,,,0.99

        """)
  }

  /// Excel is told the separator by a line of its own, which is no record.
  @Test(
    arguments: [
      ("sep=;\nName;Email\nA, B;gone@x.org\n", 0x3B, 6, 2, 1), ("sep=,\r\nName,Email\r\nA,gone@x.org\r\n", 0x2C, 7, 2, 1),
      ("\u{FEFF}SEP=\t\nemail\tname\ngone@x.org\tA\n", 0x09, 9, 2, 0), ("sep=|\remail|name\rgone@x.org|A\r", 0x7C, 6, 2, 0),
      ("sep=^\nemail^name\ngone@x.org^A;B;C\n", 0x5E, 6, 2, 0),
      // Names of columns.
      ("sep=;;email\na;b;gone@x.org\n", 0x3B, 0, 1, 2), ("sep=,email\na,gone@x.org\n", 0x2C, 0, 1, 1),
      ("sep,email\na,gone@x.org\n", 0x2C, 0, 1, 1),
    ] as [(String, UInt8, Int, Int, Int)])
  func excelsLine(_ text: String, _ delimiter: UInt8, _ preamble: Int, _ line: Int, _ column: Int) throws {
    let found = try text.withByteView { try ListDialect($0) }
    #expect(found.delimiter == delimiter && found.hasHeader && found.column == column)
    #expect(found.preambleLength == preamble && found.firstLine == line)
    #expect(try annotated(Array(text.utf8)).segments == [nil, .suppress])
    // Who says it knows better.
    #expect(try text.withByteView { try ListDialect($0, delimiter: 0x2C, column: "1") }.delimiter == 0x2C)
  }

  @Test func excelsLineAloneIsNoList() {
    for text in ["sep=;", "sep=;\n", "\u{FEFF}sep=;\r\n"] {
      #expect(throws: ListDialect.Problem.empty) { _ = try text.withByteView { try ListDialect($0) } }
    }
  }

  /// A list that was annotated before gets no column twice, wherever its columns are by now.
  @Test func columnsOfOursAreWrittenAnew() throws {
    let plain = Array("email,name\ngone@x.org,A\nnew@x.org,\"B, C\"\nshort@x.org\nnone,D\n\n".utf8)
    let once = try annotated(plain).text
    #expect(try annotated(once).text == once)
    let moved = """
      softbounce_cause;email;"softbounce_state"; softbounce_reception ;name;softbounce_state
      old;gone@x.org;"he;althy";0.5;A;x
      old;new@x.org
      old;new@x.org;x;x;"B;C";x;more;"y;z"

      """
    #expect(
      String(decoding: try annotated(Array(moved.utf8)).text, as: UTF8.self) == """
        softbounce_cause;email;"softbounce_state"; softbounce_reception ;name;softbounce_state;softbounce_last_seen
        mailbox-unavailable;gone@x.org;suppress;0.00;A;suppress;2026-11-01T10:00:00Z
        ;new@x.org;healthy;0.99;;healthy;
        ;new@x.org;healthy;0.99;"B;C";healthy;;more;"y;z"

        """)
  }

  /// The addresses stay, and what is added stands behind the list.
  @Test func addressesUnderANameOfOursStay() throws {
    let list = Array("softbounce_reception,name\ngone@x.org,A\nnew@x.org,B,more\n".utf8)
    #expect(
      String(decoding: try annotated(list).text, as: UTF8.self) == """
        softbounce_reception,name,softbounce_state,softbounce_cause,softbounce_last_seen,softbounce_reception
        gone@x.org,A,suppress,mailbox-unavailable,2026-11-01T10:00:00Z,0.00
        new@x.org,B,healthy,,,0.99,more

        """)
  }

  /// Where the separator is a letter of what is added.
  @Test func whatHoldsTheSeparatorIsQuoted() throws {
    let list = Array("sep=-\nemail-name\ngone@x.org-A\n".utf8)
    #expect(
      String(decoding: try annotated(list).text, as: UTF8.self).hasSuffix(
        "\ngone@x.org-A-suppress-\"mailbox-unavailable\"-\"2026-11-01T10:00:00Z\"-0.00\n"))
  }

  /// `gone@x.org` is to be suppressed, `new@x.org` is healthy.
  @Test(
    arguments: [
      ("gone@x.org", .suppress), ("Three <gone@x.org>", .suppress), ("\"Three, T.\" <gone@x.org>", .suppress),
      ("\"Th\\\"ree\" <gone@x.org>", .suppress), ("mailto:gone@x.org", .suppress), ("<MAILTO:Gone@X.org?subject=a>", .suppress),
      ("mailto:%67one%40x.org", .suppress), ("new@x.org;gone@x.org", .suppress), ("gone@x.org, new@x.org", .suppress),
      ("A <new@x.org>; B <gone@x.org>,", .suppress), ("gone@x.org (Three)", .suppress), ("(Three) gone@x.org", .suppress),
      ("Three <gone@x.org> (left)", .suppress), ("'gone@x.org'", .suppress), ("gone@x.org.", .suppress),
      ("O\"Neil <gone@x.org>", .suppress), ("nonsense; gone@x.org", .suppress), ("A(1) <gone@x.org>", .suppress),
      ("new@x.org", .healthy), ("new@x.org;", .healthy), ("\"new o\"@x.org", .healthy), ("new@[192.0.2.1]", .healthy),
      ("new@x.org; nonsense", .invalid), ("gone@@x.org", .invalid), ("go ne@x.org", .invalid), ("@x.org", .invalid),
      ("gone@", .invalid), ("gone@x..org", .invalid), ("gone@x,org", .invalid), ("Three gone@x.org", .invalid),
      ("<gone@x.org> Three", .invalid), ("Three <gone@x.org", .invalid), ("mailto:", .invalid), ("<>", .invalid),
      (";,;", .invalid), ("gone@.x.org", .invalid), ("http://x.org/?a=gone@x.org", .invalid), ("gone@x.org@", .invalid),
      ("(gone@x.org)", .invalid), ("(a <gone@x.org>", .suppress), ("\"a\" (b) \"c <gone@x.org>", .suppress),
      ("(a)(a)(a)(a)(a)(a)(a)(a)(a) gone@x.org", .invalid), ("gone@x.org(a)b", .invalid), ("\"gone@x.org", .invalid),
    ] as [(String, ListAnnotator.Segment)])
  func formsOfAddresses(_ field: String, _ segment: ListAnnotator.Segment) throws {
    let cell = "\"" + field.replacing("\"", with: "\"\"") + "\""
    #expect(try annotated(Array("email\n\(cell)\n".utf8)).segments == [nil, segment])
  }

  /// Of several the mail goes to all: the least hope counts.
  @Test func theWorstOfSeveralIsTold() throws {
    let found = try annotated(Array("email\n\"new@x.org, gone@x.org\"\n".utf8))
    #expect(
      String(decoding: found.text, as: UTF8.self).hasSuffix(
        "\"new@x.org, gone@x.org\",suppress,mailbox-unavailable,2026-11-01T10:00:00Z,0.00\n"))
  }

  @Test func aListOfNamesNeedsNoHeader() throws {
    #expect(try annotated(Array("Three <gone@x.org>\nB <new@x.org>\n".utf8)).segments == [.suppress, .healthy])
  }

  /// Whatever a field holds, reading it ends, and what is found is an address.
  @Test func anyField() {
    var state: UInt64 = 7
    let alphabet: [UInt8] = Array("\"<>(),;:\\'@a. %4?\u{0}".utf8) + [0xFF]
    var scratch = ByteBuffer()
    for _ in 0..<2000 {
      var bytes: [UInt8] = []
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<Int(state >> 59) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      bytes.withUnsafeBufferPointer { buffer in
        ListedAddresses.forEach(in: ByteView(buffer), &scratch) { address in
          if let address { #expect(ListedAddresses.isAddress(address)) }
        }
      }
    }
  }

  @Test func latinLettersAreFound() throws {
    let latin: [UInt8] = Array("email\nj".utf8) + [0xF6] + Array("rg@x.org\n".utf8)
    #expect(try annotated(latin).segments == [nil, .mailboxFull])
    #expect(try annotated(Array("email\njörg@x.org\n".utf8)).segments == [nil, .mailboxFull])
    // The bytes of the list stay what they were.
    #expect(try annotated(latin).text.contains(0xF6))
  }

  @Test func theEstimateFallsWithFailures() {
    var record = RecipientStanding()
    func share(_ state: RecipientPolicy.State, _ domain: Double) -> Double {
      ReceptionEstimate.share(RecipientIndex.Entry(record, state, cause: 0), domain: domain)
    }
    #expect(share(.healthy, 0.95) == 0.95)
    record.failed = 4
    #expect(share(.watch, 1) == 0.5)
    record.recovered = 100
    #expect(share(.watch, 1) == 8.0 / 12)
    record.failed = 1000
    #expect(share(.watch, 1) == 8.0 / 1008)
    record.isUnknown = true
    #expect(share(.suppress, 1) == 0)
    #expect(ReceptionEstimate.domain(deliveries: 0, failures: 0, average: 0.9) == 0.9)
    #expect(ReceptionEstimate.domain(deliveries: 0, failures: 20, average: 1) == 0.5)
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("=1+1", "\"'=1+1\""), ("+49", "\"'+49\""), ("a,b", "\"a,b\""),
      ("a\"b", "\"a\"\"b\""), ("=a,b", "\"'=a,b\""), ("two\nlines", "\"two lines\""), ("", ""),
      ("a\u{1B}[31m\u{7F}", "\"a [31m \""), ("a\u{9B}31m", "\"a 31m\""), ("\u{202E}a\u{2028}b", "\" a b\""),
      ("a\u{2066},\"\u{E0041}", "\"a ,\"\" \""), ("jörg@münchen.example", "jörg@münchen.example"), ("\u{9B}", "\" \""),
    ])
  func cells(_ text: String, _ expected: String) {
    var buffer = ByteBuffer()
    CSVCell.append(text, to: &buffer)
    #expect(String(buffer.view) == expected)
  }
}
