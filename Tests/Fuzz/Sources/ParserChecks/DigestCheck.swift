import Bytes

@testable import Journal
@testable import Reporting

/// The digest of a sealed segment. After a first byte below 128 the rest is one, which is read and counted; else lines,
/// whose digest must give the report that they give.
func checkDigest(_ bytes: ByteView) throws(CheckFailure) {
  let rest = bytes.from(1)
  guard bytes.at(0) ?? 0 >= 128 else {
    _ = count(digest: rest)
    return
  }
  let lines = Aggregation()
  var builder = DigestBuilder()
  var decoder = EventDecoder()
  var start = 0
  while let newline = rest.firstIndex(of: 0x0A, from: start) {
    let line = rest[start..<newline]
    start = newline + 1
    do throws(JournalLineError) {
      switch try decoder.decode(line) {
      case .event(let event): lines.receive(event)
      case .tally(let tally): lines.receive(tally.tally, host: String(tally.host))
      default: break
      }
      builder.add(try decoder.decode(line), line)
    } catch {
      builder.addMalformed()
    }
  }
  guard let digest = builder.finish() else { return }
  guard let counted = count(digest: digest.view) else {
    throw CheckFailure(message: "a digest of \(digest.count) bytes can't be read")
  }
  let expected = JSONRenderer().render(lines.report(ReportOptions(top: 1000)))
  try require(counted == expected, "the lines give \(expected), their digest \(counted)")
}

/// The report on what the digest tells; nil if it is none.
private func count(digest bytes: ByteView) -> String? {
  let aggregation = Aggregation()
  guard let readers = aggregation.readers(1), let reader = readers.first else { return nil }
  var decoder = EventDecoder()
  do {
    var digest = try SegmentDigest(bytes)
    reader.beginShapes(digest.counts)
    while let step = try digest.next() {
      switch step {
      case .tally: reader.receive(try digest.tally())
      case .event(let event, let shape, let identity):
        _ = touch(event.pointee)
        reader.receive(event.pointee, shape: shape, identity: identity)
      case .line(let line):
        switch try decoder.decode(line) {
        case .event(let event): reader.receive(event, head: -1)
        case .tally: reader.receive(try digest.tally())
        default: break
        }
      }
    }
  } catch {
    return nil
  }
  reader.settle()
  aggregation.merge(readers)
  return JSONRenderer().render(aggregation.report(ReportOptions(top: 1000)))
}
