// What libFuzzer calls. SOFTBOUNCE_FUZZ_TARGET names the check; one program holds them all, because linking with a
// sanitizer takes longer than compiling.

import Bytes
import Glibc
import ParserChecks

private let check: ParserCheck = {
  let name = getenv("SOFTBOUNCE_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  if let check = ParserCheck.all.first(where: { $0.name == name }) { return check }
  print("SOFTBOUNCE_FUZZ_TARGET must be one of: \(ParserCheck.all.map(\.name).joined(separator: " "))")
  exit(2)
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
  do throws(CheckFailure) {
    try check.run(ByteView(bytes))
  } catch {
    fatalError("\(check.name): \(error.message)")
  }
  return 0
}
