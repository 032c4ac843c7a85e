import Bytes
import Testing

@Suite struct ByteBufferTests {
  @Test(arguments: [
    (0, 1, "0"), (7, 2, "07"), (123, 2, "123"), (5, 6, "000005"), (1_000_000, 3, "1000000"),
  ] as [(Int, Int, String)])
  func padsDecimals(value: Int, width: Int, text: String) {
    var buffer = ByteBuffer()
    buffer.append(decimal: value, width: width)
    let written = String(buffer.view)
    #expect(written == text)
  }

  @Test(arguments: [0, 9, 10, -1, -120, Int.max, Int.min])
  func writesDecimals(value: Int) {
    var buffer = ByteBuffer()
    buffer.append(decimal: value)
    let written = String(buffer.view)
    #expect(written == String(value))
  }

  @Test func growsAndIsUsedAgain() {
    var buffer = ByteBuffer(capacity: 64)
    for index in 0..<1000 {
      buffer.append("0123456789")
      let count = buffer.count
      #expect(count == (index + 1) * 10)
    }
    buffer.removeFirst(9_995)
    let rest = String(buffer.view)
    #expect(rest == "56789")
    buffer.truncate(to: 2)
    let short = String(buffer.view)
    #expect(short == "56")
    buffer.removeAll()
    let isEmpty = buffer.isEmpty
    #expect(isEmpty)
  }
}
