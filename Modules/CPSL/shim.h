/* libpsl: the Public Suffix List. */
#ifndef SOFTBOUNCE_CPSL_SHIM_H
#define SOFTBOUNCE_CPSL_SHIM_H

#include <libpsl.h>

#endif
