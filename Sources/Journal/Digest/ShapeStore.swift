import Bytes
import SMTPTypes

/// The shapes of a digest, and the events that show them.
final class ShapeStore {
  private let heads: HeadStore
  /// By part, from `provider` on.
  private let texts: [DigestTexts]
  let count: Int
  /// `EventShape.width` for each shape.
  private let parts: UnsafeMutablePointer<UInt32>
  /// By head: the shape that its event shows, or -1.
  private var shown: [Int32]
  /// By number, once they were read.
  private var tags: [[Event.Tag]?]

  /// - Parameter columns: what to read of each column, valid while the store is.
  /// - Throws: `DigestError` for what is no digest, or a larger one than any that is written. O(bytes).
  init(_ columns: (DigestColumn) -> ByteView) throws(DigestError) {
    guard let heads = HeadStore(columns(.heads), limit: ShapeBuilder.headLimit) else {
      throw DigestError(column: .heads)
    }
    var texts: [DigestTexts] = []
    for part in EventShape.Part.allCases {
      guard let column = DigestColumn(texts: part) else { continue }
      guard let read = DigestTexts(columns(column), limit: ShapeBuilder.limit(part)) else {
        throw DigestError(column: column)
      }
      texts.append(read)
    }
    let limits = ([heads.count] + texts.map(\.count)).map { UInt64($0) }
    var rest = DigestBytes(columns(.shapes))
    var numbers: [UInt32] = []
    while !rest.isEmpty {
      for part in 0..<EventShape.width {
        // A head there always is.
        guard let number = rest.varint(), number <= limits[part], part > 0 || number > 0 else {
          throw DigestError(column: .shapes)
        }
        numbers.append(UInt32(number))
      }
      guard numbers.count <= ShapeBuilder.shapeLimit * EventShape.width else { throw DigestError(column: .shapes) }
    }
    self.heads = heads
    self.texts = texts
    count = numbers.count / EventShape.width
    parts = UnsafeMutablePointer<UInt32>.allocate(capacity: max(numbers.count, 1))
    for (index, number) in numbers.enumerated() { parts[index] = number }
    shown = Array(repeating: -1, count: heads.count)
    tags = Array(repeating: nil, count: texts[EventShape.Part.tags.rawValue - 1].count)
  }

  deinit { parts.deallocate() }

  var counts: ShapeCounts { ShapeCounts(shapes: count, values: [heads.count] + texts.map(\.count)) }

  var clientCount: Int { texts[EventShape.Part.client.rawValue - 1].count }

  /// The shape with a number below `count`.
  @inline(__always)
  func shape(_ number: Int, client: UInt32) -> EventShape {
    EventShape(number: number, parts: UnsafePointer(parts + number * EventShape.width), client: client)
  }

  func client(_ number: Int) -> Event.Client { DigestText.client(text(.client, number)) }

  /// The event that shows the shape with a number below `count`, until another of the same head is asked for.
  @inline(__always)
  func event(_ number: Int) -> UnsafeMutablePointer<Event> {
    let head = Int(parts[number * EventShape.width]) - 1
    let event = heads[head]
    if shown[head] != number {
      dress(&event.pointee, number)
      shown[head] = Int32(truncatingIfNeeded: number)
    }
    return event
  }

  private func dress(_ event: inout Event, _ number: Int) {
    let parts = parts + number * EventShape.width
    func value(_ part: EventShape.Part) -> ByteView? {
      let number = Int(parts[part.rawValue])
      return number == 0 ? nil : text(part, number - 1)
    }
    event.provider = value(.provider)
    event.domain = value(.domain)
    event.relay = value(.relay).map { DigestText.relay($0) }
    event.sender = value(.sender)
    event.user = value(.user)
    event.reply = value(.reply).map { DigestText.reply($0) }
    let tags = Int(parts[EventShape.Part.tags.rawValue])
    if tags > 0 {
      event.tags = self.tags(tags - 1)
    } else if !event.tags.isEmpty {
      event.tags = []
    }
  }

  private func tags(_ number: Int) -> [Event.Tag] {
    if let known = tags[number] { return known }
    let read = DigestText.tags(text(.tags, number))
    tags[number] = read
    return read
  }

  @inline(__always)
  private func text(_ part: EventShape.Part, _ number: Int) -> ByteView { texts[part.rawValue - 1][number] }
}
