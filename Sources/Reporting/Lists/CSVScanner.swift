// Comma-separated values (RFC 4180) as mailing tools write them, bytes to records.
//
// Promises: takes any bytes, in any pieces; hands over each record with the bytes it had, so that whoever writes it
// again changes nothing; time linear in the input, memory bounded by `recordLimit`. A quote opens a quoted field only
// at the field's start; within it two quotes are one, and line ends are text. LF, CRLF and both mixed are taken; or CR alone.
// Leaves to others: files, encodings, what the fields mean.

public import Bytes

/// One record. Views are valid until the scanner's next call.
public struct CSVRecord: ~Copyable {
  /// The record as it was, without its line end.
  public let bytes: ByteView
  /// LF, CRLF, CR where that alone ends lines, or nothing at the end of a file.
  public let lineEnd: ByteView
  /// Where the fields stand in `bytes`, with their quotes.
  public let fields: [Range<Int>]
  /// The line on which it begins, from 1.
  public let line: Int

  /// The field's text, without quotes; nil beyond the last. Valid until `scratch` changes.
  public func value(_ index: Int, _ scratch: inout ByteBuffer) -> ByteView? {
    guard index >= 0, index < fields.count else { return nil }
    let field = bytes[fields[index]]
    guard field.at(0) == 0x22 else { return field }
    scratch.removeAll()
    var at = 1
    while at < field.count {
      let byte = field[at]
      if byte == 0x22 {
        // Two are one; a single one closes, and what follows it is kept as it is.
        if field.at(at + 1) == 0x22 {
          at += 1
        } else {
          scratch.append(field.from(at + 1))
          break
        }
      }
      scratch.append(byte)
      at += 1
    }
    return scratch.view
  }
}

/// Why a list can't be read on.
public struct CSVError: Error, Equatable {
  /// On which it begins: a record of more than `CSVScanner.recordLimit` bytes, mostly for a quote without its other half,
  /// or the last one, whose quote was never closed.
  public let line: Int
}

/// Splits bytes into records.
public struct CSVScanner: ~Copyable {
  /// Bytes of the longest record.
  public static let recordLimit = 1 << 20
  /// Fields of one record that are told apart; what is beyond stays in the last one.
  public static let fieldLimit = 10_000

  private let delimiter: UInt8
  private let newline: UInt8
  private var buffer = ByteBuffer(capacity: 512 * 1024)
  private var fields: [Range<Int>] = []
  /// Where the record that is being read begins, and how far it has been looked at.
  private var at = 0
  private var fieldStart = 0
  private var isQuoted = false
  private var isAtFieldStart = true
  private var line: Int
  private var linesInRecord = 0

  /// - Parameters:
  ///   - delimiter: the byte between fields.
  ///   - lineEnd: the last byte of a line's end.
  ///   - firstLine: the number of the first line that it gets.
  public init(delimiter: UInt8, lineEnd: UInt8 = 0x0A, firstLine: Int = 1) {
    self.delimiter = delimiter
    newline = lineEnd
    line = firstLine
  }

  /// Takes the next bytes and hands over the records that they complete.
  public mutating func append<Failure: Error>(
    _ bytes: ByteView, _ body: (borrowing CSVRecord) throws(Failure) -> Void
  ) throws(Failure) -> CSVError? {
    buffer.append(bytes)
    var start = 0
    while at < buffer.count {
      let view = buffer.view
      let byte = view[at]
      if isQuoted {
        if byte == 0x22 { isQuoted = false }
        if byte == newline { linesInRecord += 1 }
        at += 1
        continue
      }
      switch byte {
      case 0x22:
        // Doubled within a quoted field, it opens again what the first one closed.
        if isAtFieldStart || view[at - 1] == 0x22 && view[fieldStart] == 0x22 { isQuoted = true }
        isAtFieldStart = false
        at += 1
      case delimiter:
        if fields.count < CSVScanner.fieldLimit - 1 {
          fields.append((fieldStart - start)..<(at - start))
          fieldStart = at + 1
          isAtFieldStart = true
        }
        at += 1
      case newline:
        try give(from: start, to: at, next: at + 1, body)
        at += 1
        start = at
        begin()
      default:
        isAtFieldStart = false
        at += 1
      }
    }
    if at - start > CSVScanner.recordLimit { return CSVError(line: line) }
    buffer.removeFirst(start)
    at -= start
    fieldStart -= start
    return nil
  }

  /// What is wrong if nothing comes any more: a quote that was never closed has taken in all that followed.
  public var openQuote: CSVError? { isQuoted && !buffer.isEmpty ? CSVError(line: line) : nil }

  /// The last record, if no line end closed it.
  public mutating func finish<Failure: Error>(
    _ body: (borrowing CSVRecord) throws(Failure) -> Void
  ) throws(Failure) {
    guard !buffer.isEmpty else { return }
    try give(from: 0, to: buffer.count, next: buffer.count, body)
    buffer.removeAll()
    at = 0
    begin()
  }

  private mutating func begin() {
    fields.removeAll(keepingCapacity: true)
    fieldStart = at
    isQuoted = false
    isAtFieldStart = true
    line += linesInRecord + 1
    linesInRecord = 0
  }

  private mutating func give<Failure: Error>(
    from start: Int, to end: Int, next: Int, _ body: (borrowing CSVRecord) throws(Failure) -> Void
  ) throws(Failure) {
    let view = buffer.view
    let hasReturn = next > end && newline == 0x0A && end > start && view[end - 1] == 0x0D
    let last = hasReturn ? end - 1 : end
    fields.append((fieldStart - start)..<max(last - start, fieldStart - start))
    let record = CSVRecord(
      bytes: view[start..<max(last, start)], lineEnd: view[last..<next], fields: fields, line: line)
    try body(record)
  }
}
