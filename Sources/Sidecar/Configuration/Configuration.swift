// What the sidecar is told: every key optional, with a default that suits a Debian mail server.

public import Alerting
public import Milter
public import Privacy

/// The sidecar's configuration.
public struct Configuration: Sendable, Equatable {
  public static let defaultPath = "/etc/softbounce/softbounce.yaml"

  public struct Log: Sendable, Equatable {
    public enum Source: String, Sendable, CaseIterable { case auto, file, journald, none }

    public var source = Source.auto
    /// nil looks for the usual places, `candidates`.
    public var path: String?
    /// Where journald's files are; nil is the machine's own journal.
    public var journaldDirectory: String?
    /// `FIELD=value` matches of journald entries beside those for mail, for a Postfix that logs under another
    /// facility and unit.
    public var journaldMatches: [String] = []
    /// Where to begin when there is no position of an earlier run.
    public var start = LogFollower.Options.Start.beginning
    /// Bytes of log before the last position that are read again at a start, to know whose messages are in flight.
    public var warmUp = 16 << 20

    /// Where mail logs usually are: Debian, Red Hat, SUSE.
    public static let candidates = ["/var/log/mail.log", "/var/log/maillog", "/var/log/mail"]
  }

  public struct MilterOptions: Sendable, Equatable {
    public var isEnabled = true
    public var socket = MilterSocket.inet(host: "127.0.0.1", port: 8894)
    /// Permission bits of a UNIX socket.
    public var socketMode: UInt32 = 0o660
    public var socketGroup: String?
    public var tags: [TagHeader] = []
  }

  public struct JournalOptions: Sendable, Equatable {
    public enum Scope: String, Sendable, CaseIterable { case trouble, all }

    public var directory = "/var/lib/softbounce/journal"
    public var scope = Scope.trouble
    public var segmentSize = 64 << 20
    /// Seconds.
    public var segmentAge = 86_400
    /// Seconds after which a segment is dropped; nil keeps it.
    public var keepFor: Int? = 400 * 86_400
    /// How recipients' addresses are stored.
    public var recipients = AddressMode.plain
    /// The file of the secret that pseudonyms are made with; nil is `pseudonym.key` next to the journal's directory.
    public var pseudonymKey: String?
    /// Bytes of all segments above which the oldest are dropped; nil sets no bound.
    public var maximumSize: Int? = 10 << 30
  }

  public struct Alerts: Sendable, Equatable {
    public var rules: [AlertRule] = [Alerts.defaultRule]
    public var notifiers: [NotifierConfiguration] = []
    /// Seconds that a notifier may take.
    public var timeout = 30

    public static let defaultRule = AlertRule(
      name: "provider-deferrals", threshold: 0.2, clearBelow: 0.1, window: 900, minimum: 50)
  }

  /// The reporting host's name in events; nil is the machine's.
  public var host: String?
  public var log = Log()
  public var milter = MilterOptions()
  public var journal = JournalOptions()
  /// What has to survive a restart beside the journal; nil is `spool` next to the journal's directory.
  public var spoolDirectory: String?
  /// Addresses that are ours beside loopback and this machine's interfaces: deliveries to them are internal hops.
  public var ownAddresses: [String] = []
  /// Rule files of the site's own, tried before ours.
  public var rulesDirectory = "/etc/softbounce/rules.d"
  public var alerts = Alerts()
  /// What Postfix's queue holds.
  public var queue = QueueOptions()
  /// When a source that does not speak any more is missed.
  public var silence = SilenceOptions()
  public var recipients = Recipients()

  public init() {}

  /// Where the secret of pseudonyms is, whether configured or not.
  public var effectivePseudonymKey: String {
    journal.pseudonymKey ?? splitPath(journal.directory).directory + "/pseudonym.key"
  }

  /// Where the spool is, whether configured or not.
  public var effectiveSpoolDirectory: String {
    spoolDirectory ?? splitPath(journal.directory).directory + "/spool"
  }
}
