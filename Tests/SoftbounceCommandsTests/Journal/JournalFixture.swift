import Bytes
import Classification
import Glibc
import Journal
import SMTPTypes

/// A journal with a few segments of transient failures, a gap and a position; all but the last are sealed.
struct JournalFixture {
  let scratch = Scratch()
  let directory: String

  init(events: Int = 60, segmentBytes: Int = 4000, seal: Bool = true) throws {
    directory = scratch.path + "/journal"
    var options = JournalWriter.Options()
    options.segmentBytes = segmentBytes
    let writer = try JournalWriter(directory: directory, options: options)
    for number in 0..<events {
      let commit = writer.append { group in
        "r\(number)@example.net".withByteView { recipient in
          "452 4.2.2 <r\(number)@example.net>: mailbox is full".withByteView { text in
            var event = Event(time: Timestamp(seconds: 1_795_420_000 + Int64(number)), type: .transientFailure)
            event.source = .log
            event.host = ByteView("mx1")
            event.direction = .outbound
            event.hop = .external
            event.cause = .mailboxFull
            event.provider = ByteView("example.net")
            event.domain = ByteView("example.net")
            event.queueID = ByteView("4F2C11A3")
            event.sender = ByteView("news@example.org")
            event.recipient = recipient
            event.reply = Reply(code: ReplyCode(452), enhanced: nil, text: text)
            event.offset = number * 100
            group.add(event)
          }
        }
        if number == 4 {
          var gap = Event(time: Timestamp(seconds: 1_795_420_004), type: .gap)
          gap.note = ByteView("journal: 3 lines dropped")
          gap.count = 3
          group.add(gap)
        }
        if number == 5 {
          group.add(
            Checkpoint(
              time: Timestamp(seconds: 1_795_420_005), source: .log, host: "mx1", path: "/var/log/mail.log",
              file: "00ff:4096", inode: 7, device: 1, offset: 600))
        }
      }
      _ = writer.waitUntilDurable(commit, timeout: 30)
    }
    writer.close()
    if seal { _ = try JournalKeeper(directory: directory).run() }
  }

  /// The files of the journal's segments, in order.
  var segments: [String] {
    guard let handle = opendir(directory) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix("0000") { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes all segments look as if they had been begun in 2020.
  func age() {
    for name in segments {
      guard let dash = name.firstIndex(of: "-") else { continue }
      let rest = name[dash...].drop { $0 != "." }
      rename(directory + "/" + name, directory + "/" + name[...dash] + "20200101T000000Z" + rest)
    }
  }

  func bytes(_ name: String) -> [UInt8] {
    let descriptor = open(directory + "/" + name, O_RDONLY)
    defer { close(descriptor) }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &block, block.count)
      guard count > 0 else { return all }
      all += block[..<count]
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) { scratch.file("journal/" + name, bytes) }

  func run(_ arguments: String...) -> Scratch.Outcome {
    scratch.run(["journal"] + arguments, paths: scratch.paths(journal: directory))
  }
}
