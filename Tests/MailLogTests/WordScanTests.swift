import Bytes
import Testing

@testable import MailLog

/// Bytes that are looked for sixteen at a time are found where they are, and never behind the end.
@Suite struct WordScanTests {
  /// Calls `body` with `length` bytes in memory of their own, all `a`, and one byte more of what is looked for.
  private func withBytes(_ length: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: length + 1)
    defer { bytes.deallocate() }
    bytes.initialize(repeating: UInt8(ascii: "a"), count: length)
    bytes[length] = UInt8(ascii: ",")
    body(bytes)
  }

  @Test(arguments: 0...40) func findsOneTwoAndThree(length: Int) {
    withBytes(length) { bytes in
      for start in 0...length {
        for place in 0...length {
          for sign in [UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "[")] {
            if place < length { bytes[place] = sign }
            let found = place >= start && place < length ? place : length
            #expect(WordScan.find(sign, bytes, start, length) == found)
            #expect(WordScan.find(0x2C, or: 0x20, bytes, start, length) == (sign == 0x5B ? length : found))
            #expect(WordScan.find(0x5B, 0x2C, or: 0x20, bytes, start, length) == found)
            if place < length { bytes[place] = UInt8(ascii: "a") }
          }
        }
      }
    }
  }

  /// A queue id ends before its colon, and is none with any other byte in it.
  @Test(arguments: [4, 5, 15, 16, 17, 31, 32, 33, 39, 40, 41]) func queueIDs(length: Int) {
    let id = String(repeating: "B", count: length)
    for rest in ["", "x", "removed, and some more bytes behind it"] {
      let scanned = "\(id): \(rest)".withByteView { QueueID.scan($0).map { (String($0.id), String($0.rest)) } }
      #expect(scanned?.0 == (5...40 ~= length ? id : nil), "\(length) \(rest)")
      if let scanned { #expect(scanned.1 == rest) }
    }
    for place in 0..<length {
      for byte: UInt8 in [0x2F, 0x20, 0x7B, 0x80, 0xFF] {
        var bytes = Array("\(id): removed".utf8)
        bytes[place] = byte
        bytes.withUnsafeBufferPointer { #expect(QueueID.scan(ByteView($0)) == nil) }
      }
    }
  }

  @Test(arguments: [
    ("a[192.0.2.1]", "a 192.0.2.1 nil 12"), ("a b[1]", "nil"), ("[]", "  nil 2"), ("a[b", "nil"), ("a", "nil"),
    ("a[1]:", "a 1 nil 4"), ("a[1]:0", "a 1 nil 4"), ("a[1]:65536", "a 1 nil 4"), ("a[1]:25 x", "a 1 25 7"),
    ("abcdefghijklmno[1]", "abcdefghijklmno 1 nil 18"), ("abcdefghijklmnop[1]", "abcdefghijklmnop 1 nil 19"),
    ("a[12345678901234]", "a 12345678901234 nil 17"), ("a[123456789012345]:1", "a 123456789012345 1 20"),
  ])
  func namedHosts(_ text: String, _ expected: String) {
    let read = text.withByteView { text in
      NamedHost(text).map { "\(String($0.host)) \(String($0.address)) \($0.port.map { "\($0)" } ?? "nil") \($0.end)" }
    }
    #expect(read ?? "nil" == expected)
  }
}
