// Our own rules: the texts in Rules/, in the order in which they are tried among rules of equal evidence.
//
// They are YAML, embedded as literals so that the program is one file, and kept to a subset that `RuleReader` reads
// in a fraction of the time that a full YAML parser takes; a test holds the two to the same result.

/// A rule file of ours.
struct BuiltInRules: Sendable {
  var name: String
  var text: StaticString

  static let all: [BuiltInRules] = [
    verification, google, microsoft, exchange, yahoo, northAmerica, france, germany, asiaAndEast, filters, software,
    inbound, local, transport, genericSender, wordings, otherLanguages, genericRecipient, genericSystem,
    genericOther, notices, bareWords, enhancedCodes, inboundTrouble, lastResorts,
  ]

  /// The tables of providers.
  static let providers: [BuiltInRules] = [mailboxProviders, filterAndHostProviders]
}
