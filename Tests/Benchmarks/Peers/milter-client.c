/*
 * milter-client PORT MESSAGES: plays the MTA towards a filter on 127.0.0.1, as Postfix does (milter protocol 6): a
 * session for each 100 messages, one recipient and ten header fields each, and after each message the ABORT that
 * Postfix sends. It sends a step only if the filter wants it, waits only for the answers that were negotiated, and
 * skips the rest of a message that was accepted early. Prints microseconds a message.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <libmilter/mfdef.h>

#define MESSAGES_A_SESSION 100
#define HEADERS 10

static int peer;
static char pending[1 << 17];
static size_t held;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec * 1e-3;
}

/* Packets are gathered until an answer is needed. */
static void packet(char command, const void *data, size_t length)
{
    uint32_t size = htonl((uint32_t)length + 1);

    if (held + length + 5 > sizeof(pending)) {
        fprintf(stderr, "packet too long\n");
        exit(1);
    }
    memcpy(pending + held, &size, 4);
    pending[held + 4] = command;
    if (length > 0)
        memcpy(pending + held + 5, data, length);
    held += length + 5;
}

/* A command whose data are strings, each with its NUL; a null pointer ends the list. */
static void words(char command, const char *const *list)
{
    char data[1024];
    size_t length = 0;

    for (; *list; list++) {
        size_t size = strlen(*list) + 1;

        if (length + size > sizeof(data)) {
            fprintf(stderr, "words too long\n");
            exit(1);
        }
        memcpy(data + length, *list, size);
        length += size;
    }
    packet(command, data, length);
}

/* Macros go before the command that they belong to, name and value in turn. */
static void macros(char command, const char *const *list)
{
    char data[1024];
    size_t length = 1;

    data[0] = command;
    for (; *list; list++) {
        size_t size = strlen(*list) + 1;

        if (length + size > sizeof(data)) {
            fprintf(stderr, "macros too long\n");
            exit(1);
        }
        memcpy(data + length, *list, size);
        length += size;
    }
    packet(SMFIC_MACRO, data, length);
}

static void flush(void)
{
    size_t sent = 0;

    while (sent < held) {
        ssize_t count = write(peer, pending + sent, held - sent);

        if (count <= 0)
            fail("write");
        sent += count;
    }
    held = 0;
}

static void receive(void *buffer, size_t length)
{
    size_t got = 0;

    while (got < length) {
        ssize_t count = read(peer, (char *)buffer + got, length - got);

        if (count <= 0)
            fail("read");
        got += count;
    }
}

/* The next answer; progress is none. */
static char answer(char *data, size_t limit)
{
    char skipped[4096];
    uint32_t size;
    char command;

    flush();
    for (;;) {
        receive(&size, 4);
        size = ntohl(size);
        if (size < 1 || size > sizeof(skipped)) {
            fprintf(stderr, "an answer of %u bytes\n", size);
            exit(1);
        }
        receive(&command, 1);
        receive(skipped, size - 1);
        if (command == SMFIR_PROGRESS)
            continue;
        if (data)
            memcpy(data, skipped, size - 1 < limit ? size - 1 : limit);
        return command;
    }
}

/* True if the filter is done with the message. */
static int accepted(uint32_t steps, uint32_t no_reply)
{
    return !(steps & no_reply) && answer(NULL, 0) == SMFIR_ACCEPT;
}

static uint32_t begin(const struct sockaddr_in *address)
{
    static const char *const connect_macros[] = {
        "j", "mx1.example.org", "{daemon_name}", "mx1.example.org", "{daemon_addr}", "192.0.2.1", "v", "Postfix 3.7.11",
        NULL,
    };
    static const char client[] = "app1.example.org\0" "4\x30\x39" "10.0.0.1";
    static const char *const helo[] = {"app1.example.org", NULL};
    uint32_t offer[3], taken[3];
    int on = 1;

    peer = socket(AF_INET, SOCK_STREAM, 0);
    if (peer < 0 || connect(peer, (const struct sockaddr *)address, sizeof(*address)) != 0)
        fail("connect");
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    offer[0] = htonl(6);
    offer[1] = htonl(0x1ff);
    offer[2] = htonl(0x1fffff);
    packet(SMFIC_OPTNEG, offer, sizeof(offer));
    if (answer((char *)taken, sizeof(taken)) != SMFIC_OPTNEG) {
        fprintf(stderr, "no negotiation\n");
        exit(1);
    }
    taken[2] = ntohl(taken[2]);
    if (!(taken[2] & SMFIP_NOCONNECT)) {
        macros(SMFIC_CONNECT, connect_macros);
        packet(SMFIC_CONNECT, client, sizeof(client));
        if (!(taken[2] & SMFIP_NR_CONN))
            answer(NULL, 0);
    }
    if (!(taken[2] & SMFIP_NOHELO)) {
        words(SMFIC_HELO, helo);
        if (!(taken[2] & SMFIP_NR_HELO))
            answer(NULL, 0);
    }
    return taken[2];
}

static void message(uint32_t steps)
{
    static const char *const mail_macros[] = {"{mail_addr}", "bounce+1@news.example.org", NULL};
    static const char *const mail[] = {"<bounce+1@news.example.org>", "SIZE=4096", NULL};
    static const char *const rcpt_macros[] = {"i", "4lNZdQsp0qYzXZB", "{rcpt_addr}", "john@gmail.com", NULL};
    static const char *const rcpt[] = {"<john@gmail.com>", NULL};
    static const char *const id[] = {"i", "4lNZdQsp0qYzXZB", NULL};
    static const char *const header[] = {"X-Header", "about sixty octets of a value, which is typical of a header", NULL};
    static char body[4096];

    if (!(steps & SMFIP_NOMAIL)) {
        macros(SMFIC_MAIL, mail_macros);
        words(SMFIC_MAIL, mail);
        if (accepted(steps, SMFIP_NR_MAIL))
            return;
    }
    if (!(steps & SMFIP_NORCPT)) {
        macros(SMFIC_RCPT, rcpt_macros);
        words(SMFIC_RCPT, rcpt);
        if (accepted(steps, SMFIP_NR_RCPT))
            return;
    }
    if (!(steps & SMFIP_NODATA)) {
        macros(SMFIC_DATA, id);
        packet(SMFIC_DATA, NULL, 0);
        if (accepted(steps, SMFIP_NR_DATA))
            return;
    }
    if (!(steps & SMFIP_NOHDRS)) {
        for (int at = 0; at < HEADERS; at++) {
            words(SMFIC_HEADER, header);
            if (accepted(steps, SMFIP_NR_HDR))
                return;
        }
    }
    if (!(steps & SMFIP_NOEOH)) {
        macros(SMFIC_EOH, id);
        packet(SMFIC_EOH, NULL, 0);
        if (accepted(steps, SMFIP_NR_EOH))
            return;
    }
    if (!(steps & SMFIP_NOBODY)) {
        memset(body, 'x', sizeof(body));
        packet(SMFIC_BODY, body, sizeof(body));
        if (accepted(steps, SMFIP_NR_BODY))
            return;
    }
    macros(SMFIC_BODYEOB, id);
    packet(SMFIC_BODYEOB, NULL, 0);
    answer(NULL, 0);
}

int main(int count, char **arguments)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    long messages, done = 0;
    double start;

    if (count != 3 || (messages = atol(arguments[2])) <= 0) {
        fprintf(stderr, "usage: milter-client PORT MESSAGES\n");
        return 2;
    }
    address.sin_port = htons((uint16_t)atoi(arguments[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    start = now();
    while (done < messages) {
        uint32_t steps = begin(&address);

        for (int at = 0; at < MESSAGES_A_SESSION && done < messages; at++, done++) {
            message(steps);
            packet(SMFIC_ABORT, NULL, 0);
        }
        packet(SMFIC_QUIT, NULL, 0);
        flush();
        close(peer);
    }
    printf("%.1f\n", (now() - start) / messages);
    return 0;
}
