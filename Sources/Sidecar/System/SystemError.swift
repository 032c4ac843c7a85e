import Glibc

/// A system call that failed. Equality looks at the errno alone.
public struct SystemError: Error, Equatable, CustomStringConvertible {
  /// The call's name, for people.
  public let call: StaticString
  /// What it was called on, if that has a name.
  public let path: String?
  /// errno(3).
  public let code: Int32

  init(call: StaticString, path: String? = nil, code: Int32 = errno) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// A path that should be a file's and is not.
  init(notRegular path: String, isDirectory: Bool) {
    self.init(call: isDirectory ? "open" : "not a regular file", path: path, code: isDirectory ? EISDIR : EINVAL)
  }

  public static func == (left: SystemError, right: SystemError) -> Bool { left.code == right.code }

  public var description: String {
    let reason = String(cString: strerror(code))
    return path.map { "\($0): \(call): \(reason)" } ?? "\(call): \(reason)"
  }
}
