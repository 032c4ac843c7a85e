extension HelpGolden {
  static let importing = #"""
    OVERVIEW: Brings old mail logs into a journal, so that it begins with their
    history.

    FILE is a mail log of Postfix or Sendmail, plain or compressed (gzip, zstd, xz,
    bzip2); name rotated ones in any order: softbounce import /var/log/mail.log*

    What the journal has, whether imported or followed by softbounced, is passed
    over: importing a file again, under another name, compressed, or after it grew,
    adds what is new in it and nothing else. An import that was cut off goes on
    where it was when it is run again. Lines are known by the host, the file's
    first 4 KiB and their place behind them.

    A journal has one writer: stop softbounced for the import and start it
    afterwards; it reads from the log what it missed meanwhile, and passes over
    what was imported. Best done before its first start: a message that was put off
    in an imported log and left the queue in one that softbounced followed stays
    open in reports. Likewise for logs imported one by one, newer ones first: name
    them in one command.

    Lines that name this machine (as configured, or by its first label) are this
    machine's; others keep the host that they name. A log that the journal has as
    another host's is refused, because its lines would count twice: nothing of any
    log is added then, and the message says which --host to give. Run as root, it
    writes as the user who owns the journal. Nothing of the systemd journal need be
    imported: softbounced reads it from its beginning.

    Exit status: 0 done, also if nothing was new; 2 wrong usage, or a log that the
    journal has as another host's (nothing was imported); 3 a file could not be
    read in whole (what could be read was imported) or the journal not be written.

    USAGE: softbounce import <file> ... [--journal <dir>] [--host <name>] [--dry-run] [--format <format>]

    ARGUMENTS:
      <file>                  Mail logs.

    OPTIONS:
      --journal <dir>         The journal's directory.
      --host <name>           Every line is from this host, whatever it says.
      --dry-run               Say what would be added, and add nothing; also while
                              softbounced runs.
      --format <format>       text, or json with stable keys. (values: text, json;
                              default: text)
      --version               Show the version.
      -h, --help              Show help information.


    """#
}
