/// What is wrong in a configuration file, where, and what to write instead.
public struct ConfigurationProblem: Error, Equatable, Sendable, CustomStringConvertible {
  public var file: String
  /// From 1; nil if it is the whole file.
  public var line: Int?
  /// `milter.listen`; empty if it is the whole file.
  public var key: String
  public var reason: String
  public var remedy: String

  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    let subject = key.isEmpty ? "" : " \(key):"
    return "\(place):\(subject) \(reason). \(remedy)."
  }
}

/// All that is wrong in a configuration file.
public struct ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  public var problems: [ConfigurationProblem]

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
