// A mailing list with what the journal knows of each address.

public import Bytes
public import SMTPTypes

/// Adds what is known to the records of a list, and leaves the rest of each as it was.
public struct ListAnnotator: ~Copyable {
  public static let columns: [StaticString] = [
    "softbounce_state", "softbounce_cause", "softbounce_last_seen", "softbounce_reception",
  ]

  /// How the records come back.
  public enum Format: Sendable {
    /// As they were, with four more columns; those of them that the list has already are written anew where they stand.
    case csv
    /// As JSON Lines.
    case json
  }

  private let dialect: ListDialect
  private let format: Format
  private var finder: ListFinder
  private var line = ByteBuffer(capacity: 4096)
  private var json = ListRowJSON()
  private var isFirst = true
  /// Fields of the first record: the columns stand behind as many in every record.
  private var width = 0
  /// Which of `columns` each field of the first record is.
  private var known: [Int?] = []
  /// Those of `columns` that the list has not.
  private var added = Array(columns.indices)
  private var scratch = ByteBuffer()
  /// Records by segment.
  public private(set) var counts = [Int](repeating: 0, count: Segment.allCases.count)

  /// - Parameter ledger: has read all that there is to know. Its addresses move here: it tells of none any more.
  public init(
    ledger: RecipientLedger, dialect: ListDialect, format: Format = .csv, keys: AddressKey = AddressKey(),
    now: Timestamp
  ) {
    ledger.finish()
    self.dialect = dialect
    self.format = format
    finder = ListFinder(
      ledger: ledger, keys: keys, now: now, column: dialect.column, keepsAddress: format == .json)
  }

  /// What the journal holds under names that no address leads to.
  public var hidden: Hidden { finder.hidden }

  public struct Hidden: Sendable, Equatable {
    /// Addresses under pseudonyms that no key at hand made, of so many.
    public var pseudonyms = 0
    public var addresses = 0
    /// Events that hold their recipient's domain alone, of so many.
    public var marks = 0
    /// Events whose recipient was to be forgotten.
    public var erased = 0
    public var events = 0

    /// True if something that was read may be of an address which is not found.
    public var isAny: Bool { pseudonyms > 0 || marks > 0 || erased > 0 }
  }

  /// Why of an address of `record` of which nothing is known it can't be told that it is healthy: its domain has others
  /// under pseudonyms, or stands for all of its addresses. nil if it can.
  public mutating func reasonOfSilence(_ record: borrowing CSVRecord) -> Silence? {
    let names = finder.hidden(record)
    if names.contains(.pseudonyms) { return .pseudonyms }
    return names.isEmpty ? nil : .marks
  }

  public enum Silence: Sendable { case pseudonyms, marks }

  /// Hands the annotated record to `body`, with its line end; the segment is nil for the names of the columns, which are
  /// no line in JSON. An empty line is invalid, and in CSV comes back as it is.
  public mutating func annotate(_ record: borrowing CSVRecord, _ body: (ByteView, Segment?) -> Void) {
    let isHeader = isFirst && dialect.hasHeader
    if isFirst { width = record.fields.count }
    isFirst = false
    line.removeAll()
    if isHeader {
      switch format {
      case .csv: body(header(record), nil)
      case .json: json.name(record)
      }
      return
    }
    let finding = finder.find(record)
    counts[finding.segment.rawValue] += 1
    switch format {
    case .csv: append(finding, record)
    case .json: json.append(record, finding, address: finder.address, to: &line)
    }
    body(line.view, finding.segment)
  }

  private mutating func header(_ record: borrowing CSVRecord) -> ByteView {
    known = record.fields.indices.map { index in
      // Where the addresses stand is theirs, whatever its name.
      if index == dialect.column { return nil }
      let name = record.value(index, &scratch)?.trimmed
      return name.flatMap { name in ListAnnotator.columns.firstIndex { name == ByteView($0) } }
    }
    added = ListAnnotator.columns.indices.filter { !known.contains($0) }
    line.append(record.bytes)
    for column in added { cell(String(ByteView(ListAnnotator.columns[column]))) }
    end(record)
    return line.view
  }

  /// A file whose last line has no end still needs one between two records of a segment.
  private mutating func end(_ record: borrowing CSVRecord) {
    if record.lineEnd.isEmpty { line.append(dialect.lineEnd) } else { line.append(record.lineEnd) }
  }

  /// Appends the record with the four columns where their names stand: a record that is shorter than the first is filled
  /// up, and what a longer one has more comes behind them.
  private mutating func append(_ finding: ListFinding, _ record: borrowing CSVRecord) {
    let count = record.fields.count
    let own = count > width && width > 0 ? record.fields[width - 1].upperBound : record.bytes.count
    if record.bytes.isEmpty {
      // As it is.
    } else if added.count == ListAnnotator.columns.count {
      line.append(record.bytes.prefix(own))
      for _ in count..<max(width, count) { line.append(dialect.delimiter) }
    } else {
      for index in 0..<width {
        if index > 0 { line.append(dialect.delimiter) }
        if let column = known[index] {
          text(finding.value(column))
        } else if index < count {
          line.append(record.bytes[record.fields[index]])
        }
      }
    }
    if !record.bytes.isEmpty {
      for column in added { cell(finding.value(column)) }
    }
    line.append(record.bytes.from(own))
    end(record)
  }

  private mutating func cell(_ value: String) {
    line.append(dialect.delimiter)
    text(value)
  }

  /// A list may be separated by what stands in a time or a cause.
  private mutating func text(_ value: String) {
    let isQuoted = value.utf8.contains(dialect.delimiter)
    if isQuoted { line.append(0x22) }
    line.append(value)
    if isQuoted { line.append(0x22) }
  }
}

extension ListFinding {
  /// What stands in one of `ListAnnotator.columns`.
  fileprivate func value(_ column: Int) -> String {
    switch column {
    case 0: segment.name
    case 1: cause?.description ?? ""
    case 2: lastSeen?.description ?? ""
    default: reception ?? ""
    }
  }
}
