import Bytes
import Classification
import Journal
import SMTPTypes

/// One `--where`: a field, equal or not equal to a pattern. ASCII case does not matter; `*` stands for any run of
/// bytes. In addresses and domains no letter's case does, and all spellings of one are alike. An event without the field
/// fails an `=` and passes a `!=`.
public struct Condition: Sendable, Equatable, CustomStringConvertible {
  /// What is compared.
  public enum Subject: Sendable, Equatable {
    case field(EventField)
    /// The values of the tags of that name.
    case tag(String)
  }

  public let subject: Subject
  public let pattern: String
  public let isNegated: Bool
  /// The pattern as it is compared with other spellings; nil where there are none.
  private let spellings: AddressPattern?

  public init(_ subject: Subject, _ pattern: String, isNegated: Bool = false) {
    self.subject = subject
    self.pattern = pattern
    self.isNegated = isNegated
    spellings =
      switch subject {
      case .field(.recipient), .field(.originalRecipient), .field(.sender): AddressPattern(pattern, isAddress: true)
      case .field(.domain), .field(.senderDomain): AddressPattern(pattern, isAddress: false)
      default: nil
      }
  }

  /// Reads `key=value`, `key!=value`.
  public init(parsing text: String) throws(FilterError) {
    guard let equals = text.firstIndex(of: "=") else { throw FilterError.missingEquals(text) }
    var key = text[..<equals]
    let isNegated = key.last == "!"
    if isNegated { key = key.dropLast() }
    guard let subject = Condition.subject(String(key)) else { throw FilterError.unknownKey(String(key)) }
    self.init(subject, String(text[text.index(after: equals)...]), isNegated: isNegated)
    try checkValue()
  }

  static func subject(_ key: String) -> Subject? {
    if key.hasPrefix("tag."), key.utf8.count > 4 { return .tag(String(key.dropFirst(4))) }
    return EventField(key: key).map { .field($0) }
  }

  /// A misspelt member of a closed set would silently match nothing; it is refused with the members.
  private func checkValue() throws(FilterError) {
    guard case .field(let field) = subject, !pattern.contains("*") else { return }
    guard let names = field.closedNames else { return }
    if !names.contains(pattern.lowercased()) { throw FilterError.unknownValue(field.description, pattern, names) }
  }

  public var description: String {
    let key =
      switch subject {
      case .field(let field): field.description
      case .tag(let name): "tag.\(name)"
      }
    return key + (isNegated ? "!=" : "=") + pattern
  }

  /// True if `value` fits the pattern, whatever the sign of the condition.
  func fits(_ value: ByteView) -> Bool {
    if pattern.withByteView({ glob in Glob.matches(value, glob) }) { return true }
    return spellings?.fits(value) ?? false
  }
}

/// What is wrong with a condition or a time.
public enum FilterError: Error, Equatable, CustomStringConvertible {
  case missingEquals(String)
  case unknownKey(String)
  case unknownValue(String, String, [String])
  case badTime(String)
  /// A time before the year 0 or after 9999, which no journal holds and RFC 3339 can't write.
  case farTime(String)
  case emptyPeriod

  public var description: String {
    switch self {
    case .missingEquals(let text):
      "'\(Printable.text(text, limit: 80))' has no '='; write a condition as key=value or key!=value"
    case .unknownKey(let key):
      "unknown key '\(Printable.text(key, limit: 40))'; known are \(EventField.names.joined(separator: ", ")), tag.NAME"
    case .unknownValue(let key, let value, let names):
      "'\(Printable.text(value, limit: 40))' is no \(key); known are \(names.joined(separator: ", "))"
    case .badTime(let text):
      "'\(Printable.text(text, limit: 40))' is no time; write 90m, 24h, 7d, today, yesterday, 2026-11-23, "
        + "'2026-11-23 14:30' or 2026-11-23T14:30:00Z"
    case .farTime(let text):
      "'\(Printable.text(text, limit: 40))' is a time before the year 0 or after 9999; a journal has none"
    case .emptyPeriod:
      "the period ends before it begins; --since must be earlier than --until"
    }
  }
}

extension EventField {
  /// The members of a closed set, or nil.
  var closedNames: [String]? {
    switch self {
    case .cause: Cause.names
    case .scope: Scope.names
    case .origin: Origin.names
    case .stage: Stage.names
    case .type: EventType.names
    case .direction: Direction.names
    case .hop: Hop.names
    case .source: Source.names
    case .matched: ["true", "false"]
    default: nil
    }
  }
}
