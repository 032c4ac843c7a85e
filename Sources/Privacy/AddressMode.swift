/// How recipients' addresses are stored.
public enum AddressMode: String, Sendable, CaseIterable {
  /// As they are.
  case plain
  /// The local part replaced by a keyed hash, the same wherever the address is met; the domain stays.
  case pseudonymised
  /// The local part replaced by a mark that is another for each message, so that nobody can be followed from one
  /// message to the next; the domain stays.
  case domainOnly = "domain-only"
}
