# shellcheck shell=bash
#
# The demo's mail system and the world that it talks to: a shop that sends a newsletter and order confirmations.
#
#   clients --> smtpd :25 --> (content filter) --> smtpd :10025 --> bulk  (syslog_name postfix/bulk) --> providers
#                 |  milter: softbounced                       `--> tx    (syslog_name postfix/tx)
#                 `-- rejects some clients with a 4xx                `-> lmtp: our own mailboxes
#
# The recipients' domains are RFC 2606's; the servers that take their mail have the names of real providers' servers,
# in a private world where nothing real can be reached.

MILTER_PORT=8894

# providers: who answers how, to begin with.
providers() {
  site gmail-users.example gmail-smtp-in.l.google.com 198.51.100.10
  sink_start gmail-smtp-in.l.google.com 198.51.100.10

  site alumni.example alt1.aspmx.l.google.com 198.51.100.11
  sink_start alt1.aspmx.l.google.com 198.51.100.11 -r RCPT -b \
    "452 4.2.2 The recipient's inbox is out of storage space and inactive. - gsmtp"

  site contoso.example contoso-example.mail.protection.outlook.com 198.51.100.12
  sink_start contoso-example.mail.protection.outlook.com 198.51.100.12 -r MAIL -b \
    "451 4.7.500 Server busy. Please try again later from [$WORLD_ADDRESS]. (S77719) [AM1PEPF.prod.outlook.com]"

  site bakery.example mx.bakery.example 198.51.100.13
  sink_start mx.bakery.example 198.51.100.13 -r RCPT -b \
    '450 4.2.0 Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/bakery.example.html'

  site university.example mx1.university.example 198.51.100.14
  sink_start mx1.university.example 198.51.100.14 -r RCPT -b \
    '451 4.3.2 System is busy, please try again later'

  site clinic.example mx-in.clinic.example 198.51.100.15
  sink_start mx-in.clinic.example 198.51.100.15 -r . -b \
    '451 4.7.1 Message content looks like spam, try again later'

  site freemail.example mx00.emig.gmx.net 198.51.100.16
  sink_start mx00.emig.gmx.net 198.51.100.16 -q DATA

  # Nobody listens on this one.
  site dialup.example mx00.t-online.de 198.51.100.17

  name_add 'nodns.example SERVFAIL'
}

# mail_system DIRECTORY: the shop's Postfix.
mail_system() {
  local postfix=$1 milter
  milter="{ inet:127.0.0.1:$MILTER_PORT, default_action=accept, connect_timeout=1s, command_timeout=2s, content_timeout=3s }"
  postfix_create "$postfix"
  # shellcheck disable=SC2016 # $recipient and the like are Postfix's
  postfix_set "$postfix" \
    "smtpd_milters=$milter" \
    "non_smtpd_milters=$milter" \
    'content_filter=scan:[127.0.0.1]:10025' \
    'sender_dependent_default_transport_maps=inline:{ { news@shop.example = bulk: }, { orders@shop.example = tx: } }' \
    'relay_domains=shop.example' \
    'transport_maps=inline:{ { shop.example = lmtp:inet:127.0.0.1:24 } }' \
    'smtpd_recipient_restrictions=permit_mynetworks, reject_unknown_reverse_client_hostname, reject_unknown_sender_domain, check_recipient_access inline:{ { full@shop.example = 452 4.2.2 Mailbox full } }, check_sender_access inline:{ { stranger@guests.example = 450 4.7.1 Greylisted, come back in five minutes } }, reject_unauth_destination' \
    "maximal_queue_lifetime=$EXPIRES_AFTER" \
    "bounce_queue_lifetime=$EXPIRES_AFTER"
  postfix_service "$postfix" '25 inet n - n - - smtpd'
  postfix_service "$postfix" 'scan unix - - n - 4 smtp' \
    syslog_name=postfix-scan smtp_send_xforward_command=yes smtp_bind_address=127.0.0.1
  postfix_service "$postfix" '127.0.0.1:10025 inet n - n - - smtpd' \
    syslog_name=postfix-reinject content_filter= smtpd_milters= non_smtpd_milters= \
    smtpd_recipient_restrictions=permit_mynetworks,reject smtpd_authorized_xforward_hosts=127.0.0.0/8
  postfix_service "$postfix" 'bulk unix - - n - 8 smtp' syslog_name=postfix/bulk
  postfix_service "$postfix" 'tx unix - - n - 8 smtp' syslog_name=postfix/tx

  # Our own mailboxes; theirs is the null sender's mail too.
  smtp-sink -u nobody -L -h mailboxes.shop.example 127.0.0.1:24 64 >/dev/null 2>&1 &
  wait_for 5 ss_listens 24 || die 'the LMTP server does not listen'
  name_add 'guests.example MX 10 mx.guests.example' 'mx.guests.example A 192.0.2.10' \
    'flaky.example SERVFAIL' 'shop.example MX 10 mail.shop.example' "mail.shop.example A $WORLD_ADDRESS"
}

# ss_listens PORT: true if something listens there, on 127.0.0.1.
ss_listens() {
  [[ -n $(ss -Hltn "src 127.0.0.1 and sport = $1") ]]
}
