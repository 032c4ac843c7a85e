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
      export                  Writes events as JSON Lines or CSV, for other
                              programs.
      prune                   Drops the oldest segments, by age or size; shows
                              first what it would drop.
      forget                  Erases an address from the journal, as its owner may
                              ask.
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

  static let export = #"""
    OVERVIEW: Writes events as JSON Lines or CSV, for other programs.

    As it is read: memory does not grow with the journal. The CSV (RFC 4180) has a
    line of names first and then a column for each field; tags stand in one column
    as name=value, separated by semicolons. A cell that a spreadsheet would take
    for a formula gets an apostrophe in front. Tallies (each minute's counts) are
    written only if --type asks for them, and only as JSON.

    Types: transient-failure, delivery, bounce, expiration, rejection,
    delay-notice, remote-bounce, message, tally, alert, gap, deletion, erasure.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce journal export [<dir>] [--since <time>] [--until <time>] [--where <condition> ...] [--utc] [--type <type> ...] [--format <format>]

    ARGUMENTS:
      <dir>                   The journal's directory.

    OPTIONS:
      --since <time>          From when on: 90m, 24h, 7d (ago); today, yesterday,
                              2026-11-23 (their 00:00); '2026-11-23 14:30'; RFC
                              3339.
      --until <time>          Until when, in the same forms.
      --where <condition>     Only events with this: key=value or key!=value, '*'
                              for anything, tag.NAME for a tag. Repeat it: the same
                              key with other values adds them, another key narrows.
      --utc                   Read and show times in UTC instead of this machine's
                              zone.
      --type <type>           Only events of this type; repeat it for several.
      --format <format>       json (JSON Lines) or csv. (values: json, csv;
                              default: json)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let prune = #"""
    OVERVIEW: Drops the oldest segments, by age or size; shows first what it would
    drop.

    Without --delete nothing is changed. Without --keep-for and --maximum-size the
    configuration's keep_for and maximum_size hold, by which softbounced drops
    segments itself. Whole segments go, the oldest first, never the one that is
    written to. With --delete, run it as root or as the journal's owner; a running
    softbounced is no matter.

    Exit status: 0 dropped, or would drop; 1 nothing is old or large enough; 2
    wrong usage; 3 something could not be dropped.

    USAGE: softbounce journal prune [<dir>] [--keep-for <time>] [--maximum-size <size>] [--delete] [--utc] [--format <format>]

    ARGUMENTS:
      <dir>                   The journal's directory.

    OPTIONS:
      --keep-for <time>       Drop what was written longer ago: 90d, 12w, 36h;
                              forever.
      --maximum-size <size>   Drop the oldest while all are larger: 5GiB, 500MB;
                              unlimited.
      --delete                Drop them.
      --utc                   Show times in UTC instead of this machine's zone.
      --format <format>       text, or json with stable keys. (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let forget = #"""
    OVERVIEW: Erases an address from the journal, as its owner may ask.

    Wherever the address stands (recipient, original recipient, sender, user,
    replies, notes, tags, counts by user, the senders of mailing lists that spell
    it, its pseudonyms), a random name takes its place, the same everywhere (but
    one for each message where recipients are stored by domain only), from which
    nothing leads back. Its domain, and everything that is counted, stay. The
    journal notes that an address was erased, not which.

    The address is written as the log has it or as mail programs do, quoted or not
    ("john doe"@example.org), in any case, and its domain with the letters of its
    language or as xn--: all spellings of one address are erased together.

    Beside a running softbounced this works too; run it as root or as the journal's
    owner. Interrupted, it is run again with the same address. Copies elsewhere are
    not touched: backups, and the mail log itself. While mail to the address is in
    the queue, new events name it again, and the message stays open in reports,
    because nothing ties the address to its random name: forget it once more when
    the queue no longer has it.

    Exit status: 0 erased; 1 nothing names the address; 2 wrong usage; 3 something
    could not be searched or written: run it again.

    USAGE: softbounce journal forget <address> ... [--journal <dir>] [--dry-run] [--format <format>]

    ARGUMENTS:
      <address>               The address, with its domain; several are erased in
                              one go.

    OPTIONS:
      --journal <dir>         The journal's directory, if not this machine's.
      --dry-run               Only count what names the address.
      --format <format>       text, or json with stable keys. (values: text, json;
                              default: text)
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

    The old one then is a second copy of people's addresses: softbounce journal
    forget has to be told of it.

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
