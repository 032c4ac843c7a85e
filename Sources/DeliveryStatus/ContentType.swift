// The Content-Type field: which of the few kinds of parts that matter here, and the boundary of a multipart.

import Bytes

/// What a part is to this reader.
enum PartKind {
  case text, html, multipart
  /// message/delivery-status and message/global-delivery-status.
  case status
  /// The returned message or its header (RFC 6522, section 3; RFC 6533, section 4).
  case original
  case feedback, disposition
  case other
}

/// A parsed Content-Type (RFC 2045, section 5.1).
struct ContentType {
  var kind: PartKind = .text
  /// The report-type parameter of a multipart/report (RFC 6522), as a kind: status, feedback, disposition.
  var reportType: PartKind?
  /// True for a part that its sender declares to be a file to save.
  var isReport = false

  /// Reads `value`, unfolded, and puts the boundary parameter, if any, into `boundary`. O(bytes).
  init(field value: ByteView, boundary: inout ByteBuffer) {
    boundary.removeAll()
    var scanner = ParameterScanner(value)
    let type = scanner.mediaType()
    kind = ContentType.kind(of: type)
    guard kind == .multipart else { return }
    isReport = type.equalsIgnoringCase(ByteView("multipart/report"))
    var pieces: [(number: Int, isExtended: Bool, value: ByteView)] = []
    var scratch = ByteBuffer(capacity: 128)
    while let (name, start, end) = scanner.nextParameter(into: &scratch) {
      if name.equalsIgnoringCase(ByteView("report-type")) {
        reportType = ContentType.reportKind(scratch.view[start..<end])
      } else if name.hasPrefixIgnoringCase("boundary") {
        let suffix = name.from(8)
        if suffix.isEmpty {
          boundary.removeAll()
          boundary.append(scratch.view[start..<end])
        } else if suffix.at(0) == 0x2A, pieces.count < 16 {
          // RFC 2231: boundary*, boundary*0, boundary*0*.
          var number = suffix.from(1)
          let isExtended = number.isEmpty || number.hasSuffix("*")
          if number.hasSuffix("*") { number = number.prefix(number.count - 1) }
          // Its own memory, because the scratch may move.
          pieces.append((number.decimal ?? 0, isExtended, scanner.rawValue))
        }
      }
    }
    if boundary.isEmpty, !pieces.isEmpty {
      for piece in pieces.sorted(by: { $0.number < $1.number }) {
        ContentType.append(
          extended: piece.value, isExtended: piece.isExtended, isFirst: piece.number == 0, to: &boundary)
      }
    }
    // RFC 2046, section 5.1.1: at most 70 characters, none of them a space at the end.
    var length = min(boundary.count, 200)
    while length > 0, boundary.view[length - 1] == 0x20 { length -= 1 }
    boundary.truncate(to: length)
  }

  private static func kind(of type: ByteView) -> PartKind {
    if type.hasPrefixIgnoringCase("multipart/") { return .multipart }
    for (name, kind) in kinds where type.equalsIgnoringCase(ByteView(name)) { return kind }
    return type.hasPrefixIgnoringCase("text/") || type.isEmpty ? .text : .other
  }

  private static let kinds: [(StaticString, PartKind)] = [
    ("text/plain", .text),
    ("text/html", .html),
    ("message/delivery-status", .status),
    ("message/global-delivery-status", .status),
    ("message/rfc822", .original),
    ("text/rfc822-headers", .original),
    ("text/rfc822-header", .original),
    ("text/rfc822", .original),
    ("message/rfc822-headers", .original),
    ("message/global", .original),
    ("message/global-headers", .original),
    ("message/feedback-report", .feedback),
    ("message/disposition-notification", .disposition),
    ("message/global-disposition-notification", .disposition),
    ("text/calendar", .other),
    ("text/x-vcard", .other),
  ]

  private static func reportKind(_ word: ByteView) -> PartKind? {
    if word.equalsIgnoringCase(ByteView("delivery-status")) { return .status }
    if word.equalsIgnoringCase(ByteView("feedback-report")) { return .feedback }
    if word.equalsIgnoringCase(ByteView("disposition-notification")) { return .disposition }
    return nil
  }

  /// Appends one piece of an RFC 2231 value: charset and language off the first, percent escapes resolved.
  private static func append(extended raw: ByteView, isExtended: Bool, isFirst: Bool, to boundary: inout ByteBuffer) {
    var value = raw
    if isExtended, isFirst, let quote = value.firstIndex(of: 0x27),
      let second = value.firstIndex(of: 0x27, from: quote + 1)
    {
      value = value.from(second + 1)
    }
    var at = 0
    while at < value.count {
      if isExtended, value[at] == 0x25, at + 2 < value.count, let high = hexDigit(value[at + 1]),
        let low = hexDigit(value[at + 2])
      {
        boundary.append(high << 4 | low)
        at += 3
      } else {
        boundary.append(value[at])
        at += 1
      }
    }
  }
}

/// Walks `type/subtype; name=value; …`, passing over comments (RFC 5322, section 3.2.2). What does not parse is
/// passed over up to the next semicolon.
struct ParameterScanner {
  private let text: ByteView
  private var at = 0
  /// The last parameter's value as it stands between its quotes, escapes left in.
  private(set) var rawValue = ByteView.empty

  init(_ text: ByteView) { self.text = text }

  /// `type/subtype` without spaces around it.
  mutating func mediaType() -> ByteView {
    skipSpace()
    let start = at
    while let byte = text.at(at), byte != 0x3B, byte != 0x20, byte != 0x09, byte != 0x28 { at += 1 }
    return text[start..<at]
  }

  /// The next parameter: its name, and the range of its value within `scratch`, to which it is appended.
  mutating func nextParameter(into scratch: inout ByteBuffer) -> (name: ByteView, start: Int, end: Int)? {
    while at < text.count {
      while let byte = text.at(at), byte != 0x3B {
        if byte == 0x28 { skipComment() } else { at += 1 }
      }
      at += 1
      skipSpace()
      let nameStart = at
      while let byte = text.at(at), byte != 0x3D, byte != 0x3B, byte != 0x20, byte != 0x09 { at += 1 }
      let name = text[nameStart..<at]
      skipSpace()
      guard text.at(at) == 0x3D, !name.isEmpty else { continue }
      at += 1
      skipSpace()
      let start = scratch.count
      if text.at(at) == 0x22 {
        at += 1
        let rawStart = at
        while let byte = text.at(at), byte != 0x22 {
          if byte == 0x5C, let escaped = text.at(at + 1) {
            scratch.append(escaped)
            at += 2
          } else {
            scratch.append(byte)
            at += 1
          }
        }
        rawValue = text[rawStart..<at]
        at += 1
      } else {
        let rawStart = at
        while let byte = text.at(at), byte != 0x3B, byte != 0x20, byte != 0x09 { at += 1 }
        rawValue = text[rawStart..<at]
        scratch.append(rawValue)
      }
      return (name, start, scratch.count)
    }
    return nil
  }

  private mutating func skipSpace() {
    while let byte = text.at(at) {
      if byte == 0x20 || byte == 0x09 {
        at += 1
      } else if byte == 0x28 {
        skipComment()
      } else {
        return
      }
    }
  }

  /// Passes over a comment with those nested in it.
  private mutating func skipComment() {
    var depth = 0
    while let byte = text.at(at) {
      at += 1
      switch byte {
      case 0x28: depth += 1
      case 0x29:
        depth -= 1
        if depth <= 0 { return }
      case 0x5C: at += 1
      default: break
      }
    }
  }
}
