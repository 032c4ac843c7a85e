public import Journal

/// Hands everything on to several sinks, in their order.
public final class TeeSink: SharedSink {
  private let sinks: [any EventSink]

  public init(_ sinks: [any EventSink]) { self.sinks = sinks }

  public func receive(_ event: borrowing Event) {
    for sink in sinks { sink.receive(event) }
  }

  public func receive(_ tally: borrowing Tally, host: String) {
    for sink in sinks { sink.receive(tally, host: host) }
  }

  public var depth: EventDecoder.Depth {
    sinks.map { ($0 as? any SharedSink)?.depth ?? .all }.max { $0.rawValue < $1.rawValue } ?? .all
  }

  /// nil if one of the sinks can't be fed by several.
  public func readers(_ count: Int) -> [any JournalConsumer]? {
    let shared = sinks.compactMap { $0 as? any SharedSink }
    guard shared.count == sinks.count else { return nil }
    let all = shared.compactMap { $0.readers(count) }
    guard all.count == sinks.count else { return nil }
    return (0..<count).map { index in TeeReader(all.map { $0[index] }) }
  }

  public func merge(_ readers: [any JournalConsumer]) {
    let tees = readers.compactMap { $0 as? TeeReader }
    for (index, sink) in sinks.enumerated() {
      (sink as? any SharedSink)?.merge(tees.map { $0.readers[index] })
    }
  }
}

/// One of those who feed several sinks.
private final class TeeReader: JournalConsumer {
  let readers: [any JournalConsumer]

  init(_ readers: [any JournalConsumer]) { self.readers = readers }

  func receive(_ event: borrowing Event, head: Int) {
    for reader in readers { reader.receive(event, head: head) }
  }

  func receive(_ tally: borrowing TallyLine) {
    for reader in readers { reader.receive(tally) }
  }

  var cuts: Tally.Cuts { readers.reduce(Tally.Cuts([])) { $0.union($1.cuts) } }

  var takesDigests: Bool { readers.allSatisfy(\.takesDigests) }

  func beginShapes(_ counts: ShapeCounts) {
    for reader in readers { reader.beginShapes(counts) }
  }

  func receive(_ event: borrowing Event, shape: EventShape, identity: EventIdentity?) {
    for reader in readers { reader.receive(event, shape: shape, identity: identity) }
  }

  func receive(_ checkpoint: Checkpoint) {
    for reader in readers { reader.receive(checkpoint) }
  }

  /// What the one wants that wants most.
  func depth(of event: borrowing Event) -> EventDecoder.Depth? {
    var most = EventDecoder.Depth.leading
    for reader in readers {
      guard let depth = reader.depth(of: event) else { return nil }
      if depth.rawValue > most.rawValue { most = depth }
    }
    return most
  }

  func settle() {
    for reader in readers { reader.settle() }
  }

  var held: Int { readers.reduce(0) { $0 + $1.held } }
}
