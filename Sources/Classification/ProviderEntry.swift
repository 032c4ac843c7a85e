import Bytes

/// A provider as the table has it.
struct ProviderEntry: Equatable, Sendable {
  var name: String
  /// Suffixes of its MX and relay hosts, whole labels.
  var hosts: [String] = []
  /// Recipient domains of its own.
  var domains: [String] = []

  /// Our own tables; what does not parse is a mistake of ours that a test finds, and left out.
  static func builtIn() -> [ProviderEntry] {
    BuiltInRules.providers.flatMap { table in (try? entries(of: table)) ?? [] }
  }

  static func entries(of table: BuiltInRules) throws(RuleError) -> [ProviderEntry] {
    var entries: [ProviderEntry] = []
    for draft in try RuleReader.drafts(name: table.name, text: ByteView(table.text)) {
      var entry = ProviderEntry(name: "")
      for field in draft.fields {
        switch field.key {
        case "name": entry.name = field.values.joined()
        case "hosts": entry.hosts = field.values
        case "domains": entry.domains = field.values
        default: throw RuleError(file: table.name, line: field.line, message: "no such key “\(field.key)”")
        }
      }
      if entry.name.isEmpty { throw RuleError(file: table.name, line: draft.line, message: "a provider has no name") }
      entries.append(entry)
    }
    return entries
  }
}
