import Bytes
import Glibc
import Reporting

/// A mailing list, opened and looked at.
final class ListFile {
  private let name: String
  private let descriptor: Int32
  private let owns: Bool
  private var head = ByteBuffer(capacity: ListFile.headSize)
  private static let headSize = 256 * 1024

  init(_ path: String, _ console: Console) throws(InputError) {
    name = path
    owns = path != "-"
    descriptor = owns ? open(path, O_RDONLY | O_CLOEXEC) : console.input
    guard descriptor >= 0 else { throw InputError.unreadable(path, errno) }
    var block = [UInt8](repeating: 0, count: ListFile.headSize)
    while head.count < ListFile.headSize {
      let count = try read(&block, ListFile.headSize - head.count)
      if count == 0 { break }
      block.withUnsafeBufferPointer { head.append(ByteView($0).prefix(count)) }
    }
  }

  deinit {
    if owns, descriptor >= 0 { close(descriptor) }
  }

  private func read(_ block: inout [UInt8], _ limit: Int) throws(InputError) -> Int {
    while true {
      let count = Glibc.read(descriptor, &block, limit)
      if count >= 0 { return count }
      if errno != EINTR { throw InputError.unreadable(name, errno) }
    }
  }

  /// What the list's beginning tells.
  func dialect(delimiter: UInt8?, column: String?) throws(ListDialect.Problem) -> ListDialect {
    try ListDialect(head.view, delimiter: delimiter, column: column)
  }

  /// The list's bytes before its first record.
  func preamble(_ dialect: ListDialect) -> ByteView { head.view.prefix(dialect.preambleLength) }

  /// What to tell of a list that can't be used.
  func error(_ problem: ListDialect.Problem) -> InputError {
    let shown = Printable.text(name, limit: 200)
    switch problem {
    case .empty: return InputError("\(shown): empty; name a list with one address a line")
    case .isUTF16:
      return InputError(
        "\(shown): this is no list in UTF-8 or Latin-1; convert it first: iconv -f UTF-16 -t UTF-8 \(shown)")
    case .noColumn:
      return InputError("\(shown): no column is named like an address or holds addresses; name it with --column")
    case .noSuchColumn(let asked, let names):
      let known = names.prefix(20).map { Printable.text($0, limit: 40) }.joined(separator: ", ")
      return InputError(
        "\(shown): no column '\(Printable.text(asked, limit: 60))'; give its number"
          + (known.isEmpty ? ", from 1" : ", or its name: \(known)"))
    case .record(let error): return tooLong(error)
    }
  }

  private func tooLong(_ error: CSVError) -> InputError {
    InputError(
      "\(Printable.text(name, limit: 200)):\(error.line): a line of more than \(CSVScanner.recordLimit) bytes; is a "
        + "quote left open there? Nothing after it was read")
  }

  /// Hands over all records until `body` answers false. To be called once.
  func forEachRecord(_ dialect: ListDialect, _ body: (borrowing CSVRecord) -> Bool) throws(InputError) {
    var scanner = CSVScanner(delimiter: dialect.delimiter, lineEnd: dialect.lineEnd, firstLine: dialect.firstLine)
    var goesOn = true
    func take(_ record: borrowing CSVRecord) {
      if goesOn { goesOn = body(record) }
    }
    if let error = scanner.append(head.view.from(dialect.preambleLength), take) { throw tooLong(error) }
    var block = [UInt8](repeating: 0, count: ListFile.headSize)
    while goesOn {
      let count = try read(&block, block.count)
      if count == 0 { break }
      let error = block.withUnsafeBufferPointer { scanner.append(ByteView($0).prefix(count), take) }
      if let error { throw tooLong(error) }
    }
    guard goesOn else { return }
    if let open = scanner.openQuote {
      throw InputError(
        "\(Printable.text(name, limit: 200)):\(open.line): a quote is opened here that nothing closes; close it or take it "
          + "away. Nothing from there on was read")
    }
    scanner.finish(take)
  }
}
