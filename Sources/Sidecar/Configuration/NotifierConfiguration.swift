/// Who is told of an alert, and how.
public enum NotifierConfiguration: Sendable, Equatable {
  /// Runs a program, without a shell; the alert comes as JSON on standard input and in `SOFTBOUNCE_*` variables.
  case command(arguments: [String])
  /// Mails through a sendmail program, one message for each recipient.
  case mail(MailNotice)
}

/// Mail to people, handed to the machine's sendmail program.
public struct MailNotice: Sendable, Equatable {
  public static let defaultProgram = "/usr/sbin/sendmail"

  public var to: [String]
  /// The address in From: and of the envelope; nil leaves it to the MTA.
  public var from: String?
  public var program = MailNotice.defaultProgram

  public init(to: [String], from: String? = nil) {
    self.to = to
    self.from = from
  }

  /// True for an address that can stand in a header and on a command line as it is: ASCII without blanks, control
  /// bytes, quotes, commas or angle brackets, and not beginning with a dash.
  static func isAddress(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 320 && !text.hasPrefix("-")
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"(),:;<>[]\\|".utf8.contains($0) }
  }
}
