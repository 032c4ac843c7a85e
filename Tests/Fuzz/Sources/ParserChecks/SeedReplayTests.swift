import Bytes
import Glibc
import Testing

/// Each seed once, without a fuzzer: what `deploy/fuzz` starts from must hold in every build.
@Suite(.serialized) struct SeedReplayTests {
  private static let seeds: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return parts.joined(separator: "/") + "/Seeds"
  }()

  @Test(arguments: ParserCheck.all.map(\.name))
  func seeds(of name: String) throws {
    let check = try #require(ParserCheck.all.first { $0.name == name })
    let files = SeedReplayTests.files(in: "\(SeedReplayTests.seeds)/\(name)")
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try #require(SeedReplayTests.contents(of: file))
      bytes.withUnsafeBufferPointer { buffer in
        do throws(CheckFailure) {
          try check.run(ByteView(buffer))
        } catch {
          Issue.record("\(file): \(error.message)")
        }
      }
    }
    try check.run(.empty)
  }

  private static func files(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var files: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { files.append("\(directory)/\(name)") }
    }
    return files.sorted()
  }

  private static func contents(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &piece, piece.count)
      guard count > 0 else { return count == 0 ? all : nil }
      all += piece[..<count]
    }
  }
}
