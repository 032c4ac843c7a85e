// What the reporter needs of the sidecar's configuration: where the journal is, whose addresses are ours, and where the
// site's own rules are. The sidecar checks the file (`softbounced --check-config`); here a file that can't be read is
// told, and the defaults hold.

import Bytes
import Classification
import Glibc
import Intake
import Journal
import Machine
import Privacy
import Reporting
import Yams

struct SiteConfiguration {
  var journal: String
  var rules: String
  private var ownAddresses: Set<String> = []
  /// This server's name in the journal; nil is the machine's.
  var host: String?
  /// How recipients' addresses are stored.
  var addressMode = AddressMode.plain
  /// `journal.scope: all`.
  var storesAllDeliveries = false
  /// `FIELD=value` matches of what else in the systemd journal is mail.
  var journaldMatches: [String] = []
  /// What the sidecar keeps beside the journal.
  var spool: String
  /// What pseudonyms are made with, if they are.
  var pseudonymKey: String
  /// What the sidecar drops segments by, as the file says it; nil for its defaults.
  var keepFor: String?
  var maximumSize: String?
  /// The numbers of the policy on recipients.
  var recipients = RecipientPolicy()
  /// True if there is a configuration that could not be read, which was told: defaults stand in its place.
  private(set) var isUnread = false

  /// Bytes of the longest file that is read.
  private static let limit = 1 << 20

  /// Reads `console.paths.configuration`; a file that does not exist is no problem.
  init(_ console: Console) {
    let paths = console.paths
    journal = paths.journal
    rules = paths.rules
    spool = SiteConfiguration.beside(journal, "spool")
    pseudonymKey = SiteConfiguration.beside(journal, "pseudonym.key")
    let path = paths.configuration
    // A pipe's writer may never come.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno != ENOENT && errno != ENOTDIR {
        console.diagnose(InputError.unreadable(path, errno).description + "; going on with the defaults")
        isUnread = true
      }
      return
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      console.diagnose("\(path): is no file; put the configuration there; going on with the defaults")
      isUnread = true
      return
    }
    guard let text = SiteConfiguration.contents(descriptor) else {
      console.diagnose("\(path): can't be read or is too long; going on with the defaults")
      isUnread = true
      return
    }
    do {
      guard let root = try Yams.compose(yaml: text)?.mapping else { return }
      if let directory = root["journal"]?.mapping?["directory"]?.string, directory.hasPrefix("/") {
        journal = directory
        spool = SiteConfiguration.beside(journal, "spool")
        pseudonymKey = SiteConfiguration.beside(journal, "pseudonym.key")
      }
      if let directory = root["spool_directory"]?.string, directory.hasPrefix("/") { spool = directory }
      if let file = root["journal"]?.mapping?["pseudonym_key"]?.string, file.hasPrefix("/") { pseudonymKey = file }
      keepFor = root["journal"]?.mapping?["keep_for"]?.string
      maximumSize = root["journal"]?.mapping?["maximum_size"]?.string
      if let directory = root["classification"]?.mapping?["rules_directory"]?.string, directory.hasPrefix("/") {
        rules = directory
      }
      if let name = root["host"]?.string, name != "auto", !name.isEmpty { host = name }
      addressMode = (root["journal"]?.mapping?["recipients"]?.string).flatMap(AddressMode.init(rawValue:)) ?? .plain
      storesAllDeliveries = root["journal"]?.mapping?["scope"]?.string == "all"
      journaldMatches = root["log"]?.mapping?["journald_matches"]?.sequence?.compactMap(\.string) ?? []
      recipients = SiteConfiguration.policy(root["recipients"]?.mapping, path, console)
      ownAddresses = Set(root["own_addresses"]?.sequence?.compactMap(\.string) ?? [])
    } catch {
      console.diagnose("\(path): not YAML; going on with the defaults (softbounced --check-config says more)")
      isUnread = true
    }
  }

  /// This machine, whose addresses are its own in the lines of its log; `own_addresses` are further ones.
  var ownMachine: OwnMachine {
    OwnMachine(addresses: ownAddresses.union(Machine.addresses), names: [Machine.name, host ?? Machine.name])
  }

  /// What to say of recipients where their addresses are not stored; nil where they are.
  var hiddenRecipients: String? {
    switch addressMode {
    case .pseudonymised:
      "Recipients are stored under pseudonyms. Who can read the key asks by address:\n"
        + "softbounce events --where recipient=name@example.net"
    case .domainOnly: "Of recipients only the domain is stored; what is before the @ differs for each message."
    case .plain: nil
    }
  }

  /// `name` in the directory that the journal's lies in.
  static func beside(_ journal: String, _ name: String) -> String {
    var path = journal
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    // The parent of `.` is not in its name.
    if path == "." || path == ".." || path.hasSuffix("/.") || path.hasSuffix("/.."), let real = realpath(path, nil) {
      path = String(cString: real)
      free(real)
    }
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return parent + "/" + name
  }

  /// What recipients are stored under; nil if they are stored as they are.
  /// - Parameter makingKey: makes a key if there is none yet, as the sidecar does.
  func pseudonyms(makingKey: Bool) throws(PseudonymKey.Problem) -> Pseudonyms? {
    guard addressMode != .plain else { return nil }
    let key = makingKey ? try PseudonymKey.obtain(path: pseudonymKey).key : try PseudonymKey(path: pseudonymKey)
    return Pseudonyms(key: key, mode: addressMode)
  }

  /// The site's rules and ours. A rule that is refused is told, and the rest holds.
  func classifier(_ console: Console) -> Classifier { ownClassifier(console) ?? Classifier.builtIn() }

  /// The same where there are rules of the site's; nil where ours stand alone, which need not be compiled for who reads
  /// a journal.
  func ownClassifier(_ console: Console) -> Classifier? {
    guard access(rules, R_OK | X_OK) == 0 else { return nil }
    let classifier = Classifier(directory: rules)
    for error in classifier.errors.prefix(5) { console.diagnose(Printable.text("\(error)", limit: 400)) }
    return classifier
  }

  /// The section `recipients`; what can't be read is told, and the default holds.
  private static func policy(_ section: Node.Mapping?, _ path: String, _ console: Console) -> RecipientPolicy {
    var policy = RecipientPolicy()
    guard let section else { return policy }
    func read(_ key: String, _ example: String, _ value: (String) -> Double?, _ set: (Double) -> Void) {
      guard let node = section[key] else { return }
      guard let number = node.string.flatMap(value), number.isFinite, number >= 0 else {
        console.diagnose("\(path): recipients.\(key): write it like \(example); going on with the default")
        return
      }
      set(number)
    }
    read("messages", "3", { Int($0).flatMap { (1...1000).contains($0) ? Double($0) : nil } }) {
      policy.messages = Int($0)
    }
    read("span", "14d", seconds) { policy.spanDays = $0 / 86_400 }
    read("forget_after", "90d", seconds) { policy.forgetDays = $0 / 86_400 }
    read("outage_share", "50%", share) { policy.outageShare = $0 }
    read("outage_domains", "3", { Int($0).flatMap { (1...1000).contains($0) ? Double($0) : nil } }) {
      policy.outageDomains = Int($0)
    }
    read("outage_window", "1h", seconds) { policy.outageWindow = Int($0) }
    return policy
  }

  /// At most ten years.
  private static func seconds(_ text: String) -> Double? {
    Quantity.duration(text).flatMap { $0 <= 315_360_000 ? Double($0) : nil }
  }

  private static func share(_ text: String) -> Double? {
    Quantity.share(text).flatMap { (0...1).contains($0) ? $0 : nil }
  }

  /// What pseudonyms in the journals among `paths` were made with, as far as it can be read.
  func pseudonyms(in paths: [String]) -> [Pseudonyms] {
    keyFiles(for: paths).compactMap { file in
      (try? PseudonymKey(path: file)).map { Pseudonyms(key: $0, mode: .pseudonymised) }
    }
  }

  /// A key lies beside its journal, and the site's own may be that of a copy.
  private func keyFiles(for paths: [String]) -> [String] {
    var files = [pseudonymKey]
    for path in paths where path != "-" && path != journal {
      let file = SiteConfiguration.beside(path, "pseudonym.key")
      if !files.contains(file) { files.append(file) }
    }
    return files
  }

  /// What to do where the key that pseudonyms were made with is not at hand.
  func remedyForKeys(in paths: [String]) -> String {
    var missing: [String] = []
    var forbidden: [String] = []
    var broken: [String] = []
    var other: [String] = []
    for file in keyFiles(for: paths) {
      let shown = Printable.text(file, limit: 200)
      do throws(PseudonymKey.Problem) {
        _ = try PseudonymKey(path: file)
        other.append(shown)
      } catch {
        if error.isForbidden {
          forbidden.append(shown)
        } else if error.isMissing {
          missing.append(shown)
        } else {
          broken.append(Printable.text(error.description, limit: 400))
        }
      }
    }
    if !forbidden.isEmpty {
      return "\(forbidden.joined(separator: " and ")) may not be read; run this as root or as the journal's owner"
    }
    if let first = broken.first { return first }
    if other.isEmpty { return "put the key there: \(missing.joined(separator: " or "))" }
    return "the one in \(other.joined(separator: " or ")) is another; put theirs "
      + (missing.isEmpty ? "in its place" : "there: \(missing.joined(separator: " or "))")
  }

  /// How addresses are looked up in the journals among `paths`, which may hold pseudonyms.
  func addressKey(for paths: [String]) -> AddressKey { AddressKey(pseudonyms: pseudonyms(in: paths)) }

  private static func contents(_ descriptor: Int32) -> String? {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = read(descriptor, &block, block.count)
      if count < 0 { return nil }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
      if bytes.count > limit { return nil }
    }
  }
}
