extension HelpGolden {
  static let provider = #"""
    OVERVIEW: One provider's story over time: since when, how bad, whose mail.

    By hour or by day: attempts, deferrals and their rate, recipients put off and
    how they ended, how many are open, and the main cause; then causes, replies,
    and whose mail it concerns. Recipients that were put off up to 8 days before
    the period count as open when it begins. Days begin at 00:00 of this machine's
    zone (with --utc of UTC), weeks on Monday. Of a period that is past it says how
    it was at its end; how recipients ended is looked for up to 30 days later. PATH
    is a journal's directory, a mail log, a file of events, or - for standard
    input. Without a PATH it is this machine's journal.

    An hour of trouble has at least 5% of its attempts put off; trouble is over
    after 6 hours without. It is getting worse or better if the rates of its two
    halves differ more than chance allows (Fisher's exact test, 1%).

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce provider <name> [<path> ...] [--since <time>] [--until <time>] [--where <condition> ...] [--utc] [--step <step>] [--top <rows>] [--format <format>]

    ARGUMENTS:
      <name>                  A provider's name, as reports show it.
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
      --step <step>           Length of a line of the story: hour, day or week;
                              else what fits. (values: hour, day, week)
      --top <rows>            Rows of a table, 1 to 10000. (default: 5)
      --format <format>       text, or json with stable keys. (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let domain = #"""
    OVERVIEW: One recipient domain's story over time.

    By hour or by day: attempts, deferrals and their rate, recipients put off and
    how they ended, how many are open, and the main cause; then causes, replies,
    and whose mail it concerns. Recipients that were put off up to 8 days before
    the period count as open when it begins. Days begin at 00:00 of this machine's
    zone (with --utc of UTC), weeks on Monday. Of a period that is past it says how
    it was at its end; how recipients ended is looked for up to 30 days later. PATH
    is a journal's directory, a mail log, a file of events, or - for standard
    input. Without a PATH it is this machine's journal.

    An hour of trouble has at least 5% of its attempts put off; trouble is over
    after 6 hours without. It is getting worse or better if the rates of its two
    halves differ more than chance allows (Fisher's exact test, 1%).

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce domain <name> [<path> ...] [--since <time>] [--until <time>] [--where <condition> ...] [--utc] [--step <step>] [--top <rows>] [--format <format>]

    ARGUMENTS:
      <name>                  A recipient domain.
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
      --step <step>           Length of a line of the story: hour, day or week;
                              else what fits. (values: hour, day, week)
      --top <rows>            Rows of a table, 1 to 10000. (default: 5)
      --format <format>       text, or json with stable keys. (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let message = #"""
    OVERVIEW: One message's story: every try to every recipient, and how it ended.

    ID is a queue id, or a Message-ID with or without angle brackets. PATH is a
    journal's directory, a mail log, a file of events, or - for standard input.
    Without a PATH it is this machine's journal.

    The second pass through a content filter and a requeue belong to the same
    story. Several messages with that id are told one after another, by arrival. A
    message that arrived at once leaves nothing to tell, unless journal.scope is
    all.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce message <id> [<path> ...] [--utc] [--format <format>]

    ARGUMENTS:
      <id>                    A queue id or a Message-ID.
      <path>                  Journals' directories, mail logs, or -.

    OPTIONS:
      --utc                   Show times in UTC instead of this machine's zone.
      --format <format>       text, or json with stable keys. (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let recipients = #"""
    OVERVIEW: Addresses that soft-bounced, and what to do about each.

    PATH is a journal's directory, a mail log, a file of events, or - for standard
    input. Without a PATH it is this machine's journal. Addresses are those that
    the sender wrote to (before aliases), in lower case, quoted only where they
    have to be, with international domains as xn--.

    A soft bounce is a message that was put off, however often. What speaks against
    an address is a message that was given up or bounced for a cause that the
    recipient or their site has to mend, at most one a day. Causes of ours
    (reputation, content, rate limits, our own configuration) never do, nor reports
    that match no message of ours, nor connect and DNS failures while most other
    domains fail likewise: over half of at least three others, in the half hour
    before or the half hour after; those that were dead before have no voice. The
    proposals:

      suppress      a permanent code said that there is no such address or
                    domain, or three such messages in a row that span more
                    than 14 days
      mailbox-full  put off or failed since its last delivery, for a full mailbox
      watch         failed since its last delivery, for whatever cause, or put
                    off for a cause that is theirs to mend
      healthy       neither, or delivered to since, or nothing for 90 days

    An alias that leads to an address which does not exist is watched; that address
    is proposed.

    Logs and journals may be read in any order: the times in them count. A delivery
    is none if a report that matches it says later that the message did not arrive.
    The last success is the last delivery that is known: in logs every one is; a
    journal with scope: trouble holds those of messages that had been put off and
    the first after a failure, and counts mail that arrives at once.

    The numbers are the policy's, from the section recipients of the configuration,
    or the options below.

    CSV and JSON (JSON Lines) hold all addresses; in CSV a cell that a spreadsheet
    would take for a formula begins with an apostrophe. Memory grows with the
    addresses that have a message on its way, some 80 bytes each, up to --limit.
    The others wait in a temporary file that nobody else can read, in TMPDIR or
    /var/tmp: 60 bytes each, 16 for each message that arrived or failed, and 120
    for each address for CSV and JSON. Where there is no room for it, those against
    which nothing stands are dropped beyond the limit.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce recipients [<options>] [<path> ...]

    ARGUMENTS:
      <path>                  Journals' directories, mail logs, or -.

    OPTIONS:
      --state <proposal>      Only this proposal; repeat it for several. (values:
                              healthy, watch, mailbox-full, suppress)
      --cause <cause>         Count only soft bounces of this cause. (values:
                              greylisted, rate-limited, connection-limit,
                              recipient-rate, mailbox-full, mailbox-unavailable,
                              recipient-unverified, sender-unverified, reputation,
                              blocklisted, authentication, reverse-dns, content,
                              policy, system-busy, system-storage, connect-failure,
                              connection-lost, dns-failure, tls-failure,
                              too-many-recipients, message-too-large, protocol,
                              routing, local-configuration, local-resource,
                              filter-failure, unclassified)
      --min <count>           Only addresses with so many soft bounces. (default: 0)
      --within <time>         Count only soft bounces of the last while: 90m, 24h,
                              30d.
      --until <time>          Read nothing after this: today, 2026-11-23, RFC 3339.
      --messages <count>      Failed messages in a row for a proposal to suppress;
                              else 3.
      --span <days>           Days that they must span; else more than 14.
      --forget <days>         Days after which an address starts anew; else 90.
      --limit <count>         Addresses that are kept in memory at once, 1 to
                              100000000. (default: 1000000)
      --top <rows>            Addresses that are shown as text; 0 for all.
                              (default: 50)
      --utc                   Read and show times in UTC instead of this machine's
                              zone.
      --format <format>       text, csv, or json for JSON Lines. (values: text,
                              csv, json; default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let segment = #"""
    OVERVIEW: Marks each address of a mailing list with what the journal knows, or
    splits the list.

    LIST is a CSV file, or - for standard input: separated by comma, semicolon, tab
    or |, with or without a header, in UTF-8 or Latin-1. A first line sep=; as for
    Excel names the separator and stays where it is. The column of the addresses is
    the one that is named like one and holds some. Everything else of a line stays
    as it is; one with fewer fields than the first is filled up. PATH is what
    softbounce recipients reads: without one, this machine's journal.

    Four columns are added: softbounce_state (healthy, watch, mailbox-full,
    suppress, or invalid for what is no address), softbounce_cause,
    softbounce_last_seen, and softbounce_reception, an estimate from 0 to 1 that
    the next message is received. Those of them that the list has already, from an
    earlier run, are written anew. With --split each state goes to a file of its
    own, such as watch.csv; of a list that can't be read to its end, watch.csv.part
    has what came before.

    With --format json each line of the list becomes an object on a line of its
    own: line, the number of the list's line; address, the one that decides, as
    softbounce recipients writes it; state, cause, last_seen and reception, as
    above; and row, the line's fields as texts, by the names of their columns
    (without a header by their numbers, from 1). What is not known is left out.
    --split makes watch.jsonl of it.

    Where the journal stores recipients under pseudonyms, the key is needed that
    they are made with (by root or the journal's owner); where it stores their
    domain alone, no address of a domain that it tells of can be found. If the list
    has an address that may be one of those, nothing is marked.

    A field may have a name before the address, angle brackets, mailto: and several
    addresses, with commas or semicolons between them. Of several the worst state
    counts: suppress, invalid (a part that is no address), mailbox-full, watch,
    healthy.

    The estimate: the share of the domain's recipients that got their mail (with 20
    of the average domain added), weighed as four messages, together with the
    address' own: up to four that arrived late, and all that failed since the last
    that arrived. An address that does not exist has 0. Addresses whose mail
    arrived at once are in no journal: they are healthy here, with their domain's
    share.

    Lists of any length are read line by line; memory grows with the addresses that
    had trouble, some 22 bytes each, and while the journal is read as that of
    softbounce recipients.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce segment <list> [<path> ...] [--column <column>] [--delimiter <character>] [--split <dir>] [--messages <count>] [--span <days>] [--forget <days>] [--limit <count>] [--format <format>]

    ARGUMENTS:
      <list>                  The mailing list, or -.
      <path>                  Journals' directories or mail logs.

    OPTIONS:
      --column <column>       Name or number of the column with the addresses.
      --delimiter <character> What separates the columns; tab for a tab.
      --split <dir>           Write healthy.csv, watch.csv … into this directory
                              instead of one list.
      --messages <count>      Failed messages in a row for a proposal to suppress;
                              else 3.
      --span <days>           Days that they must span; else more than 14.
      --forget <days>         Days after which an address starts anew; else 90.
      --limit <count>         Addresses that are kept in memory at once, 1 to
                              100000000. (default: 1000000)
      --format <format>       csv, the list as it was with four more columns, or
                              json for JSON Lines. (values: csv, json; default: csv)
      --version               Show the version.
      -h, --help              Show help information.


    """#
}
