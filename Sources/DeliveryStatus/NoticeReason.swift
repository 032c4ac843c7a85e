// What a notice says of one recipient, gathered line by line.

import Bytes

/// Paragraphs, LF between them; those that notices have whatever happened are left out.
struct NoticeReason: ~Copyable {
  private var text = ByteBuffer(capacity: 512)
  /// The paragraph that is being read says nothing.
  private var isPassing = false
  /// A server refuses in the lines of a session.
  private var sawRefusal = false
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  var view: ByteView { text.view }
  var isEmpty: Bool { text.isEmpty }

  /// Appends a line to the paragraph.
  mutating func append(_ line: ByteView) {
    var line = line.trimmed
    if let session = SessionLine(line) { return append(session) }
    for words in NoticePhrase.reasonLabels where line.hasPrefix(words) {
      line = line.from(words.utf8CodeUnitCount).trimmed
    }
    guard !line.isEmpty, !isPassing, text.count < limit else { return }
    let isInside = !text.isEmpty && !text.view.hasSuffix("\n")
    // What the client says next in a session (MDaemon), and the lines around its transcript.
    if isInside, line.hasPrefix("-->") { return endParagraph() }
    if line.hasPrefix("---"), line.hasSuffix("---"), isInside || line.hasPrefix("--- Session") {
      return endParagraph()
    }
    for words in NoticePhrase.labels where line.hasPrefixIgnoringCase(words) && line.hasSuffix(":") {
      return endParagraph()
    }
    for words in NoticePhrase.fields where line.hasPrefixIgnoringCase(words) {
      endParagraph()
      text.append(line.prefix(limit))
      return endParagraph()
    }
    // CommuniGate: `Message delivery to 'a@b' delayed`.
    if text.isEmpty, line == ByteView("delayed") { return }
    for words in NoticePhrase.asides where line.hasPrefixIgnoringCase(words) { endParagraph() }
    if text.isEmpty || text.view.hasSuffix("\n") {
      for words in NoticePhrase.pleasantries where line.hasPrefixIgnoringCase(words) {
        isPassing = true
        return
      }
    } else {
      text.append(0x20)
    }
    text.append(line.prefix(limit))
  }

  /// Takes of a session's lines what a server refused, and the last error of its own that the client met.
  private mutating func append(_ line: SessionLine) {
    endParagraph()
    switch line.meaning {
    case .refusal: sawRefusal = true
    case .failure:
      if sawRefusal { return }
      text.removeAll()
    case .other: return
    }
    guard text.count < limit else { return }
    text.append(line.said.prefix(limit))
    endParagraph()
  }

  mutating func endParagraph() {
    isPassing = false
    if !text.isEmpty, !text.view.hasSuffix("\n") { text.append(0x0A) }
  }

  mutating func removeAll() {
    isPassing = false
    sawRefusal = false
    text.removeAll()
  }
}
