public import Bytes

extension Event {
  /// The four parts of a delay, seconds (Postfix's `delays=a/b/c/d`), as values or as they were written.
  public struct Delays: Equatable {
    private enum Form {
      case values(Double, Double, Double, Double)
      case written(ByteView)
    }

    private let form: Form

    public init(
      beforeQueueManager: Double, inQueueManager: Double, connectionSetup: Double, transmission: Double
    ) {
      form = .values(beforeQueueManager, inQueueManager, connectionSetup, transmission)
    }

    /// Borrows `0.11/0.03/0.23/0.19`; nil unless each part is a number as the journal writes it: without zeros that say
    /// nothing, below 10^9 and with six digits of fraction at most.
    public init?(asWritten text: ByteView) {
      guard Delays.isWritten(text) else { return nil }
      form = .written(text)
    }

    /// The same of a text of which `isWritten` said true.
    public init(proven text: ByteView) { form = .written(text) }

    /// True if `text` is four parts as the journal writes them. O(`text.count`).
    public static func isWritten(_ text: ByteView) -> Bool {
      var at = 0
      for place in 0..<4 {
        guard let end = endOfNumber(text, at) else { return false }
        at = end + 1
        guard place == 3 ? end == text.count : text.at(end) == 0x2F else { return false }
      }
      return true
    }

    /// Where the number that begins at `start` ends; nil if there is none, or it is written another way.
    @inline(__always)
    private static func endOfNumber(_ text: ByteView, _ start: Int) -> Int? {
      let base = text.start
      let end = text.count
      var at = start
      while at < end, base[at].isASCIIDigit { at += 1 }
      guard at > start, at - start < 10, at == start + 1 || base[start] != 0x30 else { return nil }
      guard at < end, base[at] == 0x2E else { return at }
      let fraction = at + 1
      at = fraction
      while at < end, base[at].isASCIIDigit { at += 1 }
      return at > fraction && at - fraction < 7 && base[at - 1] != 0x30 ? at : nil
    }

    /// The parts with slashes between them, each as the journal writes it; nil if they are values.
    var written: ByteView? {
      if case .written(let text) = form { text } else { nil }
    }

    public var beforeQueueManager: Double { parts.0 }
    public var inQueueManager: Double { parts.1 }
    public var connectionSetup: Double { parts.2 }
    public var transmission: Double { parts.3 }

    private var parts: (Double, Double, Double, Double) {
      switch form {
      case .values(let first, let second, let third, let fourth): return (first, second, third, fourth)
      case .written(let text):
        var rest = text
        func next() -> Double {
          let end = rest.firstIndex(of: 0x2F) ?? rest.count
          defer { rest = rest.from(end + 1) }
          var cursor = JSONCursor(rest.prefix(end))
          return (try? cursor.double()) ?? 0
        }
        return (next(), next(), next(), next())
      }
    }

    public static func == (left: Delays, right: Delays) -> Bool { left.parts == right.parts }
  }
}
