/*
 * hyperscan-scan PHRASES TEXTS ROUNDS: looks for all phrases in each line of TEXTS with Hyperscan, ROUNDS times, and
 * prints texts a second, texts that hold a phrase, and the milliseconds that compiling the phrases took.
 *
 * A line of PHRASES has a mark for either side of the phrase, then the phrase: `<` and `>` where it must begin or end
 * with a word, `-` where it need not.
 */
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

/* The lines of a file, without their newlines; the memory stays. */
static char **lines(const char *path, size_t *count)
{
    FILE *file = fopen(path, "r");
    char **list = NULL, *line = NULL;
    size_t room = 0, size = 0;
    ssize_t length;

    *count = 0;
    if (!file) {
        perror(path);
        exit(1);
    }
    while ((length = getline(&line, &size, file)) > 0) {
        if (line[length - 1] == '\n')
            line[length - 1] = 0;
        if (*count == room)
            list = realloc(list, (room = room * 2 + 64) * sizeof *list);
        if (!list || !(list[(*count)++] = strdup(line))) {
            perror("memory");
            exit(1);
        }
    }
    free(line);
    fclose(file);
    return list;
}

static char *expression(const char *phrase)
{
    char *out = malloc(strlen(phrase) * 2 + 8), *end = out;
    const char *at;

    if (!out) {
        perror("memory");
        exit(1);
    }
    if (phrase[0] == '<')
        end += sprintf(end, "\\b");
    for (at = phrase + 2; *at; at++) {
        if (strchr("\\^$.|?*+()[]{}", *at))
            *end++ = '\\';
        *end++ = *at;
    }
    if (phrase[1] == '>')
        end += sprintf(end, "\\b");
    *end = 0;
    return out;
}

static int matched(unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags, void *context)
{
    (void)id, (void)from, (void)to, (void)flags;
    *(int *)context = 1;
    return 0;
}

int main(int count, char **arguments)
{
    size_t phrases, texts, index, found = 0;
    int rounds = count == 4 ? atoi(arguments[3]) : 0, round;
    char **list, **scanned;
    const char **expressions;
    unsigned int *flags, *ids;
    hs_database_t *database;
    hs_compile_error_t *error;
    hs_scratch_t *scratch = NULL;
    size_t *lengths;
    double start, compiled, taken;

    if (rounds < 1) {
        fprintf(stderr, "usage: hyperscan-scan PHRASES TEXTS ROUNDS\n");
        return 2;
    }
    list = lines(arguments[1], &phrases);
    scanned = lines(arguments[2], &texts);
    expressions = calloc(phrases, sizeof *expressions);
    flags = calloc(phrases, sizeof *flags);
    ids = calloc(phrases, sizeof *ids);
    lengths = calloc(texts, sizeof *lengths);
    if (!phrases || !texts || !expressions || !flags || !ids || !lengths) {
        fprintf(stderr, "hyperscan-scan: nothing to do\n");
        return 1;
    }
    for (index = 0; index < phrases; index++) {
        expressions[index] = expression(list[index]);
        flags[index] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
        ids[index] = index;
    }
    for (index = 0; index < texts; index++)
        lengths[index] = strlen(scanned[index]);
    start = now();
    if (hs_compile_multi(expressions, flags, ids, phrases, HS_MODE_BLOCK, NULL, &database, &error) != HS_SUCCESS) {
        fprintf(stderr, "hyperscan-scan: %s\n", error->message);
        return 1;
    }
    compiled = now() - start;
    if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS)
        return 1;
    start = now();
    for (round = 0; round < rounds; round++)
        for (index = 0; index < texts; index++) {
            int any = 0;

            hs_scan(database, scanned[index], lengths[index], 0, scratch, matched, &any);
            found += any;
        }
    taken = now() - start;
    printf("%.0f %zu %.1f\n", texts * rounds / taken, found / rounds, compiled * 1e3);
    return 0;
}
