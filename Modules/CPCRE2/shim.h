/* PCRE2, for bytes. Its functions have the suffix _8 in Swift; the names without it are macros. */
#ifndef SOFTBOUNCE_CPCRE2_SHIM_H
#define SOFTBOUNCE_CPCRE2_SHIM_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
