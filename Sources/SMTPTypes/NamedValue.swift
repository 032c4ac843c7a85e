// Closed sets of words that stand in journals, rules and command lines.

public import Bytes

/// A closed set whose members have one fixed kebab-case name, the same in the journal, the rules and on the command
/// line.
public protocol NamedValue: CaseIterable, Equatable, Sendable, CustomStringConvertible {
  /// The name in journals, rules and options.
  var name: StaticString { get }
}

extension NamedValue {
  /// The member called `name`, or nil. O(members).
  @inlinable
  public init?(name: ByteView) {
    for member in Self.allCases where name == member.name {
      self = member
      return
    }
    return nil
  }

  public init?(name: String) {
    let found = name.withByteView { view in Self(name: view) }
    guard let found else { return nil }
    self = found
  }

  public var description: String { String(ByteView(name)) }

  /// All names, in order; for messages that say what would have been right.
  public static var names: [String] { allCases.map(\.description) }
}
