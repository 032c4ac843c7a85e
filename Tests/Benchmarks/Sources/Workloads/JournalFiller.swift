public import Journal

import Bytes
import Glibc

/// A sink that writes a journal, one group an event, and waits where the disk falls behind.
public final class JournalFiller: EventSink {
  /// Two windows of events, some 3 MB each, are all that waits for the disk: it always has work, memory is bounded,
  /// and nothing is dropped.
  private static let window = 4_000

  private let writer: JournalWriter
  private var before: Commit?
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
    guard events % JournalFiller.window == 0 else { return }
    if let before { _ = writer.waitUntilDurable(before, timeout: 60) }
    before = last
  }

  /// Waits until everything is durable.
  public func finish() {
    if let last { _ = writer.waitUntilDurable(last, timeout: 60) }
  }
}
