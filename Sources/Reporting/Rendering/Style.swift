/// Colour on a terminal; nothing elsewhere.
public struct Style: Sendable {
  public var isColoured: Bool

  public init(isColoured: Bool) { self.isColoured = isColoured }

  public enum Tone: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  public func apply(_ tone: Tone, _ text: String) -> String {
    isColoured ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The tone of a deferral rate: none below 5%, then yellow, from 20% red.
  func rate(_ share: Double?, _ text: String) -> String {
    guard let share, share >= 0.05 else { return text }
    return apply(share >= 0.2 ? .red : .yellow, text)
  }
}
