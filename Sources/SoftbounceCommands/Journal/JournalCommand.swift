import ArgumentParser

/// `softbounce journal`: what concerns the journal itself rather than what it tells.
struct JournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "What the journal holds, whether it is sound, and how to take from it.",
    discussion: """
      DIR is a journal's directory; without it, this machine's journal. All of these work beside a running \
      softbounced, but for rejudge --into.

      \(ExitStatus.help)
      """,
    subcommands: [
      JournalStatsCommand.self, JournalVerifyCommand.self, JournalExportCommand.self, JournalPruneCommand.self,
      JournalForgetCommand.self, JournalRejudgeCommand.self,
    ])
}
