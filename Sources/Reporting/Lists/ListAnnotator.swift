// A mailing list with what the journal knows of each address.

public import Bytes
import Classification
public import SMTPTypes

/// Adds four columns to the records of a list, and leaves the rest of each as it was.
public struct ListAnnotator: ~Copyable {
  /// Where a record belongs: a state, or `invalid` for one that holds no address.
  public enum Segment: Int, CaseIterable, Sendable {
    case healthy, watch, mailboxFull, suppress, invalid

    public var name: String {
      switch self {
      case .healthy: "healthy"
      case .watch: "watch"
      case .mailboxFull: "mailbox-full"
      case .suppress: "suppress"
      case .invalid: "invalid"
      }
    }

    init(_ state: RecipientPolicy.State) {
      switch state {
      case .healthy: self = .healthy
      case .watch: self = .watch
      case .mailboxFull: self = .mailboxFull
      case .suppress: self = .suppress
      }
    }
  }

  public static let columns = ["softbounce_state", "softbounce_cause", "softbounce_last_seen", "softbounce_reception"]

  private let ledger: RecipientLedger
  private let dialect: ListDialect
  private let keys: AddressKey
  private let now: Timestamp
  private var line = ByteBuffer(capacity: 4096)
  private var field = ByteBuffer()
  private var text = ByteBuffer()
  private var key = ByteBuffer()
  private var isFirst = true
  /// Records by segment.
  public private(set) var counts = [Int](repeating: 0, count: Segment.allCases.count)

  /// - Parameter ledger: has read all that there is to know.
  public init(
    ledger: RecipientLedger, dialect: ListDialect, keys: AddressKey = AddressKey(), now: Timestamp
  ) {
    ledger.finish()
    self.ledger = ledger
    self.dialect = dialect
    self.keys = keys
    self.now = now
  }

  /// Hands the annotated record to `body`, with its line end; the segment is nil for the names of the columns. An empty
  /// line comes back as it is, as invalid.
  public mutating func annotate(_ record: borrowing CSVRecord, _ body: (ByteView, Segment?) -> Void) {
    line.removeAll()
    line.append(record.bytes)
    if isFirst, dialect.hasHeader {
      isFirst = false
      for column in ListAnnotator.columns {
        line.append(dialect.delimiter)
        line.append(column)
      }
      end(record)
      return body(line.view, nil)
    }
    isFirst = false
    let segment: Segment
    if record.bytes.isEmpty {
      segment = .invalid
    } else {
      segment = describe(record)
    }
    end(record)
    counts[segment.rawValue] += 1
    body(line.view, segment)
  }

  /// A file whose last line has no end still needs one between two records of a segment.
  private mutating func end(_ record: borrowing CSVRecord) {
    if record.lineEnd.isEmpty { line.append(dialect.lineEnd) } else { line.append(record.lineEnd) }
  }

  /// Appends the four columns.
  private mutating func describe(_ record: borrowing CSVRecord) -> Segment {
    guard let value = record.value(dialect.column, &field) else { return nothing() }
    text.removeAll()
    ListAnnotator.appendUTF8(value.trimmed, to: &text)
    key.removeAll()
    guard ListDialect.isAddress(text.view), AddressKey.append(text.view, to: &key) else { return nothing() }
    let domain = MailAddress.domain(of: key.view)
    let share = domain.flatMap { ledger.deliveryShare(of: $0) }
    let found = keys.find(text.view, &key) { ledger.records.index(of: $0) }
    line.append(dialect.delimiter)
    guard let found else {
      line.append("healthy")
      cell("")
      cell("")
      cell(share.map(ListAnnotator.two) ?? "")
      return .healthy
    }
    let record = ledger.records[found]
    let state = ledger.options.policy.state(of: record, now: now.seconds)
    line.append(state.name)
    let last = max(record.lastSoft, record.lastSuccess, record.runLast, record.concern)
    let cause = Cause(rawValue: ledger.shownCause(record)) ?? .unclassified
    cell(record.lastSoft > 0 || record.run > 0 || record.concern > 0 ? cause.description : "")
    cell(last > 0 ? Timestamp(seconds: Int64(last)).description : "")
    cell(share.map { ListAnnotator.two(ReceptionEstimate.share(record, state, domain: $0)) } ?? "")
    return Segment(state)
  }

  private mutating func nothing() -> Segment {
    line.append(dialect.delimiter)
    line.append("invalid")
    for _ in 0..<3 { cell("") }
    return .invalid
  }

  private mutating func cell(_ text: String) {
    line.append(dialect.delimiter)
    line.append(text)
  }

  /// `0.97`
  private static func two(_ share: Double) -> String {
    let hundredths = Int((min(max(share, 0), 1) * 100).rounded())
    return "\(hundredths / 100).\(Units.two(hundredths % 100))"
  }

  /// Lists from spreadsheets may be in Latin-1; the journal is in UTF-8.
  private static func appendUTF8(_ value: ByteView, to buffer: inout ByteBuffer) {
    if value.buffer.allSatisfy({ $0 < 0x80 }) || String(validating: value.buffer, as: UTF8.self) != nil {
      return buffer.append(value)
    }
    for byte in value.buffer {
      if byte < 0x80 {
        buffer.append(byte)
      } else {
        buffer.append(0xC0 | byte >> 6)
        buffer.append(0x80 | byte & 0x3F)
      }
    }
  }
}
