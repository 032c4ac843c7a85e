// Subjects by which notices, and what looks like them, are known, as data.

import Bytes

/// Words of the subject of a notice.
struct NoticeSubject {
  /// Lower case, except where a script other than ASCII has capitals; anywhere in the subject.
  let words: StaticString
  /// Nobody has failed yet.
  let isDelay: Bool
  /// Parcels, jobs and newsletters have such subjects too.
  let isVague: Bool
  /// Further words that the subject must have; empty if none.
  let further: StaticString

  init(
    _ words: StaticString, delay isDelay: Bool = false, vague isVague: Bool = false, with further: StaticString = ""
  ) {
    self.words = words
    self.isDelay = isDelay
    self.isVague = isVague
    self.further = further
  }

  /// True if `subject` has the words.
  func isIn(_ subject: ByteView) -> Bool {
    subject.containsIgnoringCase(words)
      && (further.utf8CodeUnitCount == 0 || subject.containsIgnoringCase(further))
  }

  /// True if `subject` begins with the words, or with 8 bytes before them: `Message could not be delivered`.
  func opens(_ subject: ByteView) -> Bool {
    isIn(subject) && subject.prefix(words.utf8CodeUnitCount + 8).containsIgnoringCase(words)
  }

  static let all: [NoticeSubject] = [
    NoticeSubject("failure notice"), NoticeSubject("returned mail"), NoticeSubject("undeliver"),
    NoticeSubject("mail delivery failed"), NoticeSubject("delivery status notification (failure)"),
    NoticeSubject("delivery status notification (delay)", delay: true), NoticeSubject("delivery failure", vague: true),
    NoticeSubject("delivery failed", vague: true), NoticeSubject("delivery notification", vague: true),
    NoticeSubject("mail system error"), NoticeSubject("mail error"), NoticeSubject("message delivery failure"),
    NoticeSubject("non-delivery"), NoticeSubject("delivery status notification"),
    NoticeSubject("could not be delivered", vague: true), NoticeSubject("mail not delivered"),
    NoticeSubject("delivery error", vague: true), NoticeSubject("mail failed, returning"),
    NoticeSubject("mail failure"), NoticeSubject("automatically rejected mail"),
    NoticeSubject("error sending your mail"), NoticeSubject("mail delivery problem"), NoticeSubject("failed mail"),
    NoticeSubject("delivery has failed", vague: true), NoticeSubject("unable to deliver", vague: true),
    NoticeSubject("delivery report", vague: true), NoticeSubject("delayed mail", delay: true),
    NoticeSubject("delivery delayed", delay: true, vague: true),
    NoticeSubject("delivery delay", delay: true, vague: true),
    NoticeSubject("delivery has been delayed", delay: true, vague: true),
    NoticeSubject("delivery warning", delay: true, vague: true),
    NoticeSubject("warning: message", delay: true, with: "delayed"),
    NoticeSubject("warning: could not send", delay: true), NoticeSubject("message still undelivered", delay: true),
    // MDaemon.
    NoticeSubject("transient delivery failure", delay: true),
    // Exchange, Exim and others in other languages.
    NoticeSubject("unzustellbar"), NoticeSubject("nicht zustellbar"), NoticeSubject("unzustellbare"),
    NoticeSubject("zustellung verz\u{F6}gert", delay: true), NoticeSubject("stunden verz\u{F6}gert", delay: true),
    NoticeSubject("no entregado"), NoticeSubject("no se puede entregar"), NoticeSubject("non distribu"),
    NoticeSubject("non remis"), NoticeSubject("mancata consegna"), NoticeSubject("non recapitabil"),
    NoticeSubject("onbestelba"), NoticeSubject("niet-bestelba"), NoticeSubject("kan inte levereras"),
    NoticeSubject("n\u{E3}o entregue"), NoticeSubject("niedostarczon"),
    NoticeSubject("\u{43D}\u{435} \u{434}\u{43E}\u{441}\u{442}\u{430}\u{432}\u{43B}\u{435}\u{43D}\u{43E}"),
    NoticeSubject("\u{41D}\u{435}\u{434}\u{43E}\u{441}\u{442}\u{430}\u{432}\u{43B}\u{435}\u{43D}\u{43E}"),
    // Yandex.
    NoticeSubject("\u{41D}\u{435}\u{434}\u{43E}\u{441}\u{442}\u{430}\u{432}\u{43B}\u{435}\u{43D}\u{43D}\u{43E}"),
    NoticeSubject("\u{914D}\u{4FE1}\u{4E0D}\u{80FD}"), NoticeSubject("\u{9000}\u{4FE1}"),
  ]

  /// Subjects of notices and of other mail, which help a phrase to be believed.
  static let supports: [NoticeSubject] = [
    NoticeSubject("not delivered", vague: true), NoticeSubject("nondeliver"),
    NoticeSubject("returned to sender"), NoticeSubject("return to sender"),
    NoticeSubject("rejected mail"), NoticeSubject("mail rejected"),
    NoticeSubject("message rejected"), NoticeSubject("message returned"),
    NoticeSubject("mail returned"), NoticeSubject("bounced mail"),
    NoticeSubject("delivery problem", vague: true),
    NoticeSubject("delivery status", vague: true),
    NoticeSubject("problem delivering", vague: true),
    NoticeSubject("error delivering", vague: true),
    NoticeSubject("could not be sent", vague: true),
    NoticeSubject("cannot be delivered", vague: true), NoticeSubject("message status"),
    NoticeSubject("user unknown"), NoticeSubject("unknown user"),
    NoticeSubject("recipient unknown"), NoticeSubject("unknown recipient"),
    NoticeSubject("mailbox full"), NoticeSubject("quota exceeded"),
  ]

  /// Subjects of automatic answers by people's mailboxes; lower case.
  static let autoReplies: [StaticString] = [
    "out of office", "out of the office", "automatic reply", "auto reply", "autoreply", "auto-reply",
    "auto response", "autoresponse", "auto-response", "on vacation", "away from my mail", "abwesenheit",
    "automatische antwort", "réponse automatique", "respuesta automática", "risposta automatica", "absence",
  ]

  /// What Exchange and others put before the subject that they answer, in the languages of the most. Letters beyond
  /// ASCII are as they write them.
  static let autoReplyOpenings: [StaticString] = [
    "automatisch antwoord:", "resposta automática:", "autosvar:", "automatisk svar:", "automatiskt svar:",
    "automaattinen vastaus:", "odpowiedź automatyczna:", "autoodpowiedź:", "automatická odpověď:",
    "automatická odpoveď:", "automatikus válasz:", "răspuns automat:", "otomatik yanıt:", "samodejni odgovor:",
    "automatski odgovor:", "Αυτόματη απάντηση:", "Автоматический ответ:", "Автоответ:", "Автоматична відповідь:",
    "Автоматичен отговор:", "תשובה אוטומטית:", "מענה אוטומטי:", "رد تلقائي:", "自动答复", "自动回复", "自動回覆", "自動答覆",
    "自動応答", "自動返信", "자동 회신", "자동 응답",
  ]

  /// Subjects of the lists of what a filter kept; lower case.
  static let digests: [StaticString] = [
    "quarantine", "quarant\u{E4}ne", "quarantaine", "quarentena", "cuarentena", "quarantena", "spam summary",
    "spam digest", "spam report",
  ]
}
