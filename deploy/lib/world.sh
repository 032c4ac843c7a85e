# shellcheck shell=bash
#
# A private world: mount, network and process namespaces of our own (and a user namespace when not root), where a
# real Postfix and the servers that it talks to can run beside whatever mail system the machine has.
#
# Promises: when the command in it ends, however it ends, no process and no file of it is left. Processes die with
# the process namespace, files lie on a tmpfs of the mount namespace, addresses on a loopback of the network
# namespace. Nothing outside is changed but for one empty directory in $TMPDIR while it runs. A script that is
# killed with -9 leaves that empty directory.
#
# In it: $SOFTBOUNCE_WORLD is the tmpfs. 127.0.0.1, $WORLD_ADDRESS (ours) and every address in $WORLD_NETS answer;
# names are asked of 127.0.0.1 only; there is no way out.

# Ours: what the private Postfix listens on and sends from. The networks where everyone else lives are reachable
# without being assigned, so that nothing takes them for addresses of this machine. All are RFC 5737's.
export WORLD_ADDRESS=203.0.113.25
# shellcheck disable=SC2034 # world-init routes them
WORLD_NETS=(198.51.100.0/24 192.0.2.0/24)

# What a world with a Postfix in it needs: ip and ss, unshare and setpriv, ps, and for an ordinary user newuidmap.
WORLD_PACKAGES=(postfix iproute2 util-linux procps perl-base)
((EUID == 0)) || WORLD_PACKAGES+=(uidmap)

# world_flags: prints what unshare needs, or says on standard error why there can be no world here, and fails.
world_flags() {
  local -a flags=(--mount --net --pid --fork --kill-child=KILL)
  local user
  if ((EUID != 0)); then
    user=$(id -un)
    if ! command -v newuidmap >/dev/null; then
      warn 'an ordinary user needs the package uidmap: sudo apt-get install --no-install-recommends uidmap'
      return 1
    fi
    if ! { grep -qE "^($user|$EUID):" /etc/subuid && grep -qE "^($user|$EUID):" /etc/subgid; } 2>/dev/null; then
      warn "$user has no subordinate user ids: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $user"
      return 1
    fi
    flags+=(--user --map-root-user --map-auto)
  fi
  local error
  if ! error=$(unshare "${flags[@]}" true 2>&1); then
    warn "the kernel or the container refuses namespaces of our own (unshare ${flags[*]}): ${error:-no reason given}"
    return 1
  fi
  # Its own /proc, where that is allowed.
  unshare "${flags[@]}" --mount-proc true 2>/dev/null && flags+=(--mount-proc)
  printf '%s\n' "${flags[*]}"
}

# world_run COMMAND...: runs the command in a new world and returns its status. To be called once, from the
# outermost script: it owns the traps.
world_run() {
  local flags
  flags=$(world_flags) || return 77
  local -i status=0
  world_directory=$(mktemp -d "${TMPDIR:-/tmp}/softbounce-world.XXXXXX")
  trap world_end EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  # In the background, so that a signal is acted on at once; --pdeathsig for the case that this shell is killed -9.
  # shellcheck disable=SC2086 # the flags are words
  SOFTBOUNCE_WORLD=$world_directory setpriv --pdeathsig KILL \
    unshare $flags -- bash "$SOFTBOUNCE_LIB/world-init" "$@" <&0 &
  world_pid=$!
  wait "$world_pid" || status=$?
  world_pid=
  return "$status"
}

world_end() {
  local -i status=$?
  trap '' INT TERM HUP
  if [[ -n ${world_pid:-} ]]; then
    # unshare dies, its child (process 1 of the namespace) with it, and with that everything in there.
    kill -KILL "$world_pid" 2>/dev/null || true
    wait "$world_pid" 2>/dev/null || true
  fi
  # The directory is busy for as long as the namespace takes to go.
  wait_for 10 rmdir "$world_directory" || warn "could not remove $world_directory"
  exit "$status"
}
