# shellcheck shell=bash
#
# What the demo sends, and what others send to it.

# message FILE FROM CAMPAIGN SUBJECT: a message's header and body.
message() {
  printf 'From: <%s>\nSubject: %s\nX-Campaign-Id: %s\nList-Id: <%s.shop.example>\n\nHello.\n' "$2" "$4" "$3" "$3" >"$1"
}

# campaign FILE FROM COUNT RECIPIENT [RECIPIENTS-A-MESSAGE]: COUNT messages from the file. RECIPIENT is
# numbered so that each is another mailbox.
campaign() {
  smtp-source -s 4 -m "$3" -r "${5:-1}" -N -M localhost -F "$1" -f "$2" -t "$4" 127.0.0.1:25
}

# newsletter COUNT RECIPIENT [RECIPIENTS-A-MESSAGE] and order COUNT RECIPIENT
newsletter() {
  campaign "$SOFTBOUNCE_WORLD/newsletter" news@shop.example "$@"
}

order() {
  campaign "$SOFTBOUNCE_WORLD/order" orders@shop.example "$@"
}

# early: messages that will be as old as the queue lets them become.
early() {
  newsletter 3 left@alumni.example
}

# clean: what arrives at once.
clean() {
  newsletter 60 reader@gmail-users.example 2
  order 60 buyer@gmail-users.example
}

# trouble: what does not.
trouble() {
  newsletter 12 former@alumni.example
  newsletter 30 staff@contoso.example
  order 10 office@contoso.example
  order 12 baker@bakery.example
  newsletter 8 student@university.example
  newsletter 6 doctor@clinic.example
  order 6 patient@clinic.example
  newsletter 6 anna@freemail.example
  newsletter 14 otto@dialup.example
  order 4 olga@dialup.example
  order 5 nobody@nodns.example
}

# rejected: clients that our own server puts off, each with another 4xx, and one whose mail is taken.
rejected() {
  local say=$SOFTBOUNCE_LIB/smtp-say
  local -i i
  {
    for i in 1 2 3; do
      "$say" "$WORLD_ADDRESS" 25 192.0.2.66 'EHLO nameless.example' 'MAIL FROM:<a@guests.example>' \
        "RCPT TO:<info$i@shop.example>" QUIT
    done
    "$say" "$WORLD_ADDRESS" 25 192.0.2.10 'EHLO mx.guests.example' 'MAIL FROM:<b@flaky.example>' \
      'RCPT TO:<info@shop.example>' QUIT
    "$say" "$WORLD_ADDRESS" 25 192.0.2.10 'EHLO mx.guests.example' 'MAIL FROM:<stranger@guests.example>' \
      'RCPT TO:<info@shop.example>' 'RCPT TO:<sales@shop.example>' QUIT
    "$say" "$WORLD_ADDRESS" 25 192.0.2.10 'EHLO mx.guests.example' 'MAIL FROM:<guest@guests.example>' \
      'RCPT TO:<full@shop.example>' 'RCPT TO:<info@shop.example>' DATA 'Subject: order\n\nHello.\n.' QUIT
  } >"$SOFTBOUNCE_WORLD/rejected.out" || die "our own server hung up on a client: $(tail -n 1 "$SOFTBOUNCE_WORLD/rejected.out")"
}

# recover: three providers change their minds.
recover() {
  sink_start contoso-example.mail.protection.outlook.com 198.51.100.12
  sink_start mx.bakery.example 198.51.100.13
  sink_start mx1.university.example 198.51.100.14
}
