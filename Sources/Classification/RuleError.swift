/// Why a rule, or a whole rule file, was refused; says what would be right.
public struct RuleError: Error, Equatable, CustomStringConvertible {
  public var file: String
  /// Counts from 1; 0 when the file could not be read at all.
  public var line: Int
  /// Counts characters from 1; 0 when it is not known.
  public var column: Int
  public var message: String

  public init(file: String, line: Int, column: Int = 0, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `local.yaml:9:10: “bad-luck” is no cause; …`
  public var description: String {
    let place = line == 0 ? "" : column == 0 ? ":\(line)" : ":\(line):\(column)"
    return "\(file)\(place): \(message)"
  }
}
