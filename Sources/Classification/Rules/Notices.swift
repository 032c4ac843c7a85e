extension BuiltInRules {
  static let notices = BuiltInRules(
    name: "notices.yaml",
    text: #"""
      # What bounce notices say in their own words, without a code: no log line has these.
      # Texts: qmail-send.c and qmail-remote.c (qmail 1.03), Yahoo's and Gmail's notices, IMail's SMTP32, Netscape
      # Messaging and InterMail, E500, Lotus Domino, Exim 4 (deliver.c, moan.c), OpenSMTPD (bounce.c), DragonFly Mail
      # Agent (mail.c).
      - id: notice-no-such-user
        cause: mailbox-unavailable
        words: ['User not known', 'Invalid final delivery userid', 'not listed in Domino Directory',
          'not listed in public Name & Address Book', 'matches found in Domino Directory',
          'No matches to nameserver query', 'has not been collected after', 'ha expirado por falta de uso',
          'did not exactly match']
        matches: ['Invalid final delivery userid: bob@example.com',
          'User bob (bob@example.com) not listed in Domino Directory']
        rejects: ['Delivery failed 20 attempts: bob@example.com']
      - id: notice-no-account
        cause: mailbox-unavailable
        nonexistent: recipient
        all_of: ["This user doesn't have a", 'account']
        matches: ["This user doesn't have a example.com account (bob@example.com) [-9]"]
        rejects: ["This user doesn't have a quota"]
      - id: notice-unreachable
        cause: connect-failure
        words: ['Could not initiate SMTP conversation with any hosts', 'not reachable within the allowed queue period',
          "I wasn't able to establish an SMTP connection", 'was not able to establish an SMTP connection']
        matches: ['TEMP_FAILURE: Could not initiate SMTP conversation with any hosts',
          "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)"]
        rejects: ["Sorry, I couldn't find any host by that name."]
      - id: notice-connect-timed-out
        cause: connect-failure
        evidence: provider
        all_of: ['initiate SMTP conversation', 'Connection timed out']
        hint: Gmail's old notices; it could not connect. What was dropped had been connected.
        matches: ['TEMP_FAILURE: Could not initiate SMTP conversation with any hosts: [mx.example.net. (10): Connection timed out]']
        rejects: ['TEMP_FAILURE: Could not initiate SMTP conversation with any hosts: [mx.example.net. (1): Connection dropped]']
      - id: notice-connection-broken
        cause: connection-lost
        all_of: ['connection with', 'is broken']
        matches: ['connection with mx.example.com is broken']
        rejects: ['the connection with our directory is fine']
      - id: notice-no-such-host
        cause: dns-failure
        words: ["couldn't find any host by that name", "couldn't find any host named",
          "couldn't find a mail exchanger or IP address", 'Could not find a gateway for',
          'MX or SRV record indicated no SMTP service', 'Invalid Domain Name:', 'invalid host:']
        matches: ["Sorry, I couldn't find any host by that name.",
          "Sorry, I couldn't find any host named example.invalid. (#5.1.2)",
          'Invalid Domain Name: <bob@example.invalid>',
          'invalid host: example.invalid Unable to deliver to: bob@example.invalid']
        rejects: ["Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)"]
      - id: notice-gave-up
        cause: system-busy
        words: ['Envelope expired', 'Could not deliver for the last']
        matches: ['Could not deliver for the last 432000 seconds. Giving up.']
        rejects: ['Delivery failed 20 attempts: bob@example.com']
      - id: notice-attempts-failed
        cause: system-busy
        all_of: ['Delivery failed', 'attempts']
        matches: ['Delivery failed 20 attempts: bob@example.com']
        rejects: ['Could not deliver for the last 432000 seconds. Giving up.']
      - id: notice-group
        cause: policy
        words: ['permission to post', 'the group you tried to contact', 'due to organizational settings',
          'Mailing to remote domains not supported']
        matches: ['You may need to join the group before receiving permission to post.',
          'Message bounced due to organizational settings.']
        rejects: ['The group of servers that you tried is busy']
      - id: notice-group-elsewhere
        cause: policy
        direction: outbound
        words: ['gruppe', 'gruppen', 'groupe', 'grupo', 'gruppo', 'skupina', 'skupiny', 'skupině', 'grupy', 'grupa', 'groep',
          'група', 'групи', 'группа', 'группы', 'グループ', '群組', '群组']
        patterns: ['berechtigung|beitreten|zu posten|mitglied', 'permiso|permiss|publicar|publier|pubblicar|rejoindre|unirte',
          'opr(?:a|á)vn|p(?:r|ř)isp(?:e|ě)v|uprawnie|publikow|lid worden|plaatsen', 'дозвол|дописи|разреш|публик|сообщени',
          '投稿|張貼|发帖|权限|權限']
        hint: The group does not exist, or takes mail from its members only.
        matches: ['Die Gruppe gibt es nicht, oder Ihnen fehlt die Berechtigung, ihr zu schreiben.',
          'El grupo se ha cerrado, o no tiene permiso para publicar.', 'Такой группы нет, или у вас нет разрешения: группа закрыта.']
        rejects: ['Die Gruppe der Server ist nicht erreichbar', 'El grupo de servidores no responde']
      - id: notice-without-recipients
        cause: protocol
        words: ['contained no recipient addresses']
        matches: ['A message that you sent contained no recipient addresses, and therefore no delivery could be attempted.']
        rejects: ['550 no recipient of that name']
      - id: notice-malformed-address
        cause: protocol
        words: ['malformed address:']
        matches: ['malformed address: <bob@example.net> may not follow ann@example.com']
        rejects: ['550 malformed message']
      """#)
}
