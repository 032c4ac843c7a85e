// Tallies in a digest: numbers, and the numbers of keys, each of which is told once. As JSON they would be most of a
// busy server's digest.

import Bytes
import SMTPTypes

/// Tells tallies.
struct TallyWriter: ~Copyable {
  /// Different keys that it takes.
  static var nameLimit: Int { 1 << 17 }
  /// The greatest number that is told, as in lines: sums of them stay far from where numbers end.
  static var numberLimit: Int { 1 << 40 }

  /// True once there were too many keys.
  private(set) var isFull = false
  private var names = ByteTable<Void>(limit: TallyWriter.nameLimit)
  private var minute: Int64 = 0
  /// A number was too great.
  private var isGreat = false

  /// Appends `tally` to `buffer`, and answers true; false, with nothing appended, for one with more to tell: what the
  /// queue held, or sums that are greater than any number of a line.
  mutating func append(_ tally: borrowing Tally, host: ByteView, to buffer: inout ByteBuffer) -> Bool {
    guard tally.queue == nil else { return false }
    let start = buffer.count
    isGreat = false
    buffer.append(varint: DigestCode.code(microseconds: tally.minute.microseconds &- minute))
    buffer.append(varint: UInt64(tally.minute.fractionDigits))
    append(name: host, to: &buffer)
    append(tally.total, to: &buffer)
    append(tally.internalHops, to: &buffer)
    for number in [tally.suspended, tally.lines, tally.unknownLines] { append(number, to: &buffer) }
    append(tally.delayHistogram.count, to: &buffer)
    for number in tally.delayHistogram { append(number, to: &buffer) }
    append(tally.byProvider, to: &buffer)
    append(tally.byDomain, to: &buffer)
    append(tally.byRelay, to: &buffer)
    append(tally.bySenderDomain, to: &buffer)
    append(tally.byService, to: &buffer)
    append(tally.byUser, to: &buffer)
    append(tally.byTag, to: &buffer)
    append(tally.rejections, to: &buffer)
    append(tally.trouble, to: &buffer)
    guard !isGreat else {
      buffer.truncate(to: start)
      return false
    }
    minute = tally.minute.microseconds
    return true
  }

  /// Appends the keys, in the order of their numbers.
  func appendNames(to buffer: inout ByteBuffer) {
    for number in 0..<names.count { DigestText.append(counted: names.key(at: number), to: &buffer) }
  }

  private mutating func append(name: ByteView, to buffer: inout ByteBuffer) {
    let number = names.insert(name, default: ())
    if number == nil { isFull = true }
    buffer.append(varint: UInt64(number ?? 0))
  }

  private mutating func append(_ number: Int, to buffer: inout ByteBuffer) {
    if number < 0 || number > TallyWriter.numberLimit { isGreat = true }
    buffer.append(varint: UInt64(bitPattern: Int64(number)))
  }

  private mutating func append(_ counts: Tally.Counts, to buffer: inout ByteBuffer) {
    append(counts.attempts, to: &buffer)
    append(counts.deliveries, to: &buffer)
    append(counts.bounces, to: &buffer)
    append(counts.firstAttempts, to: &buffer)
    append(counts.firstDeferred, to: &buffer)
  }

  private mutating func append(_ cut: borrowing ByteTable<Tally.Counts>, to buffer: inout ByteBuffer) {
    append(cut.count, to: &buffer)
    for index in 0..<cut.count {
      append(name: cut.key(at: index), to: &buffer)
      append(cut[index], to: &buffer)
    }
  }

  private mutating func append(_ numbers: borrowing ByteTable<Int>, to buffer: inout ByteBuffer) {
    append(numbers.count, to: &buffer)
    for index in 0..<numbers.count {
      append(name: numbers.key(at: index), to: &buffer)
      append(numbers[index], to: &buffer)
    }
  }
}

/// Reads what `TallyWriter` told.
struct TallyReader {
  private var bytes: DigestBytes
  private let names: DigestTexts
  private var minute: Int64 = 0

  init(_ bytes: ByteView, names: ByteView) throws(DigestError) {
    guard let names = DigestTexts(names, limit: TallyWriter.nameLimit) else { throw DigestError(column: .names) }
    self.names = names
    self.bytes = DigestBytes(bytes)
  }

  /// The next tally, its host valid while the digest is.
  mutating func next() throws(DigestError) -> TallyLine {
    guard let code = bytes.varint(), let later = DigestCode.microseconds(code) else { throw TallyReader.error }
    minute &+= later
    let digits = try number()
    guard minute.magnitude < 1 << 60 else { throw TallyReader.error }
    var tally = Tally(minute: Timestamp(microseconds: minute, fractionDigits: digits))
    let host = try name()
    tally.total = try counts()
    tally.internalHops = try counts()
    tally.suspended = try number()
    tally.lines = try number()
    tally.unknownLines = try number()
    guard try number() == tally.delayHistogram.count else { throw TallyReader.error }
    for index in tally.delayHistogram.indices { tally.delayHistogram[index] = try number() }
    try read(&tally.byProvider)
    try read(&tally.byDomain)
    try read(&tally.byRelay)
    try read(&tally.bySenderDomain)
    try read(&tally.byService)
    try read(&tally.byUser)
    try read(&tally.byTag)
    try read(&tally.rejections)
    try read(&tally.trouble)
    return TallyLine(tally: tally, host: host)
  }

  private static var error: DigestError { DigestError(column: .tallies) }

  @inline(__always)
  private mutating func number() throws(DigestError) -> Int {
    guard let number = bytes.varint(), number <= UInt64(TallyWriter.numberLimit) else { throw TallyReader.error }
    return Int(number)
  }

  private mutating func name() throws(DigestError) -> ByteView {
    let number = try number()
    guard number < names.count else { throw TallyReader.error }
    return names[number]
  }

  private mutating func counts() throws(DigestError) -> Tally.Counts {
    var counts = Tally.Counts()
    counts.attempts = try number()
    counts.deliveries = try number()
    counts.bounces = try number()
    counts.firstAttempts = try number()
    counts.firstDeferred = try number()
    return counts
  }

  private mutating func read(_ cut: inout ByteTable<Tally.Counts>) throws(DigestError) {
    for _ in 0..<(try number()) {
      let key = try name()
      let counts = try counts()
      if let index = cut.insert(key, default: Tally.Counts()) { cut[index] = counts }
    }
  }

  private mutating func read(_ numbers: inout ByteTable<Int>) throws(DigestError) {
    for _ in 0..<(try number()) {
      let key = try name()
      let number = try number()
      if let index = numbers.insert(key, default: 0) { numbers[index] = number }
    }
  }
}
