import Bytes
import Classification
import SMTPTypes

/// What is known of a record of a list: of its address, or of the worst of several, because one mail goes to all of
/// them.
struct ListFinding {
  var segment: ListAnnotator.Segment
  var cause: Cause?
  var lastSeen: Timestamp?
  /// The least share of the addresses.
  var share: Double?

  /// `0.97`
  var reception: String? {
    share.map { share in
      let hundredths = Int((min(max(share, 0), 1) * 100).rounded())
      return "\(hundredths / 100).\(Units.two(hundredths % 100))"
    }
  }
}

/// Looks up the addresses of a list's records.
struct ListFinder: ~Copyable {
  private let addresses: AddressFinder
  private let column: Int
  private let keepsAddress: Bool
  private var field = ByteBuffer()
  private var text = ByteBuffer()
  private var key = ByteBuffer()
  private var part = ByteBuffer()
  private var deciding = ByteBuffer()

  init(ledger: RecipientLedger, keys: AddressKey, now: Timestamp, column: Int, keepsAddress: Bool) {
    addresses = AddressFinder(ledger: ledger, keys: keys, now: now)
    self.column = column
    self.keepsAddress = keepsAddress
  }

  /// What no address of a list leads to.
  var hidden: ListAnnotator.Hidden { addresses.hidden }

  /// What the address of a record may stand as of which nothing is known.
  mutating func hidden(_ record: borrowing CSVRecord) -> HiddenNames {
    guard let value = record.value(column, &field) else { return [] }
    text.removeAll()
    text.append(utf8: value.trimmed)
    var hidden: HiddenNames = []
    ListedAddresses.forEach(in: text.view, &part) { address in
      if let address { hidden.formUnion(addresses.hidden(address, &key)) }
    }
    return hidden
  }

  /// The address that decided on what was found last, as softbounce recipients writes it; empty if there was none, or none
  /// is kept.
  var address: ByteView { deciding.view }

  mutating func find(_ record: borrowing CSVRecord) -> ListFinding {
    let nothing = ListFinding(segment: .invalid)
    deciding.removeAll()
    guard let value = record.value(column, &field) else { return nothing }
    text.removeAll()
    text.append(utf8: value.trimmed)
    var worst: ListFinding?
    var share: Double?
    ListedAddresses.forEach(in: text.view, &part) { address in
      let finding = address.map { addresses.find($0, &key) } ?? nothing
      if let found = finding.share { share = min(share ?? found, found) }
      if let known = worst, known.segment.weight >= finding.segment.weight { return }
      worst = finding
      guard keepsAddress else { return }
      deciding.removeAll()
      key.removeAll()
      guard finding.segment != .invalid, let address, AddressKey.append(address, to: &key) else { return }
      MailAddress.append(written: key.view, to: &deciding)
    }
    guard var worst, worst.segment != .invalid else { return nothing }
    worst.share = share
    return worst
  }
}

/// Looks up one address.
private struct AddressFinder: ~Copyable {
  private let index: RecipientIndex
  private let ledger: RecipientLedger
  private let keys: AddressKey

  init(ledger: RecipientLedger, keys: AddressKey, now: Timestamp) {
    ledger.forgetLives()
    index = RecipientIndex(ledger, keys: keys, now: now)
    ledger.forgetAddresses()
    self.ledger = ledger
    self.keys = keys
  }

  var hidden: ListAnnotator.Hidden {
    ListAnnotator.Hidden(
      pseudonyms: index.hidden, addresses: index.count, marks: ledger.marks,
      erased: ledger.erased, events: ledger.events)
  }

  func hidden(_ address: ByteView, _ key: inout ByteBuffer) -> HiddenNames {
    key.removeAll()
    guard AddressKey.append(address, to: &key), let domain = MailAddress.domain(of: key.view) else { return [] }
    let hidden = ledger.hidden(in: domain)
    if hidden.isEmpty || index.find(key.view) != nil { return [] }
    return keys.findPseudonym(address, &key) { index.find($0) } == nil ? hidden : []
  }

  func find(_ address: ByteView, _ key: inout ByteBuffer) -> ListFinding {
    key.removeAll()
    guard AddressKey.append(address, to: &key) else { return ListFinding(segment: .invalid) }
    var finding = ListFinding(segment: .healthy)
    finding.share = MailAddress.domain(of: key.view).flatMap { ledger.deliveryShare(of: $0) }
    let plain = index.find(key.view)
    guard let entry = plain ?? keys.findPseudonym(address, &key, { index.find($0) }) else { return finding }
    finding.segment = ListAnnotator.Segment(entry.state)
    finding.cause = entry.cause
    finding.lastSeen = entry.lastSeen > 0 ? Timestamp(seconds: Int64(entry.lastSeen)) : nil
    finding.share = finding.share.map { ReceptionEstimate.share(entry, domain: $0) }
    return finding
  }
}

extension ByteBuffer {
  /// Appends a field of a list: those from spreadsheets may be in Latin-1; the journal is in UTF-8, and so is JSON.
  mutating func append(utf8 value: ByteView) {
    if value.isASCII || String(validating: value.buffer, as: UTF8.self) != nil {
      return append(value)
    }
    for byte in value.buffer {
      if byte < 0x80 {
        append(byte)
      } else {
        append(0xC0 | byte >> 6)
        append(0x80 | byte & 0x3F)
      }
    }
  }
}
