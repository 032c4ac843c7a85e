// The reporter's command line. The executable hands over its arguments; everything else is here, where tests can
// reach it.

public import ArgumentParser
import Classification
import Glibc
import Reporting

/// `softbounce`.
public struct SoftbounceCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "softbounce",
    abstract: "Tells what other servers put off, why, and how it ended.",
    discussion: """
      Reads the journal that softbounced keeps, or mail logs of Postfix and Sendmail as they are.

        softbounce report --since 24h           the last 24 hours
        softbounce report /var/log/mail.log*    from logs, without a journal
        softbounce report --by domain --where provider=google
        softbounce provider google              since when, how bad, whose mail
        softbounce message QUEUE-ID             every try of one message
        softbounce recipients                   addresses, and what to do about each
        softbounce tail                         watch it happen
        softbounce events --type expiration     what was given up, in JSON Lines
        softbounce import /var/log/mail.log*    old logs into the journal
        softbounce explain '450 4.2.1 …'        what a reply means, and why

      \(ExitStatus.help)
      """,
    version: "0.1.0",
    subcommands: [
      ReportCommand.self, ProviderCommand.self, DomainCommand.self, MessageCommand.self, RecipientsCommand.self,
      SegmentCommand.self, EventsCommand.self, TailCommand.self, ImportCommand.self, ExplainCommand.self,
      RulesCommand.self, DSNCommand.self, JournalCommand.self,
    ])

  public init() {}

  /// Runs the command that `arguments` (without the program's name) ask for, and returns the exit status.
  public static func main(arguments: [String], console: Console) -> Int32 {
    let status = run(arguments, console)
    console.flush()
    if console.writeFailure == EPIPE { return ExitStatus.success.rawValue }
    if console.writeFailure != 0 {
      console.diagnose("output: \(String(cString: strerror(console.writeFailure)))")
      return ExitStatus.unreadable.rawValue
    }
    return status.rawValue
  }

  private static func run(_ arguments: [String], _ console: Console) -> ExitStatus {
    // Rules take longer to load than all else that an import begins with.
    if arguments.first == ImportCommand.configuration.commandName { Classifier.prepare() }
    do {
      var command = try parseAsRoot(arguments)
      if let command = command as? any ConsoleCommand { return try command.run(console) }
      // Help, asked for or for want of a subcommand; it comes as an error.
      try command.run()
      return .success
    } catch let error as FilterError {
      console.diagnose(error.description)
      return .usage
    } catch {
      let message = fullMessage(for: error, columns: console.isTerminal ? console.width : 80)
      if exitCode(for: error).isSuccess {
        console.write(message + "\n")
        return .success
      }
      console.diagnose(message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message)
      return .usage
    }
  }
}

/// A command that runs in given surroundings.
protocol ConsoleCommand: ParsableCommand {
  /// Throws `FilterError` or what ArgumentParser throws for a wrong command line.
  func run(_ console: Console) throws -> ExitStatus
}
