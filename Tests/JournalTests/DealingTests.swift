import Bytes
import Foundation
import SMTPTypes
import Testing

@testable import Journal

/// What several consumers of a journal get is the journal, each line once, and handed over in order.
struct DealingTests {
  /// Notes the queue ids that it gets, and hands them over.
  private final class Consumer: JournalConsumer {
    let all: Gathered
    private var waiting: [String] = []

    init(_ all: Gathered) { self.all = all }

    func receive(_ event: borrowing Event, head: Int) { waiting.append(String(event.queueID ?? .empty)) }

    func receive(_ tally: borrowing TallyLine) {}

    func settle() {
      all.ids += waiting
      waiting.removeAll()
    }

    var held: Int { waiting.count }
  }

  private final class Gathered { var ids: [String] = [] }

  @Test(arguments: [1, 2, 5], [40, 100, 4096, 1 << 20])
  func eachLineComesOnceAndInOrder(consumers: Int, stretch: Int) throws {
    try withDirectory { directory in
      var expected: [String] = []
      var first = 0
      for segment in 0..<4 {
        var text = ""
        for line in 0..<50 {
          expected.append("\(segment)-\(line)")
          text += #"{"time":"2026-03-01T00:00:04Z","type":"bounce","queue_id":"\#(segment)-\#(line)"}"# + "\n"
        }
        // A line that is damaged, in the last segment, and half a line.
        if segment == 3 { text += "{\"time\":\n" + #"{"time":"2026"# }
        let number = String(repeating: "0", count: 20 - String(first).count) + String(first)
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(number)-20260301T00000\(segment)Z.jsonl"))
        first += 50
      }
      let gathered = Gathered()
      let readers = (0..<consumers).map { _ in Consumer(gathered) }
      let reader = try JournalReader(directory: directory)
      let report = try reader.deal(to: readers, stretch: stretch)
      #expect(gathered.ids == expected)
      let whole = try reader.scan { _, _ in }
      #expect(report == whole)
      #expect(report.damage.map(\.line) == [51])
    }
  }
}
