import Bytes
import Classification
import Journal
import SMTPTypes
import Testing

@testable import Intake

/// One, several and many recipients are kept in different ways, and behave alike.
@Suite struct OpenRecipientsTests {
  private static func recipient(_ hash: UInt64) -> OpenRecipient {
    OpenRecipient(
      hash: hash, address: TextBlock.Slice(), firstFailure: Timestamp(seconds: Int64(hash)), hop: .external,
      lastCause: .unclassified, lastOrigin: .remote)
  }

  private static func filled(_ count: Int) -> OpenRecipients {
    var open = OpenRecipients()
    for hash in 0..<count { #expect(open.append(recipient(UInt64(hash))) == hash) }
    return open
  }

  @Test(arguments: [0, 1, 2, 3, OpenRecipients.indexedFrom - 1, OpenRecipients.indexedFrom, 100])
  func findsEachUntilItLeaves(count: Int) {
    var open = Self.filled(count)
    #expect(open.count == count && open.isEmpty == (count == 0))
    for hash in 0..<count {
      guard let index = open.index(ofHash: UInt64(hash)) else {
        Issue.record("\(hash) of \(count) is not found")
        continue
      }
      open[index][attempts: .external] += 1
      #expect(open[index].hash == UInt64(hash) && open[index][attempts: .external] == 1)
    }
    #expect(open.index(ofHash: 1000) == nil)
    for hash in stride(from: 0, to: count, by: 2) {
      if let index = open.index(ofHash: UInt64(hash)) { open.remove(at: index) }
      #expect(open.index(ofHash: UInt64(hash)) == nil)
    }
    #expect(Set(open.map(\.hash)) == Set((0..<UInt64(count)).filter { !$0.isMultiple(of: 2) }))
    #expect(open.allSatisfy { $0[attempts: .external] == 1 })
    for hash in 0..<count where open.index(ofHash: UInt64(hash)) == nil { _ = open.append(Self.recipient(UInt64(hash))) }
    #expect(open.count == count)
  }

  @Test(arguments: [1, 2, 50]) func changingACopyLeavesTheOther(count: Int) {
    let first = Self.filled(count)
    var second = first
    second[0][attempts: .external] = 7
    second.remove(at: count - 1)
    #expect(first.count == count && first[0][attempts: .external] == 0)
    #expect(second.count == count - 1)
  }

  @Test(arguments: [1, 2, 50]) func takesOutAllThatAreMeant(count: Int) {
    var open = Self.filled(count)
    open.removeAll { $0.hash.isMultiple(of: 3) }
    #expect(open.map(\.hash) == (0..<UInt64(count)).filter { !$0.isMultiple(of: 3) })
    for hash in 0..<UInt64(count) { #expect((open.index(ofHash: hash) != nil) == !hash.isMultiple(of: 3)) }
    open.removeAll()
    #expect(open.isEmpty)
  }
}

/// A life's texts, in the room that it has and beyond.
@Suite struct TextBlockTests {
  @Test(arguments: [0, 1, 40, 300]) func keepsTexts(room: Int) {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(room, 1))
    defer { memory.deallocate() }
    var block = TextBlock(room: memory, size: room)
    #expect(block.view(TextBlock.Slice()) == nil)
    for round in 0..<2 {
      var kept: [(TextBlock.Slice, String)] = []
      for length in [0, 1, 7, 100, 254, 255, 256, 1024, 1025, 9] {
        let text = String(repeating: round == 0 ? "x" : "y", count: length)
        kept.append((text.withByteView { block.add($0) }, String(text.prefix(TextBlock.longestText))))
      }
      for (slice, text) in kept { #expect(slice.isPresent && block.view(slice).map { String($0) } == text) }
      block.clear()
    }
  }
}
