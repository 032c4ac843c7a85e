// Reads a whole journal and says what is not as it was written.
//
// Promises: damage is named with file, line and offset, and what lies behind it is still looked at. Several segments
// at once, one a thread. Leaves to others: mending anything.

import Bytes
import Glibc

/// Compares a journal with what its segments say of themselves.
public struct JournalVerifier: Sendable {
  public let directory: String

  public init(directory: String) { self.directory = directory }

  /// Decodes every line of every segment, compares sealed segments with their hashes, and their summaries' counts and
  /// roll-ups, and their digests, with what their lines add up to. Damage is named: truncated, changed, missing and
  /// misplaced segments, lines that are no events.
  ///
  /// What it cannot see: a segment missing at either end of the journal, which retention or a crash leaves alike; and
  /// a change in a plain segment that gives another valid event, because plain lines carry no checksum.
  ///
  /// - Parameters:
  ///   - threads: how many segments are read at once.
  ///   - progress: told after each segment how many are done, of how many; from any of the threads, one at a time.
  public func verify(
    threads: Int = 1, progress: @Sendable @escaping (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(JournalError) -> ScanReport {
    let reader = try JournalReader(directory: directory)
    let watch = Progress(total: try SegmentName.list(directory).count, tell: progress)
    do {
      var report = try reader.fold(checksBytes: true, threads: threads, initial: { Sum(file: $0) }) { sum, line, _ in
        sum.builder.add(line)
      } finish: { sum, report in
        sum.compare(&report)
        watch.next()
      }.report
      report.noteSurroundings(in: directory)
      return report
    } catch let error as JournalError {
      throw error
    } catch {
      // The closures throw nothing, and a fold nothing else.
      throw JournalError(.system, path: directory, message: "\(directory): \(error)")
    }
  }

  /// Counts segments for whoever watches.
  private final class Progress: Sendable {
    // Sendable: touched with `monitor` locked.
    private nonisolated(unsafe) var done = 0
    private let monitor = Monitor()
    private let total: Int
    private let tell: @Sendable (Int, Int) -> Void

    init(total: Int, tell: @Sendable @escaping (Int, Int) -> Void) {
      self.total = total
      self.tell = tell
    }

    func next() {
      monitor.lock()
      defer { monitor.unlock() }
      done += 1
      tell(done, total)
    }
  }

  /// What one segment's lines add up to.
  private struct Sum {
    let file: String
    var builder = SegmentSummaryBuilder(first: 0)

    init(file: String) { self.file = file }

    /// Notes where the summary of the segment tells another story than its lines.
    func compare(_ report: inout ScanReport) {
      guard file.hasSuffix(".zst") else { return }
      var segment: SealedSegment
      do throws(Fault) {
        segment = try SealedSegment(file)
      } catch {
        return
      }
      guard let summary = segment.summary else { return }
      compareDigest(&segment, summary, &report)
      guard report.damages == 0 else { return }
      let size = segment.size
      var found = builder.finish()
      if summary.details == nil {
        // It was written before there were any.
        found.details = nil
        for index in found.rows.indices { found.rows[index].firsts = 0 }
      }
      var wrong: [String] = []
      if summary.earliest != found.earliest || summary.latest != found.latest { wrong.append("time span") }
      if summary.isComplete, summary.rows.count != found.rows.count || Set(summary.rows) != Set(found.rows) {
        wrong.append("counts of events")
      }
      if summary.isComplete, summary.tallies != found.tallies || summary.details != found.details {
        wrong.append("counts of attempts")
      }
      guard !wrong.isEmpty else { return }
      report.note(
        .misplaced, file: file, offset: size,
        "the summary's \(wrong.joined(separator: " and ")) differ from what the lines add up to")
    }

    /// Notes a digest that is damaged, and, if nothing else is, one that tells another story than the lines.
    private func compareDigest(
      _ segment: inout SealedSegment, _ summary: SegmentSummary, _ report: inout ScanReport
    ) {
      guard let place = summary.digest else { return }
      var written = ByteBuffer()
      do throws(ZstdError) {
        written.append(try segment.content(of: place))
        guard place.version == DigestFrame.version, report.damages == 0 else { return }
        var builder = DigestBuilder()
        for frame in summary.frames { builder.add(lines: try segment.lines(of: frame)) }
        if let made = builder.finish(), made.view == written.view { return }
        report.note(
          .misplaced, file: file, offset: place.offset, "the digest differs from what the lines add up to")
      } catch {
        report.note(.unreadable, file: file, offset: place.offset, "the digest is damaged: \(error.message)")
      }
    }
  }
}
