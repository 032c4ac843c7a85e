import Bytes
import LogFiles
import SystemJournal

/// Names that are kept or found on a disk; the first byte says which.
func checkNames(_ bytes: ByteView) throws(CheckFailure) {
  let rest = bytes.from(1)
  let text = String(rest)
  switch (bytes.at(0) ?? 0) % 4 {
  case 0:
    guard let head = FileHead(text) else { return }
    try require(FileHead(head.description) == head, "\(text) became \(head)")
  case 1:
    guard let cursor = JournaldCursor(text) else { return }
    try require(JournaldCursor(cursor.text) == cursor, "\(text) became \(cursor)")
    try require((0..<(1 << 53)).contains(cursor.identity), "\(cursor.identity) is no number of JSON's")
  case 2:
    let head = FileHead(rest)
    try require(head.matches(rest), "a file is not known again")
    try require(FileHead(head.description) == head, "\(head) can't be read")
  default: try checkRotation(rest)
  }
}

/// Of two names one is newer, or none is known to be; never both.
private func checkRotation(_ bytes: ByteView) throws(CheckFailure) {
  let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
  let first = RotatedName(String(bytes.prefix(end)))
  let second = RotatedName(String(bytes.from(end + 1)))
  try require(first.isNewer(than: first) == nil, "newer than itself: \(first)")
  let (one, other) = (first.isNewer(than: second), second.isNewer(than: first))
  try require((one == nil) == (other == nil), "\(first) and \(second) can be told apart one way only")
  if let one, let other, one == other {
    // Two spellings of one number or date.
    try require(!one, "\(first) and \(second) are each newer")
  }
}
