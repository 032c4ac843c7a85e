import ArgumentParser

/// `softbounce rules`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Shows, tests and checks the rules that name causes, and drafts new ones.",
    discussion: """
      Rules are YAML: the site's own, /etc/softbounce/rules.d/*.yaml, come first, then those that are built in. A rule \
      of a known id replaces ours.

        - id: partner-busy
          cause: system-busy
          provider: any
          codes: ['45*']
          words: [partner desk closed]
          patterns: ['\\bPD-\\d{4}\\b']
          hint: They open at 8.
          matches: ['450 4.3.2 PD-1234: partner desk closed']
          rejects: ['450 4.3.2 busy']

      Every key states a condition, and all that are stated must hold: provider, direction, hop, origin, stages, codes \
      (450, 45*), enhanced (4.7.*; the class is not looked at), yields_to (enhanced codes that say more than the rule \
      where the reply is permanent; it leaves those alone), words (one of them, whole words unless a * says \
      otherwise), all_of, none_of, patterns (one of these regular expressions, in Perl's syntax). They see the reply \
      as one line in lower case, without repeated blanks and codes, with mail addresses as @. In host names and URLs \
      only words with one of . / = ? # inside are looked for, and patterns with a \\. or a /. scope, hint, \
      documentation, source and retry_helps are told with the verdict. nonexistent (recipient or domain) says that with \
      a permanent code there is none, so that the address is proposed for suppression at once. matches and rejects are \
      texts that the rule must and must not take; they are run as tests.
      """,
    subcommands: [
      RulesListCommand.self, RulesTestCommand.self, RulesCheckCommand.self, RulesSuggestCommand.self,
    ])
}

/// Which rules beside ours.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A rule file or a directory of them instead of the site's own.", valueName: "path"))
  var rules: String?

  func source(_ site: SiteConfiguration) -> RuleSource { RuleSource(rules ?? site.rules, isAsked: rules != nil) }
}
