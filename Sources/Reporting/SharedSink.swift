public import Journal

/// A sink that several may feed at once, where a journal can be read so.
public protocol SharedSink: EventSink {
  /// How much of a line it looks at.
  var depth: EventDecoder.Depth { get }
  /// Readers that feed the sink together; nil if it can't be fed so. Nothing else may be received until `merge`.
  func readers(_ count: Int) -> [any JournalConsumer]?
  /// Ends `readers`.
  func merge(_ readers: [any JournalConsumer])
}
