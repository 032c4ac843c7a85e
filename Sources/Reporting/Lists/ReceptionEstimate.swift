import Bytes

/// How likely the next message to an address is received, from what little a journal of trouble can tell.
///
/// The domain's share: recipients that got their mail, divided by those and the ones that never did, with 20 recipients
/// of the average domain added so that a domain with little mail is not judged by it. The address: that share, weighed
/// as four messages, together with its own: up to four that arrived late, and all that failed since the last one that
/// arrived. Mail that arrives at once is not kept by address, so an address with some trouble and much good mail is
/// estimated too low, never too high.
enum ReceptionEstimate {
  static let domainWeight = 20.0
  static let addressWeight = 4.0

  static func domain(deliveries: Int, failures: Int, average: Double) -> Double {
    (Double(deliveries) + domainWeight * average) / (Double(deliveries + failures) + domainWeight)
  }

  static func share(_ address: RecipientIndex.Entry, domain: Double) -> Double {
    if address.state == .suppress, address.isUnknown { return 0 }
    let arrived = min(Double(address.recovered), addressWeight)
    return (arrived + addressWeight * domain) / (arrived + Double(address.failed) + addressWeight)
  }
}

extension RecipientLedger {
  /// The share of a domain's recipients that got their mail; nil if nothing at all was read.
  func deliveryShare(of domain: ByteView) -> Double? {
    guard let average = averageShare else { return nil }
    guard let index = domains.index(of: domain) else { return average }
    return ReceptionEstimate.domain(
      deliveries: domains[index].deliveries, failures: domains[index].failures, average: average)
  }
}
