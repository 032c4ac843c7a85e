import Journal
import Logging
import Privacy
import ServiceLifecycle

/// Carries out its part of `softbounce journal forget`, which rewrites all segments but the one that is written to:
/// begins a new one, and forgets the address in what is kept of messages beside the journal.
struct ErasureService: Service {
  let directory: String
  let spoolDirectory: String
  let pipeline: EventPipeline
  let spool: IdentitySpool?
  /// What pseudonyms are made with, if they are.
  let key: PseudonymKey?
  let logger: Logger

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        if ErasureRequest.isWaiting(in: directory) { await onThread { carryOut() } }
        try await Task.sleep(for: .milliseconds(500))
      }
    }
  }

  private func carryOut() {
    guard let request = ErasureRequest.read(in: directory) else {
      logger.error("\(directory): a request to erase an address can't be read and is dropped")
      ErasureRequest.remove(from: directory)
      return
    }
    let isDone: Bool
    switch request.stage {
    case .begin:
      let erasures = request.addresses.map { Erasure(address: $0.address, replacement: $0.replacement, key: key) }
      isDone = pipeline.begin(request, erasures)
      if let spool {
        spool.erase(erasures)
      } else {
        do throws(JournalError) {
          try JournalEraser.erase(erasures, from: IdentitySpool.path(in: spoolDirectory))
        } catch {
          logger.error("an address could not be erased: \(error)")
        }
      }
    case .end: isDone = pipeline.tell(request)
    }
    // Who asked waits for the request to go, and looks whether it was done.
    ErasureRequest.remove(from: directory)
    if isDone {
      logger.notice("an address is erased on request", metadata: ["stage": "\(request.stage.rawValue)"])
    } else {
      logger.error("the journal's disk did not take a request to erase an address")
    }
  }
}
