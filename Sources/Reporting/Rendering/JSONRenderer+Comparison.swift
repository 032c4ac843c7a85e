import SMTPTypes

extension JSONRenderer {
  func comparison(_ comparison: Comparison, _ json: inout JSONWriter) {
    json.object("comparison") { json in
      json.member("since", comparison.since.description)
      json.member("until", comparison.until.description)
      if comparison.lengths.before != comparison.lengths.now {
        json.member("seconds_before", comparison.lengths.before)
        json.member("seconds_now", comparison.lengths.now)
      }
      json.member("comparable", comparison.dataFrom == nil)
      json.member("data_from", comparison.dataFrom?.description)
      json.object("total") { json in members(comparison.total, &json) }
      json.array("cause") { json in
        for row in comparison.causes { self.row(row, &json) }
      }
      json.array("provider") { json in
        for row in comparison.providers { self.row(row, &json) }
      }
    }
  }

  private func row(_ row: Comparison.Row, _ json: inout JSONWriter) {
    json.object { json in
      json.member("key", row.key)
      members(row, &json)
    }
  }

  private func members(_ row: Comparison.Row, _ json: inout JSONWriter) {
    json.member("before", row.before)
    json.member("now", row.now)
    json.member("first_attempts_before", row.attemptsBefore)
    json.member("first_attempts_now", row.attemptsNow)
    if row.heldBefore + row.heldNow > 0 {
      json.member("held_back_before", row.heldBefore)
      json.member("held_back_now", row.heldNow)
    }
    json.member("rate_before", row.rateBefore)
    json.member("rate_now", row.rateNow)
    json.member("times", row.ratio)
    json.member("probability", row.verdict == .unknown ? nil : row.probability)
    json.member("test", row.verdict == .unknown ? nil : row.test.rawValue)
    json.member("verdict", row.verdict.rawValue)
  }
}
