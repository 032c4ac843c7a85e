/// Why a rule, or a whole rule file, was refused.
public struct RuleError: Error, Equatable, CustomStringConvertible {
  public var file: String
  /// Counts from 1; 0 when the file could not be read at all.
  public var line: Int
  public var message: String

  public init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  public var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}
