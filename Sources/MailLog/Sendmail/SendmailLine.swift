import Bytes

/// Finds the family of a Sendmail line and has it read there.
enum SendmailLine {
  /// True for the tags under which Sendmail logs: `sendmail`, and what `-L` is given by convention (`sm-mta`,
  /// `sm-msp-queue`, `sm-acceptingconnections`).
  static func isSendmail(_ tag: ByteView) -> Bool {
    tag == "sendmail" || tag.hasPrefix("sm-") || tag.hasPrefix("sendmail-")
  }

  static func record(_ message: ByteView) -> LogRecord { .unknown }
}
