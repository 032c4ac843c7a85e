import Bytes
import Classification
public import MailLog
import SMTPTypes

/// The part of an `Intake` that every line reads and changes.
struct IntakeMemory: ~Copyable {
  /// What was said of further recipients of the line that is being taken, where only one is read at a time.
  var others: [Assessment] = []
  /// The delivery line that is being taken.
  let outcome = Intake.Outcome()
  /// Where the line that is being taken starts.
  var offset: Int?
  /// It has no header, and so no time of its own.
  var isBare = false
  /// Lines that `takeLines` has taken, and where the line behind them starts.
  var linesTaken = 0
  /// The next line begins a minute.
  var isBetweenMinutes = false
  var nextOffset = 0
  /// In a place of its own, to be lent by its address.
  let lives: UnsafeMutablePointer<LifeTable>
  var aside = LivesAside()
  var told = ToldLives()
  /// Requeued lives in which somebody waits, by a hash of their Message-ID; some are gone.
  var requeued: [UInt64: Int32] = [:]
  static let requeuedLimit = 10_000
  var requeues = Requeues()
  /// Hashes of syslog names under which queue managers log.
  var queueManagers: [UInt64] = []
  /// Names that lives share; what logs name so is few.
  var sharedTexts = NameStore(limit: 100_000)
  var identities = IdentityStore(limit: 200_000)
  var rejections = RejectionMatcher()
  var hosts: [HostState] = []
  let tallyPlaces = TallyPlaces()
  /// Tallies that were begun.
  var tallyCount: UInt64 = 0
  var hostIndex = ByteTable<Int>(limit: 10_000)
  /// The host of the line before.
  var recentHost = 0
  var lowercase = ByteBuffer(capacity: 512)
  var scored = ScoredRecipients()
  /// An address in lower case.
  var address = ByteBuffer(capacity: 512)

  /// Those that judge.
  var rules: RuleNames

  init(rules: RuleNames) {
    self.rules = rules
    lives = UnsafeMutablePointer<LifeTable>.allocate(capacity: 1)
    lives.initialize(to: LifeTable())
  }

  deinit {
    outcome.free()
    lives.deinitialize(count: 1)
    lives.deallocate()
    for host in hosts { host.free() }
  }
}

extension Intake {
  public var parser: LogParser {
    get { assessor.pointee.parser }
    @inline(__always) _modify { yield &assessor.pointee.parser }
  }

  var offset: Int? {
    @inline(__always) get { memory.pointee.offset }
    @inline(__always) set { memory.pointee.offset = newValue }
  }

  var providers: ProviderLedger {
    @inline(__always) _read { yield assessor.pointee.providers }
    @inline(__always) _modify { yield &assessor.pointee.providers }
  }

  /// Accessors that yield take memory with each call that is not inlined; these don't.
  var lives: LifeTable {
    @inline(__always) unsafeAddress { UnsafePointer(memory.pointee.lives) }
    @inline(__always) unsafeMutableAddress { memory.pointee.lives }
  }

  var identities: IdentityStore {
    @inline(__always) _read { yield memory.pointee.identities }
    @inline(__always) _modify { yield &memory.pointee.identities }
  }

  var rejections: RejectionMatcher {
    @inline(__always) _read { yield memory.pointee.rejections }
    @inline(__always) _modify { yield &memory.pointee.rejections }
  }

  var hosts: [HostState] {
    @inline(__always) _read { yield memory.pointee.hosts }
    @inline(__always) _modify { yield &memory.pointee.hosts }
  }

  var hostIndex: ByteTable<Int> {
    @inline(__always) _read { yield memory.pointee.hostIndex }
    @inline(__always) _modify { yield &memory.pointee.hostIndex }
  }

  var scored: ScoredRecipients {
    @inline(__always) _read { yield memory.pointee.scored }
    @inline(__always) _modify { yield &memory.pointee.scored }
  }

  var requeues: Requeues {
    @inline(__always) _read { yield memory.pointee.requeues }
    @inline(__always) _modify { yield &memory.pointee.requeues }
  }

  var lowercase: ByteBuffer {
    @inline(__always) _read { yield memory.pointee.lowercase }
    @inline(__always) _modify { yield &memory.pointee.lowercase }
  }
}
