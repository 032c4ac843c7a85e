import SMTPTypes

/// How many lines the log had in the stretches before this run, out of the journal's tallies: what a log that is dead
/// when the sidecar starts is missed by.
struct SilenceHistory: Equatable, Sendable {
  /// Seconds of a stretch; 0 where silence is not looked for.
  let length: Int
  let now: Timestamp
  /// Lines by how many stretches ago.
  private var lines: [Int: Int] = [:]

  /// Seconds before now that are looked at.
  static let reach = 8.0 * 86_400

  init(length: Int, now: Timestamp) {
    self.length = length
    self.now = now
  }

  mutating func add(_ lines: Int, at minute: Timestamp) {
    let age = now.since(minute)
    guard length > 0, lines > 0, age >= 0, age < Self.reach else { return }
    self.lines[Int(age) / length, default: 0] += lines
  }

  /// Lines in each of the last stretches up to the last one with any, oldest first, at most `SilenceRule.stretches`;
  /// none before the first with any.
  var stretches: [Int] {
    guard let last = lines.keys.min(), let first = lines.keys.max() else { return [] }
    let oldest = min(first, last + SilenceRule.stretches - 1)
    return (last...oldest).reversed().map { lines[$0] ?? 0 }
  }
}
