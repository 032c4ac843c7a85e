# What Postfix's log says, counted without any of softbounce's code: `key value` lines that check.sh compares with the
# report. Knows the demo's topology and nothing else: who answers how is told by the recipient's domain.

BEGIN {
  cause["alumni.example"] = "mailbox-full"; provider["alumni.example"] = "google"
  cause["contoso.example"] = "rate-limited"; provider["contoso.example"] = "microsoft"
  cause["bakery.example"] = "greylisted"; provider["bakery.example"] = "bakery.example"
  cause["university.example"] = "system-busy"; provider["university.example"] = "university.example"
  cause["clinic.example"] = "content"; provider["clinic.example"] = "clinic.example"
  cause["freemail.example"] = "connection-lost"; provider["freemail.example"] = "gmx"
  cause["dialup.example"] = "connect-failure"; provider["dialup.example"] = "t-online"
  cause["nodns.example"] = "dns-failure"; provider["nodns.example"] = "nodns.example"
  provider["gmail-users.example"] = "google"
  campaign["news@shop.example"] = "autumn-sale"
  campaign["orders@shop.example"] = "order-confirmation"
}

# between(START, END): the text of this line between the two.
function between(start, end,    text) {
  if (!match($0, start)) return ""
  text = substr($0, RSTART + RLENGTH)
  return match(text, end) ? substr(text, 1, RSTART - 1) : text
}

/: reject: RCPT from [^ ]*: 4/ { rejections++ }

/\/qmgr\[.*\]: [0-9A-Za-z]+: from=</ { sender[$6] = between("from=<", ">") }

/\/qmgr\[.*status=expired, returned to sender/ {
  for (life in open) if (index(life, $6) == 1) { expirations++; delete open[life] }
}

/: to=<.*, relay=.*, status=(sent|deferred|bounced) / {
  recipient = between("to=<", ">")
  domain = recipient; sub(/.*@/, "", domain)
  status = between("status=", " ")
  service = $5; sub(/\[.*/, "", service)
  depth = split(service, path, "/"); service = path[depth > 2 ? 2 : depth]

  # Our content filter and our mailboxes: not the world's business.
  if (/, relay=[^ ]*\[127\.0\.0\.1\]:/) { internal++; next }

  life = $6 " " recipient
  if (/status=deferred \(delivery temporarily suspended: /) {
    suspensions++
    if (!(life in open)) { open[life] = 1; cohort++ }
    next
  }
  attempts++
  tagged[campaign[sender[$6]]]++
  from[provider[domain]]++
  by_service[service]++
  if (!(life in tried)) {
    tried[life] = 1; first_attempts++
    if (status == "deferred") first_deferred++
  }
  if (status == "deferred") {
    deferrals++
    # A server that is being replaced by one of another mind may drop a connection or refuse one.
    by_cause[/status=deferred \(lost connection with / ? "connection-lost" : \
      /status=deferred \(connect to [^ ]*: Connection refused/ ? "connect-failure" : cause[domain]]++
    by_provider[provider[domain]]++
    by_campaign[campaign[sender[$6]]]++
    if (!(life in open)) { open[life] = 1; cohort++ }
  } else {
    outcome[status]++
    if (life in open) {
      delete open[life]
      if (status == "sent") recovered++
    }
  }
}

END {
  print "attempts", attempts + 0
  print "deliveries", outcome["sent"] + 0
  print "bounces", outcome["bounced"] + 0
  print "deferrals", deferrals + 0
  print "suspensions", suspensions + 0
  print "first_attempts", first_attempts + 0
  print "first_attempts_deferred", first_deferred + 0
  print "cohort.recipients", cohort + 0
  print "cohort.recovered", recovered + 0
  print "cohort.expired", expirations + 0
  for (life in open) left++
  print "cohort.open", left + 0
  print "internal", internal + 0
  print "rejections", rejections + 0
  for (key in by_cause) print "cause/" key, by_cause[key]
  for (key in by_provider) print "provider/" key, by_provider[key]
  for (key in from) print "provider-attempts/" key, from[key]
  for (key in by_service) print "service/" key, by_service[key]
  for (key in tagged) print "campaign-attempts/" key, tagged[key]
  for (key in by_campaign) print "campaign/" key, by_campaign[key]
}
