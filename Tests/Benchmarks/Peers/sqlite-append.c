/*
 * sqlite-append EVENTS FILE: appends EVENTS rows of an event's fields to a new database, write-ahead log, synchronous
 * FULL, a commit each 1,000 rows; prints durable rows a second.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void must(sqlite3 *database, int result, int wanted)
{
    if (result != wanted) {
        fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(database));
        exit(1);
    }
}

static void run(sqlite3 *database, const char *statement)
{
    must(database, sqlite3_exec(database, statement, NULL, NULL, NULL), SQLITE_OK);
}

int main(int count, char **arguments)
{
    static const char *const texts[] = {
        "2026-03-01T00:00:00Z", "transient-failure", "mx1.example.org", "smtp", "outbound", "rate-limited", "sender",
        "remote", "google", "gmail.com", "end-of-data", "4lNZdQsp0qYzXZB", "bounce+123456@news.example.org",
        "john@gmail.com", "gmail-smtp-in.l.google.com", "142.250.102.26",
        "421-4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP",
    };
    const int columns = sizeof(texts) / sizeof(*texts);
    sqlite3 *database;
    sqlite3_stmt *insert;
    double start;
    long events, event;

    if (count != 3 || (events = atol(arguments[1])) <= 0) {
        fprintf(stderr, "usage: sqlite-append EVENTS FILE\n");
        return 2;
    }
    must(NULL, sqlite3_open(arguments[2], &database), SQLITE_OK);
    run(database, "PRAGMA journal_mode=WAL");
    run(database, "PRAGMA synchronous=FULL");
    run(database,
        "CREATE TABLE events(id INTEGER PRIMARY KEY, time TEXT, type TEXT, host TEXT, service TEXT, direction TEXT,"
        " cause TEXT, scope TEXT, origin TEXT, provider TEXT, domain TEXT, stage TEXT, queue_id TEXT, sender TEXT,"
        " recipient TEXT, relay TEXT, address TEXT, reply TEXT, code INTEGER)");
    must(database,
         sqlite3_prepare_v2(database,
                            "INSERT INTO events(time, type, host, service, direction, cause, scope, origin, provider,"
                            " domain, stage, queue_id, sender, recipient, relay, address, reply, code)"
                            " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                            -1, &insert, NULL),
         SQLITE_OK);
    start = now();
    for (event = 0; event < events; event++) {
        if (event % 1000 == 0)
            run(database, "BEGIN");
        for (int column = 0; column < columns; column++)
            sqlite3_bind_text(insert, column + 1, texts[column], -1, SQLITE_STATIC);
        sqlite3_bind_int(insert, columns + 1, 421);
        must(database, sqlite3_step(insert), SQLITE_DONE);
        sqlite3_reset(insert);
        if (event % 1000 == 999 || event + 1 == events)
            run(database, "COMMIT");
    }
    printf("%.0f\n", events / (now() - start));
    sqlite3_finalize(insert);
    sqlite3_close(database);
    return 0;
}
