/* libsystemd: reading the systemd journal. */
#ifndef SOFTBOUNCE_CSYSTEMD_SHIM_H
#define SOFTBOUNCE_CSYSTEMD_SHIM_H

#include <systemd/sd-journal.h>

#endif
