"""duckdb-scan.py DIRECTORY THREADS: counts a journal's events by type, cause and provider; prints seconds, then what it found."""

import sys
import time

import duckdb

directory, threads = sys.argv[1], int(sys.argv[2])
connection = duckdb.connect(config={"threads": threads})
start = time.monotonic()
rows = connection.execute(
    "SELECT type, cause, provider, count(*) FROM read_json(?, format='newline_delimited',"
    " columns={type: 'VARCHAR', cause: 'VARCHAR', provider: 'VARCHAR'})"
    " WHERE type NOT IN ('tally', 'checkpoint') GROUP BY ALL",
    [directory + "/*.jsonl"],
).fetchall()
print(f"{time.monotonic() - start:.3f}")
print(sum(row[3] for row in rows), "events in", len(rows), "groups")
