/// Mails each alert through a sendmail(1) command, as Postfix and Sendmail install it.
public struct MailNotifier: AlertNotifier {
  public let recipient: String
  public let sender: String?
  /// Path of sendmail(1).
  public let program: String
  /// Seconds after which it is ended.
  public let timeout: Int

  /// nil when an address could be taken for an option or for two addresses, or holds control characters.
  public init?(
    recipient: String, sender: String? = nil, program: String = "/usr/sbin/sendmail", timeout: Int = 30
  ) {
    guard MailNotifier.isPlain(recipient), sender.map(MailNotifier.isPlain) ?? true else { return nil }
    self.recipient = recipient
    self.sender = sender
    self.program = program
    self.timeout = min(max(timeout, 1), 600)
  }

  /// True for an address that stands for itself in a header and on a command line.
  static func isPlain(_ address: String) -> Bool {
    !address.isEmpty && address.utf8.count <= 320 && address.utf8.first != 0x2D
      && address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2C && $0 != 0x3C && $0 != 0x3E && $0 != 0x3B }
  }

  public var label: String { "mail to \(recipient)" }

  /// The message, headers and body (RFC 5322), with lines ended as sendmail(1) wants them.
  func message(_ alert: Alert, host: String) -> String {
    var headers = ["To: \(recipient)"]
    if let sender { headers.append("From: softbounce <\(sender)>") }
    let subject = Alert.printable("[softbounce \(alert.state)] \(alert.summary)")
    headers.append("Subject: \(MailNotifier.encoded(String(subject.prefix(200))))")
    // RFC 3834: nobody shall answer it.
    headers.append("Auto-Submitted: auto-generated")
    headers.append("X-Softbounce-Alert: \(MailNotifier.encoded(Alert.printable(alert.rule.name)))")
    headers.append("MIME-Version: 1.0")
    headers.append("Content-Type: text/plain; charset=utf-8")
    headers.append("Content-Transfer-Encoding: 8bit")
    return headers.joined(separator: "\n") + "\n\n" + alert.mailBody(host: host)
  }

  /// `text` as it stands, or as RFC 2047 encoded words when it isn't ASCII.
  static func encoded(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return text }
    var words: [String] = []
    var word = ""
    for character in text {
      let bytes = character.utf8.map { byte in
        byte.isQWord ? String(UnicodeScalar(byte)) : "=" + MailNotifier.hex(byte)
      }.joined()
      // An encoded word ends at 75 characters (RFC 2047, section 2).
      if word.utf8.count + bytes.utf8.count > 60 {
        words.append("=?utf-8?q?\(word)?=")
        word = ""
      }
      word += bytes
    }
    if !word.isEmpty { words.append("=?utf-8?q?\(word)?=") }
    return words.joined(separator: "\n ")
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF")
    return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
  }

  public func notify(_ alert: Alert, host: String) async throws(NotifierError) {
    var command = [program, "-i"]
    if let sender { command += ["-f", sender] }
    command += ["--", recipient]
    try await ChildProcess.run(
      command, input: message(alert, host: host), timeout: timeout, label: label)
  }
}

extension UInt8 {
  /// What a "Q" encoded word may hold as it is (RFC 2047, section 5, rule 3).
  fileprivate var isQWord: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
