/// What an event of a digest has in common with others, in numbers that hold within one digest.
public struct EventShape {
  /// What shapes are made of. Each part's values are numbered from 0 on.
  public enum Part: Int, CaseIterable, Sendable {
    /// Type, source, host, instance, service, direction, hop, cause, scope, origin, status, stage, rule, `matched`.
    case head
    case provider, domain
    /// The host, or the address of one without.
    case relay
    /// The domain behind an `@`, or nothing for the null sender.
    case sender
    case user
    /// The code and the template.
    case reply
    /// All tags together.
    case tags
    /// No part of a shape: events of one shape have different clients.
    case client
  }

  /// Parts that are the same in all events of a shape.
  static var width: Int { Part.client.rawValue }

  /// Events with the same number are equal but for time, attempt, arrival, `deferred_for` and client.
  public let number: Int
  /// By part: the value's number and one, 0 for none; valid while the digest is read.
  @usableFromInline let parts: UnsafePointer<UInt32>
  @usableFromInline let client: UInt32

  /// The number of the event's value; -1 without one.
  @inlinable @inline(__always)
  public subscript(part: Part) -> Int { Int(part == .client ? client : parts[part.rawValue]) - 1 }
}

/// How many shapes a digest has, and how many values of each part.
public struct ShapeCounts {
  public let shapes: Int
  private let values: [Int]

  init(shapes: Int, values: [Int]) {
    self.shapes = shapes
    self.values = values
  }

  public subscript(part: EventShape.Part) -> Int { values[part.rawValue] }
}
