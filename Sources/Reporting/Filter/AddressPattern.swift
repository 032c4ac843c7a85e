// Addresses and domains in conditions: what was typed and what a log wrote may be two spellings of one.

import Bytes
import SMTPTypes

/// A pattern for values that are addresses or domains, in the form in which those are compared (see `MailAddress`).
struct AddressPattern: Sendable, Equatable {
  private let isAddress: Bool
  private let canonical: String
  /// With the letters of its language, where a `*` keeps a label from having an A-label; nil elsewhere.
  private let unicode: String?
  /// What was typed has another form than the one that is compared, or values may have it.
  private let isSpelt: Bool

  init(_ pattern: String, isAddress: Bool) {
    self.isAddress = isAddress
    (canonical, unicode, isSpelt) = pattern.withByteView { pattern in
      let at = isAddress ? pattern.lastIndex(of: 0x40) : nil
      let local = isAddress ? pattern.prefix(at ?? pattern.count) : .empty
      var domain = isAddress ? pattern.from((at ?? pattern.count) + 1) : pattern
      if domain.hasSuffix("."), domain.count > 1 { domain = domain.prefix(domain.count - 1) }
      var compared = ByteBuffer(capacity: pattern.count)
      if isAddress { LocalPart.append(canonical: local, to: &compared) }
      if at != nil { compared.append(0x40) }
      var letters = ByteBuffer(capacity: pattern.count)
      letters.append(compared.view)
      // A local part alone may be a piece of any length.
      var isCut = isAddress && at == nil && !pattern.isASCII
      var start = 0
      while start < domain.count {
        let end = domain.firstIndex(of: 0x2E, from: start) ?? domain.count
        let label = domain[start..<end]
        if label.firstIndex(of: 0x2A) != nil {
          LocalPart.append(canonical: label, to: &compared)
          LocalPart.append(canonical: label, to: &letters)
          if !label.isASCII { isCut = true }
        } else {
          let name = DomainName.canonical(String(label))
          compared.append(name)
          letters.append(name.withByteView { DomainName.unicode($0) } ?? name)
        }
        if end < domain.count {
          compared.append(0x2E)
          letters.append(0x2E)
        }
        start = end + 1
      }
      let isSpelt =
        !pattern.isASCII || pattern.hasSuffix(".") || DomainName.hasALabel(domain)
        || local.buffer.contains { $0 == 0x22 || $0 == 0x5C }
      return (String(compared.view), isCut ? String(letters.view) : nil, isSpelt)
    }
  }

  /// True if another spelling of `value`, which does not fit as it is, fits.
  func fits(_ value: ByteView) -> Bool {
    // Nearly every value is in the one form that there is of it.
    guard isSpelt || value.at(0) == 0x22 else { return false }
    var buffer = ByteBuffer(capacity: value.count)
    let at = isAddress ? value.lastIndex(of: 0x40) : nil
    if isAddress { LocalPart.append(canonical: value.prefix(at ?? value.count), to: &buffer) }
    let local = buffer.count
    if !isAddress || at != nil {
      if isAddress { buffer.append(0x40) }
      DomainName.append(canonical: value.from((at ?? -1) + 1), to: &buffer)
    }
    if canonical.withByteView({ Glob.matches(buffer.view, $0) }) { return true }
    guard let unicode else { return false }
    let start = isAddress ? local + 1 : 0
    if let domain = DomainName.unicode(buffer.view.from(start)) {
      buffer.truncate(to: min(start, buffer.count))
      buffer.append(domain)
    }
    return unicode.withByteView { Glob.matches(buffer.view, $0) }
  }
}
