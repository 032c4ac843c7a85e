/// How a command ended, for scripts. The help of every command lists these.
public enum ExitStatus: Int32, Sendable {
  /// The answer was given.
  case success = 0
  /// There was nothing to tell: no event within the period met the conditions.
  case nothingFound = 1
  /// The command line can't be understood.
  case usage = 2
  /// An input could not be read, in whole or in part, or the output could not be written. What could be read was
  /// answered.
  case unreadable = 3
  /// What was to be checked has faults, which were told. Only commands that check end so; their help says it.
  case faultsFound = 4

  static let help = """
    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not be read in whole (what could be \
    read was answered) or the output not be written.
    """
}
