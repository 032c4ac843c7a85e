import Bytes
import Journal
import SMTPTypes

/// Writes records of a list, each with what is known of it, as JSON Lines.
///
///     line        on which the record begins, from 1
///     address     the one that decides, in lower case; left out like all that is not known
///     state       as `ListAnnotator.Segment` names it
///     cause, last_seen, reception
///     row         the record's fields by the names of their columns, all of them texts, without their quotes
///
/// A column without a name goes by its number, from 1; of several with one name each but the first has its number among
/// them behind it: `phone`, `phone_2`.
struct ListRowJSON: ~Copyable {
  /// The columns' names as keys, `"name":`, and where each ends.
  private var keys = ByteBuffer()
  private var ends: [Int] = []
  /// How often each name was there.
  private var names: [String: Int] = [:]
  private var line = ByteBuffer(capacity: 4096)
  private var field = ByteBuffer()
  private var text = ByteBuffer()

  init() {}

  /// Takes the names of the columns.
  mutating func name(_ record: borrowing CSVRecord) {
    for index in record.fields.indices {
      text.removeAll()
      text.append(utf8: (record.value(index, &field) ?? .empty).trimmed)
      addKey(String(text.view))
    }
  }

  private mutating func addKey(_ asked: String) {
    let name = asked.isEmpty ? String(ends.count + 1) : asked
    var key = name
    while let count = names[key] {
      names[name] = (names[name] ?? count) + 1
      key = "\(name)_\(names[name] ?? 2)"
    }
    names[key] = 1
    key.withByteView { keys.append(json: $0) }
    keys.append(UInt8(ascii: ":"))
    ends.append(keys.count)
  }

  /// - Parameter address: empty for none.
  mutating func append(
    _ record: borrowing CSVRecord, _ finding: ListFinding, address: ByteView, to buffer: inout ByteBuffer
  ) {
    line.removeAll()
    line.append("{\"line\":")
    line.append(decimal: record.line)
    if !address.isEmpty {
      line.append(",\"address\":")
      line.append(json: address)
    }
    member(",\"state\":", finding.segment.name)
    if let cause = finding.cause { member(",\"cause\":", cause.description) }
    if let time = finding.lastSeen { member(",\"last_seen\":", time.description) }
    if let reception = finding.reception {
      line.append(",\"reception\":")
      line.append(reception)
    }
    line.append(",\"row\":{")
    if !record.bytes.isEmpty { row(record) }
    line.append("}}\n")
    Printable.append(json: line.view, to: &buffer)
  }

  private mutating func row(_ record: borrowing CSVRecord) {
    while ends.count < record.fields.count { addKey("") }
    for index in record.fields.indices {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      line.append(keys.view[(index > 0 ? ends[index - 1] : 0)..<ends[index]])
      text.removeAll()
      text.append(utf8: record.value(index, &field) ?? .empty)
      line.append(json: text.view)
    }
  }

  private mutating func member(_ key: StaticString, _ value: String) {
    line.append(key)
    value.withByteView { line.append(json: $0) }
  }
}
