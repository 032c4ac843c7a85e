// Numbers the shapes of events, and what they are made of, in the order in which they are met.

import Bytes
import SMTPTypes

struct ShapeBuilder: ~Copyable {
  /// Different heads: a reader keeps them decoded, some 700 bytes each.
  static var headLimit: Int { 1 << 12 }
  /// Different shapes: a reader keeps 32 bytes of each.
  static var shapeLimit: Int { 1 << 17 }
  /// Different texts of one part: a reader keeps some twenty bytes of each, of tags some hundred.
  static func limit(_ part: EventShape.Part) -> Int { part == .tags ? 1 << 14 : 1 << 17 }

  /// True once there were too many of anything.
  private(set) var isFull = false
  /// By the line of the head: its number, or -1 for one that would not be read back as it is.
  private var heads = ByteTable<Int32>(limit: ShapeBuilder.headLimit)
  private var headLines = ByteBuffer(capacity: 4096)
  private var headCount: Int32 = 0
  /// By part; the head has none.
  private var texts: [TextTable] = EventShape.Part.allCases.map { TextTable(limit: ShapeBuilder.limit($0)) }
  /// By the numbers of the parts, four bytes each.
  private var shapes = ByteTable<Void>(limit: ShapeBuilder.shapeLimit)
  private var parts = InlineArray<8, UInt32>(repeating: 0)
  private var scratch = ByteBuffer(capacity: 1024)
  private var decoder = EventDecoder()

  private final class TextTable {
    private var table: ByteTable<Void>

    init(limit: Int) { table = ByteTable(limit: limit) }

    var count: Int { table.count }

    /// The text's number; nil if there are too many.
    @inline(__always)
    func number(of text: ByteView) -> Int? { table.insert(text, default: ()) }

    func text(_ number: Int) -> ByteView { table.key(at: number) }
  }

  /// The number of the event's shape; nil where no shape says the same as the event.
  mutating func number(of event: borrowing Event) -> Int? {
    guard let head = head(of: event) else { return nil }
    parts[0] = UInt32(head) + 1
    let isWhole = DigestHead.way(of: event) == .shape
    for part in EventShape.Part.allCases where part != .head && part != .client {
      guard let number = isWhole ? text(part, of: event) : 0 else { return nil }
      parts[part.rawValue] = number
    }
    scratch.removeAll()
    for part in 0..<EventShape.width { scratch.append(UInt64(parts[part]), bytes: 4) }
    let number = shapes.insert(scratch.view, default: ())
    if number == nil { isFull = true }
    return number
  }

  /// The code of the event's client: 0 for none, 1 for a new one, else the number and two; nil if there is no room.
  mutating func visitor(of event: borrowing Event) -> UInt64? {
    let met = texts[EventShape.Part.client.rawValue].count
    guard let number = text(.client, of: event) else { return nil }
    if number == 0 { return 0 }
    return Int(number) > met ? 1 : UInt64(number) + 1
  }

  /// Hands over the bytes of heads, texts and shapes, in order, and forgets them.
  mutating func finish(_ append: (DigestColumn, ByteView) -> Void) {
    append(.heads, headLines.view)
    for part in EventShape.Part.allCases {
      guard let column = DigestColumn(texts: part) else { continue }
      let table = texts[part.rawValue]
      for number in 0..<table.count {
        scratch.removeAll()
        DigestText.append(counted: table.text(number), to: &scratch)
        append(column, scratch.view)
      }
    }
    for number in 0..<shapes.count {
      var rest = DigestBytes(shapes.key(at: number))
      scratch.removeAll()
      while let part = rest.number(bytes: 4) { scratch.append(varint: part) }
      append(.shapes, scratch.view)
    }
    self = ShapeBuilder()
  }

  private mutating func head(of event: borrowing Event) -> Int32? {
    scratch.removeAll()
    DigestHead.append(event, to: &scratch)
    if let number = heads[scratch.view] { return number < 0 ? nil : number }
    let number: Int32 = isFaithful(event) ? headCount : -1
    guard heads.insert(scratch.view, default: number) != nil else {
      isFull = true
      return nil
    }
    guard number >= 0 else { return nil }
    headCount += 1
    headLines.append(scratch.view)
    return number
  }

  /// True if the line in `scratch` is read back as `event` has it: a journal of another's making may hold bytes that
  /// are written in another way.
  private mutating func isFaithful(_ event: borrowing Event) -> Bool {
    guard DigestHead.way(of: event) == .shape else { return true }
    do throws(JournalLineError) {
      guard case .event(let head) = try decoder.decode(scratch.view.prefix(scratch.count - 1)) else { return false }
      return DigestHead.isHead(head, of: event)
    } catch {
      return false
    }
  }

  /// The number and one of what the event has of `part`, 0 if it has nothing; nil if there is too much.
  @inline(__always)
  private mutating func text(_ part: EventShape.Part, of event: borrowing Event) -> UInt32? {
    scratch.removeAll()
    guard DigestText.append(part, of: event, to: &scratch) else { return 0 }
    guard let number = texts[part.rawValue].number(of: scratch.view) else {
      isFull = true
      return nil
    }
    return UInt32(number) + 1
  }
}
