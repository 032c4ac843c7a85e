/*
 * sync-each COUNT FILE [RATE]: appends COUNT lines of 600 bytes, each with an fdatasync(2) of its own, back to back or
 * RATE a second at most; prints the median and the 99th percentile of one write and sync, microseconds.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec * 1e-3;
}

static int ascending(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;

    return (difference > 0) - (difference < 0);
}

int main(int count, char **arguments)
{
    char line[600];
    double *taken, first;
    long lines, at, rate = 0;
    int file;

    if (count < 3 || count > 4 || (lines = atol(arguments[1])) <= 0 || (count == 4 && (rate = atol(arguments[3])) <= 0)
        || !(taken = calloc(lines, sizeof(*taken)))) {
        fprintf(stderr, "usage: sync-each COUNT FILE [RATE]\n");
        return 2;
    }
    memset(line, 'x', sizeof(line));
    line[sizeof(line) - 1] = '\n';
    file = open(arguments[2], O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    first = now();
    for (at = 0; at < lines; at++) {
        double start = now();

        if (rate > 0 && start < first + at * 1e6 / rate) {
            usleep(first + at * 1e6 / rate - start);
            start = now();
        }
        if (write(file, line, sizeof(line)) != sizeof(line) || fdatasync(file) != 0) {
            perror(arguments[2]);
            return 1;
        }
        taken[at] = now() - start;
    }
    qsort(taken, lines, sizeof(*taken), ascending);
    printf("%.0f %.0f\n", taken[lines / 2], taken[lines * 99 / 100]);
    return 0;
}
