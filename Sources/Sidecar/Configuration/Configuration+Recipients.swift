import Journal

/// The numbers of the advice on recipients. The sidecar has no use for them; it checks the file that the reporter reads
/// (`softbounce recipients`).
extension Configuration {
  public struct Recipients: Sendable, Equatable {
    /// Failed messages in a row before suppression is proposed, and the seconds that they must span.
    public var messages = 3
    public var span = 14 * 86_400
    /// Seconds without one after which an address starts anew.
    public var forgetAfter = 90 * 86_400
    /// Connect and DNS failures do not count while more than this share of at least `outageDomains` other domains fail
    /// likewise within `outageWindow` seconds, half of them before the failure, or half after it.
    public var outageShare = 0.5
    public var outageDomains = 3
    public var outageWindow = 3600
  }
}

extension Configuration.Recipients {
  mutating func read(_ section: ConfigurationSection) {
    let decade = 315_360_000
    if let number = section.number("messages", in: 1...1000) { messages = number }
    if let seconds = section.duration("span", in: 0...decade) { span = seconds }
    if let seconds = section.duration("forget_after", in: 0...decade) { forgetAfter = seconds }
    if let text = section.text("outage_share") {
      if let share = Quantity.share(text), (0...1).contains(share) {
        outageShare = share
      } else {
        section.problem("outage_share", "this is no share", "Write a share such as 50%")
      }
    }
    if let number = section.number("outage_domains", in: 1...1000) { outageDomains = number }
    if let seconds = section.duration("outage_window", in: 60...86_400) { outageWindow = seconds }
    section.finish()
  }

  func describe(_ text: inout Listing) {
    text.section(0, "recipients")
    text.raw(1, "messages: \(messages)")
    text.line(1, "span", Quantity.describe(duration: span))
    text.line(1, "forget_after", Quantity.describe(duration: forgetAfter))
    text.line(1, "outage_share", Quantity.describe(share: outageShare))
    text.raw(1, "outage_domains: \(outageDomains)")
    text.line(1, "outage_window", Quantity.describe(duration: outageWindow))
  }
}
