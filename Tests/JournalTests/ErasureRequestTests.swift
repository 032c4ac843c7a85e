import Glibc
import Testing

@testable import Journal

@Suite struct ErasureRequestTests {
  /// What sets lines and values off may stand in an address, and a carriage return before the end of a line is no part
  /// of it.
  @Test(arguments: [
    "r@example.com", "a\tb@example.com", "a\nb@example.com", "a\r@example.com\r", "a\r\nb@example.com",
    "a\\r@example.com", "a\\\r\n@example.com", "\u{301}a@example.com", "",
  ])
  func isReadAsItWasPosted(_ address: String) throws {
    try withDirectory { directory in
      for replacement in ["~erased-abcdefghijklmnop", "~e\r", "~e\r\n\t"] {
        var request = ErasureRequest(stage: .begin)
        request.addresses = [(address, replacement), ("other@example.org", "~x")]
        try request.post(in: directory)
        let read = try #require(ErasureRequest.read(in: directory))
        #expect(read == request)
        #expect(read.addresses.map(\.address) == request.addresses.map(\.address))
        #expect(read.addresses.map(\.replacement) == request.addresses.map(\.replacement))
      }
    }
  }
}
