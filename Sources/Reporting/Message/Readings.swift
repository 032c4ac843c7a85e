// In which order the steps of a recipient happened.
//
// Times alone do not tell: a clock that was set back has "removed" before "deferred". The journal's own order does, as
// far as one source gave it in one go: what the sidecar followed, one imported log, one file. What an import brought in
// after newer events belongs where its time says. So the stretches are merged: each keeps its order, and the next step is
// the earliest of those that are first in their stretch. Reports of servers further on come late, and go by their time.
//
// Where all is of one go, how a recipient ended is what a report says of it, which follows the journal.

import Journal
import SMTPTypes

struct Readings {
  /// What gave a stretch of events.
  private struct Origin: Hashable {
    /// Counts inputs.
    var input: Int
    /// How the imported log begins; empty for what was followed or read as it is.
    var importedLog: String
  }

  /// The first is what the first input's sidecar followed.
  private var origins: [Origin] = [Origin(input: 0, importedLog: ""), Origin(input: 0, importedLog: "")]
  /// The place of what is followed in this input.
  private var followed = 0
  /// Something was read since the last checkpoint.
  private var isPending = false

  init() {}

  /// The stretch that an event that was read now belongs to.
  ///
  /// - Parameter isUnplaced: lines of a log that is followed tell where in it they stand, those of an imported one do not.
  mutating func place(isUnplaced: Bool) -> Int {
    guard isUnplaced else { return followed }
    isPending = true
    return origins.count - 1
  }

  /// An import commits what a log gave together with a checkpoint behind it; all else was followed. Each segment begins
  /// with the checkpoints in force, those of what is followed first.
  mutating func note(_ checkpoint: Checkpoint) {
    guard isPending else { return }
    isPending = false
    if checkpoint.isImported { origins[origins.count - 1].importedLog = checkpoint.file }
    origins.append(origins[followed])
  }

  mutating func endSource() {
    isPending = false
    let origin = Origin(input: origins[followed].input + 1, importedLog: "")
    followed = origins.count
    origins += [origin, origin]
  }

  /// `steps` as they happened; they come in the order in which they were read. O(steps · stretches).
  func ordered(_ steps: [StoryStep]) -> [StoryStep] {
    var stretches: [[StoryStep]] = []
    var places: [Origin: Int] = [:]
    for step in steps where !step.isReport {
      let origin = origins[step.reading]
      let place = places[origin] ?? stretches.count
      if place == stretches.count {
        places[origin] = place
        stretches.append([])
      }
      stretches[place].append(step)
    }
    // Equal times keep their order.
    let reports = steps.enumerated().filter(\.element.isReport)
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    if !reports.isEmpty { stretches.append(reports) }
    guard stretches.count > 1 else { return stretches.first ?? [] }
    var heads = stretches.map(\.startIndex)
    var ordered: [StoryStep] = []
    while ordered.count < steps.count {
      let waiting = stretches.indices.filter { heads[$0] < stretches[$0].count }
      guard let next = waiting.min(by: { stretches[$0][heads[$0]].time < stretches[$1][heads[$1]].time }) else { break }
      ordered.append(stretches[next][heads[next]])
      heads[next] += 1
    }
    return ordered
  }
}
