import SMTPTypes

/// Where events go: into a journal, an aggregation, an output. Called on one thread at a time; what is handed over is
/// borrowed for the call.
public protocol EventSink: AnyObject {
  func receive(_ event: borrowing Event)
  /// `tally` covers what was seen since the last one of its host.
  func receive(_ tally: borrowing Tally, host: String)
  /// How far a source was read: the events of its group came before it.
  func receive(_ checkpoint: Checkpoint)
  /// False if tallies are dropped unseen: then nobody need count for them. Asked once.
  var takesTallies: Bool { get }
}

extension EventSink {
  /// Few ask where an event was read.
  public func receive(_ checkpoint: Checkpoint) {}
  public var takesTallies: Bool { true }
}
