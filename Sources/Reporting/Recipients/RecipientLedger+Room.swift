// What happens once memory holds as many addresses as it should: those that nothing is awaited of go to a temporary
// file, or are dropped where there is none.

import Bytes

extension RecipientLedger {
  /// Makes room for further addresses, if that can be.
  func makeRoom() {
    if file != nil, spillFailure == nil {
      do throws(SpillFile.Failure) {
        try spillOver { $0.open > 0 }
        remove { $0.open > 0 }
        // Not for a few: going through all of them is to be worth it.
        room = min(max(options.residentLimit, records.count * 8 / 5), records.limit)
        if records.count <= records.limit / 10 * 9 { return }
      } catch {
        // What was to leave is all there still.
        spill?.takeBack()
        spillFailure = error
      }
    }
    if records.count < records.limit {
      room = records.limit
      return
    }
    let before = records.count
    remove { $0.isOfWeight }
    thinned += before - records.count
    room = records.count > records.limit / 10 * 9 ? .max : records.limit
  }

  /// Puts the records into the temporary file that do not have to stay in memory, where they are still.
  private func spillOver(_ stays: (RecipientRecord) -> Bool) throws(SpillFile.Failure) {
    guard let file else { return }
    let spill = self.spill ?? RecipientSpill(file)
    self.spill = spill
    for index in 0..<records.count where !stays(records[index]) {
      let address = records.key(at: index)
      try spill.add(records[index], address, hash: address.tableHash)
    }
    try spill.flush()
  }

  /// Drops the records that `isWanted` does not want.
  private func remove(_ isWanted: (RecipientRecord) -> Bool) {
    var numbers = [Int32](repeating: -1, count: records.count)
    // In place: a second table of such a size would be half of all memory.
    records.removeAll { index, record, number in
      guard isWanted(record) else { return true }
      numbers[index] = Int32(number)
      return false
    }
    open.update { if $0.record >= 0 { $0.record = numbers[Int($0.record)] } }
  }

  /// Lets go of what is needed to read on, and of the memory for addresses that can wait in the file as well. All has
  /// been read and is finished.
  func forgetLives() {
    open = LifeTable(limit: open.limit)
    guard spill != nil, spillFailure == nil else { return }
    do throws(SpillFile.Failure) {
      try spillOver { _ in false }
    } catch {
      spill?.takeBack()
      spillFailure = error
      return
    }
    records = ByteTable(limit: records.limit, isDense: true)
  }

  /// Lets go of all that is known of single addresses.
  func forgetAddresses() {
    forgetLives()
    records = ByteTable(limit: records.limit, isDense: true)
    words = FailureWordStore()
    ends = RecipientEndLog(file: nil, limit: 1)
    spill = nil
  }

  /// Not all that was read could be kept.
  public var isIncomplete: Bool { lossFailure != nil }

  // MARK: - All of them

  /// Hands over each address once, with all that is known of it and the messages that speak against it, in no order. An
  /// address is valid during the call.
  func forEachAddress(_ body: (_ standing: RecipientStanding, _ address: ByteView, _ proofs: [RecipientEnd]) -> Void) {
    var told = RecipientEnds()
    var found: [RecipientEnd] = []
    var proofs: [RecipientEnd] = []
    forEachRecord { part in
      do throws(SpillFile.Failure) {
        told = try ends.load(part)
      } catch {
        told = RecipientEnds()
        lossFailure = error
      }
    } body: { record, address in
      told.find(RecipientEnd.key(address), words, to: &found)
      body(RecipientStanding(record, found, words, forget: forgetSeconds, proofs: &proofs), address, proofs)
    }
  }

  /// The same, but for how messages ended. Those of a part follow each other, after `begin` was called with its number.
  func forEachRecord(
    begin: (_ part: Int) -> Void = { _ in }, body: (_ record: RecipientRecord, _ address: ByteView) -> Void
  ) {
    let resident = byPart()
    var parts = ByteTable<RecipientRecord>()
    var scratch = ByteBuffer()
    for part in 0..<RecipientSpill.partCount {
      begin(part)
      parts.removeAll()
      do throws(SpillFile.Failure) {
        try spill?.forEach(in: part, &scratch) { record, address in
          if let known = parts.index(of: address) {
            parts[known].merge(record)
          } else {
            _ = parts.insert(address, default: record)
          }
        }
      } catch {
        lossFailure = error
      }
      var isTold = [Bool](repeating: false, count: parts.count)
      for index in resident.indices[resident.starts[part]..<resident.starts[part + 1]] {
        let address = records.key(at: Int(index))
        var record = records[Int(index)]
        if let known = parts.index(of: address) {
          record.merge(parts[known])
          isTold[known] = true
        }
        body(record, address)
      }
      for index in 0..<parts.count where !isTold[index] { body(parts[index], parts.key(at: index)) }
    }
  }

  /// The addresses in memory by the part of the temporary file that may hold more of them; each part ends where the next
  /// one starts.
  private func byPart() -> (indices: [Int32], starts: [Int]) {
    var parts = [UInt8](repeating: 0, count: records.count)
    var starts = [Int](repeating: 0, count: RecipientSpill.partCount + 1)
    for index in 0..<records.count {
      let part = RecipientSpill.part(of: records.key(at: index).tableHash)
      parts[index] = UInt8(truncatingIfNeeded: part)
      starts[part + 1] += 1
    }
    for part in 0..<RecipientSpill.partCount { starts[part + 1] += starts[part] }
    var next = starts
    var indices = [Int32](repeating: 0, count: records.count)
    for (index, part) in parts.enumerated() {
      indices[next[Int(part)]] = Int32(index)
      next[Int(part)] += 1
    }
    return (indices, starts)
  }
}
