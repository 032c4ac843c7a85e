// Takes addresses out of journal lines.
//
// Promises: a line stays a line, with its keys, its type and its numbers; every text in it is looked at, keys of
// tallies included, whatever the line's type, also those that this version does not know. A line that is no JSON is
// searched as it is. Leaves to others: files.

public import Bytes
import Glibc
import Privacy

/// Rewrites lines. One a thread.
public struct LineEraser: ~Copyable {
  private let erasures: [Erasure]
  /// What a line must hold, in lower case, for one of the erasures to concern it.
  private var needles: [String] = []
  private var decoder = EventDecoder()
  private var scratch = TextScratch()
  private var lower = ByteBuffer(capacity: 1 << 20)
  private var first = ByteBuffer(capacity: 4096)
  private var second = ByteBuffer(capacity: 4096)
  private var text = ByteBuffer(capacity: 4096)
  /// Where what is only counted goes.
  private var sink = ByteBuffer(capacity: 4096)

  public init(_ erasures: [Erasure]) {
    self.erasures = erasures
    var needles: Set<String> = []
    for erasure in erasures {
      for name in erasure.names { needles.formUnion(LineEraser.needles(name)) }
      // Marks differ from message to message, so every line of the domain has to be read.
      if erasure.marks != nil { needles.formUnion(LineEraser.needles(domainOf: erasure.address)) }
    }
    // What holds a longer needle holds a shorter one inside it.
    self.needles = needles.filter { needle in !needles.contains { $0 != needle && needle.contains($0) } }.sorted()
  }

  /// The local part, unless JSON, quotes or letters' case could spell it in another way; then the domain.
  private static func needles(_ name: NamedAddress) -> [String] {
    let isPlain = name.local.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C && byte != 0x2F
    }
    return isPlain && !name.local.isEmpty ? [name.local] : needles(domainOf: name)
  }

  /// What every spelling of the domain has one of: of letters beyond ASCII the case is not known, nor how they are
  /// composed, so of those what stands between them.
  private static func needles(domainOf name: NamedAddress) -> [String] {
    name.domains.map { domain in
      if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain }
      let runs = domain.utf8.split { $0 >= 0x80 }.map { String(Substring($0)) }
      // A domain in its own language throughout leaves a dot or nothing: then every line with an address is read.
      return runs.max { $0.utf8.count < $1.utf8.count }.flatMap { $0.utf8.count >= 3 ? $0 : nil } ?? "@"
    }
  }

  /// Appends `lines` (whole ones) to `output` with the addresses replaced. Returns how many lines changed.
  public mutating func erase(_ lines: ByteView, to output: inout ByteBuffer) -> Int {
    lower.removeAll()
    lower.append(lines)
    LineEraser.lowercase(&lower)
    var hits = needles.map { needle in needle.withByteView { lower.view.firstRange(of: $0)?.lowerBound } }
    var done = 0
    var changed = 0
    while let hit = hits.compactMap({ $0 }).min() {
      let start = lines.prefix(hit).lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let end = lines.firstIndex(of: 0x0A, from: hit) ?? lines.count
      output.append(lines[done..<start])
      if eraseLine(lines[start..<end], to: &output) { changed += 1 }
      done = end
      for (index, needle) in needles.enumerated() {
        guard let known = hits[index], known < end else { continue }
        hits[index] = needle.withByteView { lower.view.firstRange(of: $0, from: end)?.lowerBound }
      }
    }
    output.append(lines.from(done))
    return changed
  }

  /// How many of `lines` name an address.
  public mutating func count(_ lines: ByteView) -> Int {
    sink.removeAll()
    var output = ByteBuffer()
    swap(&output, &sink)
    let count = erase(lines, to: &output)
    swap(&output, &sink)
    return count
  }

  private static func lowercase(_ buffer: inout ByteBuffer) {
    let bytes = UnsafeMutablePointer(mutating: buffer.view.start)
    for index in 0..<buffer.count { bytes[index] = bytes[index].lowercasedASCII }
  }

  private mutating func eraseLine(_ line: ByteView, to output: inout ByteBuffer) -> Bool {
    var names = erasures.flatMap(\.names)
    names += marks(line)
    first.removeAll()
    guard walk(line, names, .addresses) else {
      output.append(line)
      return false
    }
    // Now that the line is known to be about the address, its local part alone tells whose it is.
    swap(&first, &second)
    first.removeAll()
    _ = walk(second.view, names, .prose)
    output.append(first.view)
    return true
  }

  /// The marks that this line's message would have for the addresses.
  private mutating func marks(_ line: ByteView) -> [NamedAddress] {
    guard erasures.contains(where: { $0.marks != nil }), line.firstIndex(of: 0x7E) != nil else { return [] }
    var message: String?
    do throws(JournalLineError) {
      switch try decoder.decode(line) {
      case .event(let event): message = EventRedactor.message(event)
      default: break
      }
    } catch {
      return []
    }
    guard let message else { return [] }
    return erasures.flatMap { erasure in
      guard let pseudonyms = erasure.marks else { return [NamedAddress]() }
      return erasure.given.withByteView { given in
        let at = given.lastIndex(of: 0x40) ?? given.count
        let domain = given.from(at + 1)
        return message.withByteView { message in
          pseudonyms.localParts(for: given.prefix(at), at: domain, message: message).map { mark in
            mark.withByteView { NamedAddress($0, at: domain, replacement: erasure.replacement(ofMark: $0)) }
          }
        }
      }
    }
  }

  private enum Pass { case addresses, prose }

  /// Appends `line` to `first` with its texts rewritten; true if one was.
  private mutating func walk(_ line: ByteView, _ names: [NamedAddress], _ pass: Pass) -> Bool {
    let end = line.start + line.count
    var at = 0
    var isChanged = false
    var isProse = false
    scratch.begin(line)
    while let quote = line.firstIndex(of: 0x22, from: at) {
      first.append(line[at..<quote + 1])
      guard let close = LineEraser.closingQuote(line, quote + 1, end) else {
        // No JSON: what is left is one text.
        at = quote + 1
        break
      }
      let raw = line[(quote + 1)..<close]
      at = close
      if line.at(close + 1) == 0x3A { isProse = raw == "text" || raw == "note" }
      if pass == .prose && !isProse {
        first.append(raw)
        first.append(0x22)
        at = close + 1
        continue
      }
      var plain = raw
      if raw.firstIndex(of: 0x5C) != nil, let unfolded = try? scratch.unfold(raw, offset: 0) { plain = unfolded }
      text.removeAll()
      if rewrite(plain, names, pass) {
        isChanged = true
        // `append(json:)` writes the quotes.
        first.truncate(to: first.count - 1)
        first.append(json: text.view)
      } else {
        first.append(raw)
        first.append(0x22)
      }
      at = close + 1
    }
    let rest = line.from(at)
    text.removeAll()
    if !rest.isEmpty, pass == .addresses, rewrite(rest, names, pass) {
      isChanged = true
      first.append(text.view)
    } else {
      first.append(rest)
    }
    return isChanged
  }

  private static func closingQuote(_ line: ByteView, _ from: Int, _ end: UnsafePointer<UInt8>) -> Int? {
    var probe = line.start + from
    while true {
      probe = JSONCursor.quoteOrBackslash(probe, end)
      guard probe < end else { return nil }
      if probe.pointee == 0x22 { return probe - line.start }
      guard end - probe > 2 else { return nil }
      probe += 2
    }
  }

  /// Puts `plain` into `text` as it is to be; true if that differs.
  private mutating func rewrite(_ plain: ByteView, _ names: [NamedAddress], _ pass: Pass) -> Bool {
    guard pass == .addresses else {
      return AddressRewriter.rewriteSpellings(plain, of: names, isProse: true, to: &text)
    }
    var parsed = ByteBuffer(capacity: plain.count)
    let one = AddressRewriter.rewrite(plain, with: NameMapping(names: names), to: &parsed)
    let other = AddressRewriter.rewriteSpellings(parsed.view, of: names, isProse: false, to: &text)
    return one || other
  }

  private struct NameMapping: AddressMapping {
    let names: [NamedAddress]

    func replacement(for local: ByteView, at domain: ByteView) -> String? {
      let canonical = Pseudonyms.canonical(local, domain)
      return names.first { $0.isSpelt(canonical) }?.replacement
    }
  }
}
