// The words of a notice, cut into lines and flattened for finding phrases in it.

import Bytes

/// A notice's own words: everything before the returned message.
struct NoticeText: ~Copyable {
  struct Line {
    /// In the notice.
    var start: Int
    var end: Int
    /// Of the trimmed line, in `flat`.
    var flat: Int
    var indent: Int
  }

  /// A phrase and the line that it ends in.
  struct Hit {
    var phrase: Int
    var line: Int
    /// Bytes of the trimmed line that follow the phrase.
    var rest: Int
  }

  private(set) var lines: [Line] = []
  /// Lower case, every line trimmed, one space between two.
  private(set) var flat: ByteBuffer
  private(set) var hits: [Hit] = []
  /// Where in the notice the line after the words starts; its count if the words are all.
  private(set) var bodyEnd: Int

  /// Reads `text`, lines ended by LF. O(text).
  init(_ text: ByteView) {
    flat = ByteBuffer(capacity: min(text.count, 8192))
    bodyEnd = text.count
    var start = 0
    while start < text.count {
      let end = text.firstIndex(of: 0x0A, from: start) ?? text.count
      let line = text[start..<end]
      let trimmed = line.trimmed
      let flatStart = flat.count
      for byte in trimmed.buffer { flat.append(byte.lowercasedASCII) }
      let indent = trimmed.isEmpty ? 0 : UnsafeRawPointer(trimmed.start) - UnsafeRawPointer(line.start)
      if lines.count > 0, NoticeText.isBreak(flat.view.from(flatStart), indent: indent) {
        flat.truncate(to: flatStart)
        bodyEnd = start
        break
      }
      flat.append(0x20)
      lines.append(Line(start: start, end: end, flat: flatStart, indent: indent))
      start = end + 1
    }
    findPhrases()
  }

  /// True if a line, trimmed and in lower case, starts the returned message.
  private static func isBreak(_ line: ByteView, indent: Int) -> Bool {
    guard let first = line.at(0) else { return false }
    if first == 0x2D || first == 0x7C || first == 0x2A {
      guard line.count < 100, line[0..<3] == "---" || line[0..<3] == "|--" || line[0..<3] == "***" else { return false }
      for words in NoticePhrase.dashedBreaks where line.contains(words) { return true }
      return false
    }
    for words in NoticePhrase.breaks where line.hasPrefix(words) { return true }
    if indent == 0 { for words in NoticePhrase.flushBreaks where line.hasPrefix(words) { return true } }
    return false
  }

  /// The host whose mail system says that it speaks: `This is the qmail-send program at mx.example.net.`; at most 255
  /// bytes. Looked for in the first 2,000.
  var speakerHost: ByteView? {
    let opening = flat.view.prefix(2000)
    for words in NoticePhrase.speakers {
      guard let found = opening.firstRange(of: words) else { continue }
      var host = opening.from(found.upperBound)
      let isPart = { (byte: UInt8) in byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E }
      host = host.prefix(host.buffer.firstIndex { !isPart($0) } ?? host.count)
      while host.at(host.count - 1) == 0x2E { host = host.prefix(host.count - 1) }
      if host.count <= 255, host.firstIndex(of: 0x2E) != nil { return host }
    }
    return nil
  }

  /// The identifier that a field among the words gives, which notices indent: that of the message that they speak of; at
  /// most `limit` bytes. O(text).
  func messageID(in text: ByteView, limit: Int) -> String? {
    for line in lines where line.indent > 0 {
      let field = text[line.start..<line.end].trimmed
      guard field.hasPrefixIgnoringCase("message-id:") else { continue }
      return FieldValue.identifier(field.from(11).trimmed, limit: limit)
    }
    return nil
  }

  /// The first address that stands at the start of a line of `text`, which this was read from, with a reason behind it
  /// (`<a@b>: host x said: …`). O(text).
  func explainedAddress(in text: ByteView) -> String? {
    for line in lines {
      let found = NoticeAddress.leading(text[line.start..<line.end].trimmed)
      if let found, found.isReason { return String(found.address) }
    }
    return nil
  }

  /// True if line `index` of `text`, which this was read from, quotes somebody (`> …`); `>>>` is a transcript's.
  func isQuoted(_ index: Int, in text: ByteView) -> Bool {
    let line = text[lines[index].start..<lines[index].end].trimmed
    return line.at(0) == 0x3E && !line.hasPrefix(">>>")
  }

  private mutating func findPhrases() {
    let view = flat.view
    let first = lines.firstIndex { $0.end - $0.start > $0.indent } ?? 0
    var isWordStart = true
    var line = 0
    for at in 0..<view.count {
      let byte = view[at]
      if isWordStart, byte.isASCIILetter {
        for index in NoticeText.phrasesByLetter[Int(byte & 0x1F)] {
          let words = NoticePhrase.all[index].words
          guard view.from(at).hasPrefix(words) else { continue }
          let end = at + words.utf8CodeUnitCount
          while line + 1 < lines.count, lines[line + 1].flat < end { line += 1 }
          if case .opens = NoticePhrase.all[index].effect, line > first + 1 { continue }
          if NoticePhrase.all[index].isTimed, !NoticeText.countsHours(view.from(end)) { continue }
          if case .promises = NoticePhrase.all[index].effect, view.prefix(at).hasSuffix("no ") { continue }
          if NoticePhrase.all[index].isFirst, !startsLine(at, near: line) { continue }
          let lineEnd = line + 1 < lines.count ? lines[line + 1].flat : view.count
          hits.append(Hit(phrase: index, line: line, rest: max(lineEnd - 1 - end, 0)))
        }
      }
      isWordStart = !(byte.isASCIILetter || byte.isASCIIDigit)
    }
  }

  /// True for ` 4 hours`, ` more than 24 hours`.
  private static func countsHours(_ text: ByteView) -> Bool {
    var rest = text
    for words: StaticString in [" ", "more than ", "over "] where rest.hasPrefix(words) {
      rest = rest.from(words.utf8CodeUnitCount)
    }
    var digits = 0
    while let byte = rest.at(digits), byte.isASCIIDigit, digits < 4 { digits += 1 }
    return digits > 0 && rest.from(digits).hasPrefix(" hour")
  }

  /// True if a line starts at `at` in `flat`, which lies in line `line` or, where a phrase runs on, before it.
  private func startsLine(_ at: Int, near line: Int) -> Bool {
    var index = line
    while index > 0, lines[index].flat > at { index -= 1 }
    return lines[index].flat == at
  }

  private static let phrasesByLetter: [[Int]] = {
    var table = [[Int]](repeating: [], count: 32)
    for (index, phrase) in NoticePhrase.all.enumerated() {
      if let first = ByteView(phrase.words).at(0) { table[Int(first & 0x1F)].append(index) }
    }
    return table
  }()
}
