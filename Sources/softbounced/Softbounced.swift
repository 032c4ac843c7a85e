import ArgumentParser
import Glibc
import Logging
import Sidecar

/// The sidecar's command line. Runs in the foreground; systemd or another supervisor puts it where it belongs.
@main
struct Softbounced: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "softbounced",
    abstract: "Watches temporary mail failures beside Postfix or Sendmail.",
    discussion: """
      Follows the mail log, serves as a milter that only observes, joins both into a journal and tells of alerts. \
      Read the journal with softbounce report. TERM and INT end it; HUP reloads the rules.
      """,
    version: softbounceVersion)

  @Option(name: .long, help: "The configuration file (default: \(Configuration.defaultPath), if it is there).")
  var config: String?

  @Flag(name: .long, help: "Say what is wrong with the configuration, or what is in effect, and end.")
  var checkConfig = false

  @Option(name: .long, help: "Log messages from this level on: debug, info, notice, warning, error.")
  var logLevel: String = "info"

  func run() throws {
    StandardDescriptors.prepare()
    let configuration: Configuration
    do throws(ConfigurationError) {
      configuration = try Configuration(
        path: config ?? Configuration.defaultPath, isOptional: config == nil)
    } catch {
      say("\(error)\n", to: 2)
      throw ExitCode(EX_CONFIG)
    }
    if checkConfig {
      say("# in effect (\(config ?? Configuration.defaultPath))\n\(configuration.yaml)", to: 1)
      // No reason not to start.
      for rule in configuration.refusedRules { say("\(rule)\n", to: 2) }
      return
    }
    guard let level = Logger.Level(rawValue: logLevel) else {
      throw ValidationError("\(logLevel) is no level. Write debug, info, notice, warning or error.")
    }
    LoggingSystem.bootstrap { label in
      var handler = StderrLogHandler(label: label)
      handler.logLevel = level
      return handler
    }
    let logger = Logger(label: "softbounced")
    let daemon: Daemon
    do {
      daemon = try Daemon(configuration: configuration, logger: logger)
    } catch {
      logger.critical("\(error)")
      throw ExitCode(EX_UNAVAILABLE)
    }
    let code = daemon.run()
    if code != EX_OK { throw ExitCode(code) }
  }

  private func say(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
  }
}
