import Glibc

/// A call of sd-journal(3) that failed. Equality looks at the errno alone.
public struct JournaldError: Error, Equatable, CustomStringConvertible {
  /// The call's name, for people.
  public let call: StaticString
  /// What it was called on, if that has a name.
  public let path: String?
  /// errno(3).
  public let code: Int32

  init(call: StaticString, path: String? = nil, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  public static func == (left: JournaldError, right: JournaldError) -> Bool { left.code == right.code }

  public var description: String {
    let reason = String(cString: strerror(code))
    return path.map { "\($0): \(call): \(reason)" } ?? "\(call): \(reason)"
  }
}
