# shellcheck shell=bash
#
# The other side: smtp-sinks (Postfix's own test servers) that answer like someone else's mail server, and the names
# under which they are found. To be used inside a private world (world.sh).

declare -A sink_pids=()

# name_add LINE...: lines for the private name server (name-server).
name_add() {
  printf '%s\n' "$@" >>"$SOFTBOUNCE_WORLD/names/zone"
}

# site DOMAIN HOST ADDRESS: DOMAIN's mail goes to HOST at ADDRESS.
site() {
  name_add "$1 MX 10 $2" "$2 A $3"
}

# sink_start HOST ADDRESS [OPTION...]: an smtp-sink that calls itself HOST, on port 25 of the address; the options
# are smtp-sink's. A sink that runs under that name is stopped first.
sink_start() {
  local host=$1 address=$2
  shift 2
  sink_stop "$host"
  smtp-sink -u nobody -h "$host" "$@" "inet:$address:25" 256 >/dev/null 2>&1 &
  sink_pids[$host]=$!
  wait_for 5 sink_listens "$address" || die "the sink $host does not listen on $address"
}

# sink_listens ADDRESS: true if something listens on its port 25.
sink_listens() {
  [[ -n $(ss -Hltn "src $1 and sport = 25") ]]
}

# sink_stop HOST
sink_stop() {
  [[ -n ${sink_pids[$1]:-} ]] || return 0
  kill "${sink_pids[$1]}" 2>/dev/null || true
  wait "${sink_pids[$1]}" 2>/dev/null || true
  unset "sink_pids[$1]"
}
