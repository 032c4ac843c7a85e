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

    /// Which of several addresses' segments counts. What can't be read of a field is not called well, but hides nothing
    /// that is to be suppressed.
    var weight: Int {
      switch self {
      case .healthy: 0
      case .watch: 1
      case .mailboxFull: 2
      case .invalid: 3
      case .suppress: 4
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

  private let dialect: ListDialect
  private let finder: Finder
  private var line = ByteBuffer(capacity: 4096)
  private var field = ByteBuffer()
  private var text = ByteBuffer()
  private var key = ByteBuffer()
  private var part = ByteBuffer()
  private var isFirst = true
  /// Records by segment.
  public private(set) var counts = [Int](repeating: 0, count: Segment.allCases.count)

  /// - Parameter ledger: has read all that there is to know.
  public init(
    ledger: RecipientLedger, dialect: ListDialect, keys: AddressKey = AddressKey(), now: Timestamp
  ) {
    ledger.finish()
    self.dialect = dialect
    finder = Finder(ledger: ledger, keys: keys, now: now)
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

  /// What is known of one address.
  private struct Finding {
    var segment: Segment
    var cause = ""
    /// Seconds since 1970; 0 if it was never seen.
    var last: UInt32 = 0
    var share: Double?
  }

  /// Looks addresses up.
  private struct Finder {
    let ledger: RecipientLedger
    let keys: AddressKey
    let now: Timestamp

    func find(_ address: ByteView, _ key: inout ByteBuffer) -> Finding {
      key.removeAll()
      guard AddressKey.append(address, to: &key) else { return Finding(segment: .invalid) }
      let domain = MailAddress.domain(of: key.view)
      let share = domain.flatMap { ledger.deliveryShare(of: $0) }
      guard let found = keys.find(address, &key, { ledger.records.index(of: $0) }) else {
        return Finding(segment: .healthy, share: share)
      }
      let record = ledger.records[found]
      let state = ledger.options.policy.state(of: record, now: now.seconds)
      let cause = Cause(rawValue: ledger.shownCause(record)) ?? .unclassified
      return Finding(
        segment: Segment(state),
        cause: record.lastSoft > 0 || record.run > 0 || record.concern > 0 ? cause.description : "",
        last: max(record.lastSoft, record.lastSuccess, record.runLast, record.concern),
        share: share.map { ReceptionEstimate.share(record, state, domain: $0) })
    }
  }

  /// Appends the four columns: of several addresses those of the worst, because one mail goes to all of them.
  private mutating func describe(_ record: borrowing CSVRecord) -> Segment {
    guard let value = record.value(dialect.column, &field) else { return nothing() }
    text.removeAll()
    ListAnnotator.appendUTF8(value.trimmed, to: &text)
    var worst: Finding?
    var share: Double?
    ListedAddresses.forEach(in: text.view, &part) { address in
      let finding = address.map { finder.find($0, &key) } ?? Finding(segment: .invalid)
      if let found = finding.share { share = min(share ?? found, found) }
      if let known = worst, known.segment.weight >= finding.segment.weight { return }
      worst = finding
    }
    guard let worst, worst.segment != .invalid else { return nothing() }
    line.append(dialect.delimiter)
    line.append(worst.segment.name)
    cell(worst.cause)
    cell(worst.last > 0 ? Timestamp(seconds: Int64(worst.last)).description : "")
    cell(share.map(ListAnnotator.two) ?? "")
    return worst.segment
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
