import Bytes
public import Journal

/// A sink that makes journal lines and keeps none: what the reading side costs without a disk.
public final class LineEncoder: EventSink {
  public private(set) var events = 0
  public private(set) var attempts = 0
  public private(set) var bytes = 0
  private var buffer = ByteBuffer(capacity: 1 << 20)

  public init() {}

  public func receive(_ event: borrowing Event) {
    events += 1
    EventEncoder.append(event, to: &buffer)
    drain()
  }

  public func receive(_ tally: borrowing Tally, host: String) {
    attempts += tally.total.attempts
    host.withByteView { EventEncoder.append(tally, host: $0, to: &buffer) }
    drain()
  }

  private func drain() {
    guard buffer.count > 512 * 1024 else { return }
    bytes += buffer.count
    buffer.removeAll()
  }
}
