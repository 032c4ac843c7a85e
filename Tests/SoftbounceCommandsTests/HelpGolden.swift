/// The help as it is printed.
enum HelpGolden {
  static let root = #"""
    OVERVIEW: Tells what other servers put off, why, and how it ended.

    Reads the journal that softbounced keeps, or mail logs of Postfix and Sendmail
    as they are.

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

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    SUBCOMMANDS:
      report                  What was put off, by whom, why, and how it ended.
      provider                One provider's story over time: since when, how bad,
                              whose mail.
      domain                  One recipient domain's story over time.
      message                 One message's story: every try to every recipient,
                              and how it ended.
      recipients              Addresses that soft-bounced, and what to do about
                              each.
      segment                 Marks each address of a mailing list with what the
                              journal knows, or splits the list.
      events                  Prints events as JSON Lines, from a journal or from
                              mail logs.
      tail                    Follows a journal as it is written, one readable line
                              an event.
      import                  Brings old mail logs into a journal, so that it
                              begins with their history.
      explain                 Says what a reply or a log line means, which rule
                              says so, and why.
      rules                   Shows, tests and checks the rules that name causes,
                              and drafts new ones.
      dsn                     Reads delivery reports (bounces, delay notices) and
                              says what they say.
      journal                 What the journal holds, whether it is sound, and how
                              to take from it.

      See 'softbounce help <subcommand>' for detailed help.

    """#

  static let report = #"""
    OVERVIEW: What was put off, by whom, why, and how it ended.

    PATH is a journal's directory, a mail log, a file of events (JSON Lines), or -
    for standard input; several are read as one, logs in the order of their time.
    Each may be compressed with gzip, zstd, xz or bzip2. A directory or files of
    the systemd journal are a log too: /var/log/journal; so is what journalctl -o
    export or -o json writes of them. Without a PATH it is this machine's journal,
    /var/lib/softbounce/journal; where there is none, its mail log or its systemd
    journal.

    Rates: deferrals that were attempts, divided by attempts. Recipients that the
    queue manager held back without a try, deliveries to our own mailboxes, and
    clients that our own server turned away stand apart. Periods are moved to whole
    minutes.

    Recovered are those first put off within the period that have arrived by now;
    percentiles are of them, and the ones still open will only add longer times. Of
    very many they are estimates, marked ~, and a note says how good. Ends are
    looked for up to 30 days after the period. A requeue goes on with the same
    life; a queue id used again is another message.

    --quick answers from what sealed segments say of themselves, in a moment, if
    the period begins and ends on the hour and only cause, scope, origin, provider,
    type, source, direction and hop are asked for; where they do not tell, it reads
    the beginning of each line. Other keys of that beginning: domain, service,
    host, instance, stage, status.

    Hours and days are those of this machine's zone, with --utc of UTC. --compare
    goes by the calendar where the period begins and ends at 00:00: as many days
    before it, or the same days a week earlier, even if one of them has 23 or 25
    hours. It counts first attempts that were put off, so that retries weigh
    nothing, and recipients that were held back without one. A difference is called
    clear if chance alone gives one like it in less than 1 of 100 such tables
    (Fisher's exact test; where the number of first attempts is unknown the exact
    binomial test on counts alone, which knows nothing of how much was tried;
    Holm's correction over the rows), never for counts below 5. One outage hits
    many messages at once: clear is not the luck of single deliveries, not a proof
    of what caused it. Where what is read begins later than the other period,
    nothing is said to be clear.

    Keys for --where and --by: cause, scope, provider, domain, sender-domain,
    service, user, client, relay, reply, origin, stage, status, reply-code, host,
    instance, rule, sender, recipient, tag.NAME; for --where also type, direction,
    hop, source, queue-id, message-id, orig-recipient, attempt, matched.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce report [<path> ...] [--since <time>] [--until <time>] [--where <condition> ...] [--utc] [--by <key> ...] [--top <rows>] [--rejudge] [--quick] [--compare <period>] [--format <format>]

    ARGUMENTS:
      <path>                  Journals' directories, mail logs, or -.

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
      --by <key>              Show only the table of this key; repeat it for
                              several.
      --top <rows>            Rows of a table, 1 to 10000. (default: 10)
      --rejudge               Judge what a journal holds by today's rules instead
                              of those of its time; nothing is written.
      --quick                 Counts by cause, scope and provider alone, in a
                              moment: from what sealed segments say of themselves.
      --compare <period>      Compare with the period before this one, or the same
                              one a week earlier. (values: previous, week)
      --format <format>       text, or json with stable keys. (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let events = #"""
    OVERVIEW: Prints events as JSON Lines, from a journal or from mail logs.

    PATH is a journal's directory, a mail log, a file of events, or - for standard
    input, as for 'softbounce report'; compressed files, sealed segments of a
    journal and the systemd journal too. Tallies (each minute's counts) are printed
    only if --type asks for them.

    Types: transient-failure, delivery, bounce, expiration, rejection,
    delay-notice, remote-bounce, message, tally, alert, gap, deletion, erasure.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce events [<path> ...] [--since <time>] [--until <time>] [--where <condition> ...] [--utc] [--type <type> ...] [--with-position] [--format <format>]

    ARGUMENTS:
      <path>                  Journals' directories, mail logs, or -.

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
      --with-position         Add file and line, where the event was read, in front
                              of each event. Of a log every line that tells of a
                              failure is printed then, also one that a journal only
                              counts (a suspension told again, rejections beyond 60
                              a minute): such an event has a note.
      --format <format>       json (JSON Lines), the only one here; journal export
                              has CSV. (values: json; default: json)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let tail = #"""
    OVERVIEW: Follows a journal as it is written, one readable line an event.

    Ends with Ctrl-C, or after the last lines with --no-follow. Without DIR it is
    this machine's journal, /var/lib/softbounce/journal.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce tail [<dir>] [-n <lines>] [--no-follow] [--since <time>] [--until <time>] [--where <condition> ...] [--utc] [--type <type> ...] [--format <format>]

    ARGUMENTS:
      <dir>                   The journal's directory.

    OPTIONS:
      -n <lines>              Lines of the past to begin with. (default: 10)
      --no-follow             Print the last lines and end.
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
      --format <format>       text, or json for JSON Lines. (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let dsn = #"""
    OVERVIEW: Reads delivery reports (bounces, delay notices) and says what they
    say.

    PATH is a message, an mbox, a directory (a Maildir, or files) or - for standard
    input; files may be compressed with gzip, zstd, xz or bzip2. Reports in the
    standard format (RFC 3464) and the notices in words of qmail, Exim, Exchange
    and others are read; automatic answers, complaints and ordinary mail are told
    apart.

    With --format json: one object a line and recipient; a message that reports
    nothing gives one object of kind none. Where a notice in words shows no code,
    status is the one that its words stand for (RFC 3463), 4.2.2 for a full
    mailbox. A report of which a part was left unread says in exceeded which limit
    it goes beyond (depth, parts, line, header, recipients).

    Kinds: bounce, delay, delivered, relayed, expanded, auto-reply, feedback, none.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce dsn <path> ... [--format <format>]

    ARGUMENTS:
      <path>                  Messages, mailboxes, directories, or -.

    OPTIONS:
      --format <format>       text, or json (JSON Lines). (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#
}
