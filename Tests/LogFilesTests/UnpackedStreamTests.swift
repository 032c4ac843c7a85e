import Bytes
import Glibc
import Testing

@testable import LogFiles

/// Bytes handed out in pieces of a given size, as a slow pipe does.
final class PieceStream: ByteStream {
  private let bytes: [UInt8]
  private let piece: Int
  private var at = 0
  private let failure: Int32

  init(_ bytes: [UInt8], piece: Int = .max, failure: Int32 = 0) {
    self.bytes = bytes
    self.piece = piece
    self.failure = failure
  }

  func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
    let amount = min(count, piece, bytes.count - at)
    if amount == 0 { return -Int(failure) }
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { memcpy(memory, base + at, amount) }
    }
    at += amount
    return amount
  }
}

/// What a program makes of `input`, run without a shell.
func packed(_ command: [String], _ input: [UInt8]) throws -> [UInt8] {
  var template = Array("/tmp/softbounce-packed-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer {
    close(descriptor)
    unlink(path)
  }
  _ = input.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  var pipes: [Int32] = [0, 0]
  pipe(&pipes)
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
  posix_spawn_file_actions_addclose(&actions, pipes[0])
  var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
  arguments.append(nil)
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  guard posix_spawnp(&child, command[0], &actions, nil, arguments, environ) == 0 else {
    close(pipes[0])
    close(pipes[1])
    throw UnpackError(reason: "\(command[0]) can't be run")
  }
  close(pipes[1])
  var output: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(pipes[0], &block, block.count)
    if count <= 0 { break }
    output += block[..<count]
  }
  close(pipes[0])
  var status: Int32 = 0
  waitpid(child, &status, 0)
  return output
}

/// All that a stream gives, read in blocks of `count`.
func content(_ stream: some ByteStream, count: Int = 256 * 1024) -> (bytes: [UInt8], failure: Int32) {
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: count)
  while true {
    let received = block.withUnsafeMutableBytes { memory in
      memory.baseAddress.map { stream.read(into: $0, count: count) } ?? 0
    }
    if received <= 0 { return (bytes, Int32(-received)) }
    bytes += block[..<received]
  }
}

@Suite struct UnpackedStreamTests {
  static let programs: [(Compression, [String])] = [
    (.gzip, ["gzip", "-c"]), (.zstd, ["zstd", "-qc"]), (.xz, ["xz", "-c"]), (.bzip2, ["bzip2", "-c"]),
  ]

  /// Lines that compress as log lines do, `count` bytes of them.
  static func text(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    let line = Array("Nov 23 17:59:48 mx1 postfix/smtp[4711]: 0123456789ABCDEF: to=<a@example.org>\n".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + line.count)
    var state = seed
    while bytes.count < count {
      bytes += line
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for digit in 0..<16 { bytes[bytes.count - line.count + 40 + digit] = 0x41 + UInt8(state >> (digit * 4) & 15) }
    }
    return Array(bytes.prefix(count))
  }

  @Test(arguments: programs.indices, [0, 1, 4096, 400_000])
  func whatWasPackedComesBack(program: Int, size: Int) throws {
    let (compression, command) = Self.programs[program]
    let text = Self.text(size)
    let file = try packed(command, text)
    #expect(file.withUnsafeBufferPointer { Compression(beginning: ByteView($0)) } == compression)
    // In pieces of one size and another, into blocks of one size and another.
    for (piece, block) in [(Int.max, 256 * 1024), (1, 4096), (4093, 1)] where size <= 4096 || piece > 1 {
      let stream = UnpackedStream(PieceStream(file, piece: piece), compression)
      let (bytes, failure) = content(stream, count: block)
      let isSame = bytes == text
      #expect(isSame)
      #expect(failure == 0)
      #expect(stream.damages == [])
      #expect(stream.consumed == file.count)
      #expect(stream.produced == size)
    }
  }

  /// Several members, an empty one among them, with and without zeros behind.
  @Test(arguments: programs.indices, [0, 512])
  func membersFollowOneAnother(program: Int, padding: Int) throws {
    let (compression, command) = Self.programs[program]
    let texts = [Self.text(300_000), [], Self.text(5, seed: 2), Self.text(70_000, seed: 3)]
    let file = try texts.flatMap { try packed(command, $0) } + Array(repeating: 0, count: padding)
    let stream = UnpackedStream(PieceStream(file, piece: 4093), compression)
    let isSame = content(stream).bytes == texts.flatMap { $0 }
    #expect(isSame)
    #expect(stream.damages == [])
  }

  @Test func framesAroundSkippableOnes() throws {
    let frame = try packed(["zstd", "-qc"], Self.text(1000))
    let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let stream = UnpackedStream(PieceStream(skippable + frame + skippable + frame + skippable), .zstd)
    #expect(content(stream).bytes == Self.text(1000) + Self.text(1000))
    #expect(stream.damages == [])
  }

  @Test(arguments: programs.indices) func aFileCutShortGivesWhatItHas(program: Int) throws {
    let (compression, command) = Self.programs[program]
    let text = Self.text(300_000)
    let file = try packed(command, text)
    for cut in [1, 5, 20, file.count / 2, file.count - 1] {
      let stream = UnpackedStream(PieceStream(Array(file[..<cut])), compression)
      let (bytes, failure) = content(stream)
      #expect(failure == 0)
      #expect(text.starts(with: bytes))
      // bzip2 gives whole blocks, which are of 900 kB; the others all but their last buffers.
      if cut == file.count - 1, compression != .bzip2 { #expect(bytes.count >= 280_000) }
      #expect(stream.damages.count == 1)
      if cut >= 20 { #expect(stream.damages.first?.offset == cut, "\(cut) of \(file.count)") }
    }
  }

  /// Damage in one member costs that one; the next is found, and no line is glued together of two.
  @Test(arguments: programs.indices) func readingGoesOnBehindDamage(program: Int) throws {
    let (compression, command) = Self.programs[program]
    let first = try packed(command, Self.text(200_000))
    let second = try packed(command, Self.text(1000, seed: 9))
    var file = first + second
    for index in (first.count / 2)..<(first.count / 2 + 40) { file[index] ^= 0x5A }
    let stream = UnpackedStream(PieceStream(file, piece: 1000), compression)
    let bytes = content(stream, count: 4096).bytes
    #expect(stream.damages.count >= 1)
    let place = try #require(stream.damages.first)
    #expect((first.count / 4...first.count + 64).contains(place.offset))
    let expected = (stream.produced > 1000 ? [0x0A] : []) + Self.text(1000, seed: 9)
    let isRead = bytes.suffix(expected.count) == expected[...]
    #expect(isRead)
    #expect(stream.consumed == file.count)
  }

  @Test(arguments: programs.indices) func garbageBehindTheEndIsTold(program: Int) throws {
    let (compression, command) = Self.programs[program]
    let file = try packed(command, Self.text(1000))
    let stream = UnpackedStream(PieceStream(file + Array("garbage that is no member".utf8)), compression)
    #expect(content(stream).bytes == Self.text(1000))
    #expect(stream.damages.map(\.offset) == [file.count])
  }

  @Test func aFailedReadIsNoDamage() throws {
    let file = try packed(["gzip", "-c"], Self.text(100_000))
    let stream = UnpackedStream(PieceStream(Array(file[..<(file.count / 2)]), failure: EIO), .gzip)
    #expect(content(stream).failure == EIO)
    #expect(stream.damages == [])
  }

  /// What unpacks to a thousand times its size is read in the memory of a block and of the format's window.
  @Test(arguments: programs.indices) func aBombNeedsNoMemory(program: Int) throws {
    let (compression, command) = Self.programs[program]
    let file = try packed(command, Array(repeating: 0x41, count: 32 << 20))
    let stream = UnpackedStream(PieceStream(file), compression)
    var block = [UInt8](repeating: 0, count: 256 * 1024)
    var total = 0
    var most = 0
    while true {
      let count = block.withUnsafeMutableBytes { memory in
        memory.baseAddress.map { stream.read(into: $0, count: memory.count) } ?? 0
      }
      if count <= 0 { break }
      total += count
      most = max(most, stream.heldBytes)
    }
    #expect(total == 32 << 20)
    #expect(most < 16 << 20)
  }

  /// A window beyond what a reader gives is named with what to do, and not called damage.
  @Test func aWindowTooLarge() {
    // A frame of one raw block of three bytes that asks for a window of 2 GiB (RFC 8878, section 3.1.1.1.2).
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x19, 0x00, 0x00, 0x61, 0x62, 0x0A]
    let stream = UnpackedStream(PieceStream(frame), .zstd)
    #expect(content(stream).bytes == [])
    #expect(stream.damages.first?.reason.contains("zstd -d --long=31") == true)
    #expect(stream.damages.first?.isDamage == false)
  }
}
