import Foundation

/// A journal line as any tool would read it: by JSON, with nothing of the product's own code.
struct JournalEntry: Decodable {
  struct Reply: Decodable { var code: Int?, enhanced: String?, text: String? }
  struct Peer: Decodable { var host: String?, address: String?, port: Int? }
  struct Counts: Decodable {
    var attempts: Int?, deliveries: Int?, bounces: Int?, first_attempts: Int?, first_deferred: Int?
  }

  var time: String
  var type: String
  var source, host, instance, service, direction, hop, cause, scope, origin, provider, domain, status, stage: String?
  var queue_id, message_id, user, sender, recipient, rule, note: String?
  var attempt, offset, count, retry_after: Int?
  var delay, deferred_for: Double?
  var matched: Bool?
  var relay, client: Peer?
  var reply: Reply?
  var tags: [String: String]?
  // A tally's.
  var total, internal_hops: Counts?
  var by: [String: [String: Counts]]?
  var lines, unknown_lines, suspended: Int?
}

/// A journal directory, read the way `zstdcat -f *.jsonl*` would.
struct JournalView {
  var directory: String

  /// All lines in order; a line that is not JSON is a failure of the journal's promise.
  func entries() throws -> [JournalEntry] {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".jsonl") }.sorted()
    let decoder = JSONDecoder()
    var entries: [JournalEntry] = []
    for name in names {
      let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))
      let isWhole = data.last.map { $0 == 0x0A } ?? true
      var lines = data.split(separator: 0x0A)
      // A writer may be in the middle of its last line.
      if !isWhole, name == names.last { lines.removeLast() }
      for line in lines {
        do {
          entries.append(try decoder.decode(JournalEntry.self, from: Data(line)))
        } catch {
          throw Trouble("\(name): not JSON or not an event: \(String(decoding: line, as: UTF8.self))")
        }
      }
    }
    return entries
  }

  func entries(_ type: String) throws -> [JournalEntry] { try entries().filter { $0.type == type } }

  /// Log lines that the tallies speak for.
  func talliedLines() throws -> Int { try entries("tally").reduce(0) { $0 + ($1.lines ?? 0) } }
  func talliedAttempts() throws -> Int { try entries("tally").reduce(0) { $0 + ($1.total?.attempts ?? 0) } }
}
