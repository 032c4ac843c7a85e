public import Bytes

/// What must hold of one parser whatever bytes it is given, beside that it neither traps nor reads beyond them.
public struct ParserCheck: Sendable {
  public let name: String
  public let run: @Sendable (ByteView) throws(CheckFailure) -> Void

  /// Every parser that reads what strangers, other programs or damaged disks wrote.
  public static let all: [ParserCheck] = [
    ParserCheck(name: "log-line", run: checkLogLine),
    ParserCheck(name: "intake", run: checkIntake),
    ParserCheck(name: "dsn", run: checkReport),
    ParserCheck(name: "dsn-values", run: checkReportValues),
    ParserCheck(name: "mailbox", run: checkMailbox),
    ParserCheck(name: "milter-report", run: checkMilterReport),
    ParserCheck(name: "queue-list", run: checkQueueList),
    ParserCheck(name: "event", run: checkEvent),
    ParserCheck(name: "segment", run: checkSegment),
    ParserCheck(name: "digest", run: checkDigest),
    ParserCheck(name: "spool", run: checkSpool),
    ParserCheck(name: "rules", run: checkRules),
    ParserCheck(name: "configuration", run: checkConfiguration),
    ParserCheck(name: "classification", run: checkClassification),
    ParserCheck(name: "expressions", run: checkExpressions),
    ParserCheck(name: "list", run: checkList),
    ParserCheck(name: "packed", run: checkPacked),
    ParserCheck(name: "patterns", run: checkPatterns),
    ParserCheck(name: "erasure", run: checkErasure),
    ParserCheck(name: "names", run: checkNames),
  ]
}

/// Something that did not hold.
public struct CheckFailure: Error, CustomStringConvertible {
  public let message: String

  public var description: String { message }
}

/// Throws unless `condition` holds.
func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(CheckFailure) {
  if !condition { throw CheckFailure(message: message()) }
}

/// Reads every byte of every view in `value`, so that a sanitizer sees one that leads astray.
func touch(_ value: Any) -> Int {
  if let view = value as? ByteView { return view.buffer.reduce(0) { $0 &+ Int($1) } }
  var sum = 0
  for child in Mirror(reflecting: value).children { sum &+= touch(child.value) }
  return sum
}

/// Choices that an input makes, off its front.
struct Choices {
  private(set) var rest: ByteView

  init(_ bytes: ByteView) { rest = bytes }

  /// The next byte; 0 past the end.
  mutating func byte() -> UInt8 {
    let byte = rest.at(0) ?? 0
    rest = rest.from(1)
    return byte
  }

  /// Up to 255 bytes, as the next one says.
  mutating func text() -> ByteView {
    let length = Int(byte())
    let text = rest.prefix(length)
    rest = rest.from(length)
    return text
  }

  /// Eight bytes.
  mutating func word() -> UInt64 { (0..<8).reduce(0) { word, _ in word << 8 | UInt64(byte()) } }
}

/// The same numbers for the same bytes.
struct DerivedNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ bytes: ByteView) { state = bytes.hash64 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
