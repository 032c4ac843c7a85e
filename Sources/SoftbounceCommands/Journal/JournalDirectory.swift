import ArgumentParser
import Journal
import Reporting

/// Which journal a command is about.
struct JournalDirectory: ParsableArguments {
  @Argument(help: ArgumentHelp("The journal's directory.", valueName: "dir"))
  var directory: String?

  func path(_ site: SiteConfiguration) -> String { directory ?? site.journal }
}

extension Console {
  /// Says why a journal can't be used, and what to do.
  func diagnose(_ error: JournalError, journal directory: String) {
    guard error.code == .noDirectory else { return diagnose(Printable.text(error.message, limit: 400)) }
    diagnose(
      "no journal in \(Printable.text(directory, limit: 200)); softbounced writes one, and its directory is what to "
        + "name here")
  }
}
