"""duckdb-report.py DIRECTORY THREADS: asks DuckDB what `softbounce report` shows of a journal; prints seconds, then how
many messages and recipients were put off, and how many recovered.

Reads the fields that the report looks at once, then counts each table, the hours, and how each recipient ended. What
DuckDB is not asked: rates by minute's tallies, the folding of replies (only their digits are), requeues, suspensions.
"""

import sys
import time

import duckdb

directory, threads = sys.argv[1], int(sys.argv[2])
connection = duckdb.connect(config={"threads": threads})
start = time.monotonic()
connection.execute(
    """CREATE TEMP TABLE events AS SELECT * FROM read_json(?, format='newline_delimited', columns={
    time: 'TIMESTAMP', type: 'VARCHAR', host: 'VARCHAR', service: 'VARCHAR', direction: 'VARCHAR', hop: 'VARCHAR',
    cause: 'VARCHAR', scope: 'VARCHAR', provider: 'VARCHAR', domain: 'VARCHAR', attempt: 'INTEGER',
    queue_id: 'VARCHAR', arrival: 'TIMESTAMP', "user": 'VARCHAR', sender: 'VARCHAR', recipient: 'VARCHAR',
    relay: 'STRUCT(host VARCHAR)', client: 'STRUCT(host VARCHAR, address VARCHAR)', rule: 'VARCHAR',
    reply: 'STRUCT(text VARCHAR)', deferred_for: 'DOUBLE'})
    WHERE type NOT IN ('tally', 'checkpoint')""",
    [directory + "/*.jsonl"],
)
deferred = "FROM events WHERE type = 'transient-failure' AND direction = 'outbound' AND hop IS DISTINCT FROM 'internal'"
for key in [
    "cause", "scope", "provider", "domain", "split_part(sender, '@', 2)", "service", '"user"', "client", "relay.host",
    "host", "rule", "date_trunc('hour', time)", "regexp_replace(reply.text, '[0-9]+', '<n>', 'g')",
]:
    connection.execute(
        f"SELECT {key}, count(*) AS deferrals, count(*) FILTER (attempt = 1), mode(cause) {deferred}"
        " GROUP BY 1 ORDER BY deferrals DESC LIMIT 10"
    ).fetchall()
hit = connection.execute(
    f"SELECT count(DISTINCT (host, queue_id, arrival)), count(DISTINCT recipient) {deferred}").fetchone()
ends = connection.execute(
    """WITH lives AS (SELECT
        min(time) FILTER (type = 'transient-failure') AS first, max(time) FILTER (type = 'delivery') AS recovered,
        max(time) FILTER (type IN ('bounce', 'expiration')) AS failed
        FROM events GROUP BY host, queue_id, arrival, recipient)
    SELECT count(*), count(recovered), count(failed), quantile_cont(epoch(recovered - first), [0.5, 0.9, 0.99])
    FROM lives WHERE first IS NOT NULL"""
).fetchone()
print(f"{time.monotonic() - start:.3f}")
print(hit[0], "messages,", hit[1], "recipients,", ends[1], "of", ends[0], "recovered")
