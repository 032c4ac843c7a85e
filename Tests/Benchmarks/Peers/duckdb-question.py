"""duckdb-question.py DIRECTORY THREADS QUESTION VALUE: asks DuckDB of a journal what softbounce is asked beside reports;
prints seconds, then how much it found. The questions:

message ID            the events of one message, with what its story tells of each
provider|domain NAME  attempts, deferrals and main cause by hour, how recipients fared by hour, causes, replies, senders
recipients CAUSE      each address that was put off: how often, since when, why last, its last success, what failed
events CAUSE          all fields of the events of one cause

DuckDB is not asked for what takes the journal's order: runs of failures, stretches of trouble, requeues.
"""

import sys
import time

import duckdb

directory, threads, question, value = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
connection = duckdb.connect(config={"threads": threads})

TEXTS = "type host service direction hop cause scope origin provider domain status stage queue_id first_queue_id" \
    " message_id user sender recipient orig_recipient rule"
OTHERS = {
    "time": "TIMESTAMP", "arrival": "TIMESTAMP", "attempt": "INTEGER", "delay": "DOUBLE", "deferred_for": "DOUBLE",
    "relay": "STRUCT(host VARCHAR, address VARCHAR, port INTEGER)", "reply": "STRUCT(code INTEGER, text VARCHAR)",
}


def journal(fields):
    """The journal's events with these fields."""
    columns = ", ".join(f"{field}: '{OTHERS.get(field, 'VARCHAR')}'" for field in fields.split())
    return f"read_json('{directory}/*.jsonl', format='newline_delimited', columns={{{columns}}})"


def ask(query, *values):
    return connection.execute(query, values).fetchall()


start = time.monotonic()
if question == "message":
    fields = "time type host service hop cause origin stage status attempt queue_id first_queue_id arrival message_id" \
        " sender recipient relay reply deferred_for"
    found = len(ask(f"SELECT * FROM {journal(fields)} WHERE ? IN (queue_id, first_queue_id, message_id) ORDER BY time",
                    value))
elif question in ("provider", "domain"):
    fields = "time type host hop cause provider domain attempt queue_id arrival sender recipient reply deferred_for"
    connection.execute(
        f"CREATE TEMP TABLE place AS SELECT * FROM {journal(fields)} WHERE {question} = ? AND hop = 'external'", [value])
    deferred = "FROM place WHERE type = 'transient-failure'"
    ask("SELECT date_trunc('hour', time), count(*) FILTER (type IN ('transient-failure', 'delivery', 'bounce')),"
        " count(*) FILTER (type = 'transient-failure'), mode(cause) FROM place GROUP BY 1 ORDER BY 1")
    found = len(ask(
        """WITH lives AS (SELECT
            min(time) FILTER (type = 'transient-failure') AS first, max(time) FILTER (type = 'delivery') AS recovered,
            max(time) FILTER (type IN ('bounce', 'expiration')) AS failed
            FROM place GROUP BY host, queue_id, arrival, recipient)
        SELECT date_trunc('hour', first), count(*), count(recovered), count(failed) FROM lives WHERE first IS NOT NULL
        GROUP BY 1 ORDER BY 1"""))
    for key in ["cause", "domain", "split_part(sender, '@', 2)", "regexp_replace(reply.text, '[0-9]+', '<n>', 'g')"]:
        ask(f"SELECT {key}, count(*) AS deferrals {deferred} GROUP BY 1 ORDER BY deferrals DESC LIMIT 5")
elif question == "recipients":
    fields = "time type hop cause scope domain queue_id arrival recipient orig_recipient reply"
    found = len(ask(
        f"""SELECT lower(coalesce(orig_recipient, recipient)) AS address,
            count(DISTINCT (queue_id, arrival)) FILTER (type = 'transient-failure') AS messages,
            count(*) FILTER (type = 'transient-failure'), min(time) FILTER (type = 'transient-failure'),
            arg_max(cause, time) FILTER (type = 'transient-failure'), max(time) FILTER (type = 'delivery'),
            count(*) FILTER (type IN ('bounce', 'expiration') AND scope IN ('recipient', 'domain')),
            arg_max(reply.text, time) FILTER (type = 'bounce')
        FROM {journal(fields)} WHERE hop = 'external' GROUP BY 1
        HAVING messages > 0 ORDER BY messages DESC, address LIMIT 50"""))
else:
    fields = f"{TEXTS} {' '.join(OTHERS)}"
    found = len(ask(f"SELECT * FROM {journal(fields)} WHERE cause = ?", value))
print(f"{time.monotonic() - start:.3f}")
print(found, "found")
