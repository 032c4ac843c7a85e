import Bytes

/// Keys of a tally's tables as they are stored: of at most `EventEncoder.tallyKeyLimit` bytes, and all of them UTF-8.
enum TallyKeys {
  /// `table` with what became one key added up; nil if each key is stored as it is. Two addresses' domains may differ in
  /// nothing but broken bytes, and of a JSON object with a name twice most programs see one value only (RFC 8259,
  /// section 4).
  static func merged<Value>(
    _ table: borrowing ByteTable<Value>, zero: Value, _ add: (inout Value, Value) -> Void
  ) -> ByteTable<Value>? {
    guard (0..<table.count).contains(where: { !isStoredAsItIs(table.key(at: $0)) }) else { return nil }
    var merged = ByteTable<Value>(limit: table.limit)
    for index in 0..<table.count {
      let place = stored(table.key(at: index)) { merged.insert($0, default: zero) }
      if let place { add(&merged[place], table[index]) }
    }
    return merged
  }

  private static func isStoredAsItIs(_ key: ByteView) -> Bool {
    key.count <= EventEncoder.tallyKeyLimit && key.isASCII
  }

  private static func stored<Result>(_ key: ByteView, _ body: (ByteView) -> Result) -> Result {
    if isStoredAsItIs(key) { return body(key) }
    let limit = EventEncoder.tallyKeyLimit
    // More would be cut whatever it is.
    return String(decoding: key.prefix(limit).buffer, as: UTF8.self).withByteView { text in
      body(text.count > limit ? JSONText.cut(text, limit) : text)
    }
  }
}
