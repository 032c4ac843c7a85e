import Foundation

/// What a Postfix log says, counted by plain text search, with nothing of the product's own code.
struct LogCount: Equatable {
  var lines = 0
  var attempts = 0
  var deferrals = 0
  var deliveries = 0
  var suspensions = 0
  var internalHops = 0

  init(_ lines: [Substring]) {
    for line in lines {
      self.lines += 1
      guard line.contains(": to=<"), let status = line.firstRange(of: ", status=") else { continue }
      let outcome = line[status.upperBound...]
      if line.contains("[127.0.0.1]:") {
        internalHops += 1
      } else if outcome.hasPrefix("deferred (delivery temporarily suspended") {
        suspensions += 1
      } else {
        attempts += 1
        if outcome.hasPrefix("deferred ") { deferrals += 1 }
        if outcome.hasPrefix("sent ") { deliveries += 1 }
      }
    }
  }
}
