public import SMTPTypes

/// A header field whose value is kept with a message under a name of the site's choosing.
public struct TagHeader: Hashable, Sendable {
  /// The tag's name in events and reports.
  public let name: String
  /// The header field's name, without its colon; case does not matter.
  public let field: String

  public init(name: String, field: String) {
    self.name = name
    self.field = field
  }
}

/// What a milter server listens on, looks at and keeps. Every bound is per session unless it says otherwise.
public struct MilterConfiguration: Sendable {
  public var socket: MilterSocket
  /// Permission bits of a UNIX socket; the MTA needs write permission to connect.
  public var socketMode: UInt32 = 0o660
  /// The group that owns a UNIX socket, by name; nil leaves the process's own.
  public var socketGroup: String?

  /// Whether Message-ID, List-Id and Feedback-ID are wanted. Together with `tags`, this decides whether the MTA sends
  /// headers at all: without any, a message is done at DATA.
  public var wantsIdentityHeaders = true
  /// At most 100; more are refused when the server is opened.
  public var tags: [TagHeader] = []
  /// Whether delivery reports (null sender) are captured with their body.
  public var wantsReports = true

  /// Recipients kept of a message; all are counted.
  public var recipientLimit = 100
  /// Bytes kept of a header field's value.
  public var headerValueLimit = 1024
  /// Bytes kept of a report, headers and body together.
  public var reportLimit = 256 * 1024
  /// Bytes of unfinished reports that all sessions together may hold.
  public var reportMemoryLimit = 64 * 1024 * 1024

  /// Seconds without a word from the MTA after which libmilter gives a session up; libmilter's own default.
  public var timeout: Int32 = 7210
  /// Connections that may wait to be taken.
  public var backlog: Int32 = 1024

  /// The wall clock.
  public var clock: @Sendable () -> Timestamp = WallClock.now

  public static let tagLimit = 100

  public init(socket: MilterSocket) {
    self.socket = socket
  }

  /// At most 100 tags, each with a name and a header field's name (RFC 5322, section 2.2; here at most 127 bytes).
  /// - Throws: `MilterError` of kind `malformed`.
  public func checkTags() throws(MilterError) {
    guard tags.count <= Self.tagLimit else {
      throw MilterError(
        .malformed, subject: "milter tags", reason: "there are \(tags.count)",
        remedy: "Keep at most \(Self.tagLimit)")
    }
    for tag in tags {
      let field = tag.field.utf8
      let isField = (1...127).contains(field.count) && field.allSatisfy { (33...126).contains($0) && $0 != 0x3A }
      guard isField, !tag.name.isEmpty else {
        throw MilterError(
          .malformed, subject: "milter tag \"\(tag.name)\"", reason: "\"\(tag.field)\" is not a header field's name",
          remedy: "Write the name as it stands in the message, without the colon, such as X-Campaign-ID")
      }
    }
  }
}
