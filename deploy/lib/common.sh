# shellcheck shell=bash
#
# Words on the terminal, waiting with a limit, and packages by name. Sourced by every script of deploy/.
#
# Promises: nothing here starts a service or changes a file of the machine, but for packages that are missing and
# that root asked to have installed by running the script.

# The repository's root.
SOFTBOUNCE_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
SOFTBOUNCE_LIB=$SOFTBOUNCE_ROOT/deploy/lib
export SOFTBOUNCE_ROOT SOFTBOUNCE_LIB

# Postfix's own tools live in sbin, which an ordinary user's PATH leaves out.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# What Package.swift's system libraries are in.
# shellcheck disable=SC2034 # for those who build
BUILD_PACKAGES=(
  libbz2-dev libidn2-dev liblzma-dev libmilter-dev libpcre2-dev libpsl-dev libsodium-dev libsystemd-dev libzstd-dev
  pkg-config zlib1g-dev
)

# say TEXT...: a line of progress.
say() {
  printf '%s\n' "$*"
}

# step TEXT...: a line of progress with the seconds since the script began.
step() {
  printf '[%3ds] %s\n' "$SECONDS" "$*"
}

# warn TEXT...: a line on standard error.
warn() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

# die TEXT...: an error, and the end.
die() {
  warn "$@"
  exit 1
}

# wait_for SECONDS COMMAND...: true as soon as the command succeeds, false when the time is over.
wait_for() {
  local -i limit=$(($1 * 20))
  shift
  while ! "$@" >/dev/null 2>&1; do
    ((limit-- > 0)) || return 1
    sleep 0.05
  done
}

# installed PACKAGE: true if dpkg has it installed.
installed() {
  [[ $(dpkg-query -W -f='${Status}' "$1" 2>/dev/null) == 'install ok installed' ]]
}

# need_packages PACKAGE...: installs those that are missing, by name and with nothing beyond their dependencies. A
# Postfix that this installs gets no configuration, so that it does not start; one that is there is left alone.
need_packages() {
  local package
  local -a missing=()
  command -v dpkg-query >/dev/null || die 'this needs Debian 12 or a relative of it: dpkg-query was not found'
  for package; do
    installed "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    die "needs packages that only root can install: sudo apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  if [[ " ${missing[*]} " == *' postfix '* ]]; then
    need_packages debconf
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
  fi
  apt_get update || warn 'apt-get update failed; trying with the package lists at hand'
  apt_get install -y --no-install-recommends "${missing[@]}" || die "apt-get could not install ${missing[*]}"
}

# apt_get ARGUMENT...: quiet unless it fails.
apt_get() {
  local output
  output=$(DEBIAN_FRONTEND=noninteractive apt-get -q "$@" 2>&1 </dev/null) || {
    printf '%s\n' "$output" | tail -n 20 >&2
    return 1
  }
}
