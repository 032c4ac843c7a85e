public import Journal

import Bytes
import Glibc

/// A sink that writes a journal, one group an event, and waits where the disk falls behind.
public final class JournalFiller: EventSink {
  private let writer: JournalWriter
  private var last: Commit?
  public private(set) var events = 0

  public init(_ writer: JournalWriter) { self.writer = writer }

  public func receive(_ event: borrowing Event) {
    events += 1
    store { $0.add(event) }
  }

  public func receive(_ tally: borrowing Tally, host: String) {
    host.withByteView { host in store { $0.add(tally, host: host) } }
  }

  private func store(_ body: (inout EventGroup) -> Void) {
    last = writer.append(body)
    // Far below what the writer keeps in memory, so that nothing is dropped.
    if events % 20_000 == 0 { finish() }
  }

  /// Waits until everything is durable.
  public func finish() {
    if let last { _ = writer.waitUntilDurable(last, timeout: 60) }
  }
}
