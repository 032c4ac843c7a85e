# shellcheck shell=bash
# shellcheck disable=SC2034 # the variables are the scripts'
#
# What deploy/install puts where, for deploy/install and deploy/uninstall.

INSTALL_USER=softbounce

# installation_options ARGUMENT...: sets prefix, destination and the flags; others go to installation_rest.
installation_options() {
  prefix=${PREFIX:-/usr/local}
  destination=${DESTDIR:-}
  installation_rest=()
  while (($#)); do
    case $1 in
      --prefix) prefix=${2:?--prefix needs a directory}; shift 2 ;;
      --prefix=*) prefix=${1#*=}; shift ;;
      --destdir) destination=${2:?--destdir needs a directory}; shift 2 ;;
      --destdir=*) destination=${1#*=}; shift ;;
      *) installation_rest+=("$1"); shift ;;
    esac
  done
  [[ $prefix == /* && $prefix != */ ]] || die "the prefix must be an absolute path without a trailing slash: $prefix"
  [[ -z $destination || $destination == /* ]] || destination=$PWD/$destination
  if [[ -z $destination ]] && ((EUID != 0)); then
    die 'only root can install into the running system; --destdir DIR installs into a directory of yours'
  fi
  unit_directory=$prefix/lib/systemd/system
  [[ $prefix != /usr ]] || unit_directory=/lib/systemd/system
  configuration=/etc/softbounce
  state=/var/lib/softbounce
}

# into_running_system: false for a DESTDIR, where nobody's users and services are to be touched.
into_running_system() {
  [[ -z $destination ]]
}

# systemd_runs: true if systemd is this machine's init.
systemd_runs() {
  [[ -d /run/systemd/system ]] && command -v systemctl >/dev/null
}

# manual_path PAGE: where a manual page of ours, named NAME.SECTION, goes.
manual_path() {
  local name=${1##*/}
  printf '%s/share/man/man%s/%s\n' "$prefix" "${name##*.}" "$name"
}
