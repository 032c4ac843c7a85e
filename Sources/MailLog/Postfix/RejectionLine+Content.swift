// What cleanup's header and body checks turned away:
//   header NAME: VALUE from NAME[ADDR]; from=<s> to=<r> proto=ESMTP helo=<h>: text
// Source: cleanup/cleanup_message.c (cleanup_act_log), which keeps 200 bytes of the header or body line.

import Bytes
import SMTPTypes

extension RejectionLine {
  /// Reads `CLASS CONTENT from CLIENT; attributes: text`.
  ///
  /// Two strangers write in such a line: the author of the message before the client, and the client itself behind it,
  /// by its HELO name. Either can write what looks like a client with attributes. Where that leaves two clients to
  /// choose from, the line names none, and no sender and recipient.
  static func readContent(
    _ id: ByteView?, _ action: RejectionRecord.Action, _ text: ByteView, into result: inout LogRecord
  ) -> Bool {
    guard let (place, isOnly) = clientPlace(text) ?? lastAttributes(text).map({ ($0, true) }) else { return false }
    var record = RejectionRecord(
      queueID: id, action: action, stage: .endOfData, clientHost: .empty, clientAddress: .empty,
      reply: Reply(text: .empty))
    var end = readAttributes(text, at: place.attributes, into: &record)
    if isOnly {
      record.clientHost = place.client?.host ?? .empty
      record.clientAddress = place.client?.address ?? .empty
    } else {
      record.sender = nil
      record.recipient = nil
      record.helo = nil
    }
    // The site's own text comes last, behind whatever the HELO name holds.
    if reachesHELO(text, place), let last = lastRange(of: ">: ", in: text), last.lowerBound >= end {
      end = last.lowerBound + 1
    }
    if text.at(end) == 0x3A { record.reply = Reply(parsing: text.from(end + 1).trimmed) }
    result = .rejection(record)
    return true
  }

  /// Where a client may be named, and its attributes begin.
  private struct Place {
    var client: NamedHost?
    var attributes: Int
  }

  /// Bytes of the class and the content, with a space between, before ` from `.
  private static let longestContent = 16 + 200

  /// The first place where a client is named, its attributes following as Postfix writes them, and whether no other can
  /// be meant; nil if there is none. Looks at the first kilobyte.
  private static func clientPlace(_ text: ByteView) -> (Place, isOnly: Bool)? {
    var found: Place?
    var from = 0
    while let semicolon = text.prefix(1024).firstIndex(of: 0x3B, from: from) {
      from = semicolon + 1
      guard text.from(from).hasPrefix(" from=<"), let client = client(before: semicolon, text) else { continue }
      // A second is within a HELO name, or the true one behind a header that has a whole tail of its own.
      if let found { return (found, false) }
      let place = Place(client: client, attributes: from)
      var scratch = scratch
      let end = readAttributes(text, at: from, into: &scratch)
      let isWhole = end == text.count || text.at(end) == 0x3A
      // A header's own that breaks off before it names a HELO is not Postfix's.
      if isWhole || reachesHELO(text, place) { found = place }
    }
    return found.map { ($0, true) }
  }

  private static var scratch: RejectionRecord {
    RejectionRecord(
      queueID: nil, action: .reject, stage: nil, clientHost: .empty, clientAddress: .empty, reply: Reply(text: .empty))
  }

  /// True if the attributes run up to a HELO name, which may hold anything.
  private static func reachesHELO(_ text: ByteView, _ place: Place) -> Bool {
    var scratch = scratch
    let end = readAttributes(text, at: place.attributes, into: &scratch)
    return scratch.helo != nil || text.from(end).trimmed.hasPrefix("helo=<")
  }

  /// `NAME[ADDR]` between ` from ` and the semicolon.
  private static func client(before semicolon: Int, _ text: ByteView) -> NamedHost? {
    let before = text.prefix(semicolon)
    guard let word = lastRange(of: " from ", in: before), word.lowerBound <= longestContent,
      let client = NamedHost(before, at: word.upperBound), client.end == semicolon
    else { return nil }
    return client
  }

  /// The last place that attributes begin at, in a line that names no client (`from local;`).
  private static func lastAttributes(_ text: ByteView) -> Place? {
    var place: Place?
    var from = 0
    while let semicolon = text.firstIndex(of: 0x3B, from: from) {
      from = semicolon + 1
      while text.at(from) == 0x20 { from += 1 }
      if text.from(from).hasPrefix("from=<") { place = Place(client: nil, attributes: semicolon + 1) }
    }
    return place
  }

  static func lastRange(of needle: StaticString, in text: ByteView) -> Range<Int>? {
    var last: Range<Int>?
    var from = 0
    while let found = text.firstRange(of: needle, from: from) {
      last = found
      from = found.lowerBound + 1
    }
    return last
  }
}
