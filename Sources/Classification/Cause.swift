public import SMTPTypes

/// Why a delivery failed for now. The classes do not overlap; a postmaster acts differently on each.
public enum Cause: UInt8, NamedValue, Hashable {
  case greylisted, rateLimited, connectionLimit, recipientRate, mailboxFull, mailboxUnavailable, recipientUnverified,
    senderUnverified, reputation, blocklisted, authentication, reverseDNS, content, policy, systemBusy, systemStorage,
    connectFailure, connectionLost, dnsFailure, tlsFailure, tooManyRecipients, messageTooLarge, `protocol`, routing,
    localConfiguration, localResource, filterFailure, unclassified

  public var name: StaticString {
    switch self {
    case .greylisted: "greylisted"
    case .rateLimited: "rate-limited"
    case .connectionLimit: "connection-limit"
    case .recipientRate: "recipient-rate"
    case .mailboxFull: "mailbox-full"
    case .mailboxUnavailable: "mailbox-unavailable"
    case .recipientUnverified: "recipient-unverified"
    case .senderUnverified: "sender-unverified"
    case .reputation: "reputation"
    case .blocklisted: "blocklisted"
    case .authentication: "authentication"
    case .reverseDNS: "reverse-dns"
    case .content: "content"
    case .policy: "policy"
    case .systemBusy: "system-busy"
    case .systemStorage: "system-storage"
    case .connectFailure: "connect-failure"
    case .connectionLost: "connection-lost"
    case .dnsFailure: "dns-failure"
    case .tlsFailure: "tls-failure"
    case .tooManyRecipients: "too-many-recipients"
    case .messageTooLarge: "message-too-large"
    case .protocol: "protocol"
    case .routing: "routing"
    case .localConfiguration: "local-configuration"
    case .localResource: "local-resource"
    case .filterFailure: "filter-failure"
    case .unclassified: "unclassified"
    }
  }

  /// Who has to act unless a rule says otherwise; nil for `unclassified`.
  public var defaultScope: Scope? {
    switch self {
    case .mailboxFull, .mailboxUnavailable, .recipientRate, .recipientUnverified: .recipient
    case .systemBusy, .systemStorage, .connectFailure, .dnsFailure: .domain
    case .rateLimited, .reputation, .blocklisted, .authentication, .reverseDNS, .policy, .senderUnverified: .sender
    case .content, .messageTooLarge: .content
    case .greylisted, .connectionLimit, .connectionLost, .tlsFailure, .tooManyRecipients: .path
    case .protocol, .routing, .localConfiguration, .localResource, .filterFailure: .local
    case .unclassified: nil
    }
  }

  /// Whether trying again is what helps, without anybody doing anything, unless a rule says otherwise; nil where that
  /// is as it may be.
  public var retryHelps: Bool? {
    switch self {
    case .greylisted, .rateLimited, .connectionLimit, .recipientRate, .systemBusy, .systemStorage, .connectFailure,
      .connectionLost, .dnsFailure, .tooManyRecipients, .recipientUnverified:
      true
    case .mailboxFull, .senderUnverified, .reputation, .blocklisted, .authentication, .reverseDNS, .content, .policy,
      .tlsFailure, .messageTooLarge, .protocol, .routing, .localConfiguration, .localResource, .filterFailure:
      false
    case .mailboxUnavailable, .unclassified: nil
    }
  }
}
