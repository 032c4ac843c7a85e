import Bytes
import Classification
import Foundation
import Glibc
import SMTPTypes
import Testing

@testable import Journal

private func digest(_ lines: String) -> [UInt8]? {
  var builder = DigestBuilder()
  lines.withByteView { builder.add(lines: $0) }
  return finished(&builder)
}

private func finished(_ builder: inout DigestBuilder) -> [UInt8]? {
  guard let digest = builder.finish() else { return nil }
  return Array(digest.view.buffer)
}

private func place(_ path: String) throws -> SegmentSummary.Digest? { try SealedSegment(path).summary?.digest }

/// Every event, as much of it as a digest tells, and every line.
private func told(_ digest: [UInt8]) throws -> [String] {
  try digest.withUnsafeBufferPointer { bytes in
    var read = try SegmentDigest(ByteView(bytes))
    var told: [String] = []
    while let step = try read.next() {
      switch step {
      case .event(let event, _, let identity): told.append(words(event.pointee, identity))
      case .tally: told.append(words(try read.tally()))
      case .line(let line):
        var decoder = EventDecoder()
        switch try decoder.decode(line) {
        case .tally(let tally): told.append(words(tally))
        default: told.append(String(line))
        }
      }
    }
    return told
  }
}

private func words(_ line: borrowing TallyLine) -> String {
  var text = ByteBuffer()
  EventEncoder.append(line.tally, host: line.host, to: &text)
  return String(text.view)
}

private func words(_ event: borrowing Event, _ identity: EventIdentity?) -> String {
  let client = event.client.map { "\($0.host) \($0.address)" }
  return
    "\(event.time) \(event.time.fractionDigits) \(event.type) \(event.attempt ?? -1) \(identity?.queue ?? 0) "
    + "\(identity?.recipient ?? 0) \(identity?.alias ?? 0) \(event.arrival?.microseconds ?? 0) \(event.deferredFor ?? -1) \(client ?? "-")"
}

private func partWords(_ part: EventShape.Part, _ event: borrowing Event) -> String? {
  func text(_ view: ByteView?) -> String? { view.map { String($0) } }
  switch part {
  case .head:
    let texts = [event.host, event.instance, event.service, event.rule].map { text($0) ?? "-" }
    return
      "\(texts) \(event.type) \(event.time.fractionDigits) \(String(describing: event.source)) "
      + "\(String(describing: event.direction)) \(String(describing: event.hop)) \(String(describing: event.cause)) "
      + "\(String(describing: event.scope)) \(String(describing: event.origin)) \(String(describing: event.status)) "
      + "\(String(describing: event.stage)) \(String(describing: event.matched))"
  case .provider: return text(event.provider)
  case .domain: return text(event.domain)
  case .user: return text(event.user)
  case .sender:
    guard let sender = event.sender else { return nil }
    return MailAddress.domain(of: sender).map { "@" + String($0) } ?? (sender.isEmpty ? "" : nil)
  case .relay: return event.relay.map { $0.host.isEmpty ? "[\(String($0.address))]" : String($0.host) }
  case .reply:
    guard let reply = event.reply else { return nil }
    var template = ByteBuffer()
    ReplyTemplate.append(reply.text, to: &template)
    return "\(reply.code?.value ?? 0) \(String(template.view))"
  case .tags: return event.tags.isEmpty ? nil : event.tags.map { "\(String($0.name))=\(String($0.value))" }.joined()
  case .client: return event.client.map { "\(String($0.host)) \(String($0.address))" }
  }
}

private func shapeWords(_ event: borrowing Event) -> String {
  var words: [String] = []
  for part in EventShape.Part.allCases { words.append(partWords(part, event) ?? "-") }
  return words.joined(separator: " | ")
}

@Suite struct DigestTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func itTellsOfEveryLineWhatCounts(seed: UInt64) throws {
    let text = randomLines(seed: seed, count: 300)
    let digest = try #require(digestAgain(text))
    var decoder = EventDecoder()
    var expected: [String] = []
    var events = 0
    try text.withByteView { (view: ByteView) throws in
      for line in view.split(0x0A) where !line.isEmpty {
        let event: Event
        switch try decoder.decode(line) {
        case .event(let found): event = found
        case .tally(let tally):
          expected.append(words(tally))
          continue
        default: continue
        }
        switch DigestHead.way(of: event) {
        case .line: expected.append(String(line))
        case .type: expected.append("\(event.time) \(event.time.fractionDigits) \(event.type) -1 0 0 0 0 -1.0 -")
        case .shape:
          expected.append(words(event, EventIdentity(event)))
          events += 1
        }
      }
    }
    let told = try told(digest)
    #expect(told.count == expected.count)
    for (one, two) in zip(told, expected) where one != two {
      Issue.record("told: \(one)\nline: \(two)")
      break
    }
    #expect(events > 50)
    #expect(digestAgain(text) == digest)
  }

  private func digestAgain(_ text: String) -> [UInt8]? { digest(text) }

  /// The shape says the same as the line of all that shapes are for.
  @Test func shapesSayWhatTheLinesSay() throws {
    let text = randomLines(seed: 77, count: 400)
    let digest = try #require(digestAgain(text))
    var decoder = EventDecoder()
    var expected: [String] = []
    try text.withByteView { (view: ByteView) throws in
      for line in view.split(0x0A) where !line.isEmpty {
        guard case .event(let event) = try decoder.decode(line), DigestHead.way(of: event) == .shape else {
          continue
        }
        expected.append(shapeWords(event))
      }
    }
    var told: [String] = []
    try digest.withUnsafeBufferPointer { bytes in
      var read = try SegmentDigest(ByteView(bytes))
      while let step = try read.next() {
        if case .tally = step { _ = try read.tally() }
        guard case .event(let event, _, _) = step, event.pointee.type != .message, event.pointee.type != .erasure else {
          continue
        }
        told.append(shapeWords(event.pointee))
        #expect(event.pointee.recipient == nil && event.pointee.queueID == nil && event.pointee.messageID == nil)
      }
    }
    #expect(told.count > 100 && told == expected)
  }

  /// Every value of each part of a shape has one number, and what tables make of it.
  @Test func equalValuesHaveEqualNumbers() throws {
    let digest = try #require(digestAgain(randomLines(seed: 78, count: 400)))
    try digest.withUnsafeBufferPointer { bytes in
      var read = try SegmentDigest(ByteView(bytes))
      var values: [[Int: String]] = EventShape.Part.allCases.map { _ in [:] }
      while let step = try read.next() {
        if case .tally = step { _ = try read.tally() }
        guard case .event(let event, let shape, _) = step else { continue }
        for part in EventShape.Part.allCases {
          let words = partWords(part, event.pointee)
          #expect((shape[part] < 0) == (words == nil))
          guard let words else { continue }
          #expect(values[part.rawValue].updateValue(words, forKey: shape[part]) ?? words == words)
        }
      }
      for part in EventShape.Part.allCases {
        #expect(Set(values[part.rawValue].values).count == values[part.rawValue].count)
        #expect(values[part.rawValue].count == read.counts[part], "\(part)")
      }
    }
  }

  /// Beyond what a reader can keep there is no digest.
  @Test func tooManyTagsGiveNone() {
    func lines(_ count: Int) -> String {
      (0..<count).map {
        "{\"time\":\"2026-03-01T00:00:00Z\",\"type\":\"bounce\",\"tags\":{\"campaign\":\"c\($0)\"}}\n"
      }.joined()
    }
    #expect(digest(lines(ShapeBuilder.limit(.tags))) != nil)
    #expect(digest(lines(ShapeBuilder.limit(.tags) + 1)) == nil)
  }

  /// Bytes that this journal would have written in another way would be another key of a table.
  @Test func whatAHeadWouldChangeStaysALine() throws {
    let odd: [UInt8] = Array("{\"time\":\"2026-03-01T00:00:00Z\",\"type\":\"bounce\",\"host\":\"\u{1}".utf8)
    var bytes = odd.dropLast() + [0xFF, 0xFE]
    bytes += Array("\"}\n".utf8)
    let plain = "{\"time\":\"2026-03-01T00:00:00Z\",\"type\":\"bounce\",\"host\":\"mx\"}\n"
    var alone = DigestBuilder()
    var builder = DigestBuilder()
    bytes.withUnsafeBufferPointer {
      alone.add(lines: ByteView($0))
      builder.add(lines: ByteView($0))
    }
    // Nothing but lines is no digest.
    #expect(finished(&alone) == nil)
    plain.withByteView { for _ in 0..<3 { builder.add(lines: $0) } }
    let made = finished(&builder)
    let told = try told(try #require(made))
    #expect(told.first?.hasPrefix("{") == true)
  }

  @Test func aDamagedLineOrTooManyLinesGiveNone() {
    let event = "{\"time\":\"2026-03-01T00:00:00Z\",\"type\":\"bounce\"}\n"
    #expect(digest(event) != nil)
    #expect(digest(event + "{\"time\":\n") == nil)
    #expect(digest("") == nil)
    let gap = "{\"time\":\"2026-03-01T00:00:00Z\",\"type\":\"gap\",\"note\":\"n\"}\n"
    #expect(digest(event + gap + gap) == nil)
  }

  /// Whatever the bytes are, they are read to an end or refused.
  @Test func damagedDigestsAreRefusedOrRead() throws {
    let digest = try #require(digestAgain(randomLines(seed: 5, count: 24)))
    for length in stride(from: 0, to: digest.count, by: 5) { _ = try? told(Array(digest.prefix(length))) }
    for index in digest.indices {
      var copy = digest
      copy[index] ^= ([0x01, 0x80, 0xFF] as [UInt8])[index % 3]
      _ = try? told(copy)
    }
    #expect(throws: DigestError.self) { try told(Array(digest.dropLast())) }
  }

  // MARK: - In segments

  private static let text = randomLines(seed: 9, count: 300)

  /// A journal of a sealed segment and an empty one; `body` gets the sealed one's path.
  private func withSealed(_ text: String = DigestTests.text, _ body: (String, String) throws -> Void) throws {
    try withDirectory { directory in
      let name = try #require(SegmentName("00000000000000000000-20260301T000000Z.jsonl"))
      try text.write(toFile: "\(directory)/\(name.fileName)", atomically: true, encoding: .utf8)
      var sealer = SegmentSealer(directory: directory, level: 3, calls: FileSystemCalls())
      try sealer.seal(name, limit: .max)
      // The last segment is the writer's.
      let lines = text.split(separator: "\n").count
      let last = String(repeating: "0", count: 20 - String(lines).count) + "\(lines)-20260302T000000Z.jsonl"
      try "".write(toFile: "\(directory)/\(last)", atomically: true, encoding: .utf8)
      try body(directory, "\(directory)/\(name.sealed.fileName)")
    }
  }

  /// Takes what it gets, and says how.
  private final class Taker: JournalConsumer {
    var events = 0
    var shaped = 0
    var takesDigests = true

    func receive(_ event: borrowing Event, head: Int) { events += 1 }
    func receive(_ event: borrowing Event, shape: EventShape, identity: EventIdentity?) { shaped += 1 }
    func receive(_ tally: borrowing TallyLine) {}
    func settle() {}
    var held: Int { 0 }
  }

  private func take(_ directory: String, depth: EventDecoder.Depth = .counted, digests: Bool = true) throws -> (
    Taker, ScanReport
  ) {
    let taker = Taker()
    taker.takesDigests = digests
    return (taker, try JournalReader(directory: directory).deal(to: [taker], depth: depth))
  }

  @Test func itIsReadInPlaceOfTheLines() throws {
    try withSealed { directory, _ in
      let (lines, first) = try take(directory, digests: false)
      let (both, second) = try take(directory)
      #expect(lines.shaped == 0 && both.shaped > 100)
      #expect(both.events + both.shaped == lines.events)
      #expect(first.lines == second.lines && first.bytes == second.bytes && second.damages == 0)
      #expect(try JournalVerifier(directory: directory).verify().damages == 0)
    }
  }

  @Test func aDamagedOneIsNamedAndTheLinesAreRead() throws {
    try withSealed { directory, path in
      let digest = try #require(try place(path))
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes[digest.offset + digest.compressed / 2] ^= 1
      try bytes.write(to: URL(fileURLWithPath: path))
      let (taker, report) = try take(directory)
      #expect(taker.shaped == 0 && taker.events > 100)
      #expect(report.damage.map(\.offset) == [digest.offset] && report.damage[0].message.contains("digest"))
      #expect(try JournalVerifier(directory: directory).verify().damage.map(\.offset) == [digest.offset])
    }
  }

  /// Writes the segment's end anew with another digest.
  private func forge(_ path: String, version: Int = DigestFrame.version, _ digest: [UInt8]) throws {
    let known = try SealedSegment(path).summary
    var summary = try #require(known)
    let end = try #require(summary.digest).offset - DigestFrame.headerLength
    var bytes = ByteBuffer()
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    Array(whole.prefix(end)).withUnsafeBufferPointer { bytes.append(ByteView($0)) }
    let compressor = try ZstdCompressor()
    summary.digest = digest.withUnsafeBufferPointer {
      DigestFrame.append(ByteView($0), to: &bytes, offset: end, lines: end, compressor)
    }
    summary.digest?.version = version
    summary.append(to: &bytes)
    try Data(bytes.view.buffer).write(to: URL(fileURLWithPath: path))
  }

  @Test func oneThatTellsAnotherStoryIsNamed() throws {
    try withSealed { directory, path in
      let other = try #require(digest(randomLines(seed: 10, count: 300)))
      try forge(path, other)
      let damage = try JournalVerifier(directory: directory).verify().damage
      #expect(damage.count == 1 && damage[0].message.contains("digest differs"))
    }
  }

  @Test func oneOfAnotherVersionIsPassedOver() throws {
    try withSealed { directory, path in
      try forge(path, version: DigestFrame.version + 1, [1, 2, 3])
      let (taker, report) = try take(directory)
      #expect(taker.shaped == 0 && taker.events > 100 && report.damages == 0)
      #expect(try JournalVerifier(directory: directory).verify().damages == 0)
    }
  }

  @Test func oneWithALineThatIsNoneIsNamed() throws {
    let lines = "{\"time\":\"2026-03-01T00:00:00Z\",\"type\":\"gap\",\"note\":\"lost\"}\n"
    try withSealed(DigestTests.text + lines) { directory, path in
      var whole = try #require(digest(DigestTests.text + lines))
      let note = try #require(whole.firstIndex(of: Array("\"note\":\"lost\"".utf8)))
      whole[note] = UInt8(ascii: "x")
      try forge(path, whole)
      #expect(try take(directory).1.damages == 1)
    }
  }

  @Test func oneThatBreaksOffIsNamed() throws {
    try withSealed { directory, path in
      let whole = try #require(digest(DigestTests.text))
      // One event more than there are.
      try forge(path, [whole[0] &+ 1] + whole.dropFirst())
      let (_, report) = try take(directory)
      #expect(report.damages == 1)
    }
  }

  @Test func anAddressThatIsErasedIsGoneFromIt() throws {
    let user = "\"user\":\"Joe@d.example\""
    let text = DigestTests.text.replacing("\"user\":\"u1\"", with: user)
    try withSealed(text) { directory, path in
      func content() throws -> [UInt8]? {
        var segment = try SealedSegment(path)
        guard let place = segment.summary?.digest else { return nil }
        return Array(try segment.content(of: place).buffer)
      }
      #expect(try #require(try content()).contains(user))
      let erasure = try Erasure.begin("joe@d.example", directory: directory, key: nil)
      let report = try JournalEraser(directory: directory).run([erasure])
      #expect(report.failures == [] && report.segments == 1)
      let written = try #require(try content())
      #expect(!written.contains("Joe@d"))
      var lines = ""
      var segment = try SealedSegment(path)
      for frame in segment.frames() { lines += String(try segment.lines(of: frame)) }
      #expect(written == digest(lines))
      #expect(try JournalVerifier(directory: directory).verify().damages == 0)
    }
  }

  /// Without the summary nobody knows what the digest was made of.
  @Test func itIsDroppedWhereTheEndIsDamaged() throws {
    try withSealed(DigestTests.text.replacing("r1@", with: "joe@")) { directory, path in
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes[bytes.count - 1] ^= 1
      try bytes.write(to: URL(fileURLWithPath: path))
      let before = try SealedSegment(path)
      #expect(before.summary == nil)
      let (frames, found) = (before.frames(), before.digest(behind: 0))
      let place = try #require(found)
      #expect(frames.last.map { $0.offset + $0.compressed } == place.lowerBound)
      let summary = Array(bytes[place.upperBound...])
      let erasure = try Erasure.begin("joe@d.example", directory: directory, key: nil)
      _ = try JournalEraser(directory: directory).run([erasure])
      let after = try SealedSegment(path)
      #expect(after.digest(behind: 0) == nil)
      #expect(Array(try Data(contentsOf: URL(fileURLWithPath: path)).suffix(summary.count)) == summary)
    }
  }
}

extension [UInt8] {
  fileprivate func firstIndex(of bytes: [UInt8]) -> Int? {
    indices.first { Array(self[$0...].prefix(bytes.count)) == bytes }
  }

  fileprivate func contains(_ text: String) -> Bool {
    withUnsafeBufferPointer { bytes in text.withByteView { ByteView(bytes).firstRange(of: $0) != nil } }
  }
}

extension ByteView {
  fileprivate func split(_ byte: UInt8) -> [ByteView] {
    var parts: [ByteView] = []
    var start = 0
    while let end = firstIndex(of: byte, from: start) {
      parts.append(self[start..<end])
      start = end + 1
    }
    return parts + [from(start)]
  }
}
