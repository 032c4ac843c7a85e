import Foundation

/// A Postfix with the sidecar attached the way the README says: what most tests start from.
final class Site {
  let postfix: PrivatePostfix
  let sidecar: Sidecar

  /// - Parameters:
  ///   - isAttached: false leaves the milter out of main.cf.
  ///   - more: further top-level YAML for the sidecar.
  init(
    settings: [String] = [], services: [String] = ["25 inet n - n - - smtpd"], hasMilter: Bool = true,
    followsLog: Bool = true, unixSocket: Bool = false, alerts: String? = nil, watchesQueue: Bool = false, isAttached: Bool = true,
    more: String = ""
  ) throws {
    postfix = try PrivatePostfix(settings: settings, services: services)
    sidecar = try Sidecar(
      Sidecar.Options(
        log: followsLog ? postfix.log : nil, hasMilter: hasMilter, unixSocket: unixSocket, alerts: alerts,
        queue: watchesQueue ? ["/usr/sbin/postqueue", "-c", postfix.directory + "/etc", "-j"] : nil, more: more))
    if hasMilter, isAttached {
      let entry = PrivatePostfix.milterEntry(sidecar.socket)
      try postfix.set(["smtpd_milters=\(entry)", "non_smtpd_milters=\(entry)"])
    }
  }

  /// Starts both, hands the site to `body` and stops both.
  func run(_ body: (Site) throws -> Void) throws {
    try sidecar.start()
    defer { sidecar.end() }
    try postfix.start()
    defer { postfix.stop() }
    try body(self)
  }

  /// Waits until the journal holds `count` events of a type (and returns those there are).
  func events(_ type: String, _ count: Int, within seconds: Double = 15) throws -> [JournalEntry] {
    var found: [JournalEntry] = []
    _ = try eventually(within: seconds) {
      found = try sidecar.journal.entries(type)
      return found.count >= count
    }
    return found
  }
}
