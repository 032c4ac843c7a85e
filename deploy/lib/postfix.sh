# shellcheck shell=bash
#
# A private Postfix: everything of one instance lies in one directory (etc, queue, data, mail.log), and it shares
# with the machine's own only the programs. To be used inside a private world (world.sh).

# postfix_create DIRECTORY: a configuration that relays for 127.0.0.0/8, keeps its time-outs and back-off short,
# and listens nowhere yet. Add to it with postfix_set and postfix_service.
postfix_create() {
  local directory=$1
  mkdir -p "$directory"/{etc,queue,data,meta}
  chown root "$directory" "$directory/queue"
  # Copies: for an ordinary user the machine's files belong to nobody, and each daemon would warn of that.
  cp -r "$(postfix_default meta_directory)"/{postfix-files,dynamicmaps.cf} "$directory/meta"
  chown postfix "$directory/data"
  cat >"$directory/etc/main.cf" <<CF
compatibility_level = 3.6
queue_directory = $directory/queue
data_directory = $directory/data
command_directory = $(postfix_default command_directory)
daemon_directory = $(postfix_default daemon_directory)
shlib_directory = $(postfix_default shlib_directory)
meta_directory = $directory/meta
maillog_file = $directory/mail.log
maillog_file_prefixes = $directory
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C
myhostname = mail.shop.example
mydomain = shop.example
myorigin = shop.example
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
inet_interfaces = 127.0.0.1, $WORLD_ADDRESS
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtp_bind_address = $WORLD_ADDRESS
smtp_tls_security_level = none
smtpd_tls_security_level = none
smtp_connection_cache_on_demand = no
smtp_connect_timeout = 3s
smtp_quit_timeout = 2s
queue_run_delay = 2s
minimal_backoff_time = 4s
maximal_backoff_time = 6s
in_flow_delay = 0
notify_classes =
biff = no
enable_long_queue_ids = yes
smtpd_relay_restrictions = permit_mynetworks, defer_unauth_destination
smtpd_client_connection_rate_limit = 0
CF
  cat >"$directory/etc/master.cf" <<CF
pickup    unix  n  -  n  60   1  pickup
cleanup   unix  n  -  n  -    0  cleanup
qmgr      unix  n  -  n  300  1  qmgr
rewrite   unix  -  -  n  -    -  trivial-rewrite
bounce    unix  -  -  n  -    0  bounce
defer     unix  -  -  n  -    0  bounce
trace     unix  -  -  n  -    0  bounce
verify    unix  -  -  n  -    1  verify
proxymap  unix  -  -  n  -    -  proxymap
smtp      unix  -  -  n  -    -  smtp
lmtp      unix  -  -  n  -    -  lmtp
error     unix  -  -  n  -    -  error
retry     unix  -  -  n  -    -  error
discard   unix  -  -  n  -    -  discard
showq     unix  n  -  n  -    -  showq
anvil     unix  -  -  n  -    1  anvil
scache    unix  -  -  n  -    1  scache
postlog   unix-dgram n - n  -  1  postlogd
CF
}

# postfix_default PARAMETER: the built-in value. The machine's own main.cf, which may be missing, is not asked.
postfix_default() {
  postconf -dh "$1" 2>/dev/null
}

# postfix_set DIRECTORY NAME=VALUE...
postfix_set() {
  local directory=$1
  shift
  postconf -c "$directory/etc" -e "$@"
}

# postfix_service DIRECTORY LINE [OPTION...]: a master.cf entry, each option as in `-o name=value`.
postfix_service() {
  local directory=$1 line=$2 option
  shift 2
  {
    printf '%s\n' "$line"
    for option; do
      printf '  -o %s\n' "$option"
    done
  } >>"$directory/etc/master.cf"
}

# postfix_start DIRECTORY: returns when master has its log and its sockets.
postfix_start() {
  local directory=$1
  if ! postfix -c "$directory/etc" start >"$directory/start.out" 2>&1 </dev/null; then
    cat "$directory/start.out" "$directory/mail.log" >&2 2>/dev/null || true
    die 'the private Postfix did not start'
  fi
  wait_for 10 test -S "$directory/queue/public/showq" || die 'the private Postfix opened no sockets'
}

# postfix_stop DIRECTORY: at once, and without complaint if it is down.
postfix_stop() {
  postfix -c "$1/etc" stop >/dev/null 2>&1 </dev/null || true
}

# postfix_flush DIRECTORY: another attempt for all that is deferred.
postfix_flush() {
  postqueue -c "$1/etc" -f
}

# postfix_logged DIRECTORY COUNT PATTERN: true once the log holds at least that many lines of the pattern (ERE).
postfix_logged() {
  local -i found
  found=$(grep -cE -- "$3" "$1/mail.log" 2>/dev/null) || true
  ((found >= $2))
}
