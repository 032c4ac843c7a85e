import Bytes
import DeliveryStatus
import SMTPTypes

@testable import Milter

/// A message as a milter shows it: header fields `Name: value` to an empty line, then the body in two chunks.
func checkMilterReport(_ bytes: ByteView) throws(CheckFailure) {
  let interest = HeaderInterest(identity: true, tags: [TagHeader(name: "campaign", field: "X-Campaign")])
  let limit = 2048
  let capture = ReportCapture(limit: limit)
  var kept = 0
  var at = 0
  while at < bytes.count {
    let end = bytes.firstIndex(of: 0x0A, from: at) ?? bytes.count
    let line = bytes[at..<end]
    at = end + 1
    if line.isEmpty { break }
    let colon = line.firstIndex(of: 0x3A) ?? line.count
    let name = line.prefix(colon)
    let value = line.from(colon + 1)
    interest.forEachSlot(of: name) { slot in
      kept += HeaderInterest.value(value, limit: 100).utf8.count
      precondition(slot < interest.slotCount)
    }
    capture.header(name, value)
  }
  capture.endOfHeader()
  let body = bytes.from(at)
  capture.body(body.prefix(body.count / 2))
  capture.body(body.from(body.count / 2))
  try require(capture.content.count <= limit, "more is kept than the limit allows")
  try require(capture.room >= 0, "less than no room")
  try require(kept <= 300 * (bytes.count + 1), "values grow")
  let report = capture.content.withUnsafeBufferPointer { ReportReader.read(ByteView($0), isFromNullSender: true) }
  try requireBounds(report, ReportLimits())
}
