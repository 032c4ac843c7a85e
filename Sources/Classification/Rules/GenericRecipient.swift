extension BuiltInRules {
  static let genericRecipient = BuiltInRules(
    name: "generic-recipient.yaml",
    text: #"""
      # Wordings that many servers share and that speak of the recipient, its domain or the message.
      - id: recipient-policy
        cause: policy
        words: ['list of senders to accept', 'not pre-approved', 'members-only', 'closed mailing list', 'user rules',
          'refuses to receive', 'refuse to receive', 'restricted to', 'senders to accept mail from',
          'not authorized to send to', 'RestrictedToRecipientsPermission', 'on the recipient''s list',
          'blocked by the recipient', 'blocked by the user', 'blocked by user', 'this account is protected by',
          'challenge asking for verification', 'mail from outside']
        hint: The recipient, or the list, takes mail from chosen senders only.
        matches: ['450 4.7.1 Delivery not authorized, this list is members-only']
        rejects: ['450 4.7.1 Delivery is delayed, this list is long']
      - id: remote-loop
        cause: routing
        scope: domain
        words: ['mail loop*', 'routing loop*', 'too many hops', 'hop count exceeded', 'points back to',
          'loop was found', 'is looping', 'loops back to', 'loop detected', 'this message is looping',
          'maximum hop count']
        none_of: ['unverified address', 'undeliverable address']
        hint: The receiving side sends the message in a circle; its operator has to mend its forwarding or MX records.
        matches: ['450 4.4.6 Too many hops, this message is looping']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: undeliverable address: mail loops back to myself']
      - id: content
        cause: content
        words: ['spam', 'virus*', 'malware*', 'phishing', 'attachment*', 'message content', 'content rejected',
          'content filter*', 'banned content', 'junk mail', 'bulk mail', 'spam content', 'message looks like',
          'suspected spam', 'considered spam', 'detected as', 'classified as', 'spam score', 'spam-like', 'mime',
          'header*', 'bare lf', 'bare newline', 'line too long', 'lines longer', 'invalid message format', 'rfc 5322',
          'rfc 2822', 'rfc822', 'message-id', 'message id', 'from header', 'url', 'urls', 'contains a link', 'charset',
          'body', 'help_spam_16.htm', 'message contains', 'content is', 'filtered as', 'unacceptable content',
          'bulk email', 'bulk e-mail', 'mail content', 'message filtered', 'binary content', 'blocked by spamassassin',
          'antispam checks', 'spamassassin score', 'spamprofiler', 'recurrent pattern detection', 'bulk.advertising',
          'our system has detected that this message', 'flagged by', 'suspicious link*', 'suspicious content',
          'suspicious attach*', 'its content presents', 'due to content', 'due to its content', 'due to the content']
        none_of: ['antispam policy', 'anti-spam policy', 'mailbox*', 'user unknown', 'rate*', 'virus_scan',
          'virus scanners', 'header.from', 'see url', 'visit the url', 'virus scanner', 'spam scanner', 'spam check',
          'scanner', 'anti-virus', 'antivirus', 'timeout', 'not available', 'anti-spam system', 'antispam system',
          'unavailable', 'content filter failed', 'filter end message failed', 'failure', 'body error', 'see <url',
          'anti-spam measure', 'not responding', 'did not respond', 'does not respond', 'no response', 'timed out',
          'disk space', 'disk full', 'no space left', 'out of space', 'overloaded', 'not running']
        hint: The server objects to this message, not to us. Look at its links, attachments and headers.
        matches: ['451 4.7.1 Message content looks like spam, try again later', '450 4.7.0 Virus found in message',
          '552 5.7.0 This message was blocked because its content presents a potential security issue.',
          '451 4.6.0 Message contains bare LF', '451 Message temporarily rejected due to content.']
        rejects: ['451 4.3.0 Virus scanner failure, spam not checked', '450 mailbox for spam is full',
          '451 4.3.0 content filter not responding', '451 4.3.0 Out of disk space in spam quarantine',
          '450 4.3.0 content filter of receiver timed out']
      - id: mailbox-full
        cause: mailbox-full
        words: ['mailbox full', 'mailbox is full', 'mailbox quota', 'over quota', 'overquota', 'out of storage',
          'over its quota', 'over their quota', 'over his quota', 'over the quota', 'exceeded quota', 'quota exceeded',
          'quota exceed', 'quota is exceeded', 'exceeded storage', 'exceeded its quota', 'exceeded their quota',
          'exceeded the quota', 'exceeds quota', 'exceeding quota', 'exceeded its storage', 'exceeded mailbox',
          'mailbox size limit', 'mailbox over', 'inbox is full', 'inbox full', 'user is over', 'disk quota',
          'user quota', 'quota full', 'not enough storage space in', 'insufficient storage space in',
          'mailbox has exceeded', 'account is full', 'full mailbox', 'mailbox exceeded', 'storage quota',
          'storage limit', 'account quota', 'quota violation', 'domain quota', 'mailfolder is full', 'mail box full',
          'mailbox storage', 'mailbox limit', 'message would exceed', 'recipient storage full',
          'recipient mailbox full', 'has run out of', 'overfull', 'no space in mailbox', 'postfach voll',
          'boite pleine', 'mailbox is over', 'user''s mailbox is full', 'maildir over', 'maildir has overdrawn',
          'overdrawn', 'exceeded maximum storage', 'space quota', 'quota limit', 'mailbox disk', 'mailboxfull',
          'quotas exceeded', 'insufficient storage', 'inbox is over', 'no storage', 'user disk', 'quota for',
          'mailbox has reached', 'hard quota', 'does not have enough space', 'not have enough space',
          'space not enough', 'quota usage', 'exceeding their quota', 'diskspace quota', 'userdisk quota',
          'domaindisk quota', 'allowed quota', 'pleine', 'lleno', 'casilla llena', 'postfach ist voll', 'schowek pelny',
          'blocks limit exceeded', 'inode limit exceeded', 'mailbox space', 'storage space exceeded',
          'quota of the recipient', 'quota of the mailbox', 'recipient''s remaining quota']
        none_of: ['insufficient system storage', 'sending quota', 'hourly quota', 'system storage', 'sender quota',
          'quota for sending', 'messages per', 'daily', 'hourly', 'data command rejected', 'queue quota',
          'message quota', 'quota for sender', 'storage on server', 'storage on the server']
        hint: Only the recipient can make room.
        matches: ['452 The email account that you tried to reach is over quota.', '450 Mailbox full',
          '422 <a@example.org>: user''s mailbox is full, quota exceeded',
          '452 Message size exceeds the remaining quota of the recipient']
        rejects: ['452 4.3.1 Insufficient system storage', '452 4.3.4 Message size exceeds fixed limit']
      - id: mailbox-full-wording
        cause: mailbox-full
        words: [mailbox*, inbox, account, user, 'user''s', recipient, 'recipient''s', mail store, customer]
        patterns: ['(?:no|not enough|insufficient|out of|without) (?:more )?(?:room|space|storage)',
          '(?:size|storage|space) (?:cap\b|limit|is exhausted|exhausted|used up|allocation)',
          '(?:cannot|can.t|can not) hold|hold any more|over its (?:size |storage )?limit|hit its',
          'is (?:almost |completely )?full\b', 'quota (?:\w+ ){0,5}(?:reached|used up)']
        none_of: [message size, message too, system, sender*, server, disk full, queue*, rate, per hour, per day, spool,
          messages per, blocked]
        hint: Only the recipient can make room.
        matches: ['450 Recipient mailbox has hit its size cap', '450 This user''s inbox cannot hold any more messages',
          'the quota of this mailbox has been reached']
        rejects: ['450 the quota of this sender''s mailbox has been reached', '452 4.3.1 No space on the server of this recipient', '552 mailbox user: message size limit']
      - id: recipient-undeliverable
        cause: recipient-unverified
        nonexistent: recipient
        codes: ['5**']
        all_of: ['Recipient address rejected: undeliverable address']
        words: ['user unknown', 'unknown user', 'no such user', 'no such mailbox', 'no mailbox here', 'does not exist',
          'doesn''t exist', 'user not found', 'recipient not found', 'mailbox not found', 'unknown recipient',
          'recipient unknown', 'no such recipient']
        none_of: ['sender', 'spam', 'blocked', 'policy', 'reputation', 'domain not found']
        hint: The server asked the one behind it, which knows no such mailbox. Remove the address.
        matches: ['550 5.1.1 <a@example.org>: Recipient address rejected: undeliverable address: host mx.example.org[192.0.2.9] said: 550 5.1.1 User unknown',
          '550 5.7.1 <a@example.org>: Recipient address rejected: undeliverable address: unknown user']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: undeliverable address: User unknown',
          '550 5.1.1 <a@example.org>: Recipient address rejected: undeliverable address: mail loops back to myself']
      - id: recipient-unverified
        cause: recipient-unverified
        words: ['Recipient address rejected: unverified address', 'Recipient address rejected: undeliverable address',
          'Address verification in progress', 'recipient verify', 'recipient verification',
          'could not verify recipient', 'cannot verify recipient', 'unable to verify recipient',
          'unable to verify user', 'unable to verify address', 'could not verify address', 'verify the recipient',
          'recipient callout', 'callout verification', 'recipient validation', 'could not complete recipient',
          'unverified address', 'unverified recipient', 'address verification', 'recipient could not be verified',
          'callout', 'validate recipient', 'recipient lookup', 'unable to validate', 'user lookup failed',
          'user validation', 'unable to check recipient', 'verify the user', 'user verification', 'checking recipient',
          'directory lookup', 'address lookup', 'could not verify user', 'validating recipient',
          'unable to resolve recipient', 'LDAP results in map']
        hint: The server could not find out now whether the recipient exists; usually a mailbox server behind it does not answer.
        matches: ['450 4.1.1 <a@example.org>: Recipient address rejected: unverified address: Address verification in progress',
          '451 4.1.1 Could not complete recipient verify callout',
          '450 4.1.1 <a@example.org>: Recipient address rejected: unverified address: connect to 192.0.2.9[192.0.2.9]:25: Connection timed out']
        rejects: ['451 Could not complete sender verify callback', '451 4.3.5 LDAP server down',
          '450 4.1.1 <a@example.org>: Recipient address rejected: User unknown']
      - id: recipient-unverified-wording
        cause: recipient-unverified
        words: [recipient, recipients, address, user, mailbox]
        patterns: ['(?:could not|cannot|can.t|can not|unable to|not able to|failed to|couldn.t) (?:be )?(?:verif|validate|check|confirm|look ?up|determine|authenticate the rec)',
          'verification (?:is )?(?:in progress|pending|temporar|failed temp)']
        none_of: [sender*, spf, dkim, dmarc, domain*, certificate*, your, password, virus, spam, 'client host', helo,
          mail from, signature, ip address, login, database, dns]
        hint: The server could not find out now whether the recipient exists; usually a mailbox server behind it does not answer.
        matches: ['451 Cannot check recipient address at the moment',
          '450 4.1.1 Could not verify whether the recipient exists']
        rejects: ['451 Cannot check the sender''s address at the moment', '550 recipient does not exist']
      - id: null-mx-behind
        cause: dns-failure
        nonexistent: domain
        origin: [remote, own-reply]
        words: ['nullMX', 'null MX', 'Host does not accept mail']
        none_of: ['sender*', 'helo', 'mail from']
        retry_helps: false
        hint: The server behind our relay found that the domain takes no mail (null MX, RFC 7505). Check its spelling; else remove the address.
        documentation: https://www.rfc-editor.org/rfc/rfc7505
        matches: ['556 5.1.10 <a@example.net>: Recipient address rejected: Domain example.net does not accept mail (nullMX)',
          '550 Host does not accept mail']
        rejects: ['550 5.7.27 <a@example.com>: Sender address rejected: Domain example.com does not accept mail (nullMX)',
          '521 mx.example.net does not accept mail']
      - id: domain-unknown
        cause: dns-failure
        words: ['domain does not exist', 'domain doesn''t exist', 'nonexistent domain', 'non-existent domain',
          'domain is unknown', 'could not find a gateway for', 'unknown mail server']
        none_of: ['sender', 'helo', 'ehlo', 'from domain']
        hint: The domain of the recipient can't be found. Check its spelling and its DNS.
        matches: ['550 5.4.4 Recipient domain does not exist', '450 4.4.4 nonexistent domain']
        rejects: ['450 4.1.8 sender domain does not exist', '450 user does not exist']
      - id: recipient-domain
        cause: dns-failure
        words: ['Recipient address rejected: Domain not found', 'Recipient address rejected: Malformed DNS',
          'recipient domain', 'Domain of recipient']
        none_of: ['policy', 'quota']
        hint: The server can't find the recipient's domain. Check its spelling and DNS, and whether this is the right server for it.
        matches: ['450 4.1.2 <a@example.org>: Recipient address rejected: Domain not found']
        rejects: ['450 4.1.8 <a@example.org>: Sender address rejected: Domain not found']
      - id: no-such-recipient
        cause: mailbox-unavailable
        nonexistent: recipient
        codes: ['5**']
        words: ['user unknown', 'unknown user', 'userunknown', 'user is unknown', 'no such user', 'no such mailbox',
          'no such recipient', 'no such address', 'no such person', 'no such account', 'no such email address',
          'no mailbox here', 'no mailbox by that name', 'no mailbox found', 'no account by that name',
          'no one here by that name', 'no one by that name', 'no user with this', 'there is no one at this address',
          'user not found', 'mailbox not found', 'recipient not found', 'account not found', 'address not found',
          'recipient notfound', 'email name is not found', 'not found in directory', 'not present in directory',
          'mailbox not present', 'unknown recipient', 'recipient unknown', 'unknown mailbox', 'mailbox unknown',
          'unknown account', 'unknown address', 'address unknown', 'addressee unknown', 'unknown local part',
          'unknown local-part', 'unknown virtual user', 'unknown email address', 'does not exist', 'doesn''t exist',
          'dosn''t exist', 'not exist', 'no longer exists', 'non-existent user', 'nonexistent user',
          'nonexistent account', 'non-existent account', 'non-existent mailbox', 'not an active address', 'not a known user', 'not a valid mailbox', 'not a valid user',
          'not a valid recipient', 'invalid mailbox', 'mailbox invalid', 'invalid recipient', 'invalid user',
          'not recognized as a user', 'not our customer', 'no longer on server', 'bad destination mailbox',
          'unrouteable address', 'validrcptto', '#5.1.1', '(#5.1.1)']
        none_of: ['sender*', 'your ip', 'your server', 'your domain', 'reputation', 'rbl', 'policy', 'spam*', 'blocked',
          'blacklist*', 'too many', 'rate*', 'not listed', 'domain not found', 'domain does not exist', 'mail from',
          'temporar*', 'try again', 'later', 'helo', 'ehlo', 'client host', 'relay*', 'quota', 'full', 'access denied',
          'not allowed', 'badrcptto', 'authentication', 'credentials', 'password', 'login', 'lookup failed',
          'virus*', 'from address', 'return path', 'spf', 'dkim', 'dmarc']
        retry_helps: false
        hint: The server knows no such mailbox. Remove the address.
        matches: ['550 5.1.1 <a@example.org>: Recipient address rejected: User unknown in local recipient table',
          '550 5.7.1 sorry, no mailbox here by that name (chkuser)', '511 sorry, no mailbox here by that name (#5.1.1)',
          '550 5.7.1 No such user!', '553 5.3.0 <a@example.org>... No such user here', '550 Unrouteable address',
          '550 Message was not accepted -- invalid mailbox. Local mailbox a@example.org is unavailable: user not found',
          '550 Invalid Recipient', '550 5.1.1 Not our Customer',
          '554 5.7.1 <a@example.org>: Recipient address rejected: Nonexistent user',
          '550 <a@example.org> is not an active address at this host',
          '550 sorry, this recipient is not in my validrcptto list (#5.7.1)']
        rejects: ['450 4.1.1 <a@example.org>: Recipient address rejected: User unknown in local recipient table',
          '550 5.1.1 <a@example.org>: blocked for its reputation, or no such user',
          '550 5.1.1 Mailbox unavailable or access denied', '550 5.1.1 Access denied by policy, user unknown',
          '553 sorry, your envelope recipient is in my badrcptto list (#5.7.1)']
      - id: mailbox-unavailable
        cause: mailbox-unavailable
        words: ['user unknown', 'unknown user', 'no such user', 'no such mailbox', 'no mailbox here',
          'mailbox unavailable', 'mailbox not available', 'mailbox temporarily unavailable', 'mailbox is temporarily',
          'mailbox temporarily', 'mailbox busy', 'mailbox disabled', 'mailbox is disabled', 'mailbox inactive',
          'mailbox is inactive', 'mailbox locked', 'mailbox is locked', 'account disabled', 'account is disabled',
          'account inactive', 'account is inactive', 'account has been disabled',
          'account that you tried to reach is disabled', 'account suspended', 'account is suspended',
          'account temporarily', 'account locked', 'account is locked', 'account is temporarily', 'account expired',
          'does not exist', 'doesn''t exist', 'not a valid mailbox', 'invalid mailbox', 'invalid recipient',
          'unknown recipient', 'recipient unknown', 'recipient not found', 'recipient rejected', 'user not found',
          'mailbox not found', 'user disabled', 'user suspended', 'user is suspended', 'user is disabled',
          'user temporarily', 'user inactive', 'is not accepting messages', 'not accepting mail', 'address unknown',
          'unrouteable address', 'undeliverable address', 'user account', 'mailbox is not', 'mailbox does not',
          'unavailable mailbox', 'temporarily inactive', 'recipient is inactive', 'recipient is not',
          'inactive recipient', 'inactive user', 'recipient temporarily unavailable', 'user unavailable',
          'user is unavailable', 'no longer available', 'overloaded mailbox', 'mail box', 'recipient unavailable',
          'mailbox unknown', 'not our customer', 'mailbox closed', 'mailbox moved', 'mailbox is being',
          'mailbox is currently', 'mailbox currently', 'user is not', 'mailbox write', 'recipient suspended',
          'recipient disabled', 'mail is disabled', 'mailbox in use', 'no valid recipients', 'user over',
          'no such recipient', 'no such address', 'no such person', 'not known at this', 'not exist',
          'no longer exists', 'invalid user', 'not a known user', 'no account by that name', 'not a valid recipient',
          'account closed', 'account is closed', 'account has been closed', 'inactive account', 'mailbox is frozen',
          'mailbox frozen', 'no longer accepts mail', 'has been suspended', 'is currently suspended',
          'mail receiving disabled', 'badrcptto', 'validrcptto', 'user not active', 'not active', 'bad destination mailbox',
          'no existe', 'invalid address', 'addressee unknown', 'unknown address', 'user status is locked',
          'is now disabled', 'not a member of domain', 'no mailbox by that name', 'mailbox invalid',
          'mailbox not present', 'unknown virtual user', 'user status', 'not in recipient list', 'marked as invalid',
          'inaktiv', 'unbekannt', 'inconnu', 'is not known', 'not found in directory',
          'not present in directory', 'address invalid', 'no longer valid', 'badrecipientto', 'dosn''t exist',
          'recipient notfound', 'adr.recipient notfound', 'path no exist',
          'permanent failure for one or more recipients', 'no such account', 'user is over', 'not in route list',
          'address temporarily unavailable', 'address is temporarily', 'reach is inactive', 'not unique',
          'temporary locked', 'temporarily locked', 'recipient has been denied', 'recipient not ok', 'user reject',
          'can''t accept user', 'not ok', 'bad address', '#5.1.1', '(#5.1.1)', 'email name is not found',
          'mailbox has an invalid format', 'mailbox is gone', 'account is unavailable', 'account unavailable',
          'invalid-recipient', 'userunknown', 'user is terminated', 'no one here by that name', 'no one by that name',
          'not allowed to receive', 'mailbox is under', 'not recognised', 'not recognized as a user', 'on hold',
          'no user with this', 'such a user', 'no longer on server', 'nonexistent user', 'non-existent user',
          'nonexistent account', 'non-existent account', 'not an active address', 'account not available',
          'account is not available', 'user not available', 'user is not available', 'recipient not available',
          'recipient is not available', 'mailbox is busy']
        none_of: ['invalid user settings', 'unknown user id', 'sender', 'your ip', 'reputation', 'rbl', 'policy', 'spam', 'blocked', 'too many', 'rate*',
          'not listed', 'domain not found', 'mail from']
        hint: The mailbox can't take mail now, or is not known. If it stays so for weeks, remove the address.
        matches: ['450 4.2.1 The email account that you tried to reach is disabled.',
          '550 Account not available',
          '450 4.2.0 Mailbox temporarily unavailable', '450 Requested mail action not taken: mailbox unavailable',
          '450 4.1.1 <a@example.org>: Recipient address rejected: User unknown in local recipient table']
        rejects: ['450 4.7.1 sender does not exist',
          '452 4.2.2 The email account that you tried to reach is over quota.']
      - id: mailbox-shut-by-administrator
        cause: mailbox-unavailable
        words: ['mailaddress is administrative*', 'mailaddress administrative*', 'address is administrative*',
          'address administrative*', 'mailbox is administrative*', 'mailbox administrative*',
          'mailbox has been administrative*', 'account is administrative*', 'account administrative*',
          'account has been administrative*', 'user is administrative*', 'user administrative*',
          'recipient is administrative*', 'recipient administrative*']
        none_of: ['your account', 'your mailbox', 'sender*', 'relay*', 'client host', 'ip address', 'policy']
        hint: The server's operator has shut this mailbox. If it stays so for weeks, remove the address.
        matches: ['550 5.2.1 Mailaddress is administratively disabled', '554 Mailaddress is administrative disabled.',
          '450 4.2.1 <a@example.org>: Mailbox administratively disabled', '550 This account is administratively locked']
        rejects: ['550 5.7.1 your account is administratively disabled', '554 5.7.1 Relaying is administratively prohibited',
          '554 5.7.1 Sender address administratively denied']
      - id: user-unknown-between
        cause: mailbox-unavailable
        words: ['unknown', 'not ok', 'invalid']
        all_of: ['user']
        patterns: ['\b(?:user\b[^:;]{0,60}?\b(?:unknown|invalid|not ok)|(?:unknown|invalid)\b[^:;]{0,40}?\buser)\b']
        none_of: ['driver', 'setting*', 'user id', 'sender', 'your ip', 'reputation', 'policy', 'spam', 'blocked', 'too many', 'rate*', 'unknown error',
          'unknown source', 'spf', 'domain not found', 'host unknown', 'unknown host', 'unknown domain', 'mail from',
          'authentication', 'credentials', 'password', 'login', 'user agent', 'lookup']
        hint: The mailbox is not known. If it stays so, remove the address.
        matches: ['550 User (a@example.org) unknown.']
        rejects: ['451 user a@example.org: cannot initialize: unknown driver', '451 Invalid user settings',
          '451 unknown error while looking for user', '535 user name unknown or password invalid']
      """#)
}
