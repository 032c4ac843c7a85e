/*
 * milter-filter lean|noop PORT: a filter in C that does nothing, on 127.0.0.1.
 *
 * lean  sees connect, HELO, sender, recipients and the end of each message; no header, no body, and no answer but at
 *       the end: the least that a filter which knows its messages can do.
 * noop  has everything sent and answers each step.
 */
#include <libmilter/mfapi.h>
#include <stdio.h>
#include <string.h>

static sfsistat quiet = SMFIS_NOREPLY;

static sfsistat on_connect(SMFICTX *context, char *host, _SOCK_ADDR *address)
{
    (void)context, (void)host, (void)address;
    return quiet;
}

static sfsistat on_helo(SMFICTX *context, char *host)
{
    (void)context, (void)host;
    return quiet;
}

static sfsistat on_address(SMFICTX *context, char **arguments)
{
    (void)context, (void)arguments;
    return quiet;
}

static sfsistat on_header(SMFICTX *context, char *name, char *value)
{
    (void)context, (void)name, (void)value;
    return SMFIS_CONTINUE;
}

static sfsistat on_body(SMFICTX *context, unsigned char *bytes, size_t count)
{
    (void)context, (void)bytes, (void)count;
    return SMFIS_CONTINUE;
}

static sfsistat on_step(SMFICTX *context)
{
    (void)context;
    return SMFIS_CONTINUE;
}

static sfsistat negotiate_lean(SMFICTX *context, unsigned long actions, unsigned long steps, unsigned long third,
                               unsigned long fourth, unsigned long *wanted_actions, unsigned long *wanted_steps,
                               unsigned long *wanted_third, unsigned long *wanted_fourth)
{
    (void)context, (void)actions, (void)third, (void)fourth;
    *wanted_actions = 0;
    *wanted_steps = steps
        & (SMFIP_NODATA | SMFIP_NOBODY | SMFIP_NOHDRS | SMFIP_NOEOH | SMFIP_NOUNKNOWN | SMFIP_NR_CONN | SMFIP_NR_HELO
           | SMFIP_NR_MAIL | SMFIP_NR_RCPT);
    *wanted_third = *wanted_fourth = 0;
    return SMFIS_CONTINUE;
}

int main(int count, char **arguments)
{
    struct smfiDesc filter = {0};
    char socket[64];

    if (count != 3 || (strcmp(arguments[1], "lean") && strcmp(arguments[1], "noop"))) {
        fprintf(stderr, "usage: milter-filter lean|noop PORT\n");
        return 2;
    }
    filter.xxfi_name = arguments[1];
    filter.xxfi_version = SMFI_VERSION;
    filter.xxfi_connect = on_connect;
    filter.xxfi_helo = on_helo;
    filter.xxfi_envfrom = on_address;
    filter.xxfi_envrcpt = on_address;
    filter.xxfi_eom = on_step;
    filter.xxfi_abort = on_step;
    filter.xxfi_close = on_step;
    if (!strcmp(arguments[1], "lean")) {
        filter.xxfi_negotiate = negotiate_lean;
    } else {
        quiet = SMFIS_CONTINUE;
        filter.xxfi_data = on_step;
        filter.xxfi_header = on_header;
        filter.xxfi_eoh = on_step;
        filter.xxfi_body = on_body;
    }
    snprintf(socket, sizeof(socket), "inet:%s@127.0.0.1", arguments[2]);
    if (smfi_setconn(socket) != MI_SUCCESS || smfi_register(filter) != MI_SUCCESS)
        return 1;
    return smfi_main() == MI_SUCCESS ? 0 : 1;
}
