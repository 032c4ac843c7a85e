import Bytes

@testable import DeliveryStatus

/// A file of mail: messages begin at lines that say so, after a blank one, and only where the file is an mbox.
func checkMailbox(_ bytes: ByteView) throws(CheckFailure) {
  var splitter = MailboxSplitter()
  var before: ByteView?
  var at = 0
  while at < bytes.count {
    let end = bytes.firstIndex(of: 0x0A, from: at) ?? bytes.count
    let line = bytes[at..<end]
    at = end + 1
    if splitter.beginsNext(line) {
      try require(bytes.hasPrefix("From "), "messages in a file that is no mbox")
      try require(line.hasPrefix("From "), "a message begins with another line")
      try require(before.map { $0.isEmpty || $0 == "\r" } ?? false, "a message begins within another")
    }
    before = line
  }
}
