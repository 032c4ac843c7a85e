import Testing

/// Notices in words of mail systems that write no delivery-status part, or leave out of it what the words say. The
/// forms are theirs; names, addresses and replies are not.
struct NoticeFamily: CustomTestStringConvertible {
  /// The mail system.
  var name: String
  var subject: String
  var body: String
  /// Recipients as `address action status code`.
  var told: [String]
  /// How the first recipient's reply begins; empty if there is none.
  var reply = ""

  var testDescription: String { name }

  var message: String {
    """
    Return-Path: <>
    From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
    To: ann@example.org
    Subject: \(subject)
    Date: Mon, 23 Nov 2026 15:00:00 +0100

    \(body)
    """
  }

  static let all = servers + others + foreign + named + waiting
}
