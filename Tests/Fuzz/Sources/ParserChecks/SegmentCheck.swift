import Bytes

@testable import Journal

/// A sealed segment's file. After a first byte below 64 the rest is the file; below 128, the summary's JSON; else
/// lines, which are sealed, damaged in one place and read again.
func checkSegment(_ bytes: ByteView) throws(CheckFailure) {
  let rest = bytes.from(1)
  var file = ByteBuffer(capacity: rest.count + 256)
  var damage: Int?
  switch bytes.at(0) ?? 0 {
  case 0..<64: file.append(rest)
  case 64..<128:
    append(rest, to: &file, isFrame: true)
    appendSummary(rest, to: &file)
  default:
    append(rest, to: &file, isFrame: true)
    var builder = SegmentSummaryBuilder(first: 7)
    var frame = SegmentSummary.Frame(offset: 0, compressed: file.count, length: rest.count, lines: 1)
    frame.hash = file.view.hash64
    builder.add(frame)
    builder.finish().append(to: &file)
    var random = DerivedNumbers(bytes)
    damage = Int.random(in: -1..<file.count, using: &random)
  }
  var changed = Array(file.view.buffer)
  if let damage, damage >= 0 { changed[damage] ^= 1 << UInt8(damage % 8) }
  let path = changed.withUnsafeBufferPointer { ScratchDirectory.write(ByteView($0), to: "segment.jsonl.zst") }
  guard var segment = try? SealedSegment(path) else { throw CheckFailure(message: "the file can't be opened") }
  var read = 0
  for frame in segment.frames().prefix(64) {
    let content = try? segment.lines(of: frame)
    guard let content else { continue }
    read += content.count
    if let damage {
      try require(content == rest, "damage at byte \(damage) of \(file.count) was not seen")
    }
  }
  if damage == -1 { try require(read == rest.count, "a sound segment can't be read") }
}

private func append(_ content: ByteView, to file: inout ByteBuffer, isFrame: Bool) {
  guard let compressor = try? ZstdCompressor(level: 1) else { return }
  var packed: [UInt8] = []
  _ = compressor.frame(content) { packed = Array($0.buffer) }
  packed.withUnsafeBufferPointer { file.append(ByteView($0)) }
}

/// `json` with the frame and the hash that a summary has.
private func appendSummary(_ json: ByteView, to file: inout ByteBuffer) {
  func append(_ word: UInt32) {
    for shift in [0, 8, 16, 24] as [UInt32] { file.append(UInt8(truncatingIfNeeded: word >> shift)) }
  }
  append(SegmentSummary.frameMark)
  append(UInt32(json.count + SegmentSummary.footerLength))
  file.append(json)
  append(UInt32(json.count))
  append(UInt32(truncatingIfNeeded: json.hash64))
  append(UInt32(truncatingIfNeeded: json.hash64 >> 32))
  file.append(SegmentSummary.mark)
}
