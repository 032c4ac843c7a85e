extension ListAnnotator {
  /// Where a record belongs: a state, or `invalid` for one that holds no address.
  public enum Segment: Int, CaseIterable, Sendable {
    case healthy, watch, mailboxFull, suppress, invalid

    public var name: String {
      switch self {
      case .healthy: "healthy"
      case .watch: "watch"
      case .mailboxFull: "mailbox-full"
      case .suppress: "suppress"
      case .invalid: "invalid"
      }
    }

    /// Which of several addresses' segments counts. What can't be read of a field is not called well, but hides nothing
    /// that is to be suppressed.
    var weight: Int {
      switch self {
      case .healthy: 0
      case .watch: 1
      case .mailboxFull: 2
      case .invalid: 3
      case .suppress: 4
      }
    }

    init(_ state: RecipientPolicy.State) {
      switch state {
      case .healthy: self = .healthy
      case .watch: self = .watch
      case .mailboxFull: self = .mailboxFull
      case .suppress: self = .suppress
      }
    }
  }
}
