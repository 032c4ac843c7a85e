// softbounce: the reporter. Everything is in SoftbounceCommands.

import Glibc
import SoftbounceCommands

@main
struct Softbounce {
  static func main() {
    // A reader that has seen enough ends us without a word, whatever our parent made of the signal.
    signal(SIGPIPE, SIG_DFL)
    FreedMemory.giveBack()
    OpenFileLimit.raise()
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(SoftbounceCommand.main(arguments: arguments, console: .system()))
  }
}
