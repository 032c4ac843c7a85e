import Bytes
import Classification
import SMTPTypes

/// What a mailing list is told of addresses, of which any may be asked for: 22 bytes each, whatever they are. They are
/// known by a hash of 64 bits under a key that is drawn anew for each process; of a million lines of a list and a million
/// addresses one line in ten million lists is taken for another address. Look-ups are expected O(address).
struct RecipientIndex: ~Copyable {
  struct Entry {
    /// 0 for a free slot.
    fileprivate var hash: UInt64 = 0
    /// When the address was last heard of, seconds since 1970; 0 if never.
    var lastSeen: UInt32 = 0
    /// Messages that never arrived since the last that did.
    var failed: UInt16 = 0
    /// Of what speaks against it.
    private var causeNumber: UInt8 = 0
    /// Two bits for the state, three for what arrived late, then whether there is a cause, and whether it is unknown.
    private var bits: UInt8 = 0

    fileprivate init() {}

    init(_ standing: RecipientStanding, _ state: RecipientPolicy.State, cause: UInt8) {
      let record = standing.record
      lastSeen = max(record.lastSoft, standing.lastSuccess, record.concern, standing.lastFailure)
      failed = standing.failed
      causeNumber = cause
      let hasCause = record.lastSoft > 0 || record.concern > 0 || standing.lastFailure > 0
      bits =
        state.rawValue | UInt8(min(standing.recovered, 7)) << 2 | (hasCause ? 0x20 : 0)
        | (standing.isUnknown ? 0x40 : 0)
    }

    var state: RecipientPolicy.State { RecipientPolicy.State(rawValue: bits & 3) ?? .healthy }
    /// Messages that arrived after all; 7 for more.
    var recovered: Int { Int(bits >> 2 & 7) }
    var cause: Cause? { bits & 0x20 != 0 ? Cause(rawValue: causeNumber) ?? .unclassified : nil }
    var isUnknown: Bool { bits & 0x40 != 0 }
  }

  private let slots: UnsafeMutablePointer<Entry>
  private let capacity: Int
  /// Addresses, and those of them that no plain address leads to.
  let count: Int
  let hidden: Int

  /// Takes what `ledger` knows at the moment `now`. The ledger has read all that there is to know.
  init(_ ledger: RecipientLedger, keys: AddressKey, now: Timestamp) {
    var count = 0
    var hidden = 0
    ledger.forEachRecord { _, address in
      count += 1
      guard address.at(0) == 0x7E, keys.isHidden(address) else { return }
      hidden += 1
      ledger.hide(.pseudonyms, of: address)
    }
    self.count = count
    ledger.hasAddresses = count > 0
    self.hidden = hidden
    // A quarter is free.
    capacity = count / 3 * 4 + 8
    slots = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    slots.initialize(repeating: Entry(), count: capacity)
    let (slots, capacity, policy) = (slots, capacity, ledger.options.policy)
    ledger.forEachAddress { standing, address, _ in
      // What could not be read a second time may leave fewer, never more.
      guard count > 0 else { return }
      count -= 1
      var entry = Entry(standing, policy.state(of: standing, now: now.seconds), cause: ledger.shownCause(standing))
      entry.hash = RecipientIndex.hash(address)
      var at = RecipientIndex.home(entry.hash, capacity)
      while slots[at].hash != 0 { at = at + 1 == capacity ? 0 : at + 1 }
      slots[at] = entry
    }
  }

  deinit { slots.deallocate() }

  /// What is known of `address`, which is as `AddressKey` writes it.
  func find(_ address: ByteView) -> Entry? {
    let hash = RecipientIndex.hash(address)
    var at = RecipientIndex.home(hash, capacity)
    while slots[at].hash != 0 {
      if slots[at].hash == hash { return slots[at] }
      at = at + 1 == capacity ? 0 : at + 1
    }
    return nil
  }

  private static func hash(_ address: ByteView) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(bytes: address.rawBuffer)
    return UInt64(bitPattern: Int64(hasher.finalize())) | 1
  }

  private static func home(_ hash: UInt64, _ capacity: Int) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(capacity)).high)
  }
}
