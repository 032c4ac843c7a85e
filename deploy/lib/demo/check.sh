# shellcheck shell=bash
#
# Holds the report against what count.awk counted in Postfix's own log.

check_failures=0

# check WHAT EXPECTED FOUND
check() {
  if [[ $2 == "$3" ]]; then
    printf '  ok      %-52s %s\n' "$1" "$3"
  else
    printf '  WRONG   %-52s the log says %s, the report %s\n' "$1" "$2" "$3"
    check_failures+=1
  fi
}

# check_report LOG JSON JOURNAL: every number that both can tell. Fails if one differs.
check_report() {
  local log=$1 json=$2 journal=$3 key count
  declare -i check_failures=0
  report() { jq -r "$1 // 0" "$json"; }
  row() { jq -r --arg key "$2" --arg field "$3" "[.outbound.tables[\"$1\"][] | select(.key == \$key)][0][\$field] // 0" "$json"; }

  while read -r key count; do
    case $key in
      cause/*) check "deferrals, ${key#*/}" "$count" "$(row cause "${key#*/}" deferrals)" ;;
      provider/*) check "deferrals by ${key#*/}" "$count" "$(row provider "${key#*/}" deferrals)" ;;
      provider-attempts/*) check "attempts at ${key#*/}" "$count" "$(row provider "${key#*/}" attempts)" ;;
      campaign/*) check "deferrals of the campaign ${key#*/}" "$count" "$(row tag.campaign "${key#*/}" deferrals)" ;;
      campaign-attempts/*) check "attempts of the campaign ${key#*/}" "$count" "$(row tag.campaign "${key#*/}" attempts)" ;;
      service/*) check "attempts by the transport ${key#*/}" "$count" "$(row service "${key#*/}" attempts)" ;;
      internal) check 'on internal hops (second pass, own mailboxes)' "$count" "$(report .internal.attempts)" ;;
      rejections) check 'clients put off by our own server' "$count" "$(report .inbound.rejections)" ;;
      *) check "$key" "$count" "$(report ".outbound.$key")" ;;
    esac
  done < <(awk -f "$SOFTBOUNCE_LIB/demo/count.awk" "$log" | sort)

  # Nothing beyond what the log has: no other provider, above all not our own content filter; no other cause.
  check 'other providers' '' \
    "$(jq -r '.outbound.tables.provider[].key' "$json" | grep -vxF "$(providers_logged "$log")" | paste -sd ' ')"
  check 'deferrals of all causes together' "$(jq .outbound.deferrals "$json")" \
    "$(jq '[.outbound.tables.cause[].deferrals] | add' "$json")"
  check 'the provider that refuses connections, by name' "connect-failure" \
    "$(jq -r '.outbound.tables.provider[] | select(.key == "t-online") | .main_cause' "$json")"
  check 'log lines that the tallies speak for' "$(wc -l <"$log")" "$(report .log.lines)"
  check 'rejections that milter and log both saw, counted twice' 0 \
    "$(cat "$journal"/*.jsonl | jq -c 'select(.type == "rejection" and .source == "milter")' | wc -l)"
  check 'the alert, told by the command' yes "$(alert_told && echo yes || echo no)"
  check 'the alert, in the report' yes "$([[ $(report .alert_count) -ge 1 ]] && echo yes || echo no)"
  ((check_failures == 0))
}

providers_logged() {
  awk -f "$SOFTBOUNCE_LIB/demo/count.awk" "$1" | sed -n 's|^provider-attempts/\([^ ]*\) .*|\1|p'
}

# alert_told: true once the notifier's command has run.
alert_told() {
  grep -q deferrals-of-a-provider "$SOFTBOUNCE_WORLD/alerts" 2>/dev/null
}
