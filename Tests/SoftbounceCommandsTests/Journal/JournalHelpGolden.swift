/// The help of `softbounce journal` as it is printed.
enum JournalHelpGolden {
  static let root = #"""
    OVERVIEW: What the journal holds, whether it is sound, and how to take from it.

    DIR is a journal's directory; without it, this machine's journal. All of these
    work beside a running softbounced, but for rejudge --into.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce journal <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    SUBCOMMANDS:
      stats                   What is there: segments, spans, events by type,
                              sizes, gaps, how far the sources were read.
      verify                  Reads the whole journal and names what is not as it
                              was written.
      rejudge                 Applies today's rules to a journal: what would
                              change, and a journal in which it has.

      See 'softbounce help journal <subcommand>' for detailed help.

    """#

  static let stats = #"""
    OVERVIEW: What is there: segments, spans, events by type, sizes, gaps, how far
    the sources were read.

    Sealed segments are counted by their summaries, without unpacking them.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce journal stats [<dir>] [--utc] [--all] [--format <format>]

    ARGUMENTS:
      <dir>                   The journal's directory.

    OPTIONS:
      --utc                   Show and read times in UTC instead of this machine's
                              zone.
      --all                   List every segment, not only the last few.
      --format <format>       text, or json with stable keys. (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let verify = #"""
    OVERVIEW: Reads the whole journal and names what is not as it was written.

    Each damage with file, line and offset: segments that are cut off, changed,
    missing or under another's name, summaries that differ from their lines, lines
    that are no events. What lies behind a damage is still read. A segment missing
    at either end can't be told from one that was dropped for its age, and a line
    that was changed into another valid one only in a sealed segment.

    Exit status: 0 sound; 1 there is no journal in the directory; 2 wrong usage; 3
    damaged, or it could not be read.

    USAGE: softbounce journal verify [<dir>] [--format <format>]

    ARGUMENTS:
      <dir>                   The journal's directory.

    OPTIONS:
      --format <format>       text, or json: an object a damage, then one with the
                              sums (JSON Lines). (values: text, json; default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let rejudge = #"""
    OVERVIEW: Applies today's rules to a journal: what would change, and a journal
    in which it has.

    Without --into nothing is written: it tells how many verdicts today's rules,
    the site's and ours, would change, from what to what. (softbounce report
    --rejudge shows a whole report so.)

    With --into a second journal is made, with every event judged anew and naming
    the version of the rules that did; the first stays as it is, because an event
    is never changed. softbounced must not be running. It is there whole or not at
    all. Then:

      mv JOURNAL JOURNAL.old && mv NEW JOURNAL

    What stays as it was: minutes' counts of rejections that have no event each,
    and the causes of expirations whose last failure the journal no longer has.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce journal rejudge [<dir>] [--into <directory>] [--rules <path>] [--format <format>]

    ARGUMENTS:
      <dir>                   The journal's directory.

    OPTIONS:
      --into <directory>      Where the new journal is made; must not be there.
      --rules <path>          A rule file or a directory of them instead of the
                              site's own.
      --format <format>       text, or json. (values: text, json; default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#
}
