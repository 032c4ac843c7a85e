import Bytes
import Intake
import SMTPTypes

@testable import Journal
@testable import Sidecar

/// Files beside the journal; the first byte says which.
func checkSpool(_ bytes: ByteView) throws(CheckFailure) {
  let content = bytes.from(1)
  let now = Timestamp(seconds: 20_780 * 86_400)
  switch (bytes.at(0) ?? 0) % 5 {
  case 0:
    _ = ScratchDirectory.write(content, to: "journal.lock")
    _ = CommittedLength.read(ScratchDirectory.path)
  case 1:
    _ = ScratchDirectory.write(content, to: "identities.jsonl")
    guard let spool = try? IdentitySpool(directory: ScratchDirectory.path, logger: SilentLog.logger) else { return }
    var known = 0
    spool.load(now: now) { known += $0.queueID.utf8.count }
    try require(known <= 3 * content.count, "identities grow")
  case 2:
    _ = ScratchDirectory.write(content, to: "message-ids-20780")
    guard let spool = try? MessageIDSpool(directory: ScratchDirectory.path, now: now, logger: SilentLog.logger) else {
      throw CheckFailure(message: "the spool can't be opened")
    }
    spool.add("m@example.org", at: now)
    try require(spool.contains("m@example.org"), "a Message-ID is forgotten")
    guard let again = try? MessageIDSpool(directory: ScratchDirectory.path, now: now, logger: SilentLog.logger) else {
      throw CheckFailure(message: "the spool can't be opened again")
    }
    try require(again.contains("m@example.org"), "a Message-ID is lost")
  case 3:
    _ = ScratchDirectory.write(content, to: "erasure.request")
    guard let request = ErasureRequest.read(in: ScratchDirectory.path) else { return }
    guard (try? request.post(in: ScratchDirectory.path)) != nil else {
      throw CheckFailure(message: "a request can't be posted")
    }
    try require(ErasureRequest.read(in: ScratchDirectory.path) == request, "a request is read in another way")
  default:
    let name = String(content)
    guard let segment = SegmentName(name) else { return }
    try require(SegmentName(segment.fileName) == segment, "\(name) became \(segment.fileName)")
  }
}
