import Bytes
import SMTPTypes

/// What a journal holds in the place of a domain's addresses, so that it can't be told whether an address is among them.
struct HiddenNames: OptionSet {
  let rawValue: UInt8
  /// Pseudonyms that none of the keys at hand made.
  static let pseudonyms = HiddenNames(rawValue: 1)
  /// Marks: the domain alone is stored.
  static let marks = HiddenNames(rawValue: 2)
  /// Names of people who were to be forgotten; where the domain alone was stored, of anybody of it.
  static let erased = HiddenNames(rawValue: 4)
}

extension RecipientLedger {
  /// Notes what stands in the place of an address of the domain at `domain`; nil for one that found no room.
  func hide(_ names: HiddenNames, _ domain: Int?) {
    if let domain { domains[domain].hidden.formUnion(names) } else { hiddenAnywhere.formUnion(names) }
  }

  /// The same of an address.
  func hide(_ names: HiddenNames, of address: ByteView) {
    hide(names, MailAddress.domain(of: address).flatMap { domains.insert($0, default: DomainRecord()) })
  }

  /// What an address of this domain may stand as of which nothing else is known.
  func hidden(in domain: ByteView) -> HiddenNames {
    var hidden = hiddenAnywhere
    if let index = domains.index(of: domain) { hidden.formUnion(domains[index].hidden) }
    // Who was forgotten is nobody else, unless everybody stands so.
    if marks == 0, hasAddresses { hidden.remove(.erased) }
    return hidden
  }
}
