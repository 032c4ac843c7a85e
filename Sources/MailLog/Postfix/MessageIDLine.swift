import Bytes
import SMTPTypes

/// cleanup's `message-id=<…>`; the brackets may be missing, a comment may follow, anything a sender wrote may stand
/// there. Source: cleanup/cleanup_message.c.
enum MessageIDLine {
  static func record(_ id: ByteView, _ text: ByteView) -> LogRecord {
    .messageID(MessageIDRecord(queueID: id, messageID: MailAddress.unbracketed(text.trimmed)))
  }
}
