/// What one mail log line says, one case a family of shapes. All texts are borrowed from the line.
public enum LogRecord {
  /// `QID: to=<…>, relay=…, …, status=… (…)`
  case delivery(DeliveryRecord)
  /// `QID: from=<…>, size=…, nrcpt=… (queue active)`
  case queueActive(QueueActiveRecord)
  /// `QID: from=<…>, status=expired, returned to sender` (also force-expired)
  case expired(ExpiryRecord)
  /// `QID: removed`, or deleted by postsuper
  case removed(RemovalRecord)
  /// `QID: client=…` of smtpd
  case client(ClientRecord)
  /// `QID: uid=… from=<…>` of pickup, with `orig_id=` after a requeue
  case pickup(PickupRecord)
  /// `QID: from=<…>, size=…, nrcpts=…, msgid=<…>, …` of Sendmail
  case envelope(EnvelopeRecord)
  /// `QID: message-id=<…>` of cleanup
  case messageID(MessageIDRecord)
  /// `NOQUEUE: reject: …`, `QID: milter-reject: …` and their relatives
  case rejection(RejectionRecord)
  /// `QID: sender non-delivery notification: NEWQID` and its relatives
  case notification(NotificationRecord)
  /// Trouble that is announced without a recipient: limits, resources, dropped log lines.
  case trouble(TroubleRecord)
  /// `message repeated 3 times: [ … ]`; `LogParser.unfold` reads what is quoted
  case repetition(RepetitionRecord)
  /// A known line that tells nothing of a failure or a message's life.
  case uninteresting
  /// A line of a mail program that no parser knows.
  case unknown
  /// A line of another program.
  case foreign
}
