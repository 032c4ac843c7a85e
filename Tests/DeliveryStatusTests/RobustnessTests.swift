import Bytes
import DeliveryStatus
import SMTPTypes
import Testing

@Suite struct RobustnessTests {
  /// Every chunking gives the same report.
  @Test(arguments: Fixture.all)
  func chunks(sample: Sample) {
    let message = sample.message
    let whole = read(message)
    let bytes = Array(message.utf8)
    var reader = ReportReader()
    for size in [1, 2, 3, 7, 64, 1000] {
      var start = 0
      while start < bytes.count {
        let piece = Array(bytes[start..<min(start + size, bytes.count)])
        piece.withUnsafeBufferPointer { reader.append(ByteView($0)) }
        start += size
      }
      #expect(reader.finish() == whole, "chunks of \(size)")
    }
  }

  /// Nothing of a message is left for the one after it, whichever came first.
  @Test(arguments: Fixture.all)
  func oneAfterAnother(first: Sample) {
    var reader = ReportReader()
    for second in Fixture.all {
      for sample in [first, second] {
        Array(sample.message.utf8).withUnsafeBufferPointer { reader.append(ByteView($0)) }
        #expect(reader.finish() == read(sample.message))
      }
    }
  }

  /// A message cut anywhere is read without a trap, and a reader that read it reads the next one well.
  @Test(arguments: Fixture.all)
  func truncations(sample: Sample) {
    let message = sample.message
    let whole = read(message)
    let bytes = Array(message.utf8)
    var reader = ReportReader()
    for length in bytes.indices {
      bytes.withUnsafeBufferPointer { reader.append(ByteView($0).prefix(length)) }
      let report = reader.finish()
      #expect(report.recipients.count <= whole.recipients.count + 1)
    }
    bytes.withUnsafeBufferPointer { reader.append(ByteView($0)) }
    #expect(reader.finish() == whole)
  }

  /// Any byte replaced by any of the bytes that mean something.
  @Test(arguments: Fixture.all)
  func flips(sample: Sample) {
    let message = sample.message
    var bytes = Array(message.utf8)
    var reader = ReportReader()
    for index in bytes.indices {
      let old = bytes[index]
      for new: UInt8 in [0, 10, 13, 32, 34, 40, 45, 58, 60, 61, 64, 92, 255] {
        bytes[index] = new
        bytes.withUnsafeBufferPointer { reader.append(ByteView($0)) }
        #expect(reader.finish().recipients.count < 50)
      }
      bytes[index] = old
    }
  }

  /// Bytes from a small generator, weighted towards the syntax.
  @Test func noise() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    let pieces = [
      "\n", "\r", "\r\n\r\n", "--", "b", "--b\n", "--b--\n", "Content-Type: multipart/mixed; boundary=b\n\n",
      "Content-Type: message/delivery-status\n\n", "Content-Transfer-Encoding: base64\n",
      "Final-Recipient: rfc822; a@b.c\n",
      "Action: failed\n", "Status: 5.1.1\n", "Diagnostic-Code: smtp; 550 x\n ", "=?utf-8?Q?", "?=", "\"", "(",
      "<a@b.example>:\n",
      "From: <>\n", "failed permanently", "@", "=", "=3", "\u{0}", "\u{FF}", ":", " ", "Subject: failure notice\n",
      "550 ", "4.1.1",
    ]
    var reader = ReportReader()
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<(next() % 60) { text += pieces[Int(next() % UInt64(pieces.count))] }
      text.withByteView { reader.append($0) }
      _ = reader.finish()
    }
    #expect(read(Fixture.postfix).recipients.count == 2)
  }

  @Test func depth() {
    var text = "Content-Type: multipart/mixed; boundary=b0\n\n"
    for level in 1...100 { text += "--b\(level - 1)\nContent-Type: multipart/mixed; boundary=b\(level)\n\n" }
    text += "--b100\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.c\nAction: failed\n"
    let report = read(text)
    #expect(report.exceeded.contains(.depth))
    #expect(report.recipients.isEmpty)
  }

  @Test func parts() {
    let text = "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 600)
    #expect(read(text).exceeded == .parts)
  }

  @Test func recipients() {
    let status = String(repeating: "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n", count: 1500)
    let report = read(Fixture.report(status))
    #expect(report.recipients.count == ReportLimits().recipients)
    #expect(report.exceeded == .recipients)
  }

  @Test(arguments: [1000, 1001, 30_000])
  func recipientsInWords(count: Int) throws {
    var text = "From: MAILER-DAEMON@mx.example.net\nSubject: Mail delivery failed\n\nThe following address(es) failed:\n\n"
    for number in 0..<count { text += "  r\(number)@example.com\n    550 5.1.1 no \(number)\n" }
    let report = read(text)
    #expect(report.recipients.count == 1000)
    #expect(report.exceeded == (count > 1000 ? .recipients : []))
    let last = try #require(report.recipients.last)
    #expect(last.address == "r999@example.com")
    #expect(last.reply?.text == "550 5.1.1 no 999")
  }

  @Test func aListThatIsLongerThanWhatIsRead() {
    var text = "From: MAILER-DAEMON@mx.example.net\nSubject: Mail delivery failed\n\nThe following address(es) failed:\n\n"
    let words = String(repeating: "word ", count: 100)
    for number in 0..<900 { text += "  r\(number)@example.com\n    550 5.1.1 no \(words)\n" }
    let report = read(text)
    #expect((2..<900).contains(report.recipients.count))
    #expect(report.exceeded == .recipients)
  }

  @Test func aListThatBeginsBehindWhatIsRead() {
    let text =
      "From: MAILER-DAEMON@mx.example.net\nSubject: Mail delivery failed\n\nThe following address(es) failed:\n\n"
      + String(repeating: "    Words and words of a postmaster who has much to say.\n", count: 2000)
      + "  r1@example.com\n    550 5.1.1 no\n"
    let report = read(text)
    #expect(report.recipients.map(\.address) == [nil])
    #expect(report.exceeded == .recipients)
  }

  @Test func longFieldsAndLines() throws {
    var limits = ReportLimits()
    limits.replyText = 100
    let folded = String(repeating: " more of it\n", count: 50_000)
    let report = read(
      Fixture.report("Final-Recipient: rfc822; a@b.example\nAction: failed\nDiagnostic-Code: smtp; 550\n\(folded)"),
      limits: limits)
    #expect(report.exceeded.contains(.header))
    #expect(try #require(report.recipients.first?.reply?.text).utf8.count == 100)
    let line = read("Subject: " + String(repeating: "x", count: 100_000) + "\n\n")
    #expect(line.exceeded == .line)
  }

  /// Whatever field names the recipient, its address is within the limit.
  @Test(
    arguments: [
      Sample("header", "X-Failed-Recipients: $\nSubject: failure notice\nFrom: <>\n\nYour mail failed.\n"),
      Sample(
        "report", "X-Failed-Recipients: $\n" + Fixture.report("Action: failed\nStatus: 5.1.1\n")),
      Sample("local part", "Return-Path: <>\nFrom: MAILER-DAEMON@$\n\nYour mail to the following recipients could not be delivered because they are not accepting mail:\n    ann\n"),
    ])
  func longNames(sample: Sample) throws {
    var limits = ReportLimits()
    limits.name = 200
    let name = String(repeating: "n", count: 150) + "@" + String(repeating: "e", count: 100) + ".example"
    let host = String(repeating: "e", count: 190) + ".example"
    let text = sample.message.replacing("$", with: sample.name == "local part" ? host : name)
    let report = read(text, limits: limits)
    #expect(try #require(report.recipients.first?.address).utf8.count <= 200)
  }

  /// Hostile sizes come to an end: each of these took more than a minute in a reader that was not linear.
  @Test(
    arguments: [
      Sample("returns", String(repeating: "\r", count: 2_000_000)),
      Sample("strays", "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--c\n", count: 500_000)),
      Sample(
        "recipients", "Subject: failure notice\nFrom: <>\n\n" + String(repeating: "<a@b.example>:\n", count: 100_000)),
      Sample("ats", "Subject: failure notice\nFrom: <>\n\n" + String(repeating: "@", count: 1_000_000)),
      Sample("words", "Subject: " + String(repeating: "=?", count: 500_000) + "\n\n"),
      Sample("tags", "Content-Type: text/html\nFrom: <>\n\n" + String(repeating: "<a", count: 500_000)),
      Sample("comments", "Content-Type: multipart/mixed; " + String(repeating: "(", count: 500_000) + "\n\n"),
    ])
  func hostileSizes(sample: Sample) {
    #expect(read(sample.message).recipients.count <= ReportLimits().recipients)
  }
}
