public import Journal

/// Hands everything on to several sinks, in their order.
public final class TeeSink: EventSink {
  private let sinks: [any EventSink]

  public init(_ sinks: [any EventSink]) { self.sinks = sinks }

  public func receive(_ event: borrowing Event) {
    for sink in sinks { sink.receive(event) }
  }

  public func receive(_ tally: borrowing Tally, host: String) {
    for sink in sinks { sink.receive(tally, host: host) }
  }
}
