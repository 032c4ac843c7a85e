// The steps of `softbounce journal forget`, with or without a running sidecar.
//
// The last segment is written to, so a new one is begun first: by the sidecar, which is asked to by a file in the
// journal's directory, or, where none runs, by this process, which then has the journal's lock until it is done.
// After that the segments are rewritten one by one, and in the end the journal is told.

import Glibc
import Journal
import Privacy
import SMTPTypes

struct ForgettingError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

struct Forgetting {
  let directory: String
  let spool: String
  let console: Console
  /// Seconds that a running sidecar has for an answer.
  var patience = 30.0

  func run(
    _ addresses: [String], key: PseudonymKey?, isRehearsal: Bool
  ) throws(ForgettingError) -> JournalEraser.Report {
    do throws(JournalError) {
      return try isRehearsal ? rehearse(addresses, key) : erase(addresses, key)
    } catch {
      if error.code == .noDirectory {
        throw ForgettingError("no journal in \(directory); softbounced writes one, and --journal names another place")
      }
      throw ForgettingError(error.message)
    }
  }

  private func rehearse(_ addresses: [String], _ key: PseudonymKey?) throws(JournalError) -> JournalEraser.Report {
    let erasures = addresses.map { Erasure(address: $0, replacement: "~", key: key) }
    return try search(erasures, isRehearsal: true)
  }

  private func search(_ erasures: [Erasure], isRehearsal: Bool) throws(JournalError) -> JournalEraser.Report {
    let meter = ProgressMeter(console)
    defer { meter.clear() }
    return try JournalEraser(directory: directory).run(erasures, isRehearsal: isRehearsal) { meter.showSegments($0, $1) }
  }

  private func erase(_ addresses: [String], _ key: PseudonymKey?) throws(JournalError) -> JournalEraser.Report {
    guard !(try JournalReader(directory: directory).isEmpty) else {
      throw JournalError(.noDirectory, path: directory, message: "")
    }
    var erasures: [Erasure] = []
    for address in addresses { erasures.append(try Erasure.begin(address, directory: directory, key: key)) }
    var request = ErasureRequest(stage: .begin)
    request.addresses = erasures.map { ($0.given, $0.address.replacement) }
    let before = JournalEraser.lastSegment(directory)
    let writer = try place(request, nil)
    if writer != nil { try JournalEraser.erase(erasures, from: spool + "/identities.jsonl") }
    guard JournalEraser.lastSegment(directory) != before else {
      throw JournalError(
        .system, path: directory,
        message: "no new segment could be begun in \(directory); look at softbounced's log and the disk, then run this "
          + "again")
    }
    let report = try search(erasures, isRehearsal: false)
    guard report.failures.isEmpty else { return report }
    var ending = ErasureRequest(stage: .end)
    ending.lines = report.lines
    ending.segments = report.segments
    _ = try place(ending, writer)
    for erasure in erasures { try erasure.finish() }
    return report
  }

  /// Has `request` written to the journal: by `writer`, by the sidecar, or by a writer that is returned if none runs.
  private func place(_ request: ErasureRequest, _ writer: JournalWriter?) throws(JournalError) -> JournalWriter? {
    if let writer {
      try write(request, writer)
      return writer
    }
    let deadline = seconds + patience
    var isPosted = false
    while true {
      do throws(JournalError) {
        let own = try JournalWriter(directory: directory)
        // The sidecar is gone, or was never there.
        ErasureRequest.remove(from: directory)
        try write(request, own)
        return own
      } catch {
        guard error.code == .locked else { throw error }
      }
      if !isPosted {
        try request.post(in: directory)
        isPosted = true
      }
      for _ in 0..<10 {
        usleep(50_000)
        if !ErasureRequest.isWaiting(in: directory) { return nil }
      }
      guard seconds < deadline else {
        ErasureRequest.remove(from: directory)
        throw JournalError(
          .locked, path: directory,
          message: "another program has the journal in \(directory) and does not answer; stop it (systemctl stop "
            + "softbounced), run this again, and start it")
      }
    }
  }

  private func write(_ request: ErasureRequest, _ writer: JournalWriter) throws(JournalError) {
    var commit: Commit?
    request.withEvent(host: "", time: console.now) { event in
      let line = copy event
      commit = request.stage == .begin ? writer.appendToNewSegment { $0.add(line) } : writer.append { $0.add(line) }
    }
    guard let commit, writer.waitUntilDurable(commit, timeout: patience) else {
      throw JournalError(
        .system, path: directory,
        message: "the journal in \(directory) can't be written: \(writer.counters.lastFault ?? "the disk is slow")")
    }
  }

  private var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
