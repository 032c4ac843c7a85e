/// Why a milter server could not be opened or run; says what to change.
public struct MilterError: Error, Sendable, CustomStringConvertible {
  /// What went wrong; a caller that has to choose looks here.
  public enum Kind: Sendable, Equatable {
    /// The socket's text or an option cannot be understood.
    case malformed
    /// Another process answers at this address.
    case inUse
    /// The path is taken by something that is not a socket, or its directory is not safe.
    case unsafePath
    /// A call to the system failed, with this errno.
    case system(Int32)
    /// This process has had its one server.
    case alreadyUsed
    /// libmilter refused.
    case library
  }

  public let kind: Kind
  /// The socket or the option that it is about.
  public let subject: String
  public let reason: String
  public let remedy: String

  public init(_ kind: Kind, subject: String, reason: String, remedy: String) {
    self.kind = kind
    self.subject = subject
    self.reason = reason
    self.remedy = remedy
  }

  public var description: String { "\(subject): \(reason). \(remedy)." }
}
