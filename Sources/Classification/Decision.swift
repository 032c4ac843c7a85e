/// What phrases and facts make of a text: the same for all texts of one shape.
///
/// Of the rules whose other conditions hold it names, in their order, those that ask for an expression beside, and the
/// first that does not.
struct Decision {
  static var roomForContenders: Int { 4 }

  /// Rules that win if one of their expressions matches, the first of them; as many as `contenderCount`.
  private(set) var contenders = SIMD4<Int32>(repeating: -1)
  private(set) var contenderCount = 0
  /// The rule that wins otherwise.
  var rule = -1
  /// Bits of the phrases among `WaitTime.cues` that the text holds.
  var cues = WaitTime.CueSet()
  /// True if expressions had to be tried on the text already, because there are too many contenders.
  var isOfText = false

  /// True if nothing more has to be read in a text of this shape.
  @inline(__always)
  var isComplete: Bool { contenderCount == 0 && cues.isEmpty && !isOfText }

  /// False if there is no room for `rule`.
  mutating func add(contender rule: Int) -> Bool {
    guard contenderCount < Decision.roomForContenders else { return false }
    contenders[contenderCount] = Int32(truncatingIfNeeded: rule)
    contenderCount += 1
    return true
  }
}
