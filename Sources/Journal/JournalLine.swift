public import Bytes

/// What one line of a journal says. Texts are borrowed: valid until the decoder's next call or the end of the
/// callback that handed the line over.
public enum JournalLine: ~Copyable {
  case event(Event)
  case tally(TallyLine)
  case checkpoint(Checkpoint)
  /// A type that this version does not know.
  case unknown
}

/// A tally and the host that it is of.
public struct TallyLine: ~Copyable {
  public var tally: Tally
  public var host: ByteView

  public init(tally: consuming Tally, host: ByteView) {
    self.tally = tally
    self.host = host
  }
}

/// Why a line could not be read, and where in the line.
public struct JournalLineError: Error, Equatable, CustomStringConvertible {
  public enum Reason: String, Sendable {
    case notAnObject = "not a JSON object"
    case unterminatedText = "a text without its closing quote"
    case badEscape = "an escape that JSON does not have"
    case badValue = "a value that JSON does not have"
    case unexpectedByte = "an unexpected byte"
    case unsoundByte = "a control byte, or one that is not UTF-8"
    case wrongType = "a value of the wrong type or out of range"
    case missingTime = "no time"
    case missingType = "no type"
    case missingOffset = "a checkpoint without an offset"
    case tooDeep = "nested too deep"
  }

  public var reason: Reason
  /// Bytes from the line's start.
  public var offset: Int

  public init(_ reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  public var description: String { "\(reason.rawValue) at byte \(offset)" }
}
