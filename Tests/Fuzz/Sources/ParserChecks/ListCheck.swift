import Bytes
import SMTPTypes

@testable import Reporting

/// A mailing list: whatever its bytes, all come back, and pieces make no difference; what is added changes nothing else.
func checkList(_ bytes: ByteView) throws(CheckFailure) {
  let dialect: ListDialect
  do throws(ListDialect.Problem) {
    dialect = try ListDialect(bytes)
  } catch {
    return
  }
  try require(dialect.column >= 0, "column \(dialect.column)")
  let text = bytes.from(dialect.preambleLength)
  let whole = ScannedList(text, dialect, piece: Int.max)
  var random = DerivedNumbers(bytes)
  let pieces = ScannedList(text, dialect, piece: Int.random(in: 1...9, using: &random))
  try require(whole == pieces, "pieces give other records than the whole")
  try require(whole.bytes == Array(text.buffer), "bytes are lost")
  try require(zip(whole.lines, whole.lines.dropFirst()).allSatisfy { $0.0 < $0.1 }, "lines go backwards")

  var annotator = ListAnnotator(ledger: RecipientLedger(), dialect: dialect, now: Timestamp(seconds: 1_795_456_800))
  var scanner = CSVScanner(delimiter: dialect.delimiter, lineEnd: dialect.lineEnd)
  var records = 0
  var isWhole = true
  var width = 0
  // Columns that it has already are written anew; the addresses stay.
  var isWrittenAnew = false
  let take = { (record: borrowing CSVRecord) in
    let before = record.bytes
    if records == 0 {
      width = record.fields.count
      isWrittenAnew = hasOwnColumns(record, dialect)
    }
    let address = record.fields.count > dialect.column ? before[record.fields[dialect.column]] : .empty
    // What a record has more than the first stands behind the four columns.
    let own = record.fields.count > width ? record.fields[width - 1].upperBound : before.count
    let room = before.count + max(width - record.fields.count, 0) + 200
    annotator.annotate(record) { line, _ in
      records += 1
      if isWrittenAnew {
        if line.firstRange(of: address) == nil, !address.isEmpty { isWhole = false }
        return
      }
      if !line.hasPrefix(before.prefix(own)) || line.count > room { isWhole = false }
      if line.firstRange(of: before.from(own), from: own) == nil { isWhole = false }
    }
  }
  if scanner.append(text, take) == nil { scanner.finish(take) }
  try require(isWhole, "a line is changed")
  try require(records == whole.fields.count, "\(records) records of \(whole.fields.count)")
  try checkListJSON(text, dialect, records: records - (dialect.hasHeader && records > 0 ? 1 : 0))
}

/// True if another field of the header than the addresses' names a column that is added.
private func hasOwnColumns(_ record: borrowing CSVRecord, _ dialect: ListDialect) -> Bool {
  guard dialect.hasHeader else { return false }
  var scratch = ByteBuffer()
  for index in 0..<record.fields.count where index != dialect.column {
    guard let name = record.value(index, &scratch)?.trimmed else { continue }
    if ListAnnotator.columns.contains(where: { name == ByteView($0) }) { return true }
  }
  return false
}

/// As JSON every record but the header is one object on one line, whatever is in it.
private func checkListJSON(_ text: ByteView, _ dialect: ListDialect, records: Int) throws(CheckFailure) {
  var annotator = ListAnnotator(
    ledger: RecipientLedger(), dialect: dialect, format: .json, now: Timestamp(seconds: 1_795_456_800))
  var scanner = CSVScanner(delimiter: dialect.delimiter, lineEnd: dialect.lineEnd)
  var count = 0
  var isSound = true
  let take = { (record: borrowing CSVRecord) in
    annotator.annotate(record) { line, segment in
      count += 1
      if segment == nil || !isObject(line) { isSound = false }
    }
  }
  if scanner.append(text, take) == nil { scanner.finish(take) }
  try require(isSound, "a line is no object")
  try require(count == records, "\(count) objects of \(records)")
}

/// Whether `line` is UTF-8 without control bytes, ends with its only newline, and its quotes and braces close.
private func isObject(_ line: ByteView) -> Bool {
  guard line.hasPrefix("{\"line\":"), line.hasSuffix("}}\n") else { return false }
  if String(validating: line.buffer, as: UTF8.self) == nil { return false }
  var depth = 0
  var isText = false
  var isEscaped = false
  for byte in line.prefix(line.count - 1).buffer {
    if byte < 0x20 || depth < 0 { return false }
    switch byte {
    case _ where isEscaped: isEscaped = false
    case 0x5C where isText: isEscaped = true
    case 0x22: isText.toggle()
    case 0x7B where !isText: depth += 1
    case 0x7D where !isText: depth -= 1
    default: break
    }
  }
  return depth == 0 && !isText
}

/// What a scanner makes of a list.
private struct ScannedList: Equatable {
  var fields: [[String]] = []
  var bytes: [UInt8] = []
  var lines: [Int] = []

  init(_ text: ByteView, _ dialect: ListDialect, piece: Int) {
    var scanner = CSVScanner(delimiter: dialect.delimiter, lineEnd: dialect.lineEnd)
    var scratch = ByteBuffer()
    var (fields, bytes, lines) = ([[String]](), [UInt8](), [Int]())
    let take = { (record: borrowing CSVRecord) in
      fields.append((0..<record.fields.count).map { index in record.value(index, &scratch).map { String($0) } ?? "" })
      bytes += Array(record.bytes.buffer) + Array(record.lineEnd.buffer)
      lines.append(record.line)
    }
    var at = 0
    while at < text.count {
      let end = piece < text.count - at ? at + piece : text.count
      _ = scanner.append(text[at..<end], take)
      at = end
    }
    scanner.finish(take)
    (self.fields, self.bytes, self.lines) = (fields, bytes, lines)
  }
}
