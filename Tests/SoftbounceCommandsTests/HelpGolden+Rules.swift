/// The help of `explain` and `rules` as it is printed.
extension HelpGolden {
  static let explain = #"""
    OVERVIEW: Says what a reply or a log line means, which rule says so, and why.

    WHAT is a text in quotes, a file of texts, one a line, or - for standard input;
    several words without quotes are one text. A text may be a server's reply (450
    4.2.1 …), a line of a mail log, a reason out of one (host … said: …), the
    Diagnostic-Code of a delivery report, or an event (JSON); its shape tells
    which. The site's own rules come first.

    With --format json: one object a line, in order, for every line that is not
    empty: text, cause, scope, origin, provider, rule, evidence, retry_after,
    confidence (null where there is nothing to say), then retry_helps, block_list,
    page, hint, documentation and alternatives where there is.

    Confidence is a rank by the kind of evidence, 0 to 1.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce explain [<what> ...] [--direction <direction>] [--provider <name>] [--stage <stage>] [--rules <path>] [--format <format>]

    ARGUMENTS:
      <what>                  Texts, files, or -.

    OPTIONS:
      --direction <direction> Who spoke, where a text does not show it: outbound
                              (other servers to us), inbound (we to a client).
      --provider <name>       Whose server it was, such as google.
      --stage <stage>         The point of the session: connect, ehlo, starttls,
                              auth, mail, rcpt, data, end-of-data.
      --rules <path>          A rule file or a directory of them to try instead of
                              the site's own.
      --format <format>       text, or json (JSON Lines). (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let rules = #"""
    OVERVIEW: Shows, tests and checks the rules that name causes, and drafts new
    ones.

    Rules are YAML: the site's own, /etc/softbounce/rules.d/*.yaml, come first,
    then those that are built in. A rule of a known id replaces ours.

      - id: partner-busy
        cause: system-busy
        provider: any
        codes: ['45*']
        words: [partner desk closed]
        patterns: ['\bPD-\d{4}\b']
        hint: They open at 8.
        matches: ['450 4.3.2 PD-1234: partner desk closed']
        rejects: ['450 4.3.2 busy']

    Every key states a condition, and all that are stated must hold: provider,
    direction, hop, origin, stages, codes (450, 45*), enhanced (4.7.*; the class is
    not looked at), yields_to (enhanced codes that say more than the rule where the
    reply is permanent; it leaves those alone), words (one of them, whole words
    unless a * says otherwise), all_of, none_of, patterns (one of these regular
    expressions, in Perl's syntax). They see the reply as one line in lower case,
    without repeated blanks and codes, with mail addresses as @. In host names and
    URLs only words with one of . / = ? # inside are looked for, and patterns with
    a \. or a /. scope, hint, documentation, source and retry_helps are told with
    the verdict. nonexistent (recipient or domain) says that with a permanent code
    there is none, so that the address is proposed for suppression at once. matches
    and rejects are texts that the rule must and must not take; they are run as
    tests.

    USAGE: softbounce rules <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    SUBCOMMANDS:
      list                    Lists the rules in the order in which they are tried.
      test                    Runs the texts that each rule must and must not take,
                              ours and the site's.
      check                   Checks rule files before they are put into rules.d.
      suggest                 Drafts rules for the replies that no rule knows.

      See 'softbounce help rules <subcommand>' for detailed help.

    """#

  static let rulesList = #"""
    OVERVIEW: Lists the rules in the order in which they are tried.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce rules list [--cause <cause>] [--provider <name>] [--rules <path>] [--format <format>]

    OPTIONS:
      --cause <cause>         Only rules of this cause.
      --provider <name>       Only rules of this provider; any for those of no
                              provider.
      --rules <path>          A rule file or a directory of them instead of the
                              site's own.
      --format <format>       text, or json (JSON Lines, all that a rule says).
                              (values: text, json; default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let rulesTest = #"""
    OVERVIEW: Runs the texts that each rule must and must not take, ours and the
    site's.

    A text of `matches` must be taken by its rule and by none before it; a text of
    `rejects` must not be taken.

    Exit status: 0 all is as the rules say; 2 wrong usage; 4 something is not, or a
    rule was refused.

    USAGE: softbounce rules test [--rules <path>] [--format <format>]

    OPTIONS:
      --rules <path>          A rule file or a directory of them instead of the
                              site's own.
      --format <format>       text, or json (JSON Lines, one for each fault).
                              (values: text, json; default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let rulesCheck = #"""
    OVERVIEW: Checks rule files before they are put into rules.d.

    Says what is wrong with file, line and column, which rules would be refused
    (the others load), and runs their texts beside our rules. Warnings are about
    what works but could be better.

    Exit status: 0 no error; 2 wrong usage; 3 a file could not be read; 4 errors.

    USAGE: softbounce rules check <file> ... [--format <format>]

    ARGUMENTS:
      <file>                  Rule files.

    OPTIONS:
      --format <format>       text, or json (JSON Lines, one for each finding).
                              (values: text, json; default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#

  static let rulesSuggest = #"""
    OVERVIEW: Drafts rules for the replies that no rule knows.

    Reads a journal or mail logs as softbounce report does, judges everything by
    today's rules, and writes a rule file for the most frequent replies that no
    rule knows, then for those that were judged by their reply code alone. Give
    each draft a cause; softbounce rules check FILE then takes it.

    Exit status: 0 answered; 1 nothing found; 2 wrong usage; 3 an input could not
    be read in whole (what could be read was answered) or the output not be written.

    USAGE: softbounce rules suggest [<path> ...] [--since <time>] [--until <time>] [--where <condition> ...] [--utc] [--top <count>] [--rules <path>] [--format <format>]

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
      --top <count>           Drafts to write, 1 to 1000. (default: 10)
      --rules <path>          A rule file or a directory of them instead of the
                              site's own.
      --format <format>       text for a rule file, or json (JSON Lines of
                              templates, counts and examples). (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#
}
