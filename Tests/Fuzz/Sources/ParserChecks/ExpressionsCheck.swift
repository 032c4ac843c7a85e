import Bytes
import SMTPTypes

@testable import Journal
@testable import Reporting

/// What people type, and the folding of replies; the first byte says which.
func checkExpressions(_ bytes: ByteView) throws(CheckFailure) {
  let rest = bytes.from(1)
  let text = String(rest)
  let now = Timestamp(seconds: 1_795_456_800)
  switch (bytes.at(0) ?? 0) % 6 {
  case 0:
    guard let time = try? TimeExpression.parse(text, now: now, zone: .utc) else { return }
    var written = ByteBuffer()
    time.appendRFC3339(to: &written)
    try require(Timestamp(rfc3339: written.view) == time, "\(text) became \(written.view)")
  case 1:
    guard let condition = try? Condition(parsing: text) else { return }
    try require((try? Condition(parsing: condition.description)) == condition, "\(text) became \(condition)")
  case 2:
    let half = rest.count / 2
    let forward = Glob.matches(rest.prefix(half), rest.from(half))
    if !rest.from(half).buffer.contains(0x2A) {
      try require(forward == rest.prefix(half).equalsIgnoringCase(rest.from(half)), "a glob without stars")
    }
  case 3:
    if let size = Quantity.size(text) {
      try require(Quantity.size(Quantity.describe(size: size)) == size, "\(text) is \(Quantity.describe(size: size))")
    }
    if let time = Quantity.duration(text) {
      try require(Quantity.duration(Quantity.describe(duration: time)) == time, "a duration changes")
    }
    if let share = Quantity.share(text), share.isFinite, abs(share) < 1e6 { _ = Quantity.describe(share: share) }
  case 4:
    var folded = ByteBuffer()
    ReplyTemplate.append(rest, to: &folded)
    try require(folded.count <= ReplyTemplate.limit + 3, "a template of \(folded.count) bytes")
    if String(validating: rest.buffer, as: UTF8.self) != nil {
      try require(String(validating: folded.view.buffer, as: UTF8.self) != nil, "half a character")
    }
  default:
    // A line of JSON holds no control bytes; of what it holds none must come out of it.
    if !rest.buffer.contains(where: { $0 < 0x20 }) {
      var shown = ByteBuffer()
      Printable.append(json: rest, to: &shown)
      try require(!shown.view.buffer.contains { $0 < 0x20 }, "a control byte is shown")
      let scalars = String(decoding: shown.view.buffer, as: UTF8.self).unicodeScalars
      try require(!scalars.contains { (0x80...0x9F).contains($0.value) }, "a C1 control is shown")
    }
    let plain = Printable.text(text, limit: 100)
    try require(!plain.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }, "a control byte is shown")
  }
}
