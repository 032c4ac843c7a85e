import ArgumentParser
import Reporting

/// The numbers of the policy on recipients; what is not given is the configuration's, else the default.
struct PolicyOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Failed messages in a row for a proposal to suppress; else 3.", valueName: "count"))
  var messages: Int?

  @Option(name: .long, help: ArgumentHelp("Days that they must span; else more than 14.", valueName: "days"))
  var span: Double?

  @Option(name: .long, help: ArgumentHelp("Days after which an address starts anew; else 90.", valueName: "days"))
  var forget: Double?

  @Option(
    name: .long, help: ArgumentHelp("Addresses that are kept in memory at once, 1 to 100000000.", valueName: "count"))
  var limit: Int = 1_000_000

  func validate() throws {
    if let messages, !(1...1000).contains(messages) {
      throw ValidationError("--messages \(messages): give a number from 1 to 1000")
    }
    for (name, days) in [("--span", span), ("--forget", forget)] {
      if let days, !(0...3650).contains(days) { throw ValidationError("\(name): give days from 0 to 3650") }
    }
    if !(1...100_000_000).contains(limit) {
      throw ValidationError("--limit \(limit): give a number from 1 to 100000000")
    }
  }

  func policy(_ base: RecipientPolicy) -> RecipientPolicy {
    var policy = base
    if let messages { policy.messages = messages }
    if let span { policy.spanDays = span }
    if let forget { policy.forgetDays = forget }
    return policy
  }
}
