/// How much of a message is read. A message is a stranger's: beyond these it is still walked to its end in time
/// proportional to its size, but nothing more is kept.
public struct ReportLimits: Sendable, Equatable {
  /// Nested multiparts.
  public var depth = 16
  /// Parts of all multiparts together.
  public var parts = 512
  /// Bytes of one line; the rest of a longer one is passed over.
  public var line = 32 * 1024
  /// Bytes of one unfolded header or status field.
  public var field = 16 * 1024
  /// Bytes of one header (the message's, a part's, the returned message's) and of one delivery-status part's group.
  public var header = 256 * 1024
  public var recipients = 1000
  /// Bytes of text, decoded, in which a notice in words is looked for.
  public var text = 64 * 1024
  /// Bytes of an address, a host name, an id.
  public var name = 1024
  /// Bytes of a reply's text.
  public var replyText = 4096

  public init() {}

  /// What was exceeded.
  public struct Kinds: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let depth = Kinds(rawValue: 1)
    public static let parts = Kinds(rawValue: 2)
    public static let line = Kinds(rawValue: 4)
    public static let header = Kinds(rawValue: 8)
    public static let recipients = Kinds(rawValue: 16)

    /// `depth`, `parts`, `line`, `header`, `recipients`.
    public var names: [String] {
      let all: [(Kinds, String)] = [
        (.depth, "depth"), (.parts, "parts"), (.line, "line"), (.header, "header"), (.recipients, "recipients"),
      ]
      return all.filter { contains($0.0) }.map(\.1)
    }
  }
}
