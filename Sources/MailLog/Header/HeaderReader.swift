// What stands before the message: priority, stamp, host, tag and process id.

import Bytes
import SMTPTypes

/// What stands behind a line's stamp and host. The tag is not yet taken apart.
struct LineParts {
  /// The program's name, `postfix/submission/smtpd`; empty if the line has none (`last message repeated 3 times`).
  var tag: ByteView
  var message: ByteView
  /// Offsets of the tag's first and last slash, -1 without one.
  var firstSlash: Int32
  var lastSlash: Int32
  /// What the tag says.
  var program: Program
}

/// Reads the header of RFC 3164 lines and their relatives: `[<PRI>]stamp [<facility.level>] host tag[pid]: message`,
/// and of RFC 5424 lines; also behind what containers' logs put in front. O(header).
///
/// Time, host and process id go right into the caller's header, which stays as it was where there is none to be read:
/// handing all of a line's parts on from call to call took as long as finding them.
struct HeaderReader {
  private var stamps = StampReader()
  private let tags = TagMemo()

  mutating func forget() { stamps.forget() }

  @inline(__always)
  mutating func read(_ line: ByteView, _ resolver: inout StampResolver, into header: inout LogHeader) -> LineParts? {
    if line.at(0) == 0x3C { return readWithPriority(line, &resolver, into: &header) }
    if let parts = readPlain(line, &resolver, into: &header) { return parts }
    return readBehindContainer(line, &resolver, into: &header)
  }

  /// `mail-1  | stamp host …` (docker compose logs).
  @inline(never)
  private mutating func readBehindContainer(
    _ line: ByteView, _ resolver: inout StampResolver, into header: inout LogHeader
  ) -> LineParts? {
    let start = line.prefix(80)
    guard let bar = start.firstRange(of: " | "), let name = start.firstIndex(of: 0x20), name > 0,
      start[name..<bar.lowerBound].trimmed.isEmpty
    else { return nil }
    return readPlain(line.from(bar.upperBound), &resolver, into: &header)
  }

  /// The header that stands where the one that was read, `outer`, has its host: `stamp stamp host …` (docker logs -t),
  /// `stamp stdout F stamp host …` (Kubernetes); or behind a container's tag; nil if there is none.
  @inline(never)
  mutating func readNested(
    of line: ByteView, _ outer: LineParts, _ resolver: inout StampResolver, into header: inout LogHeader
  ) -> LineParts? {
    let host = header.host
    let first = host.at(0) ?? 0
    if first.isASCIIDigit || host.count == 3 || host.hasPrefix("std") {
      var rest = line.from(host.start - line.start)
      for stream: StaticString in ["stdout F ", "stderr F "] where rest.hasPrefix(stream) { rest = rest.from(9) }
      if let parts = readPlain(rest, &resolver, into: &header) { return parts }
    }
    return readBehindTag(outer, resolver, into: &header)
  }

  /// `stamp host container[pid]: stamp host …`, as Docker's syslog and journald drivers write what a container's Postfix
  /// logs to standard output. Unless the inner stamp has a zone, the time is the outer one's: a container has a zone of
  /// its own, mostly UTC.
  private mutating func readBehindTag(
    _ outer: LineParts, _ resolver: StampResolver, into header: inout LogHeader
  ) -> LineParts? {
    let inner = outer.message
    guard inner.at(3) == 0x20 || inner.at(4) == 0x2D || inner.at(4) == 0x20, ContainerTag.isContainer(outer.tag) else {
      return nil
    }
    let time = header.time
    let hasZone = StampReader.readRFC3339(inner, nil) != nil
    // What stamps without a year say of the file's years is the outer ones' to say.
    var copy = resolver
    guard let parts = readPlain(inner, &copy, into: &header) else { return nil }
    stamps.forget()
    if !hasZone { header.time = time }
    return parts
  }

  @inline(__always)
  private mutating func readPlain(
    _ line: ByteView, _ resolver: inout StampResolver, into header: inout LogHeader
  ) -> LineParts? {
    guard let stamp = stamps.read(line, &resolver) else { return nil }
    let base = line.start
    if let known = tags.find(base + stamp.end, line.count - stamp.end) {
      let start = base + stamp.end
      let parts = known.pointee
      let tagStart = Int(parts.tagStart)
      let length = Int(parts.length)
      header.time = stamp.time
      header.host = ByteView(start, count: Int(parts.hostLength))
      let end = stamp.end + length - 1
      return LineParts(
        tag: ByteView(start + tagStart, count: length - 1 - tagStart), message: message(of: line, from: end, &header),
        firstSlash: Int32(parts.firstSlash), lastSlash: Int32(parts.lastSlash), program: parts.program)
    }
    return readAnew(line, stamp, into: &header)
  }

  /// Host and tag behind a stamp that was read.
  @inline(never)
  private mutating func readAnew(
    _ line: ByteView, _ stamp: (time: Timestamp, end: Int), into header: inout LogHeader
  ) -> LineParts? {
    let base = line.start
    let end = line.count
    var at = stamp.end
    if at < end, base[at] == 0x3C, let close = line.firstIndex(of: 0x3E, from: at), line.at(close + 1) == 0x20 {
      // FreeBSD's syslogd -v: `<mail.notice> `
      at = close + 2
    }
    let hostStart = at
    at = WordScan.find(0x20, base, at, end)
    guard at > hostStart, at < end else { return nil }
    var host = ByteView(base + hostStart, count: at - hostStart)
    repeat { at += 1 } while at < end && base[at] == 0x20
    let facility = FacilityWord.length(line.from(at))
    at += facility
    let own = facility == 0 ? RelayedHost.read(line.from(at)) : nil
    if let own {
      host = own.host
      at += own.length
    }
    let tagStart = at
    at = endOfTag(base, at, end)
    let tag = ByteView(base + tagStart, count: at - tagStart)
    let lastSlash = tag.lastIndex(of: 0x2F) ?? -1
    let firstSlash = lastSlash >= 0 ? WordScan.find(0x2F, tag.start, 0, lastSlash) : lastSlash
    let program = Program(tag: tag, lastSlash: lastSlash)
    if at < end, base[at] == 0x5B, hostStart == stamp.end, base[hostStart] != 0x3C, own == nil {
      tags.keep(
        base + hostStart, host: host, tag: tag, firstSlash: firstSlash, lastSlash: lastSlash, program)
    }
    header.time = stamp.time
    header.host = host
    return LineParts(
      tag: tag, message: message(of: line, from: at, &header), firstSlash: Int32(truncatingIfNeeded: firstSlash),
      lastSlash: Int32(truncatingIfNeeded: lastSlash), program: program)
  }

  /// Reads the process id, from behind the tag on, into `header`, and gives the message.
  @inline(__always)
  private func message(of line: ByteView, from start: Int, _ header: inout LogHeader) -> ByteView {
    // `[123]: x`, as most are, in three looks.
    let start = UInt(bitPattern: start)
    if start &+ 16 <= UInt(bitPattern: line.count) {
      let at = line.start + Int(bitPattern: start)
      let digits = WordScan.equal(WordScan.load(at, 1), 0x5D)
      let length = WordScan.first(digits)
      let behind = at + (length &+ 1)
      if digits != 0, at[0] == 0x5B, behind[1] == 0x3A, behind[2] == 0x20, behind[3] > 0x20, behind[3] != 0x5B {
        header.process = ByteView(at + 1, count: length)
        return ByteView(behind + 3, count: line.count &- Int(bitPattern: start) &- length &- 4)
      }
    }
    return readMessage(of: line, from: Int(bitPattern: start), &header)
  }

  /// The same in any form.
  @inline(never)
  private func readMessage(of line: ByteView, from start: Int, _ header: inout LogHeader) -> ByteView {
    let base = line.start
    let end = line.count
    var at = start
    header.process = .empty
    if at < end, base[at] == 0x5B {
      let close = WordScan.find(0x5D, base, at + 1, end)
      header.process = ByteView(base + at + 1, count: close - at - 1)
      at = min(close + 1, end)
    }
    if at < end, base[at] == 0x3A { at += 1 }
    while at < end, base[at] == 0x20 { at += 1 }
    var message = line.from(at)
    if message.at(0) == 0x5B, message.hasPrefix("[ID "), let close = message.firstRange(of: "] ") {
      // Solaris: `[ID 197553 mail.info] `
      message = message.from(close.upperBound)
    }
    return message
  }

  /// The offset of the first `[`, `:` or space in `at..<end`, or `end`.
  @inline(__always)
  private func endOfTag(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = start
    while at + 8 <= end {
      let word = WordScan.load(base, at)
      let stop = WordScan.equal(word, 0x5B) | WordScan.equal(word, 0x3A) | WordScan.equal(word, 0x20)
      if stop != 0 { return at + WordScan.first(stop) }
      at += 8
    }
    while at < end, base[at] != 0x5B, base[at] != 0x3A, base[at] != 0x20 { at += 1 }
    return at
  }

  @inline(never)
  private mutating func readWithPriority(
    _ line: ByteView, _ resolver: inout StampResolver, into header: inout LogHeader
  ) -> LineParts? {
    guard let close = line.prefix(5).firstIndex(of: 0x3E), line[1..<close].decimal != nil else { return nil }
    let rest = line.from(close + 1)
    if rest.hasPrefix("1 ") { return HeaderReader.readRFC5424(rest.from(2), into: &header) }
    return readPlain(rest, &resolver, into: &header)
  }

  /// `stamp host app-name procid msgid structured-data message` (RFC 5424, section 6), after the version.
  private static func readRFC5424(_ line: ByteView, into header: inout LogHeader) -> LineParts? {
    guard let stamp = StampReader.readRFC3339(line, nil) else { return nil }
    var rest = line.from(stamp.end)
    func word() -> ByteView? {
      guard let space = rest.firstIndex(of: 0x20) else { return nil }
      defer { rest = rest.from(space + 1) }
      return rest.prefix(space)
    }
    guard let host = word(), let tag = word(), let process = word(), word() != nil else { return nil }
    if rest.at(0) == 0x5B {
      // Elements `[id name="value" …]`; within a value `"`, `\` and `]` are escaped.
      var at = 0
      while rest.at(at) == 0x5B {
        var isQuoted = false
        at += 1
        while let byte = rest.at(at), isQuoted || byte != 0x5D {
          if byte == 0x5C { at += 1 } else if byte == 0x22 { isQuoted.toggle() }
          at += 1
        }
        at += 1
      }
      rest = rest.from(at)
    } else {
      rest = rest.from(1)
    }
    if rest.at(0) == 0x20 { rest = rest.from(1) }
    if rest.hasPrefix("\u{FEFF}") { rest = rest.from(3) }
    let name = tag == "-" ? ByteView.empty : tag
    let lastSlash = name.lastIndex(of: 0x2F) ?? -1
    header.time = stamp.time
    header.host = host
    header.process = process
    return LineParts(
      tag: name, message: rest, firstSlash: Int32(truncatingIfNeeded: name.firstIndex(of: 0x2F) ?? -1),
      lastSlash: Int32(truncatingIfNeeded: lastSlash), program: Program(tag: name, lastSlash: lastSlash))
  }
}
