// What the beginning of a list tells of it: separator, names of columns, which of them holds the addresses.

public import Bytes

/// How a list is written.
public struct ListDialect: Sendable, Equatable {
  public var delimiter: UInt8
  /// The last byte of a line's end: a newline, or a carriage return where there is no newline at all (old Macintosh
  /// programs).
  public var lineEnd: UInt8
  /// Bytes before the first record, which belong to no record: a UTF-8 byte order mark, and the line `sep=;` by which
  /// Excel is told the separator. Both, either or neither.
  public var preambleLength: Int
  /// The line on which the first record begins, from 1.
  public var firstLine: Int
  /// The first record names the columns.
  public var hasHeader: Bool
  /// The column of the addresses, from 0.
  public var column: Int
  /// Its name; nil without a header.
  public var columnName: String?

  /// Why a list can't be used.
  public enum Problem: Error, Equatable {
    case empty
    /// Every other byte is a zero.
    case isUTF16
    case noColumn
    /// No column has the name, or so high a number, that was asked for.
    case noSuchColumn(String, names: [String])
    case record(CSVError)
  }

  private static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  /// Reads a list's first bytes, as many as there are at once (some hundred kilobytes are plenty).
  ///
  /// - Parameters:
  ///   - delimiter: the separator, if it is known; else the one that the list names; else the one of `,`, `;`, tab and `|`
  ///     that the first record has most.
  ///   - column: a column's name or number (from 1); else the one that is named like an address and holds some.
  public init(_ head: ByteView, delimiter: UInt8? = nil, column: String? = nil) throws(Problem) {
    if head.isEmpty { throw .empty }
    if head.count >= 2, head[0] == 0xFF && head[1] == 0xFE || head[0] == 0xFE && head[1] == 0xFF { throw .isUTF16 }
    if head.prefix(4096).firstIndex(of: 0) != nil { throw .isUTF16 }
    let markLength = head.count >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF ? 3 : 0
    let marked = head.from(markLength)
    lineEnd = marked.firstIndex(of: 0x0A) == nil && marked.firstIndex(of: 0x0D) != nil ? 0x0D : 0x0A
    let told = ListDialect.separatorLine(marked, lineEnd)
    preambleLength = markLength + (told?.length ?? 0)
    firstLine = told == nil ? 1 : 2
    let text = head.from(preambleLength)
    if text.isEmpty { throw .empty }
    self.delimiter = delimiter ?? told?.delimiter ?? ListDialect.guess(text, lineEnd)
    var names: [String] = []
    var addresses: [Int] = []
    var isFirst = true
    hasHeader = true
    var firstHasAddress = false
    var scanner = CSVScanner(delimiter: self.delimiter, lineEnd: lineEnd)
    var scratch = ByteBuffer()
    var part = ByteBuffer()
    let look = { (record: borrowing CSVRecord) in
      for index in 0..<min(record.fields.count, 1000) {
        guard let value = record.value(index, &scratch)?.trimmed else { continue }
        let isAddress = ListDialect.isAddress(value, &part)
        if isFirst {
          names.append(String(value.prefix(200)))
          addresses.append(0)
          if isAddress { firstHasAddress = true }
        }
        if isAddress, index < addresses.count { addresses[index] += 1 }
      }
      isFirst = false
    }
    if let error = scanner.append(text, look) { throw .record(error) }
    // The last record of the head may be cut, but a short list may also lack its last line end.
    if isFirst { scanner.finish(look) }
    hasHeader = !firstHasAddress
    let chosen = try ListDialect.choose(column, names: hasHeader ? names : [], addresses)
    self.column = chosen
    columnName = hasHeader && chosen < names.count ? names[chosen] : nil
  }

  private static func choose(_ asked: String?, names: [String], _ addresses: [Int]) throws(Problem) -> Int {
    if let asked {
      if let index = names.firstIndex(where: { $0.lowercased() == asked.lowercased() }) { return index }
      if let number = Int(asked), number >= 1, number <= addresses.count { return number - 1 }
      throw .noSuchColumn(asked, names: names)
    }
    var best: (index: Int, rank: Int, count: Int)?
    for index in addresses.indices {
      let rank = index < names.count ? ListDialect.rank(names[index]) : 0
      // A name alone will do for an empty list; addresses alone will do for a name in another language.
      guard rank > 0 || addresses[index] > 0 else { continue }
      let found = (index: index, rank: addresses[index] > 0 ? rank + 10 : rank, count: addresses[index])
      if let known = best, (known.rank, known.count) >= (found.rank, found.count) { continue }
      best = found
    }
    guard let best else { throw .noColumn }
    return best.index
  }

  /// How much a column's name is like an address'; 0 for not at all.
  private static func rank(_ name: String) -> Int {
    let plain = String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.value >= 0x80 })
    switch plain {
    case "email", "emailaddress", "emailadresse", "mailaddress", "mailadresse", "adresseemail", "courriel",
      "correo", "correoelectronico", "correoelectrónico", "epost", "eposta", "indirizzoemail", "adresemail":
      return 4
    case "mail", "recipient", "subscriber", "rcpt", "to", "recipientaddress", "emailrecipient": return 3
    default:
      if plain.contains("email") || plain.contains("mailad") { return 2 }
      return plain.contains("mail") || plain.contains("address") || plain.contains("adresse") ? 1 : 0
    }
  }

  /// True if the field holds an address, alone or with others.
  private static func isAddress(_ value: ByteView, _ scratch: inout ByteBuffer) -> Bool {
    var isFound = false
    ListedAddresses.forEach(in: value, &scratch) { if $0 != nil { isFound = true } }
    return isFound
  }

  /// The first line, if it is `sep=` and one character and nothing else; its length is with its end.
  private static func separatorLine(_ text: ByteView, _ lineEnd: UInt8) -> (delimiter: UInt8, length: Int)? {
    guard text.prefix(4).equalsIgnoringCase(ByteView("sep=")), let delimiter = text.at(4),
      delimiter == 0x09 || delimiter >= 0x20 && delimiter < 0x7F && delimiter != 0x22
    else { return nil }
    if text.count == 5 { return (delimiter, 5) }
    let end = text.at(5) == 0x0D && lineEnd == 0x0A ? 6 : 5
    return text.at(end) == lineEnd ? (delimiter, end + 1) : nil
  }

  private static func guess(_ text: ByteView, _ lineEnd: UInt8) -> UInt8 {
    var counts = [Int](repeating: 0, count: delimiters.count)
    var isQuoted = false
    for byte in text.buffer {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == lineEnd { break }
      if let index = delimiters.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return most == 0 ? delimiters[0] : delimiters[counts.firstIndex(of: most) ?? 0]
  }
}
