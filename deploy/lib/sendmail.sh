# shellcheck shell=bash
#
# A private Sendmail, for a private world (world.sh). It conflicts with Postfix as a package, so it is never installed:
# its packages are downloaded by name from the machine's own package sources and unpacked under .build/.

SENDMAIL_ROOT=$SOFTBOUNCE_ROOT/.build/sendmail
SENDMAIL_PACKAGES=(sendmail-bin sendmail-base sendmail-cf libwrap0)
# What these need and a machine with Postfix may lack; unpacked likewise.
SENDMAIL_NEEDS=(m4 libsigsegv2 libldap-2.5-0 liblockfile1 libnsl2)

# sendmail_fetch: prints where Sendmail is unpacked, or says on standard error why it can't be had, and fails.
sendmail_fetch() {
  local package work error
  if sendmail_runs "$SENDMAIL_ROOT"; then
    printf '%s\n' "$SENDMAIL_ROOT"
    return 0
  fi
  local -a packages=("${SENDMAIL_PACKAGES[@]}")
  for package in "${SENDMAIL_NEEDS[@]}"; do
    installed "$package" || packages+=("$package")
  done
  work=$(mktemp -d "$SOFTBOUNCE_ROOT/.build/sendmail.XXXXXX")
  # Without package lists there is nothing to choose from; only root can fetch them.
  if ((EUID == 0)) && [[ -z $(apt-cache madison sendmail-bin 2>/dev/null) ]]; then apt_get update || true; fi
  if ! error=$(cd "$work" && apt-get -q download "${packages[@]}" 2>&1 </dev/null); then
    rm -rf "$work"
    warn "apt-get can't download ${packages[*]}: $(grep -m 1 '^E:' <<<"$error" || true)"
    return 1
  fi
  for package in "$work"/*.deb; do dpkg -x "$package" "$work/root"; done
  # Nobody submits mail through it.
  chmod 0755 "$work/root/usr/libexec/sendmail/sendmail"
  if ! sendmail_runs "$work/root"; then
    rm -rf "$work"
    warn 'the unpacked Sendmail does not find its libraries here'
    return 1
  fi
  rm -rf "$SENDMAIL_ROOT"
  mv "$work/root" "$SENDMAIL_ROOT"
  rm -rf "$work"
  printf '%s\n' "$SENDMAIL_ROOT"
}

# sendmail_libraries ROOT: prints where the unpacked libraries lie.
sendmail_libraries() {
  local directory
  directory=$(dirname -- "$(find "$1" -name 'libwrap.so.0' 2>/dev/null | head -n 1)")
  printf '%s:%s\n' "$directory" "${directory/\/usr\/lib\//\/lib\/}"
}

# sendmail_runs ROOT: true if a Sendmail is unpacked there that has all that it needs.
sendmail_runs() {
  local libraries
  [[ -x $1/usr/libexec/sendmail/sendmail ]] || return 1
  libraries=$(sendmail_libraries "$1")
  ! LD_LIBRARY_PATH=$libraries ldd "$1/usr/libexec/sendmail/sendmail" | grep -q 'not found' || return 1
  [[ -x $1/usr/bin/m4 ]] || command -v m4 >/dev/null
}

# sendmail_create ROOT DIRECTORY [M4 LINE...]: a configuration that takes mail for shop.example into nobody's mailbox,
# relays for 127.0.0.1, whatever the machine's load, keeps its time-outs short and puts its log, queue and configuration into DIRECTORY; the lines
# are added to its m4 source. Its paths are those that sendmail-daemon makes: DIRECTORY is /srv.
sendmail_create() {
  local root=$1 directory=$2
  shift 2
  local cf=$root/usr/share/sendmail/cf
  local LD_LIBRARY_PATH
  LD_LIBRARY_PATH=$(sendmail_libraries "$root")
  export LD_LIBRARY_PATH
  mkdir -p "$directory"/{etc,run,root,dev}
  mkdir -m 0700 "$directory/queue"
  printf 'mail.shop.example\nshop.example\n' >"$directory/etc/local-host-names"
  printf '#!/bin/sh\ncat >/dev/null\n' >"$directory/etc/deliver"
  chmod 0755 "$directory/etc/deliver"
  sendmail_map "$root" "$directory" access <<<'Connect:127.0.0.1 RELAY'
  sendmail_map "$root" "$directory" aliases </dev/null
  {
    cat <<MC
divert(-1)
define(\`_CF_DIR_',\`$cf/')dnl
include(\`$cf/m4/cf.m4')dnl
divert(0)dnl
VERSIONID(\`softbounce test')
OSTYPE(\`linux')
define(\`confDOMAIN_NAME',\`mail.shop.example')
define(\`QUEUE_DIR',\`/srv/queue')
define(\`confPID_FILE',\`/srv/run/sendmail.pid')
define(\`STATUS_FILE',\`/srv/run/statistics')
define(\`ALIAS_FILE',\`/srv/etc/aliases')
define(\`confALIAS_WAIT',\`0')
define(\`confHOST_STATUS_DIRECTORY',\`')
define(\`confCW_FILE',\`/srv/etc/local-host-names')
define(\`confDEF_USER_ID',\`nobody:nogroup')
define(\`confLOG_LEVEL',\`9')
define(\`confMILTER_LOG_LEVEL',\`9')
define(\`confQUEUE_LA',\`10000')
define(\`confREFUSE_LA',\`10000')
define(\`confTO_CONNECT',\`3s')
define(\`confTO_ICONNECT',\`3s')
define(\`confTO_INITIAL',\`3s')
define(\`confTO_RCPT',\`5s')
define(\`confTO_DATAINIT',\`5s')
define(\`confTO_DATAFINAL',\`5s')
define(\`confTO_IDENT',\`0')
define(\`confMIN_QUEUE_AGE',\`0')
define(\`confPRIVACY_FLAGS',\`')
define(\`confDONT_PROBE_INTERFACES',\`True')
define(\`LOCAL_MAILER_PATH',\`/srv/etc/deliver')
define(\`LOCAL_MAILER_ARGS',\`deliver')
undefine(\`PROCMAIL_MAILER_PATH')
FEATURE(\`use_cw_file')
FEATURE(\`no_default_msa')
FEATURE(\`accept_unresolvable_domains')
FEATURE(\`access_db',\`hash -T<TMPF> -o /srv/etc/access')
FEATURE(\`blocklist_recipients')
CLIENT_OPTIONS(\`Family=inet, Addr=$WORLD_ADDRESS')
MC
    printf '%s\n' "$@"
    printf '%s\n' "MAILER(\`local')" "MAILER(\`smtp')"
  } >"$directory/etc/sendmail.mc"
  local m4=$root/usr/bin/m4
  [[ -x $m4 ]] || m4='m4'
  "$m4" "$directory/etc/sendmail.mc" >"$directory/etc/sendmail.cf"
}

# sendmail_map ROOT DIRECTORY NAME: makes the database DIRECTORY/etc/NAME.db of what standard input holds.
sendmail_map() {
  LD_LIBRARY_PATH=$(sendmail_libraries "$1") "$1/usr/libexec/sendmail/makemap" \
    -C /dev/null hash "$2/etc/$3" 2> >(grep -v '^WARNING: ' >&2)
}
