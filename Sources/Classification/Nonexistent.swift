public import SMTPTypes

/// What there is none of, as a server or the DNS says. With a permanent code it is proof: no later attempt changes it.
public enum Nonexistent: UInt8, NamedValue, Hashable {
  /// The mailbox.
  case recipient
  /// The domain, or any service for mail in it (null MX, RFC 7505).
  case domain

  public var name: StaticString {
    switch self {
    case .recipient: "recipient"
    case .domain: "domain"
    }
  }
}

extension Nonexistent {
  /// The same of our own rules alone, which need not be compiled for it: that takes some MiB.
  public static let builtInRules = Set(RuleFile.builtIn().flatMap(\.rules).filter { $0.nonexistent != nil }.map(\.id))
}

extension Classifier {
  /// The ids of the rules whose replies say that an address or its domain does not exist.
  public var nonexistent: Set<String> { Set(rules.filter { $0.nonexistent != nil }.map(\.id)) }
}

extension Failure {
  /// True if the code says that no later attempt will go better.
  var isPermanent: Bool {
    if let code = reply.code { return code.value >= 500 && (enhanced?.severity ?? 5) == 5 }
    return enhanced?.severity == 5
  }
}
