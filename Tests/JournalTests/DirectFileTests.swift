import Bytes
import CLinux
import Foundation
import Glibc
import SMTPTypes
import Synchronization
import Testing

@testable import Journal

/// Writes past the page cache, on whatever file system the tests run: one that has none is written to as ever.
@Suite struct DirectFileTests {
  /// What was asked of the descriptors that were opened for such writes.
  private final class Watch: Sendable {
    private let state = Mutex<(descriptors: Set<Int32>, writes: [(offset: Int, count: Int)])>(([], []))
    /// What such an open answers, or such a write, instead of the file system.
    private let openFails: Int?
    private let writeFails: Int?
    private let isShort: Bool

    init(openFails: Int32? = nil, writeFails: Int32? = nil, isShort: Bool = false) {
      self.openFails = openFails.map { -Int($0) }
      self.writeFails = writeFails.map { -Int($0) }
      self.isShort = isShort
    }

    var writes: [(offset: Int, count: Int)] { state.withLock { $0.writes } }
    var isPossible: Bool { state.withLock { !$0.descriptors.isEmpty } }

    var calls: FileSystemCalls {
      var calls = FileSystemCalls()
      let real = FileSystemCalls()
      calls.open = { path, flags, mode in
        guard flags & softbounce_open_direct != 0 else { return real.open(path, flags, mode) }
        let result = self.openFails ?? real.open(path, flags, mode)
        if result >= 0 { self.state.withLock { _ = $0.descriptors.insert(Int32(result)) } }
        return result
      }
      calls.close = { descriptor in
        self.state.withLock { _ = $0.descriptors.remove(descriptor) }
        return real.close(descriptor)
      }
      calls.pwrite = { descriptor, bytes, count, offset in
        guard self.state.withLock({ $0.descriptors.contains(descriptor) }) else {
          return real.pwrite(descriptor, bytes, count, offset)
        }
        self.state.withLock { $0.writes.append((offset, count)) }
        return self.writeFails ?? real.pwrite(descriptor, bytes, self.isShort ? max(1, count / 3) : count, offset)
      }
      return calls
    }
  }

  private static let text = String(repeating: "x", count: 900)
  private static let groups = 12

  /// Appends groups of some 200 KiB behind a small one, each when the one before is durable, and returns whether the
  /// file system could be written to past the cache.
  @discardableResult
  private func fill(_ directory: String, _ watch: Watch, from first: Int = 0) throws -> Bool {
    var options = JournalWriter.Options()
    options.bypassesCache = true
    options.segmentBytes = 1 << 20
    let writer = try JournalWriter(directory: directory, options: options, calls: watch.calls)
    defer { writer.close() }
    for number in first..<first + Self.groups {
      let commit = writer.add(number, lines: number % 4 == 3 ? 2 : 170, text: Self.text, checkpoint: true)
      #expect(writer.waitUntilDurable(commit, timeout: 30))
    }
    return watch.isPossible
  }

  /// Each line of the journal is JSON, and each event stands in it once.
  private func check(_ directory: String, groups: Int = groups) throws {
    let read = try contents(directory)
    #expect(read.report.damages == 0 && read.gaps.isEmpty)
    let expected = (0..<groups).flatMap { number in (0..<(number % 4 == 3 ? 2 : 170)).map { [number, $0] } }
    #expect(read.events.map { [$0.number, $0.index] } == expected)
    for name in try FileManager.default.contentsOfDirectory(atPath: directory) where name.hasSuffix(".jsonl") {
      let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))
      for line in data.split(separator: 0x0A) { _ = try JSONSerialization.jsonObject(with: line) }
    }
  }

  @Test func largeGroupsGoPastTheCache() throws {
    try withDirectory { directory in
      let watch = Watch()
      let isPossible = try fill(directory, watch)
      try check(directory)
      guard isPossible else { return }
      #expect(watch.writes.count >= Self.groups / 3)
      #expect(
        watch.writes.allSatisfy { ($0.offset | $0.count) % DirectFile.block == 0 && $0.count >= DirectFile.smallest })
      #expect(Set(watch.writes.map(\.offset)).count > 1)
    }
  }

  /// Behind what a writer left that does without, and one after another.
  @Test func anotherWriterGoesOn() throws {
    try withDirectory { directory in
      let watch = Watch()
      try fill(directory, watch)
      try fill(directory, watch, from: Self.groups)
      try check(directory, groups: 2 * Self.groups)
    }
  }

  /// File systems without such writes, or with other blocks than ours; a write that stops in the middle of a block.
  @Test(
    arguments: [
      (EINVAL, nil, false), (nil, EINVAL, false), (nil, EOPNOTSUPP, false), (nil, nil, true),
    ] as [(Int32?, Int32?, Bool)])
  func whereItCannotBeTheCacheIsUsed(_ openFails: Int32?, _ writeFails: Int32?, _ isShort: Bool) throws {
    try withDirectory { directory in
      let watch = Watch(openFails: openFails, writeFails: writeFails, isShort: isShort)
      try fill(directory, watch)
      try check(directory)
    }
  }

  @Test(arguments: [0, 1, 2, 85, 4094, 4095, 4096, 5000, 1_000_003])
  func groupsEndWithABlock(_ length: Int) throws {
    for text in ["{\"time\":\"t\"}\n", "{\"a\":1,\"more\":true}\n{\"b\":\"}\\n\"}\n"] {
      var lines = ByteBuffer()
      lines.append(text)
      DirectFile.fill(&lines, behind: length)
      #expect((length + lines.count) % DirectFile.block == 0)
      let filled = String(lines.view)
      #expect(filled.filter { $0 != " " } == text)
      for line in filled.split(separator: "\n") { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      let count = lines.count
      DirectFile.fill(&lines, behind: length)
      #expect(lines.count == count)
    }
  }

  @Test func buffersBeginWithAPage() {
    for capacity in [64 * 1024, 100_000, 2 << 20] {
      let buffer = ByteBuffer(capacity: capacity)
      #expect(Int(bitPattern: buffer.view.start) % DirectFile.block == 0)
    }
    var grown = ByteBuffer(capacity: 64)
    grown.append(repeating: 0x20, count: 65_000)
    grown.append(repeating: 0x20, count: 65_000)
    #expect(Int(bitPattern: grown.view.start) % DirectFile.block == 0)
  }
}
