import Bytes
import SMTPTypes

/// cleanup's `message-id=<…>`; the brackets may be missing, a comment may follow, anything a sender wrote may stand
/// there. Source: cleanup/cleanup_message.c.
enum MessageIDLine {
  @inline(__always)
  static func read(_ id: ByteView, _ text: ByteView, into parsed: inout ParsedLine) -> Bool {
    parsed.set(.messageID(MessageIDRecord(queueID: id, messageID: MailAddress.unbracketed(text.trimmed))))
    return true
  }
}
