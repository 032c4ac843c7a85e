// The MIME walk: lines to parts (RFC 2045, RFC 2046), lenient where real notices are broken.

import Bytes

extension ReportReader {
  /// Takes one line as it stands in the message.
  mutating func take(_ line: ByteView) {
    if line.at(0) == 0x2D, line.at(1) == 0x2D {
      if !levels.isEmpty, crossBoundary(line) { return }
      if place == .preamble || place == .status, line.count > 2, line.count <= 200 {
        stray.removeAll()
        stray.append(line)
        hasStray = true
        return
      }
    }
    if hasStray {
      hasStray = false
      if line.hasPrefixIgnoringCase("content-"), line.firstIndex(of: 0x3A) != nil {
        adoptStrayBoundary()
      } else {
        takeLeaf(stray.view)
      }
    }
    switch place {
    case .topHeader, .partHeader: takeHeader(line)
    case .skip: break
    case .preamble: takeLeaf(line)
    case .text, .status, .originalHeader, .feedbackHeader:
      switch encoding {
      case .identity: takeLeaf(line)
      case .quotedPrintable:
        decoder.appendQuotedPrintable(line, to: &decoded)
        drainDecoded()
      case .base64:
        decoder.appendBase64(line, to: &decoded)
        drainDecoded()
      }
    }
  }

  private mutating func drainDecoded() {
    var cursor = 0
    while let line = decodedLines.next(in: decoded.view, cursor: &cursor) { takeLeaf(line) }
    decoded.removeAll()
  }

  /// Takes one decoded line of a part's content.
  mutating func takeLeaf(_ line: ByteView) {
    switch place {
    case .text, .preamble: appendText(line)
    case .status: takeStatus(line)
    case .originalHeader, .feedbackHeader: takeReturnedHeader(line)
    case .topHeader, .partHeader, .skip: break
    }
  }

  private mutating func appendText(_ line: ByteView) {
    guard text.count + line.count < limits.text else {
      textWasCut = true
      return
    }
    text.append(line)
    text.append(0x0A)
  }

  // MARK: - Boundaries

  /// True if `line` is a delimiter of an open multipart, which it then starts the next part of, or closes.
  private mutating func crossBoundary(_ line: ByteView) -> Bool {
    let rest = line.from(2)
    var index = levels.count - 1
    while index >= 0 {
      let level = levels[index]
      let boundary = boundaries.view[level.start..<level.end]
      if rest.hasPrefix(boundary) {
        let after = rest.from(boundary.count)
        let isClose = after.hasPrefix("--")
        if isClose || after.trimmed.isEmpty {
          cross(index, isClose: isClose)
          return true
        }
      }
      index -= 1
    }
    return false
  }

  private mutating func cross(_ index: Int, isClose: Bool) {
    hasStray = false
    endLeaf()
    let kept = isClose ? index : index + 1
    while levels.count > kept {
      boundaries.truncate(to: levels[levels.count - 1].start)
      levels.removeLast()
    }
    if isClose { place = .skip } else { beginPart() }
  }

  /// Takes the stray line for the boundary that the header got wrong or did not give.
  private mutating func adoptStrayBoundary() {
    endLeaf()
    if place == .preamble, !levels.isEmpty {
      boundaries.truncate(to: levels[levels.count - 1].start)
      levels.removeLast()
    }
    openLevel(stray.view.from(2))
    beginPart()
  }

  /// Opens a multipart; false if that would be too deep.
  @discardableResult
  private mutating func openLevel(_ boundary: ByteView) -> Bool {
    guard levels.count < limits.depth else {
      report.exceeded.insert(.depth)
      return false
    }
    let start = boundaries.count
    boundaries.append(boundary)
    levels.append(Level(start: start, end: boundaries.count))
    return true
  }

  private mutating func beginPart() {
    partCount += 1
    guard partCount <= limits.parts else {
      report.exceeded.insert(.parts)
      place = .skip
      return
    }
    place = .partHeader
    kind = .text
    encoding = .identity
    boundary.removeAll()
    beginHeader()
  }

  private mutating func beginHeader() {
    field.removeAll()
    fieldName = 0
    hasField = false
    fieldCount = 0
    headerBytes = 0
    isFirstLine = true
  }

  /// Ends what the current part holds open.
  mutating func endLeaf() {
    switch place {
    case .topHeader, .partHeader:
      flushField()
    case .text, .status, .originalHeader, .feedbackHeader:
      if encoding == .base64 {
        decoder.finishBase64(to: &decoded)
        drainDecoded()
      }
      if encoding != .identity {
        while let line = decodedLines.last() { takeLeaf(line) }
      }
      if hasStray {
        hasStray = false
        takeLeaf(stray.view)
      }
      flushField()
      if place == .status { closeRecipient() }
    case .preamble, .skip: break
    }
    decoder.reset()
    decodedLines.reset()
    decoded.removeAll()
  }

  // MARK: - Headers of the message and its parts

  private mutating func takeHeader(_ line: ByteView) {
    if line.isEmpty {
      if isFirstLine, place == .topHeader { return }
      flushField()
      endHeader()
      return
    }
    let first = line[0]
    if first == 0x20 || first == 0x09 {
      if line.trimmed.isEmpty, !hasField { return }
      continueField(line)
      isFirstLine = false
      return
    }
    guard let name = ReportReader.fieldNameLength(line) else {
      // mbox's separator, plain or quoted.
      if isFirstLine, line.hasPrefix("From ") || line.hasPrefix(">From ") { return }
      if place == .topHeader, fieldCount == 0 {
        isFirstLine = false
        return
      }
      // The blank line is missing: this is the body already.
      flushField()
      endHeader()
      take(line)
      return
    }
    isFirstLine = false
    flushField()
    if place == .partHeader, kind == .status, !line.hasPrefixIgnoringCase("content-"),
      !line.hasPrefixIgnoringCase("mime-")
    {
      endHeader()
      take(line)
      return
    }
    beginField(line, name: name)
  }

  /// The length of the field name that `line` starts with, without spaces before the colon; nil if it is no field
  /// (RFC 5322, section 2.2).
  static func fieldNameLength(_ line: ByteView) -> Int? {
    var end = 0
    while let byte = line.at(end), byte > 0x20, byte < 0x7F, byte != 0x3A { end += 1 }
    guard end > 0, end <= 76 else { return nil }
    var colon = end
    while let byte = line.at(colon), byte == 0x20 || byte == 0x09 { colon += 1 }
    return line.at(colon) == 0x3A ? end : nil
  }

  mutating func beginField(_ line: ByteView, name: Int) {
    fieldCount += 1
    headerBytes += line.count
    guard headerBytes <= limits.header else {
      report.exceeded.insert(.header)
      return
    }
    field.removeAll()
    field.append(line.prefix(name))
    fieldName = name
    hasField = true
    guard let colon = line.firstIndex(of: 0x3A, from: name) else { return }
    field.append(line.from(colon + 1).trimmed.prefix(limits.field))
  }

  mutating func continueField(_ line: ByteView) {
    headerBytes += line.count
    guard headerBytes <= limits.header else {
      report.exceeded.insert(.header)
      return
    }
    guard hasField else { return }
    let room = limits.field + fieldName - field.count
    guard room > 1 else { return }
    if field.count > fieldName { field.append(0x20) }
    field.append(line.trimmed.prefix(room - 1))
  }

  /// Hands the unfolded field to whom it concerns.
  mutating func flushField() {
    guard hasField else { return }
    hasField = false
    let name = field.view.prefix(fieldName)
    let value = field.view.from(fieldName)
    switch place {
    case .topHeader:
      contentField(name, value)
      envelope.take(name, value, limits: limits)
    case .partHeader: contentField(name, value)
    case .status: statusField(name, value)
    case .originalHeader: originalField(name, value)
    case .feedbackHeader, .preamble, .text, .skip: break
    }
  }

  private mutating func contentField(_ name: ByteView, _ value: ByteView) {
    guard name.hasPrefixIgnoringCase("content-") else { return }
    if name.equalsIgnoringCase(ByteView("content-type")) {
      let type = ContentType(field: value, boundary: &boundary)
      kind = type.kind
      if place == .topHeader {
        envelope.reportType = type.reportType
        envelope.isReport = type.isReport
      }
    } else if name.equalsIgnoringCase(ByteView("content-transfer-encoding")) {
      encoding = TransferEncoding(field: value)
    }
  }

  /// The header is over: opens what it announced.
  private mutating func endHeader() {
    let isTop = place == .topHeader
    beginHeader()
    switch kind {
    case .multipart:
      encoding = .identity
      // Without a boundary one may still be recognised.
      place = openLevel(boundary.isEmpty ? ByteView("\u{0}") : boundary.view) ? .preamble : .skip
    case .text, .html:
      if sawOriginal {
        place = .skip
      } else {
        let isHTML = kind == .html
        if textParts > 0, isHTML != textIsHTML {
          // Plain text is preferred to its twin in HTML.
          if isHTML {
            place = .skip
            return
          }
          text.removeAll()
          textWasCut = false
        }
        textIsHTML = isHTML
        textParts += 1
        place = .text
      }
    case .status:
      sawStatus = true
      place = .status
    case .original:
      sawOriginal = true
      isWrappedReport = false
      // A message that is nothing but another message is read no further.
      place = isTop ? .skip : .originalHeader
    case .feedback:
      envelope.hasFeedback = true
      place = .feedbackHeader
    case .disposition:
      envelope.hasDisposition = true
      place = .skip
    case .other: place = .skip
    }
  }

  // MARK: - The returned message's header

  /// Goes on within the returned message, which is the report proper.
  private mutating func openWrappedReport() {
    isWrappedReport = false
    guard encoding == .identity, openLevel(boundary.view) else { return }
    sawOriginal = false
    report.messageID = nil
    report.subject = nil
    report.from = nil
    place = .preamble
  }

  private mutating func takeReturnedHeader(_ line: ByteView) {
    if line.isEmpty {
      if fieldCount == 0 { return }
      flushField()
      place = .skip
      if isWrappedReport { openWrappedReport() }
      return
    }
    if line[0] == 0x20 || line[0] == 0x09 {
      continueField(line)
    } else {
      flushField()
      if let name = ReportReader.fieldNameLength(line) { beginField(line, name: name) }
    }
  }
}
