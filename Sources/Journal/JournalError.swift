import Glibc

/// Why a journal could not be opened.
public struct JournalError: Error, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable {
    /// Another writer has the journal.
    case locked
    /// There is no such directory, or it is something else.
    case noDirectory
    case permission
    /// Another call of the system failed.
    case system
  }

  public var code: Code
  /// The file or directory.
  public var path: String
  /// What to tell an administrator: what failed, and what to do about it.
  public var message: String

  public init(_ code: Code, path: String, message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  init(_ fault: Fault) {
    let message = fault.description
    switch fault.errno {
    case EACCES, EPERM, EROFS:
      self.init(
        .permission, path: fault.path,
        message: "\(message): give the journal's directory to the user that runs this")
    case ENOENT, ENOTDIR:
      self.init(.noDirectory, path: fault.path, message: "\(message): create the directory or correct the path")
    case ELOOP:
      self.init(
        .system, path: fault.path, message: "\(fault.path): is a symbolic link, which is not followed; remove it")
    default: self.init(.system, path: fault.path, message: message)
    }
  }

  public static func == (left: JournalError, right: JournalError) -> Bool { left.code == right.code }

  public var description: String { message }
}
