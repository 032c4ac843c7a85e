import Alerting
import Bytes
import Classification
import DeliveryStatus
import Glibc
import Intake
import Logging
import MailLog
import SMTPTypes
import Testing

@testable import Journal
@testable import Sidecar

/// A report of another server's is on the disk before the MTA gets its answer, unless the disk does not come back.
@Suite struct ReportDurabilityTests {
  /// A disk whose synchronising stands still until it is let go.
  private final class Disk: Sendable {
    // Sendable: a semaphore is made for several threads.
    nonisolated(unsafe) private let gate = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init(isStill: Bool) { sem_init(gate, 0, isStill ? 0 : 1) }

    deinit {
      sem_destroy(gate)
      gate.deallocate()
    }

    func pass() {
      while sem_wait(gate) != 0, errno == EINTR {}
      sem_post(gate)
    }

    func letGo() { sem_post(gate) }
  }

  private func report() -> DeliveryReport {
    var report = DeliveryReport()
    report.kind = .bounce
    report.reportingMTA = "mx.example.net"
    var recipient = ReportedRecipient(address: "b@example.net", action: .failed)
    recipient.status = EnhancedStatusCode(5, 1, 1)
    report.recipients = [recipient]
    return report
  }

  @Test(arguments: [false, true])
  func aReportWaitsForTheDiskAndNotForever(isStill: Bool) throws {
    let directory = try Directory()
    let disk = Disk(isStill: isStill)
    var calls = FileSystemCalls()
    calls.fdatasync = { descriptor in
      disk.pass()
      return Int(fdatasync(descriptor))
    }
    let path = directory.path + "/journal"
    let writer = try JournalWriter(directory: path, options: JournalWriter.Options(), calls: calls)
    let sink = JournalSink(writer: writer, host: "mx1", evaluator: AlertEvaluator(rules: []))
    let now = Timestamp(seconds: 1_795_000_000)
    let intake = Intake(
      options: Intake.Options(), classifier: Classifier.builtIn(), providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: now)), sink: sink)
    let pipeline = EventPipeline(intake: intake, sink: sink, logger: Logger(label: "test"))
    pipeline.observe(report(), at: now, isOurOwn: false, isMatched: true)
    // The answer goes out now.
    let isDurable = writer.counters.durableLines > 0
    disk.letGo()
    writer.close()
    var types: [EventType] = []
    var notes: [String] = []
    _ = try JournalReader(directory: path).scan { line, _ in
      switch line {
      case .event(let event):
        types.append(event.type)
        if let note = event.note, event.type == .gap { notes.append(String(note)) }
      default: break
      }
    }
    if isStill { #expect(!isDurable) }
    // A disk may be that slow without being told to.
    #expect(types == (isDurable ? [.remoteBounce] : [.remoteBounce, .gap]))
    #expect(notes.allSatisfy { $0.contains("answered before the disk had taken it") })
  }
}
